"""The public door: anyone with a phone."""

from portal.public import courses, fairs, feeds, help, home, markets, policies, settings, signin, tickets, vacancies  # noqa: A004
from portal.public.door import pages

__all__ = [
    "courses",
    "fairs",
    "feeds",
    "help",
    "home",
    "markets",
    "pages",
    "policies",
    "settings",
    "signin",
    "tickets",
    "vacancies",
]
