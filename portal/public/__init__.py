"""The public door: anyone with a phone."""

from portal.public import (
    courses,
    enrolments,
    fair_calendar,
    fairs,
    feeds,
    help,  # noqa: A004
    home,
    interests,
    leads,
    livestreams,
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
    "fair_calendar",
    "fairs",
    "feeds",
    "help",
    "home",
    "interests",
    "leads",
    "livestreams",
    "markets",
    "pages",
    "policies",
    "reservations",
    "settings",
    "signin",
    "tickets",
    "vacancies",
]
