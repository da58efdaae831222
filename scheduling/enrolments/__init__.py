"""Enrolments (报名): seats given by one conditional UPDATE, a waiting list that moves by itself, rules that explain."""

from scheduling.enrolments.eligibility import OVERRIDABLE, RULES, UNSURE, History, Person, look
from scheduling.enrolments.line import answer, cancel, promote, settle
from scheduling.enrolments.line import hold as hold_class
from scheduling.enrolments.lists import (
    FIRST,
    ahead,
    find,
    in_line,
    of_class,
    passed,
    passed_in,
    reveal_id,
    roster,
    waiting,
)
from scheduling.enrolments.offers import due
from scheduling.enrolments.offers import of_class as offers_of
from scheduling.enrolments.offers import standing as offer
from scheduling.enrolments.signing import (
    agent,
    enrol,
    enter,
    judge,
    open_line,
    person,
    require_open,
    require_order,
    say,
    standing,
    tell_again,
)
from scheduling.enrolments.telling import tell_all
from scheduling.enrolments.transfers import transfer

__all__ = [
    "FIRST",
    "OVERRIDABLE",
    "RULES",
    "UNSURE",
    "History",
    "Person",
    "agent",
    "ahead",
    "answer",
    "cancel",
    "due",
    "enrol",
    "enter",
    "find",
    "hold_class",
    "in_line",
    "judge",
    "look",
    "of_class",
    "offer",
    "offers_of",
    "open_line",
    "passed",
    "passed_in",
    "person",
    "promote",
    "require_open",
    "require_order",
    "reveal_id",
    "roster",
    "say",
    "settle",
    "standing",
    "tell_again",
    "tell_all",
    "transfer",
    "waiting",
]
