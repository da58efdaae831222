"""A trainee asks for leave from her ticket's page, and takes it back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug import Response

from portal import clock, doors, errors, filters
from portal.database import reading, writing
from portal.forms.attendance import LeaveForm
from portal.public.door import pages
from scheduling import attendance, courses, tickets
from scheduling import leaves as acts
from scheduling.models import ClassSession, Enrolment, Ticket
from scheduling.refusals import NotFound


@pages.route("/t/<token>/leaves/new", methods=["GET", "POST"])
def leave_new(token: str) -> Any:  # noqa: ANN401  a page or a redirect
    """Ask from which of her sessions and why; POST goes back to her ticket."""
    db, now, form = reading(), clock.now(), LeaveForm()
    row, person = _hers(db, token)
    coming = _coming(attendance.of_trainee(db, person, now=now), person)
    form.lesson.choices = [("", _("请选"))] + [
        (str(one.number), _("第%(number)s次 %(when)s", number=one.number, when=filters.local(one.starts_at)))
        for one in coming
    ]
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                row, person = _hers(db, token)
                assert row.training_class is not None  # noqa: S101  an enrolment's ticket has one
                block = courses.session_of(db, row.training_class, int(form.lesson.data))
                acts.ask(db, person, block, form.reason.data, by=None, now=now)
            flash(_("请假已经告诉老师，批了会发短信。没批之前，请照常来上课。"), "success")
            return redirect(url_for(".ticket", token=token), 303)
    return errors.page("public/tickets/leave.html", form=form, token=token, ticket=row, coming=coming)


@pages.post("/t/<token>/leaves/<uuid:id_>/withdrawal")
def leave_withdrawal(token: str, id_: UUID) -> Response:
    """Take leave back: she comes after all."""
    with writing() as db:
        _row, person = _hers(db, token)
        for leave, _block in acts.of_trainee(db, person):
            if leave.id == id_:
                acts.withdraw(db, leave, by=None, now=clock.now())
    flash(_("请假撤回了，请按时来上课。"), "success")
    return redirect(url_for(".ticket", token=token), 303)


def _hers(db: Any, token: str) -> tuple[Ticket, Enrolment]:  # noqa: ANN401  a session
    """Give a ticket that is good, and whose it is. Raises NotFound for any other."""
    row = tickets.opened(db, doors.county(), token, doors.keys())
    if row.enrolment is None or tickets.state(row, now=clock.now()) not in tickets.VALID:
        raise NotFound
    return row, row.enrolment


def _coming(sheet: attendance.Sheet, person: Enrolment) -> list[ClassSession]:
    """Give her sessions that are not over, and for which she neither asked nor signed in."""
    now = clock.now()
    return [one for one, mark in sheet.of(person) if one.ends_at > now and not mark.present and mark.leave is None]
