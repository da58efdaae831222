"""Desk room: training orders, first those that wait for a class."""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug import Response

from portal import clock, doors
from portal.database import reading, writing
from portal.desk.door import pages
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
