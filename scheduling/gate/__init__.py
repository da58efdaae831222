"""The gate (入场核验): phones that scan without network, what they hand in, and how it comes to one truth."""

from scheduling.gate import visitors
from scheduling.gate.batches import Result, receive
from scheduling.gate.closing import close, closing_of
from scheduling.gate.devices import INVITED, find, invite, join, listed, revoke, titles, to_scan
from scheduling.gate.events import Event
from scheduling.gate.events import find as find_event
from scheduling.gate.items import MOST, read_all
from scheduling.gate.lists import COUNTERS, snapshot
from scheduling.gate.outlook import ahead
from scheduling.gate.phones import GRACE, Phone, by_id, hashed, known, require_reader
from scheduling.gate.pieces import Upload
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
from scheduling.gate.signs import beat
from scheduling.gate.tables import Overtaken, undisturbed
from scheduling.gate.uploads import Handed, take_in

__all__ = [
    "COUNTERS",
    "GRACE",
    "INVITED",
    "MOST",
    "Conflict",
    "Counts",
    "Event",
    "Handed",
    "Line",
    "Overtaken",
    "Phone",
    "Result",
    "Upload",
    "ahead",
    "beat",
    "by_id",
    "close",
    "closing_of",
    "conflicts",
    "counts",
    "doubted",
    "find",
    "find_event",
    "hashed",
    "invite",
    "join",
    "known",
    "listed",
    "of_event",
    "put_aside",
    "read_all",
    "receive",
    "reconcile",
    "require_reader",
    "revoke",
    "snapshot",
    "take_in",
    "titles",
    "to_scan",
    "undisturbed",
    "visitors",
]
