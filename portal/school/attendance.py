"""School room: the attendance of a class, the paper book typed afterwards, what is printed of both, the fence."""

from __future__ import annotations

from typing import Any

from flask import Response, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from portal import clock, doors, errors, printing
from portal.database import reading, writing
from portal.forms.attendance import FenceForm, PaperForm, typed
from portal.school.door import pages
from scheduling import attendance, courses, rollcalls
from scheduling.models import TrainingClass

METRES = 200  # what the form proposes: a phone under a roof is easily a hundred metres off


@pages.get("/classes/<slug>/attendance")
def class_attendance(slug: str) -> str:
    """Show the book of a class: trainees by sessions, and who falls short of the hours."""
    session = reading()
    row = find(session, slug)
    return render_template(
        "school/attendance/index.html",
        row=row,
        sheet=attendance.sheet(session, row, now=clock.now()),
        now=clock.now(),
        around=rollcalls.AROUND,
        paper=lambda number: url_for(".session_paper", slug=slug, number=number),
    )


@pages.route("/classes/<slug>/sessions/<int:number>/paper", methods=["GET", "POST"])
def session_paper(slug: str, number: int) -> Any:  # noqa: ANN401  a page or a redirect
    """Ask for the marks of one session as they stand on paper, and keep them."""
    session, now, form = reading(), clock.now(), PaperForm()
    row = find(session, slug)
    block = courses.session_of(session, row, number)
    sheet = attendance.sheet(session, row, now=now)
    people = [person for person in sheet.people if (person.id, block.id) in sheet.marks]
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                changed = attendance.enter(
                    db,
                    courses.session_of(db, find(db, slug), number),
                    form.told(people, request.form),
                    keys=doors.keys(),
                    by=doors.someone(db),
                    now=now,
                )
            words = _("补录了%(number)s人。", number=changed) if changed else _("和原来一样，没有改动。")
            flash(words, "success")
            return redirect(url_for(".class_attendance", slug=slug), 303)
    chosen = typed(people, request.form) if request.method == "POST" else {}
    return errors.page(
        "school/attendance/paper.html",
        form=form,
        row=row,
        block=block,
        people=people,
        marks=sheet.marks,
        chosen=chosen,
        begun=now >= block.starts_at,
    )


@pages.get("/classes/<slug>/attendance.pdf")
def attendance_book(slug: str) -> Response:
    """Print the book (考勤簿), filled as it stands, or with `?blank=1` empty to be filled by hand."""
    session = reading()
    row = find(session, slug)
    sheet = attendance.sheet(session, row, now=clock.now())
    return printing.answer(printing.attendance_book(sheet, blank=request.args.get("blank") == "1"))


@pages.route("/classes/<slug>/fence", methods=["GET", "POST"])
def class_fence(slug: str) -> Any:  # noqa: ANN401
    """Ask where the class is, so that a sign-in from elsewhere is noticed."""
    row = find(reading(), slug)
    form = FenceForm(data={"lat": row.lat, "lon": row.lon, "metres": row.fence_metres or METRES})
    if form.validate_on_submit():
        with writing() as db:
            place = form.lat.data, form.lon.data, form.metres.data
            rollcalls.fence(db, find(db, slug), *place, by=doors.someone(db), now=clock.now())
        flash(_("已保存。以后用手机签到的，会问学员要一次定位。"), "success")
        return redirect(url_for(".class_attendance", slug=slug), 303)
    return locating(errors.page("school/attendance/fence.html", form=form, row=row))


@pages.post("/classes/<slug>/fence/removal")
def class_fence_removal(slug: str) -> Any:  # noqa: ANN401
    """Ask no phone any more where it is."""
    with writing() as db:
        rollcalls.unfence(db, find(db, slug), by=doors.someone(db), now=clock.now())
    flash(_("以后签到不再问定位。"), "success")
    return redirect(url_for(".class_attendance", slug=slug), 303)


def find(session: Any, slug: str) -> TrainingClass:  # noqa: ANN401  reading() or what writing() gives
    """Give a class this account may see. Raises NotFound."""
    return courses.find_taught(session, doors.county(), slug, school=doors.school(session))


def locating(page: tuple[str, int]) -> Response:
    """Let this page ask the phone where it is; no other page may."""
    answer = Response(*page)
    answer.headers["Permissions-Policy"] = "camera=(), geolocation=(self), microphone=()"
    return answer
