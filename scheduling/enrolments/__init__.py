"""Enrolments (报名): seats given by one conditional UPDATE, a waiting list that moves by itself."""

from scheduling.enrolments.line import cancel, promote, tell_all
from scheduling.enrolments.lists import ahead, find, of_class, reveal_id, roster, waiting
from scheduling.enrolments.signing import UNSURE, agent, enrol, require_age, require_education, tell_again

__all__ = [
    "UNSURE",
    "agent",
    "ahead",
    "cancel",
    "enrol",
    "find",
    "of_class",
    "promote",
    "require_age",
    "require_education",
    "reveal_id",
    "roster",
    "tell_again",
    "tell_all",
    "waiting",
]
