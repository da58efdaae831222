"""Desk room: the files of a fair: its emergency plan, and photos beside its results."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug import Response as Answer

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.desk.door import pages
from portal.forms.fair_file import PAPERS, PHOTOS, PhotoForm, PlanFileForm
from scheduling import fairs as acts


@pages.route("/fairs/<slug>/emergency-plan", methods=["GET", "POST"])
def fair_plan_file(slug: str) -> Any:  # noqa: ANN401  a page or a redirect
    """Ask for the emergency plan as a file, and keep it."""
    form = PlanFileForm()
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                row = acts.find(db, doors.county(), slug)
                acts.attach_plan(db, row, form.content(), by=doors.someone(db), now=clock.now())
            flash(_("应急预案收好了。"), "success")
            return redirect(url_for(".fair", slug=slug), 303)
    session = reading()
    row = acts.find(session, doors.county(), slug)
    return errors.page("desk/fairs/plan_file.html", form=form, fair=row, plan=acts.plan_of(session, row), accept=PAPERS)


@pages.route("/fairs/<slug>/photos", methods=["GET", "POST"])
def fair_photos(slug: str) -> Any:  # noqa: ANN401
    """Show the photos of a fair; ask for another one, and keep it."""
    form = PhotoForm()
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                row, by = acts.find(db, doors.county(), slug), doors.someone(db)
                acts.add_photo(db, row, form.content(), caption=form.caption.data or "", by=by, now=clock.now())
            flash(_("照片收好了。"), "success")
            return redirect(url_for(".fair_photos", slug=slug), 303)
    session = reading()
    row = acts.find(session, doors.county(), slug)
    return errors.page(
        "desk/fairs/photos.html",
        form=form,
        fair=row,
        photos=acts.photos(session, row),
        most=acts.MOST_PHOTOS,
        ahead=clock.now() < row.starts_at,
        accept=PHOTOS,
    )


@pages.get("/fairs/<slug>/files/<uuid:id_>")
def fair_file(slug: str, id_: UUID) -> Response:
    """Give a file, as what it was found to be and nothing else; a PDF is saved, not opened within our pages."""
    session = reading()
    row = acts.file_of(session, acts.find(session, doors.county(), slug), id_)
    answer = Response(row.content, mimetype=row.kind)
    named = f'attachment; filename="{slug}-plan.pdf"' if row.kind == "application/pdf" else "inline"
    answer.headers["Content-Disposition"] = named
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.headers["X-Content-Type-Options"] = "nosniff"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return answer


@pages.post("/fairs/<slug>/files/<uuid:id_>/removal")
def fair_file_removal(slug: str, id_: UUID) -> Answer:
    """Take a file away."""
    with writing() as db:
        row = acts.find(db, doors.county(), slug)
        file = acts.file_of(db, row, id_)
        back = "fair_photos" if file.what == "photo" else "fair_plan_file"
        acts.remove_file(db, row, file, by=doors.someone(db), now=clock.now())
    flash(_("已删除。"), "success")
    return redirect(url_for(f".{back}", slug=slug), 303)
