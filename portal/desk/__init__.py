"""The desk door."""

from portal.desk import accounts, booths, enterprises, fair_plans, fairs, home, markets, vacancies
from portal.desk.door import pages

__all__ = ["accounts", "booths", "enterprises", "fair_plans", "fairs", "home", "markets", "pages", "vacancies"]
