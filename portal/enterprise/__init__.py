"""The enterprise door."""

from portal.enterprise import account, booths, home, orders, vacancies
from portal.enterprise.door import pages

__all__ = ["account", "booths", "home", "orders", "pages", "vacancies"]
