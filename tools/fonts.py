"""Make the fonts of printed matter from Noto Sans CJK SC: fewer characters, no hints, and a name of their own.

    .venv/bin/python -m tools.fonts /usr/share/fonts/opentype/noto

What is kept is all of GB 18030-2022's implementation levels 1 and 2 and the signs that forms are made of. Regular and
bold have the general standard table of 8105 characters (通用规范汉字表) and the unified ideographs; the rest of CJK
extension A, and what the source has of the later planes, is in a third font of one weight, for the sake of size.

They are named Songgang Sans: `Source` is a reserved name of the originals (OFL 1.1, clause 3), and a printed page must
never depend on which fonts a machine happens to have under a well-known name. It takes some minutes.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = Path(__file__).resolve().parent.parent / "portal" / "printing" / "fonts"
STANDARD = Path(__file__).with_name("general_standard.txt")  # the 8105, in the table's order
SIMPLIFIED_CHINESE = 2  # its place in Noto's collections: JP, KR, SC, TC, HK
FAMILY, RARE = "Songgang Sans", "Songgang Sans Rare"
VERSION = "Version 1.000;from Noto Sans CJK SC 2.004"
COMMON = (
    (0x0020, 0x007E),  # ASCII
    (0x00A0, 0x036F),  # Latin with accents: pinyin, names
    (0x0370, 0x045F),  # Greek, Cyrillic
    (0x2000, 0x23FF),  # punctuation, signs, arrows, mathematics
    (0x2460, 0x27BF),  # enclosed figures, boxes, shapes, ticks
    (0x2E80, 0x33FF),  # radicals, CJK punctuation, kana, bopomofo, squared words
    (0x4E00, 0x9FFF),  # CJK
    (0xF900, 0xFAFF),  # CJK compatibility: GB 18030 has twenty-one of them
    (0xFE10, 0xFE6F),  # vertical and small forms
    (0xFF00, 0xFFEF),  # full width
)
SELDOM = (
    (0x3400, 0x4DBF),  # CJK extension A
    (0x20000, 0x323AF),  # CJK extensions B to H
)


def main(folder: Path) -> None:
    """Write the three fonts."""
    common = codes(COMMON) | set(map(ord, "".join(STANDARD.read_text("utf-8").split())))
    for weight in ("Regular", "Bold"):
        make(folder / f"NotoSansCJK-{weight}.ttc", FAMILY, weight, common)
    make(folder / "NotoSansCJK-Regular.ttc", RARE, "Regular", codes(SELDOM) - common)


def codes(ranges: tuple[tuple[int, int], ...]) -> set[int]:
    """Give the code points from .. to of each range."""
    return {code for first, last in ranges for code in range(first, last + 1)}


def make(source: Path, family: str, weight: str, wanted: set[int]) -> None:
    """Cut the collection's simplified Chinese face to what is wanted, name it ours and write it."""
    font = TTFont(source, fontNumber=SIMPLIFIED_CHINESE, lazy=True, recalcTimestamp=False)
    options = subset.Options(
        hinting=False,
        layout_features=["ccmp", "kern"],
        drop_tables=["BASE", "DSIG", "VORG", "vhea", "vmtx"],
        name_IDs=[],
        notdef_outline=True,
        glyph_names=False,
    )
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted)
    cutter.subset(font)
    name_it(font, family, weight)
    made = HERE / f"{family.replace(' ', '')}-{weight}.otf"
    font.save(made)
    print(f"{made.name}: {made.stat().st_size / 1e6:.1f} MB")


def name_it(font: TTFont, family: str, weight: str) -> None:
    """Give the font its own name, whose it is, and its licence."""
    names = {
        0: "(c) 2014-2021 Adobe (http://www.adobe.com/), with Reserved Font Name 'Source'.",
        1: family,
        2: weight,
        3: f"Songgang;{family.replace(' ', '')}-{weight}",
        4: f"{family} {weight}",
        5: VERSION,
        6: f"{family.replace(' ', '')}-{weight}",
        13: "This Font Software is licensed under the SIL Open Font License, Version 1.1.",
        14: "http://scripts.sil.org/OFL",
    }
    for number, words in names.items():
        font["name"].setName(words, number, 3, 1, 0x409)
    font["CFF "].cff.fontNames = [names[6]]
    top = font["CFF "].cff.topDictIndex[0]
    top.FullName, top.FamilyName = names[4], family


if __name__ == "__main__":
    main(Path(sys.argv[1]))
