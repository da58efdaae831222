"""Desk room: a fair on its day: who came, who is late, who walks in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug import Response

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.desk.door import pages
from portal.forms.policy import WalkInForm
from scheduling import booths, fairs, vacancies
from scheduling import turnout as acts


@pages.get("/fairs/<slug>/turnout")
def fair_turnout(slug: str) -> Any:  # noqa: ANN401  a page
    """Show who came so far and who has not; ask about a company that walks in."""
    return _page(slug, None)


@pages.post("/fairs/<slug>/walk-ins")
def walk_in(slug: str) -> Any:  # noqa: ANN401  a page or a redirect
    """Take in a company that came without a booking: registered and approved on the spot, with one vacancy."""
    free = [
        booth for booth in booths.of_fair(reading(), fairs.find(reading(), doors.county(), slug)) if not booth.booking
    ]
    form = WalkInForm(prefix="walk-").offer(free)
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                by, now, fair = doors.someone(db), clock.now(), fairs.find(db, doors.county(), slug)
                booking = acts.take_in(db, fair, **form.told(), by=by, now=now, keys=doors.keys())
                number, id_ = booking.booth.number, booking.id
            flash(_("%(number)s号展位给它了，已算签到。海报可以马上打印。", number=number), "success")
            return redirect(url_for(".fair_turnout", slug=slug, _anchor=f"booking-{id_}"), 303)
    return _page(slug, form)


@pages.post("/bookings/<uuid:id_>/presence")
def booking_presence(id_: UUID) -> Response:
    """Note that the company is here."""
    with writing() as db:
        row, by = booths.find_booking(db, doors.county(), id_), doors.someone(db)
        acts.vouch(db, row, by=by, now=clock.now(), keys=doors.keys())
        slug, name = row.fair.slug, row.enterprise.name
    flash(_("记下%(name)s到了。", name=name), "success")
    return redirect(url_for(".fair_turnout", slug=slug), 303)


@pages.post("/bookings/<uuid:id_>/release")
def booking_release(id_: UUID) -> Response:
    """Give the booth of a company that is late to others."""
    with writing() as db:
        row, by = booths.find_booking(db, doors.county(), id_), doors.someone(db)
        acts.release(db, row, by=by, now=clock.now())
        slug, number = row.fair.slug, row.booth.number
    flash(_("%(number)s号展位空出来了。", number=number), "success")
    return redirect(url_for(".fair_turnout", slug=slug), 303)


def _page(slug: str, form: WalkInForm | None) -> tuple[str, int]:
    session, now = reading(), clock.now()
    fair = fairs.find(session, doors.county(), slug)
    free = [booth for booth in booths.of_fair(session, fair) if not booth.booking]
    terms = booths.policies.terms_at(session, fair)
    standing = fairs.standing(fair, now=now)
    return errors.page(
        "desk/turnout/index.html",
        form=(form or WalkInForm(formdata=None, prefix="walk-")).offer(free),
        typed=form is not None,
        fair=fair,
        turnout=acts.of_fair(session, fair, now=now),
        shown=vacancies.at_fair(session, fair),
        free=free,
        terms=terms,
        hours=booths.policies.hours(fair, terms),
        today=standing == "running" or (standing in {"published", "moved"} and now >= fair.starts_at - acts.EARLY),
        over=standing == "over",
        now=now,
    )
