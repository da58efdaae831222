"""The gate (入场核验): phones that scan without network, what they hand in, and how it comes to one truth."""

from scheduling.gate import visitors
from scheduling.gate.batches import MOST, Result, beat, beats, owner_of, prepare, read, receive, repeated
from scheduling.gate.closing import close, closing_of
from scheduling.gate.devices import INVITED, find, invite, join, listed, revoke, to_scan
from scheduling.gate.events import Event
from scheduling.gate.events import find as find_event
from scheduling.gate.lists import COUNTERS, snapshot
from scheduling.gate.outlook import ahead
from scheduling.gate.phones import GRACE, Phone, by_id, known, require_reader
from scheduling.gate.reports import (
    Conflict,
    Counts,
    Line,
    conflicts,
    counts,
    doubted,
    of_event,
    put_aside,
    reconcile,
)

__all__ = [
    "COUNTERS",
    "GRACE",
    "INVITED",
    "MOST",
    "Conflict",
    "Counts",
    "Event",
    "Line",
    "Phone",
    "Result",
    "ahead",
    "beat",
    "beats",
    "by_id",
    "close",
    "closing_of",
    "conflicts",
    "counts",
    "doubted",
    "find",
    "find_event",
    "invite",
    "join",
    "known",
    "listed",
    "of_event",
    "owner_of",
    "prepare",
    "put_aside",
    "read",
    "receive",
    "reconcile",
    "repeated",
    "require_reader",
    "revoke",
    "snapshot",
    "to_scan",
    "visitors",
]
