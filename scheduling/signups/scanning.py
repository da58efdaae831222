"""What a spreadsheet's XML tells that its values do not: formulas, hidden rows, and how much there is of it.

The sheet is looked through piece by piece before anything reads its values, so that a sheet of a million rows, a cell
in the last column or one text repeated in every cell is refused before it takes memory.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from scheduling.refusals import ListHasFormulas, ListInflates, ListNotRead, ListTooLong, ListTooWide
from scheduling.signups.packed import Package, parser, plain

MOST_COLUMNS = 40
MOST_ELEMENTS = 20_000  # rows written down, empty ones too
MOST_TEXT = 4_000_000  # characters, of all cells together
_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


@dataclass
class Scan:
    """What was found: rows that hold something, by number, and those of them that are hidden."""

    most_rows: int
    filled: set[int] = field(default_factory=set)
    hidden: set[int] = field(default_factory=set)


def scan(package: Package, sheet: str, *, most_rows: int, above: int) -> Scan:
    """Look through one sheet, of at most `most_rows` people and what stands `above` them.

    Raises ListHasFormulas(cell), ListTooLong(most), ListTooWide(most), ListInflates, ListNotRead.
    """
    shared = _lengths(package) if "xl/sharedStrings.xml" in package else []
    reading = _Reading(Scan(most_rows), shared, above)
    reader = parser()
    reader.StartElementHandler, reader.EndElementHandler = reading.start, reading.end
    reader.CharacterDataHandler = reading.said
    _feed(reader, package, sheet)
    reading.found.hidden &= reading.found.filled
    return reading.found


def letters(column: int) -> str:
    """Name a column counted from 1 as spreadsheets do: A, B, … Z, AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


class _Reading:
    """Where in the sheet we are."""

    def __init__(self, found: Scan, shared: list[int], above: int) -> None:
        self.found, self._shared, self._above = found, shared, above
        self._row = self._column = self._elements = self._text = 0
        self._kind, self._value, self._inside = "", "", False

    def start(self, tag: str, about: dict[str, str]) -> None:
        """Begin a row, a cell or a value."""
        tag = plain(tag)
        if tag == "row":
            self._begin_row(about)
        elif tag == "c":
            self._begin_cell(about)
        elif tag == "f":
            raise ListHasFormulas(cell=f"{letters(self._column)}{self._row}")
        elif tag in {"v", "t"}:
            self._inside, self._value = True, ""

    def said(self, text: str) -> None:
        """Keep what stands in a value."""
        if self._inside:
            self._value += text

    def end(self, tag: str) -> None:
        """Count a value that is not blank."""
        if plain(tag) not in {"v", "t"}:
            return
        self._inside = False
        if not self._value.strip():
            return
        self._text += self._shared_length() if self._kind == "s" else len(self._value)
        if self._text > MOST_TEXT:
            raise ListInflates
        if self._column > MOST_COLUMNS:
            raise ListTooWide(most=MOST_COLUMNS)
        self.found.filled.add(self._row)
        if len(self.found.filled) > self.found.most_rows + self._above or self._row > MOST_ELEMENTS:
            raise ListTooLong(most=self.found.most_rows)

    def _begin_row(self, about: dict[str, str]) -> None:
        self._elements += 1
        if self._elements > MOST_ELEMENTS:
            raise ListTooLong(most=self.found.most_rows)
        told = about.get("r", "")
        self._row = int(told) if told.isdecimal() else self._row + 1
        self._column = 0
        if about.get("hidden") in {"1", "true"}:
            self.found.hidden.add(self._row)

    def _begin_cell(self, about: dict[str, str]) -> None:
        self._kind = about.get("t", "")
        place = _CELL.fullmatch(about.get("r", ""))
        if place is None:
            self._column += 1
            return
        self._column, self._row = _number(place[1]), int(place[2])

    def _shared_length(self) -> int:
        number = int(self._value) if self._value.isdecimal() else -1
        if not 0 <= number < len(self._shared):
            raise ListNotRead
        return self._shared[number]


def _lengths(package: Package) -> list[int]:
    """Give how long each shared text is: a cell names its text by number."""
    lengths: list[int] = []
    reader = parser()

    def start(tag: str, _about: dict[str, str]) -> None:
        if plain(tag) == "si":
            lengths.append(0)

    def said(text: str) -> None:
        if lengths:
            lengths[-1] += len(text)

    reader.StartElementHandler, reader.CharacterDataHandler = start, said
    _feed(reader, package, "xl/sharedStrings.xml")
    return lengths


def _feed(reader: expat.XMLParserType, package: Package, name: str) -> None:
    try:
        for piece in package.pieces(name):
            reader.Parse(piece, False)  # noqa: FBT003  expat's own
        reader.Parse(b"", True)  # noqa: FBT003  the same
    except expat.ExpatError:
        raise ListNotRead from None


def _number(name: str) -> int:
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number
