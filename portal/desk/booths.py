"""Desk room: the booths of a fair, laid out and let out."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug import Response

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.desk.door import pages
from portal.forms.booth import DeskBookingForm, DrawingForm, LayOutForm
from portal.forms.booth_plan import FittingsForm
from portal.forms.policy import FairPolicyForm
from scheduling import booths as acts
from scheduling import enterprises, fairs


@pages.get("/fairs/<slug>/booths")
def booths(slug: str) -> Any:  # noqa: ANN401  a page
    """Show the plan and who stands where; ask for more booths, or for a booking by telephone."""
    return _page(slug)


@pages.post("/fairs/<slug>/booths")
def lay_out_booths(slug: str) -> Any:  # noqa: ANN401
    """Add booths to the plan."""
    form = LayOutForm()
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as session:
                fair, by = fairs.find(session, doors.county(), slug), doors.someone(session)
                told = {"count": form.count.data, "first": form.number.data, "columns": form.columns.data}
                more = {"kind": form.kind.data, "power": form.power.data}
                acts.lay_out(session, fair, **told, **more, by=by, now=clock.now())
            flash(_("展位已排好。"), "success")
            return redirect(url_for(".booths", slug=slug), 303)
    return _page(slug, laying=form)


@pages.route("/fairs/<slug>/booths/drawing", methods=["GET", "POST"])
def booth_drawing(slug: str) -> Any:  # noqa: ANN401  a page or a redirect
    """Show the plan as a drawing of numbers and dots; what is drawn becomes the plan."""
    session = reading()
    fair = fairs.find(session, doors.county(), slug)
    laid = acts.of_fair(session, fair)
    form = DrawingForm(data={"drawing": acts.draw(laid)})
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                told = {"kind": form.kind.data, "power": form.power.data, "by": doors.someone(db), "now": clock.now()}
                acts.lay_by_hand(db, fairs.find(db, doors.county(), slug), form.drawing.data, **told)
            flash(_("展位图改好了。"), "success")
            return redirect(url_for(".booths", slug=slug), 303)
    session = reading()
    fair = fairs.find(session, doors.county(), slug)
    return errors.page("desk/booths/drawing.html", form=form, fair=fair, booths=acts.of_fair(session, fair))


@pages.route("/fairs/<slug>/policy", methods=["GET", "POST"])
def fair_policy(slug: str) -> Any:  # noqa: ANN401
    """Choose the rules by which this fair's booths are booked, or a show's air time is asked for."""
    session = reading()
    fair = fairs.find(session, doors.county(), slug)
    by_now = acts.policies.of_fair(session, fair)
    form = FairPolicyForm(prefix="policy-", policy=by_now.name if by_now else "").offer(_names())
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                fair, by = fairs.find(db, doors.county(), slug), doors.someone(db)
                chosen = acts.policies.find(db, doors.county(), form.policy.data) if form.policy.data else None
                acts.policies.go_by(db, fair, chosen, by=by, now=clock.now())
                room = ".show_control" if fair.kind == "livestream" else ".booths"
            flash(_("已按这套规则办。"), "success")
            return redirect(url_for(room, slug=slug), 303)
    fair = fairs.find(reading(), doors.county(), slug)
    terms = acts.policies.terms_at(reading(), fair)
    hours = acts.policies.hours(fair, terms)
    return errors.page("desk/policies/of_fair.html", form=form, fair=fair, goes_by=by_now, terms=terms, hours=hours)


@pages.post("/fairs/<slug>/booths/fittings")
def booth_fittings(slug: str) -> Any:  # noqa: ANN401
    """Say what some booths in a row are like: their corner, power, tables, whether a wheelchair gets there."""
    form = FittingsForm(prefix="fit-")
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as session:
                fair, by = fairs.find(session, doors.county(), slug), doors.someone(session)
                laid = {booth.number for booth in acts.of_fair(session, fair)}
                numbers = laid & set(range(form.first.data, form.last.data + 1))
                acts.fit(session, fair, dict.fromkeys(numbers, form.told()), by=by, now=clock.now())
            flash(_("%(number)s个展位改好了。", number=len(numbers)), "success")
            return redirect(url_for(".booths", slug=slug), 303)
    return _page(slug, fitting=form)


@pages.post("/fairs/<slug>/booths/<int:number>/removal")
def booth_removal(slug: str, number: int) -> Response:
    """Take a booth out of the plan."""
    with writing() as session:
        booth = acts.find(session, fairs.find(session, doors.county(), slug), number)
        acts.remove(session, booth, by=doors.someone(session), now=clock.now())
    flash(_("%(number)s号展位已撤。", number=number), "success")
    return redirect(url_for(".booths", slug=slug), 303)


@pages.post("/fairs/<slug>/bookings")
def booth_booking(slug: str) -> Any:  # noqa: ANN401
    """Book for a company that called or came to the window."""
    session = reading()
    laid = acts.of_fair(session, fairs.find(session, doors.county(), slug))
    form = DeskBookingForm().with_booths(laid)
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as session:
                booth = acts.find(session, fairs.find(session, doors.county(), slug), form.booth.data)
                firm = enterprises.find_by_code(session, doors.county(), form.uscc.data)
                acts.book(session, booth, firm, by=doors.someone(session), now=clock.now())
                told = {"name": firm.name, "number": booth.number}
            flash(_("%(name)s订了%(number)s号展位。", **told), "success")
            return redirect(url_for(".booths", slug=slug), 303)
    return _page(slug, booking=form)


@pages.post("/bookings/<uuid:id_>/cancellation")
def booking_cancellation(id_: UUID) -> Response:
    """Cancel a company's booking; its pass is worth nothing any more."""
    with writing() as session:
        row = acts.find_booking(session, doors.county(), id_)
        acts.cancel(session, row, by=doors.someone(session), now=clock.now())
        slug, number = row.fair.slug, row.booth.number
    flash(_("%(number)s号展位的预订已取消。", number=number), "success")
    return redirect(url_for(".booths", slug=slug), 303)


def _names() -> list[str]:
    return [row.name for row in acts.policies.all_of(reading(), doors.county())]


def _page(
    slug: str,
    *,
    laying: LayOutForm | None = None,
    booking: DeskBookingForm | None = None,
    fitting: FittingsForm | None = None,
) -> tuple[str, int]:
    session = reading()
    fair = fairs.find(session, doors.county(), slug)
    laid = acts.of_fair(session, fair)
    free = [booth for booth in laid if booth.booking is None]
    by = acts.policies.of_fair(session, fair)
    return errors.page(
        "desk/booths/index.html",
        form=laying or booking or fitting,
        policy=FairPolicyForm(formdata=None, prefix="policy-", policy=by.name if by else "").offer(_names()),
        goes_by=by,
        line=acts.waiting.line(session, fair),
        laying=laying or LayOutForm(formdata=None, number=acts.next_number(session, fair)),
        booking=(booking or DeskBookingForm(formdata=None)).with_booths(free),
        fitting=fitting or FittingsForm(formdata=None, prefix="fit-"),
        fair=fair,
        booths=laid,
        open=fair.publication is not None and fair.calling_off is None and clock.now() < fair.starts_at,
        free=len(free),
    )
