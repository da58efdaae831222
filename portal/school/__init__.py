"""The school door."""

from portal.school import home
from portal.school.door import pages

__all__ = ["home", "pages"]
