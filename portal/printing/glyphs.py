"""Which characters the fonts can draw, and what becomes of the others: 〓 in their place, and a note that says so.

A printer that drops a character of somebody's name is worse than one that leaves a gap to be filled with a pen.
"""

from __future__ import annotations

import logging
import re
import struct
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

log = logging.getLogger(__name__)

GETA = "〓"  # U+3013: what Chinese and Japanese printers have always set for a sort they lacked
FONTS = Path(__file__).resolve().parent / "fonts"  # ours: portal/printing/fonts/README.md
KINDS = frozenset({".otf", ".ttf", ".ttc", ".otc"})
_BEYOND_16_BITS, _WITHIN_16_BITS = 12, 4  # formats of a character map
_LAST = 0xFFFF
# Drawn by nobody: joiners, direction marks, variation selectors. They go without a trace, and nothing is lost.
_UNSEEN = re.compile(
    r"[\u00ad\u034f\u061c\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)


def files(folders: Iterable[Path]) -> list[Path]:
    """Give the font files in these folders and below."""
    return sorted(path for folder in folders for path in folder.rglob("*") if path.suffix.lower() in KINDS)


@lru_cache(maxsize=4)
def covered(folders: tuple[Path, ...]) -> frozenset[int]:
    """Give the code points that a font in the folders can draw. A file that cannot be read is passed over."""
    found: set[int] = set()
    for path in files(folders):
        try:
            found |= characters(path)
        except (ValueError, OSError) as error:
            log.warning("printing goes on without a font: %s", error)
    return frozenset(found)


def characters(path: Path) -> set[int]:
    """Give the code points a font file (OpenType, TrueType, a collection of them) draws. Raises ValueError."""
    data = path.read_bytes()
    try:
        return set().union(*(set(_of_font(data, start)) for start in _starts(data)))
    except (struct.error, KeyError, IndexError) as error:
        raise ValueError(f"{path.name} is not a font that can be read: {error}") from error


def _starts(data: bytes) -> list[int]:
    """Give where the fonts of a file begin: one, or those of a collection."""
    if data[:4] != b"ttcf":
        return [0]
    (number,) = struct.unpack_from(">I", data, 8)
    return list(struct.unpack_from(f">{number}I", data, 12))


def _of_font(data: bytes, start: int) -> Iterator[int]:
    (tables,) = struct.unpack_from(">H", data, start + 4)
    at = {
        tag: offset
        for tag, _sum, offset, _length in struct.iter_unpack(">4sIII", data[start + 12 : start + 12 + 16 * tables])
    }
    table = at[b"cmap"]
    (subtables,) = struct.unpack_from(">H", data, table + 2)
    for _platform, _encoding, offset in struct.iter_unpack(">HHI", data[table + 4 : table + 4 + 8 * subtables]):
        where = table + offset
        (kind,) = struct.unpack_from(">H", data, where)
        if kind == _BEYOND_16_BITS:
            yield from _segmented(data, where)
        elif kind == _WITHIN_16_BITS:
            yield from _short(data, where)


def _segmented(data: bytes, where: int) -> Iterator[int]:
    """Format 12: runs of code points, each with the glyph of its first."""
    (number,) = struct.unpack_from(">I", data, where + 12)
    for first, last, glyph in struct.iter_unpack(">III", data[where + 16 : where + 16 + 12 * number]):
        yield from range(first + (glyph == 0), last + 1)  # glyph 0 is the box for what is missing


def _short(data: bytes, where: int) -> Iterator[int]:
    """Format 4: runs within the first plane, with a difference, or with a table of glyphs."""
    (doubled,) = struct.unpack_from(">H", data, where + 6)
    number = doubled // 2
    lasts = struct.unpack_from(f">{number}H", data, where + 14)
    firsts = struct.unpack_from(f">{number}H", data, where + 16 + doubled)
    shifts = struct.unpack_from(f">{number}h", data, where + 16 + 2 * doubled)
    places = struct.unpack_from(f">{number}H", data, where + 16 + 3 * doubled)
    for index, (first, last, shift, place) in enumerate(zip(firsts, lasts, shifts, places, strict=True)):
        for code in range(first, min(last, _LAST - 1) + 1):
            glyph = code
            if place:
                row = where + 16 + 3 * doubled + 2 * index
                (glyph,) = struct.unpack_from(">H", data, row + place + 2 * (code - first))
            if (glyph + shift) & _LAST and (glyph or not place):
                yield code


def tidy(words: str) -> str:
    """Give words as they can be set: composed, on one line, without what nobody sees."""
    composed = _UNSEEN.sub("", unicodedata.normalize("NFC", words))
    return " ".join(
        "".join(" " if unicodedata.category(each) in {"Cc", "Zl", "Zp"} else each for each in composed).split()
    )


def lacking(words: str, drawn: frozenset[int]) -> list[str]:
    """Give the characters of `words` that no font draws, each once, in order."""
    return list(dict.fromkeys(each for each in words if ord(each) not in drawn))


def settable(data: Any, drawn: frozenset[int], gone: dict[str, None]) -> Any:  # noqa: ANN401  JSON
    """Give `data` with its strings tidied and 〓 for each character that cannot be drawn; those go into `gone`."""
    if isinstance(data, str):
        words = tidy(data)
        missing = lacking(words, drawn)
        gone.update(dict.fromkeys(missing))
        return words.translate(dict.fromkeys(map(ord, missing), GETA)) if missing else words
    if isinstance(data, dict):
        return {key: settable(value, drawn, gone) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [settable(value, drawn, gone) for value in data]
    return data
