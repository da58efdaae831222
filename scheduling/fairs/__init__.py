"""Fairs: planned, published, moved, called off; who is told; what was counted; what pages and feeds ask."""

from scheduling.fairs.changes import call_off, missing, move, publish
from scheduling.fairs.plans import HERE, PREFIXES, Details, Revision, local_day, plan, revise
from scheduling.fairs.reading import (
    between,
    by_id,
    count,
    find,
    find_public,
    of_desk,
    on_day,
    published,
    standing,
    upcoming,
)
from scheduling.fairs.results import FIGURES, SOURCES, figures, record_figure
from scheduling.fairs.telling import told

__all__ = [
    "FIGURES",
    "HERE",
    "PREFIXES",
    "SOURCES",
    "Details",
    "Revision",
    "between",
    "by_id",
    "call_off",
    "count",
    "figures",
    "find",
    "find_public",
    "local_day",
    "missing",
    "move",
    "of_desk",
    "on_day",
    "plan",
    "publish",
    "published",
    "record_figure",
    "revise",
    "standing",
    "told",
    "upcoming",
]
