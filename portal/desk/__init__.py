"""The desk door."""

from portal.desk import (
    accounts,
    booths,
    classes,
    courses,
    enrolments,
    enterprises,
    fair_plans,
    fairs,
    home,
    markets,
    orders,
    plans,
    resources,
    teaching,
    vacancies,
)
from portal.desk.door import pages

__all__ = [
    "accounts",
    "booths",
    "classes",
    "courses",
    "enrolments",
    "enterprises",
    "fair_plans",
    "fairs",
    "home",
    "markets",
    "orders",
    "pages",
    "plans",
    "resources",
    "teaching",
    "vacancies",
]
