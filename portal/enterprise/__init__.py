"""The enterprise door."""

from portal.enterprise import account, booths, home, vacancies
from portal.enterprise.door import pages

__all__ = ["account", "booths", "home", "pages", "vacancies"]
