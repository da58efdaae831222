"""The press: a paper's data and its template make a PDF, in a second or so, with fonts of ours and never the system's.

What people typed goes in as data, never as markup, so `#`, `*` or `$` in a title are set as they are.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any
from urllib.parse import quote

import typst
from flask import Response, request, send_file

from portal import doors
from portal.printing import glyphs

log = logging.getLogger(__name__)

TEMPLATES = Path(__file__).resolve().parent / "paper"
_PRESSES = BoundedSemaphore(2)  # a hundred posters take some 100 MB: more than two at once in a process wait
OURS = ("Songgang Sans", "Songgang Sans Rare")
_UNNAMEABLE = str.maketrans(dict.fromkeys('\\/:*?"<>|#%', "_"))  # what some system refuses in a file's name
_LONGEST_NAME = 80


@dataclass(frozen=True)
class Paper:
    """Something to print. `template` is a file in `paper/`, `name` the file's name without .pdf, `data` plain JSON."""

    template: str
    name: str
    data: dict[str, Any] = field(repr=False)


def folders(extra: str = "") -> tuple[Path, ...]:
    """Give where fonts are looked for: ours, then the folder that SONGGANG_FONTS names, for what ours lack."""
    return (glyphs.FONTS, Path(extra)) if extra else (glyphs.FONTS,)


def pdf(paper: Paper, where: tuple[Path, ...] = (glyphs.FONTS,)) -> bytes:
    """Give the paper as a PDF that screen readers can read (PDF/UA-1: tagged, titled, every glyph there)."""
    gone: dict[str, None] = {}
    data = glyphs.settable({"title": paper.name, **paper.data}, glyphs.covered(where), gone)
    fonts = _fonts(where)
    told = {**data, "fonts": _families(fonts), "gone": [f"U+{ord(each):04X}" for each in gone]}
    with _PRESSES:
        try:
            return _set(paper.template, told, fonts, pdf_standards="ua-1")
        except typst.TypstError:  # paper comes first: one that falls short of the standard is still printed
            log.exception("a paper is not as the standard wants it: %s", paper.template)
            return _set(paper.template, told, fonts)


def _set(template: str, told: dict[str, Any], fonts: typst.Fonts, **more: Any) -> bytes:  # noqa: ANN401  typst's own
    made: bytes = typst.compile(
        TEMPLATES / f"{template}.typ",
        root=TEMPLATES,
        font_paths=fonts,
        sys_inputs={"data": json.dumps(told, ensure_ascii=False)},
        format="pdf",
        **more,
    )
    return made


def missing(words: Iterable[str]) -> list[str]:
    """Give the characters in `words` that this deployment's fonts cannot draw, each once."""
    drawn = glyphs.covered(folders(doors.settings().fonts))
    return glyphs.lacking("".join(map(glyphs.tidy, words)), drawn)


def answer(paper: Paper) -> Response:
    """Answer with the PDF, shown in the browser, or saved with `?save=1`; its name says in Chinese what it is."""
    made = pdf(paper, folders(doors.settings().fonts))
    name = glyphs.tidy(paper.name).translate(_UNNAMEABLE)[:_LONGEST_NAME].strip(" .")
    save = request.args.get("save") == "1"
    told = send_file(BytesIO(made), "application/pdf", max_age=0)
    told.headers["Content-Disposition"] = (
        f"{'attachment' if save else 'inline'}; filename={paper.template}.pdf; filename*=UTF-8''{quote(name)}.pdf"
    )
    told.headers["Cache-Control"] = "no-store"  # a pass is a ticket, and a list is of today
    return told


@lru_cache(maxsize=4)
def _fonts(where: tuple[Path, ...]) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(where))


def _families(fonts: typst.Fonts) -> list[str]:
    """Name the families, ours first: a character is set in the first that has it."""
    names = {each.family for each in fonts.fonts()}
    return [*(each for each in OURS if each in names), *sorted(names - set(OURS))]
