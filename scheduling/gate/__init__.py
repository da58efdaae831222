"""The gate (入场核验): phones that scan without network, what they hand in, and how it comes to one truth."""

from scheduling.gate.batches import MOST, Result, beat, beats, owner_of, read, receive, repeated
from scheduling.gate.devices import GRACE, INVITED, find, invite, join, known, listed, require_reader, revoke, to_scan
from scheduling.gate.events import Event
from scheduling.gate.events import find as find_event
from scheduling.gate.lists import COUNTERS, snapshot
from scheduling.gate.outlook import ahead

__all__ = [
    "COUNTERS",
    "GRACE",
    "INVITED",
    "MOST",
    "Event",
    "Result",
    "ahead",
    "beat",
    "beats",
    "find",
    "find_event",
    "invite",
    "join",
    "known",
    "listed",
    "owner_of",
    "read",
    "receive",
    "repeated",
    "require_reader",
    "revoke",
    "snapshot",
    "to_scan",
]
