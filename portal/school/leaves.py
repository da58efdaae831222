"""School room: leave that trainees ask for, granted or refused; and leave noted for somebody who asked in person."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from portal import clock, doors, errors, filters
from portal.database import reading, writing
from portal.forms.attendance import DecisionForm, SchoolLeaveForm
from portal.school import attendance as room
from portal.school.door import pages
from scheduling import attendance, courses, enrolments
from scheduling import leaves as acts

SHOWN = timedelta(days=14)  # after a session its leave is still on the page


@pages.get("/leaves/", endpoint="leaves")
def leaves() -> str:
    """List the leaves of the school's classes, the undecided first."""
    session, now = reading(), clock.now()
    rows = acts.queue(session, doors.county(), school=doors.school(session), since=now - SHOWN)
    return render_template("school/leaves/index.html", rows=rows, now=now)


@pages.post("/leaves/<uuid:id_>/decision")
def leave_decision(id_: UUID) -> Response:
    """Grant or refuse; she is told by a message."""
    form = DecisionForm()
    with writing() as db:
        row = acts.find(db, doors.county(), id_, school=doors.school(db))
        decide = acts.grant if form.granted.data == "yes" else acts.refuse
        decide(db, row, by=doors.someone(db), now=clock.now())
    flash(_("已准假，短信告诉学员。") if form.granted.data == "yes" else _("没有准假，短信告诉学员。"), "success")
    return redirect(url_for(".leaves"), 303)


@pages.route("/classes/<slug>/leaves/new", methods=["GET", "POST"])
def leave_new(slug: str) -> Any:  # noqa: ANN401  a page or a redirect
    """Ask who has leave from which session: from one that is over it is noted as from paper."""
    session, now = reading(), clock.now()
    row = room.find(session, slug)
    sheet = attendance.sheet(session, row, now=now)
    form = SchoolLeaveForm(person=request.args.get("person"), lesson=request.args.get("lesson"))
    form.person.choices = [("", _("请选"))] + [(one.id.hex, one.jobseeker.name) for one in sheet.people]
    form.lesson.choices = [("", _("请选"))] + [
        (str(one.number), _("第%(number)s次 %(when)s", number=one.number, when=filters.local(one.starts_at)))
        for one in sheet.sessions
    ]
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                taught = room.find(db, slug)
                person = enrolments.find(db, taught, UUID(form.person.data))
                block = courses.session_of(db, taught, int(form.lesson.data))
                acts.enter(db, person, block, form.reason.data, by=doors.someone(db), now=now)
            flash(_("已记下，准假。"), "success")
            return redirect(url_for(".class_attendance", slug=slug), 303)
    return errors.page("school/leaves/new.html", form=form, row=row)
