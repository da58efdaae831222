"""The enterprise door."""

from portal.enterprise import (
    account,
    airtime,
    applications,
    booths,
    calendar,
    home,
    interests,
    orders,
    penalties,
    placements,
    printing,
    results,
    vacancies,
)
from portal.enterprise.door import pages

__all__ = [
    "account",
    "airtime",
    "applications",
    "booths",
    "calendar",
    "home",
    "interests",
    "orders",
    "pages",
    "penalties",
    "placements",
    "printing",
    "results",
    "vacancies",
]
