"""Vacancies: posting adverts the law allows, the desk's review, showing them at fairs, finding them."""

from scheduling.vacancies.acts import Card, close, post, review, revise
from scheduling.vacancies.adverts import Remark, gravest, remarks
from scheduling.vacancies.fairs import at_fair, choose, fairs_of, show_at, shown_at, withdraw_from
from scheduling.vacancies.search import (
    Filters,
    count,
    count_open,
    find,
    find_public,
    listed,
    of_enterprise,
    open_ones,
    waiting,
)

__all__ = [
    "Card",
    "Filters",
    "Remark",
    "at_fair",
    "choose",
    "close",
    "count",
    "count_open",
    "fairs_of",
    "find",
    "find_public",
    "gravest",
    "listed",
    "of_enterprise",
    "open_ones",
    "post",
    "remarks",
    "review",
    "revise",
    "show_at",
    "shown_at",
    "waiting",
    "withdraw_from",
]
