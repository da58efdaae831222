"""The enterprise door."""

from portal.enterprise import home
from portal.enterprise.door import pages

__all__ = ["home", "pages"]
