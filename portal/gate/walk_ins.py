"""The gate for companies: one that came without a booking is taken in where it stands, its poster at once."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Response, redirect, render_template, url_for

from portal import clock, doors, errors, printing
from portal.database import reading, writing
from portal.forms.policy import WalkInForm
from portal.gate.door import pages
from scheduling import booths, fairs, turnout, vacancies
from scheduling.models import Booking
from scheduling.refusals import NotFound


@pages.route("/fairs/<slug>/walk-ins", methods=["GET", "POST"])
def walk_in(slug: str) -> Any:  # noqa: ANN401  a page or a redirect
    """Ask about a company that walks in; POST registers it, gives it a booth and counts it as here, as at the desk."""
    form = _offered(slug, WalkInForm())
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                by, now, fair = doors.someone(db), clock.now(), fairs.find_public(db, doors.county(), slug)
                id_ = turnout.take_in(db, fair, **form.told(), by=by, now=now, keys=doors.keys()).id
            return redirect(url_for(".walked_in", slug=slug, id_=id_), 303)
    session = reading()
    fair = fairs.find_public(session, doors.county(), slug)
    terms = booths.policies.terms_at(session, fair)
    full = not any(booth.booking is None for booth in booths.of_fair(session, fair))
    return errors.page("gate/walk_in.html", form=_offered(slug, form), fair=fair, terms=terms, full=full)


@pages.get("/fairs/<slug>/walk-ins/<uuid:id_>")
def walked_in(slug: str, id_: UUID) -> str:
    """Say which booth it has, and lead to its poster."""
    booking = _booking(slug, id_)
    shown = vacancies.shown_at(reading(), booking.fair, booking.enterprise)
    return render_template("gate/walked_in.html", booking=booking, fair=booking.fair, shown=shown)


@pages.get("/fairs/<slug>/walk-ins/<uuid:id_>/poster.pdf")
def walk_in_poster(slug: str, id_: UUID) -> Response:
    """Print the poster of a company that walked in."""
    booking = _booking(slug, id_)
    return printing.answer(printing.posters(booking.fair, [printing.stall(reading(), booking)]))


def _offered(slug: str, form: WalkInForm) -> WalkInForm:
    session = reading()
    laid = booths.of_fair(session, fairs.find_public(session, doors.county(), slug))
    return form.offer([booth for booth in laid if booth.booking is None])


def _booking(slug: str, id_: UUID) -> Booking:
    """Find a booking of this fair that stands; a company that had booked after all is let in like any other."""
    booking = booths.find_booking(reading(), doors.county(), id_)
    if booking.fair.slug != slug or booking.cancelled_at is not None:
        raise NotFound
    return booking
