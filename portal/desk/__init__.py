"""The desk door."""

from portal.desk import home
from portal.desk.door import pages

__all__ = ["home", "pages"]
