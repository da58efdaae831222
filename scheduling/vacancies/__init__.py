"""Vacancies: posting adverts the law allows, the desk's review, showing them at fairs, finding them, asking for one."""

from scheduling.vacancies.acts import close, post, revise, withdraw_revision
from scheduling.vacancies.adverts import Remark, gravest, remarks
from scheduling.vacancies.bringing import Place, bring, places
from scheduling.vacancies.cards import Card, Change, card_of, changes, draft, fingerprint, newest
from scheduling.vacancies.fairs import at_fair, choose, correct, fairs_of, show_at, shown_at, withdraw_from
from scheduling.vacancies.freezing import moment, settled_with
from scheduling.vacancies.interests import (
    KEPT,
    count_interests,
    find_interest,
    interests,
    interests_of,
    leave,
    reveal_phone,
    wanted_most,
)
from scheduling.vacancies.reviewing import approvals, approved_card, review
from scheduling.vacancies.search import (
    Filters,
    count,
    count_open,
    find,
    find_public,
    listed,
    of_enterprise,
    open_ones,
    rebuild,
    trades,
    waiting,
)

__all__ = [
    "KEPT",
    "Card",
    "Change",
    "Filters",
    "Place",
    "Remark",
    "approvals",
    "approved_card",
    "at_fair",
    "bring",
    "card_of",
    "changes",
    "choose",
    "close",
    "correct",
    "count",
    "count_interests",
    "count_open",
    "draft",
    "fairs_of",
    "find",
    "find_interest",
    "find_public",
    "fingerprint",
    "gravest",
    "interests",
    "interests_of",
    "leave",
    "listed",
    "moment",
    "newest",
    "of_enterprise",
    "open_ones",
    "places",
    "post",
    "rebuild",
    "remarks",
    "reveal_phone",
    "review",
    "revise",
    "settled_with",
    "show_at",
    "shown_at",
    "trades",
    "waiting",
    "wanted_most",
    "withdraw_from",
    "withdraw_revision",
]
