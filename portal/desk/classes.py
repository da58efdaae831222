"""Desk room: classes, opened for orders, planned, published, called off."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from portal import clock, doors, errors, weeks
from portal.database import reading, writing
from portal.desk.door import pages
from portal.forms.course import (
    ClassCallingOffForm,
    ClassForm,
    HalfDaysForm,
    SessionForm,
    SessionMoveForm,
    TermsForm,
    closing,
    terms,
)
from scheduling import courses, markets, orders, schools
from scheduling.models import TrainingClass


@pages.get("/classes/")
def classes() -> str:
    """List all classes, drafts too, newest first."""
    now = clock.now()
    rows = [(one, one.standing(now)) for one in courses.of_desk(reading(), doors.county())]
    return render_template("desk/classes/index.html", rows=rows)


@pages.route("/classes/new", methods=["GET", "POST"])
def class_new() -> Any:  # noqa: ANN401  a page or a redirect
    """Ask for a class; `?order=` ticks that order."""
    session, county = reading(), doors.county()
    form = ClassForm(orders=request.args.getlist("order"))
    form.offer(
        courses.programmes(session, county), schools.of_county(session, county), orders.open_ones(session, county)
    )
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                school = schools.by_id(db, county, UUID(form.school.data)) if form.school.data else None
                slug = courses.open_class(
                    db,
                    courses.course(db, county, UUID(form.course.data)),
                    school=school,
                    orders=[orders.find(db, county, int(no)).order for no in form.orders.data or ()],
                    **form.words(),
                    by=doors.someone(db),
                    now=clock.now(),
                ).slug
            flash(_("班已建好，还是草稿。下一步排课次。"), "success")
            return redirect(url_for(".training_class", slug=slug), 303)
    return errors.page("desk/classes/new.html", form=form)


@pages.get("/classes/<slug>")
def training_class(slug: str) -> str:
    """Show one class: how it stands, its sessions, for whom it trains."""
    session = reading()
    listed = courses.listed(session, _find(slug))
    row = listed.training_class
    return render_template(
        "desk/classes/show.html",
        row=row,
        listed=listed,
        standing=listed.standing(clock.now()),
        left=courses.hours_left(row, row.sessions),
        orders=orders.of_class(session, row),
    )


@pages.post("/classes/<slug>/publication")
def class_publication(slug: str) -> Response:
    """Open the class for enrolment."""
    with writing() as db:
        courses.publish(db, courses.find(db, doors.county(), slug), by=doors.someone(db), now=clock.now())
    flash(_("已开放报名，公众现在能看到。"), "success")
    return _to(slug)


@pages.route("/classes/<slug>/calling-off", methods=["GET", "POST"])
def class_calling_off(slug: str) -> Any:  # noqa: ANN401
    """Ask why, and call the class off."""
    form = ClassCallingOffForm()
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                row = courses.find(db, doors.county(), slug)
                courses.call_off(db, row, reason=form.reason.data, by=doors.someone(db), now=clock.now())
            flash(_("已停办，名单上的人会收到短信。"), "success")
            return _to(slug)
    return errors.page("desk/classes/calling_off.html", form=form, row=_find(slug))


@pages.route("/classes/<slug>/terms", methods=["GET", "POST"])
def class_terms(slug: str) -> Any:  # noqa: ANN401
    """Ask how many may come and until when one may sign up; who waits moves up at once where there is room."""
    row = _find(slug)
    form = TermsForm(data=terms(row))
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                row, by, now = courses.find(db, doors.county(), slug), doors.someone(db), clock.now()
                until = closing(form.closes_on.data, form.closes_at.data)
                courses.set_seats(db, row, form.seats.data, by=by, now=now)
                courses.set_closing(db, row, until, by=by, now=now)
                seats, given = row.seats, sum(share.seats for share in courses.shares(db, row))
            flash(_("已保存。补上的人会收到短信。"), "success")
            if given > seats:
                flash(
                    _("给各订单留的名额共%(given)s个，全班只有%(seats)s个，请改名额给谁。", given=given, seats=seats),
                    "warning",
                )
            return _to(slug)
    waiting = courses.listed(reading(), _find(slug)).waiting
    return errors.page("desk/classes/terms.html", form=form, row=_find(slug), waiting=waiting)


@pages.route("/classes/<slug>/sessions/new", methods=["GET", "POST"])
def session_new(slug: str) -> Any:  # noqa: ANN401
    """Ask for one more session."""
    form = SessionForm(day=_find(slug).starts_on)
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                row = courses.find(db, doors.county(), slug)
                courses.add_session(db, row, **form.session(), by=doors.someone(db), now=clock.now())
            return _to(slug)
    return errors.page("desk/classes/session.html", form=form, row=_find(slug))


@pages.route("/classes/<slug>/half-days", methods=["GET", "POST"])
def class_half_days(slug: str) -> Any:  # noqa: ANN401
    """Ask on which half-days of the week to teach, and plan them until the course's hours are reached."""
    form = HalfDaysForm()
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                row = courses.find(db, doors.county(), slug)
                added = courses.generate(
                    db,
                    row,
                    weekdays=frozenset(int(day) for day in form.weekdays.data),
                    halves=frozenset(form.halves.data),
                    teacher=form.teacher.data or "",
                    room=form.room.data or "",
                    by=doors.someone(db),
                    now=clock.now(),
                )
                number = len(added)
            flash(_("排了%(number)s次课。", number=number), "success")
            return _to(slug)
    row = _find(slug)
    return errors.page("desk/classes/half_days.html", form=form, row=row, left=courses.hours_left(row, row.sessions))


@pages.route("/classes/<slug>/sessions/<int:number>/moves", methods=["GET", "POST"])
def session_moves(slug: str, number: int) -> Any:  # noqa: ANN401
    """Ask for another time or room, and move the session there."""
    form = SessionMoveForm.of(courses.session_of(reading(), _find(slug), number))
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                one = courses.session_of(db, courses.find(db, doors.county(), slug), number)
                room = form.room.data or ""
                courses.move_session(db, one, **form.times(), room=room, by=doors.someone(db), now=clock.now())
            flash(_("第%(number)s次课已改。", number=number), "success")
            return _to(slug)
    row = _find(slug)
    return errors.page("desk/classes/move.html", form=form, row=row, one=courses.session_of(reading(), row, number))


@pages.post("/classes/<slug>/sessions/<int:number>/cancellation")
def session_cancellation(slug: str, number: int) -> Response:
    """Cancel one session."""
    with writing() as db:
        one = courses.session_of(db, courses.find(db, doors.county(), slug), number)
        courses.cancel_session(db, one, by=doors.someone(db), now=clock.now())
    flash(_("第%(number)s次课已取消。", number=number), "success")
    return _to(slug)


@pages.get("/classes/<slug>/weeks")
def class_weeks(slug: str) -> str:
    """Show the class's lessons week by week; each leads to where it is moved."""
    row, county = _find(slug), doors.county()
    held = [one for one in row.sessions if one.cancelled_at is None]
    holidays = markets.holidays(reading(), county, row.starts_on - 60 * weeks.ONE_DAY, row.ends_on + 60 * weeks.ONE_DAY)
    return render_template("desk/classes/weeks.html", row=row, weeks=weeks.weeks(held, holidays))


def _find(slug: str) -> TrainingClass:
    return courses.find(reading(), doors.county(), slug)


def _to(slug: str) -> Response:
    return redirect(url_for(".training_class", slug=slug), 303)
