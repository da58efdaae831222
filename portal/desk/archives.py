"""Desk room: the file of a class for the shelf (归档): one click gives it, and it can be held against what was laid."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from uuid import UUID

from flask import Response, render_template, request, send_file

from portal import clock, doors, errors, shelf
from portal.database import reading, writing
from portal.desk.door import pages
from portal.forms.filing import ArchiveForm
from scheduling import archives, courses, training_rules
from scheduling.models import TrainingClass


@pages.get("/classes/<slug>/archives")
def class_archives(slug: str) -> str:
    """Show what was laid on the shelf, when, by whom, until when it is kept, and what changed since."""
    return render_template("desk/archives/index.html", **_shelf(slug), form=ArchiveForm(formdata=None), checked=None)


@pages.post("/classes/<slug>/archives")
def class_archiving(slug: str) -> Response:
    """Put the class's file together, note it, and answer with it.

    A POST that answers with a file: what is downloaded is noted, and the page before it stays where it is.
    """
    session, now = reading(), clock.now()
    row = courses.find(session, doors.county(), slug)
    laid = shelf.lay(session, row, by=doors.someone(session), now=now)
    with writing() as db:
        found = courses.find(db, doors.county(), slug)
        archives.keep(db, found, manifest=laid.manifest, facts=laid.facts, by=doors.someone(db), now=now)
    name = f"{row.number}号班-归档-{clock.today():%Y%m%d}.zip"
    answer = send_file(BytesIO(laid.data), "application/zip", as_attachment=True, download_name=name, max_age=0)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@pages.post("/classes/<slug>/archives/<uuid:id_>/comparison")
def class_archive_comparison(slug: str, id_: UUID) -> Any:  # noqa: ANN401  a page
    """Hold a ZIP against what was recorded of one archive, and say which files differ. Nothing is kept of it."""
    form, checked = ArchiveForm(), None
    found = archives.find(reading(), courses.find(reading(), doors.county(), slug), id_)
    if form.validate_on_submit():
        with errors.beside(form):
            files = archives.opened(request.files["file"].read())
            checked = (found, archives.compared(found.manifest, files))
    return errors.page("desk/archives/index.html", **_shelf(slug), form=form, checked=checked)


def _shelf(slug: str) -> dict[str, Any]:
    session = reading()
    row: TrainingClass = courses.find(session, doors.county(), slug)
    facts = archives.digests(session, row)
    return {
        "row": row,
        "years": training_rules.of(row.course).archive_years,
        "rows": [
            (one, by, archives.keep_until(row, one), archives.changed_since(one, facts))
            for one, by in archives.of_class(session, row)
        ],
    }
