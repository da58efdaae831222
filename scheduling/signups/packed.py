"""Opening an .xlsx without trusting it: a ZIP whose parts are inflated in pieces, never past a measure.

Nothing is unpacked because the ZIP says how large it is. Only the five parts a table needs are ever inflated; pictures,
macros and other sheets stay packed.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from xml.parsers import expat

from scheduling.refusals import ListInflates, ListNotRead, ListProtected

MOST_PARTS = 2_000
MOST_INFLATED = 24 * 1024 * 1024  # bytes, of all parts together: ten times what a thousand rows need
_PIECE = 64 * 1024
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)
_RELATIONS = "xl/_rels/workbook.xml.rels"


class Package:
    """The parts of one .xlsx, and how much of them may still be inflated."""

    def __init__(self, content: bytes) -> None:
        """Read the ZIP's directory only. Raises ListNotRead, ListInflates, ListProtected."""
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(content))
        except _BROKEN:
            raise ListNotRead from None
        self._left = MOST_INFLATED
        parts = self._zip.infolist()
        if len(parts) > MOST_PARTS:
            raise ListInflates
        if any(part.flag_bits & 1 for part in parts):
            raise ListProtected
        self._parts = {part.filename: part for part in parts}
        if "xl/workbook.xml" not in self._parts:
            raise ListNotRead

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def pieces(self, name: str) -> Iterator[bytes]:
        """Inflate one part piece by piece. Raises ListInflates past the measure, ListNotRead when it is broken."""
        part = self._parts.get(name)
        if part is None or part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise ListNotRead
        try:
            with self._zip.open(part) as opened:
                while piece := opened.read(_PIECE):
                    self._left -= len(piece)
                    if self._left < 0:
                        raise ListInflates
                    yield piece
        except _BROKEN:
            raise ListNotRead from None

    def part(self, name: str) -> bytes:
        """Give one part whole."""
        return b"".join(self.pieces(name))

    def first_sheet(self) -> str:
        """Name the part that holds the first sheet of the workbook."""
        ids = [about["id"] for tag, about in elements(self.part("xl/workbook.xml")) if tag == "sheet" and "id" in about]
        targets = {
            about["Id"]: about["Target"]
            for tag, about in elements(self.part(_RELATIONS))
            if tag == "Relationship" and {"Id", "Target"} <= about.keys()
        }
        if not ids or ids[0] not in targets:
            raise ListNotRead
        target = targets[ids[0]]
        return target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join("xl", target))


def parser() -> expat.XMLParserType:
    """Give an XML parser that knows no DOCTYPE, so no entities: a table needs none."""
    made = expat.ParserCreate()
    made.buffer_text = True

    def no_doctype(*_: object) -> None:
        raise ListNotRead

    made.StartDoctypeDeclHandler = no_doctype
    return made


def plain(tag: str) -> str:
    """Give a name without its prefix: some programs write `x:row` for `row`."""
    return tag.rpartition(":")[2]


def elements(xml: bytes) -> list[tuple[str, dict[str, str]]]:
    """Give every element of a small part with its attributes, prefixes dropped. Raises ListNotRead."""
    found: list[tuple[str, dict[str, str]]] = []
    reader = parser()
    reader.StartElementHandler = lambda tag, about: found.append(
        (plain(tag), {plain(name): value for name, value in about.items()})
    )
    try:
        reader.Parse(xml, True)  # noqa: FBT003  expat's own
    except expat.ExpatError:
        raise ListNotRead from None
    return found
