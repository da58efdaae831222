"""Lists of people (名单) a village coordinator hands in: a table or a file, checked as a whole, imported as a whole."""

from scheduling.signups.checking import Checked, Fault, Row
from scheduling.signups.importing import digest, find, judged, of_account, people_of, take_in
from scheduling.signups.lines import COLUMNS, Line, Sheet, line
from scheduling.signups.reading import MOST_BYTES, MOST_ROWS, read
from scheduling.signups.scanning import letters
from scheduling.signups.template import template

__all__ = [
    "COLUMNS",
    "MOST_BYTES",
    "MOST_ROWS",
    "Checked",
    "Fault",
    "Line",
    "Row",
    "Sheet",
    "digest",
    "find",
    "judged",
    "letters",
    "line",
    "of_account",
    "people_of",
    "read",
    "take_in",
    "template",
]
