"""The public door: anyone with a phone."""

from portal.public import (
    courses,
    enrolments,
    fairs,
    feeds,
    help,  # noqa: A004
    home,
    markets,
    policies,
    reservations,
    settings,
    signin,
    tickets,
    vacancies,
)
from portal.public.door import pages

__all__ = [
    "courses",
    "enrolments",
    "fairs",
    "feeds",
    "help",
    "home",
    "markets",
    "pages",
    "policies",
    "reservations",
    "settings",
    "signin",
    "tickets",
    "vacancies",
]
