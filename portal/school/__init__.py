"""The school door."""

from portal.school import classes
from portal.school.door import pages

__all__ = ["classes", "pages"]
