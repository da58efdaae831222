"""Subsidies (培训补贴): what is claimed for a class, its public notice (公示), objections, approval, payment."""

from scheduling.claims.deciding import approve, pay, strike
from scheduling.claims.lines import Trouble, WorkedOut, total, troubles, work_out
from scheduling.claims.making import due_on, find_line, make, of_class, state
from scheduling.claims.noticing import Notice, notice, object_to, objection, post, settle, withdraw
from scheduling.claims.revealing import reveal
from scheduling.claims.workdays import last_of, nth_after

__all__ = [
    "Notice",
    "Trouble",
    "WorkedOut",
    "approve",
    "due_on",
    "find_line",
    "last_of",
    "make",
    "notice",
    "nth_after",
    "object_to",
    "objection",
    "of_class",
    "pay",
    "post",
    "reveal",
    "settle",
    "state",
    "strike",
    "total",
    "troubles",
    "withdraw",
    "work_out",
]
