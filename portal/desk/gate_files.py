"""Desk room: a phone's saved file (存成文件) is handed in: chosen, looked through, confirmed; what became of it."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug.exceptions import RequestEntityTooLarge

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.desk.door import pages
from portal.forms.device import FileForm, TakingForm
from scheduling import drafts
from scheduling.gate import saved, undisturbed
from scheduling.gate.saved import File, Look, Taken
from scheduling.refusals import SavedTooLarge

NOUN = "gate file"
SHOWN = 200  # items put aside that are named one by one
_DRAINED = 128 * 1024 * 1024  # what is far too large is read and forgotten, so that the browser hears us


@pages.route("/gate/files/new", methods=["GET", "POST"])
def gate_file() -> Any:  # noqa: ANN401  a page or a redirect
    """Ask for a file; POST reads it, keeps it sealed for a day and goes on to what is in it."""
    form = FileForm()
    if form.validate_on_submit():
        with errors.beside(form):
            raw = form.content()
            saved.opened(raw, doors.county(), doors.keys())
            _keep({"raw": base64.b64encode(zlib.compress(raw)).decode()})
            return redirect(url_for(".gate_file_check"), 303)
    return errors.page("desk/gates/file.html", form=form)


@pages.route("/gate/files/check", methods=["GET", "POST"])
def gate_file_check() -> Any:  # noqa: ANN401
    """Show what is in the file; POST takes it in, two hundred items a transaction. Again changes nothing."""
    answers = _kept()
    if "done" in answers:
        return redirect(url_for(".gate_file_done"), 303)
    if "raw" not in answers:
        return redirect(url_for(".gate_file"), 303)
    file = saved.opened(zlib.decompress(base64.b64decode(answers["raw"])), doors.county(), doors.keys())
    looked = saved.look(reading(), doors.county(), file)
    form = TakingForm(data={"digest": file.digest})
    if form.validate_on_submit() and form.digest.data == file.digest:  # else another tab chose another file meanwhile
        _keep({"done": _taken_in(file, looked)})
        return redirect(url_for(".gate_file_done"), 303)
    return errors.page("desk/gates/file_check.html", form=form, file=file, look=looked, now=clock.now())


@pages.get("/gate/files/done")
def gate_file_done() -> Any:  # noqa: ANN401
    """Say what became of the file."""
    answers = _kept()
    if "done" not in answers:
        return redirect(url_for(".gate_file"), 303)
    return render_template("desk/gates/file_done.html", done=answers["done"], shown=SHOWN)


@pages.errorhandler(RequestEntityTooLarge)
def gate_file_too_large(error: RequestEntityTooLarge) -> Any:  # noqa: ANN401
    """Say beside the field that a file is far too large. The door's guard comes after this: it is asked here."""
    account = doors.who()
    if request.endpoint != "desk.gate_file" or not account or not doors.admitted(request.endpoint) & account.roles:
        return errors.plain(error)
    left = min(request.content_length or 0, _DRAINED)
    while left > 0 and (read := request.environ["wsgi.input"].read(min(left, 65536))):
        left -= len(read)
    form = FileForm(formdata=None)
    status, words, _field = errors.wording(SavedTooLarge(most=saved.MOST_BYTES // 1024 // 1024))
    form.file.errors = [words]
    return render_template("desk/gates/file.html", form=form), status


def _taken_in(file: File, looked: Look) -> dict[str, Any]:
    """Take a file in, and give what the page tells of it."""
    taken = [undisturbed(partial(_once, file, first)) for first in saved.beginnings(file)]
    aside = [row for piece in taken for row in piece.aside]
    return {
        "label": looked.device.label if looked.device else _("不认识的手机"),
        "digest": file.digest,
        "recorded": _sum(taken, "recorded"),
        "again": _sum(taken, "again"),
        "aside": len(aside),
        "rows": aside[:SHOWN],
        "whys": _counted([why for _seq, _kind, _event, why in aside]),
        "events": [(part.name, part.event.title) for part in looked.parts if part.event],
    }


def _once(file: File, first: int) -> Taken:
    """Take in one piece; the phone itself, or another desk, may hand in the same meanwhile."""
    with writing() as db:
        by, now = doors.someone(db), clock.now()
        return saved.take_in(db, doors.county(), file, first, by=by, now=now, keys=doors.keys())


def _sum(taken: list[Taken], name: str) -> int:
    return sum(getattr(piece, name) for piece in taken)


def _counted(whys: list[str]) -> Mapping[str, int]:
    return {why: whys.count(why) for why in sorted(set(whys), key=lambda why: (-whys.count(why), why))}


def _kept() -> dict[str, Any]:
    """Give what this browser handed in last."""
    return drafts.read(reading(), session.get(NOUN), NOUN, keys=doors.keys(), now=clock.now())


def _keep(told: dict[str, Any]) -> None:
    with writing() as db:
        session[NOUN] = drafts.keep(
            db, session.get(NOUN), NOUN, told, county=doors.county(), keys=doors.keys(), now=clock.now()
        )
