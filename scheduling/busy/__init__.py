"""When somebody or something is taken for other reasons than ours: read from a calendar file, looked at, taken in."""

from scheduling.busy.keeping import kept, reread
from scheduling.busy.lines import MOST_BYTES, MOST_EVENTS
from scheduling.busy.reading import REASONS, Fault, Period, Reading, read
from scheduling.busy.taking import Judged, Line, coming, judged, strike, take_in

__all__ = [
    "MOST_BYTES",
    "MOST_EVENTS",
    "REASONS",
    "Fault",
    "Judged",
    "Line",
    "Period",
    "Reading",
    "coming",
    "judged",
    "kept",
    "read",
    "reread",
    "strike",
    "take_in",
]
