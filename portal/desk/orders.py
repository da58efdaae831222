"""Desk room: training orders, first those that wait for a class; pooled into classes, closed when all are hired."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.desk.door import pages
from portal.forms.order import OrderClosingForm, PoolForm
from scheduling import courses, enrolments
from scheduling import orders as acts


@pages.get("/orders/", endpoint="orders")
def orders() -> str:
    """List all orders; those nobody trains for yet stand apart."""
    today, placed = clock.today(), acts.of_county(reading(), doors.county())
    waiting = [one for one in placed if one.state(today) == "asked"]
    others = [one for one in placed if one.state(today) != "asked"]
    return render_template("desk/orders/index.html", waiting=waiting[::-1], others=others, today=today)


@pages.get("/orders/<int:no>")
def order(no: int) -> str:
    """Show one order and the classes that train for it."""
    placed = acts.find(reading(), doors.county(), no)
    state = placed.state(clock.today())
    return render_template("desk/orders/show.html", placed=placed, order=placed.order, state=state)


@pages.post("/orders/<int:no>/withdrawal")
def order_withdrawal(no: int) -> Response:
    """Withdraw an order for its enterprise, even when a class trains for it."""
    with writing() as session:
        placed = acts.find(session, doors.county(), no)
        acts.withdraw(session, placed.order, by=doors.someone(session), now=clock.now(), from_desk=True)
    flash(_("订单已撤回。"), "success")
    return redirect(url_for(".order", no=no), 303)


@pages.route("/orders/<int:no>/closing", methods=["GET", "POST"])
def order_closing(no: int) -> Any:  # noqa: ANN401  a page or a redirect
    """Close an order; when fewer were hired than promised, ask why."""
    form = OrderClosingForm()
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                row = acts.find(db, doors.county(), no).order
                acts.close(db, row, note=form.note.data or "", by=doors.someone(db), now=clock.now())
            flash(_("订单已了结。"), "success")
            return redirect(url_for(".order", no=no), 303)
    return errors.page("desk/orders/closing.html", form=form, placed=acts.find(reading(), doors.county(), no))


@pages.post("/orders/<int:no>/reopening")
def order_reopening(no: int) -> Response:
    """Open a closed order again."""
    with writing() as db:
        acts.reopen(db, acts.find(db, doors.county(), no).order, by=doors.someone(db), now=clock.now())
    flash(_("订单重新打开了。"), "success")
    return redirect(url_for(".order", no=no), 303)


@pages.route("/classes/<slug>/orders", methods=["GET", "POST"])
def class_orders(slug: str) -> Any:  # noqa: ANN401
    """Ask how many seats of the class are for which order, and show who sits on them."""
    row = courses.find(reading(), doors.county(), slug)
    form = PoolForm().offer(acts.to_pool(reading(), row))
    if form.validate_on_submit():
        seats = form.seats(request.form)
        if not form.wrong:
            with errors.beside(form):
                with writing() as db:
                    held = courses.find(db, doors.county(), slug)
                    courses.pool(db, held, seats, by=doors.someone(db), now=clock.now())
                flash(_("名额分好了。"), "success")
                return redirect(url_for(".class_orders", slug=slug), 303)
    shares = {share.order.no: share for share in courses.shares(reading(), row)}
    people = enrolments.roster(reading(), row)
    page, status = errors.page("desk/classes/orders.html", form=form, row=row, shares=shares, people=people)
    return page, 422 if form.wrong else status


@pages.post("/classes/<slug>/orders/people")
def class_orders_people(slug: str) -> Response:
    """Keep for which order each trainee is, as ticked; those that stay the same change nothing."""
    with writing() as db:
        row, by = courses.find(db, doors.county(), slug), doors.someone(db)
        known = {one.order.no: one.order for one in courses.shares(db, row)}
        wanted = {
            one: known.get(int(no)) if (no := request.form.get(f"for-{one.id}", "")).isdecimal() else None
            for one in enrolments.roster(db, row)
        }
        for one, order_ in sorted(wanted.items(), key=lambda each: each[1] is not None):  # first those who give one up
            courses.assign(db, one, order_, by=by, now=clock.now())
    flash(_("学员去哪家单位，记好了。"), "success")
    return redirect(url_for(".class_orders", slug=slug), 303)
