"""The desk door."""

from portal.desk import accounts, home
from portal.desk.door import pages

__all__ = ["accounts", "home", "pages"]
