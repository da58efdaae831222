"""The company's training orders: placing, withdrawing, and what came of them."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug import Response

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.enterprise.door import pages
from portal.forms.order import OrderForm
from scheduling import enrolments
from scheduling import orders as acts


@pages.get("/orders/", endpoint="orders")
def orders() -> str:
    """List the company's orders and where each stands."""
    session = reading()
    firm = doors.enterprise(session)
    placed = acts.of_enterprise(session, firm)
    return render_template(
        "enterprise/orders/index.html", placed=placed, today=clock.today(), approved=firm.state == "approved"
    )


@pages.route("/orders/new", methods=["GET", "POST"])
def order_new() -> Any:  # noqa: ANN401  a page or a redirect
    """Ask for an order and the promise to hire."""
    form = OrderForm()
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as session:
                firm, by = doors.enterprise(session), doors.someone(session)
                no = acts.place(session, firm, **form.order(), by=by, now=clock.now()).no
            flash(_("订单已提交。开了班会在这里看到，招生、培训、结业各到哪一步都有。"), "success")
            return redirect(url_for(".order", no=no), 303)
    return errors.page("enterprise/orders/new.html", form=form, firm=doors.enterprise(reading()))


@pages.get("/orders/<int:no>")
def order(no: int) -> str:
    """Show one of the company's orders, its class and who is trained, names masked."""
    session = reading()
    placed = acts.find(session, doors.county(), no, enterprise=doors.enterprise(session))
    row = placed.training_class
    return render_template(
        "enterprise/orders/show.html",
        placed=placed,
        order=placed.order,
        training_class=row,
        state=placed.state(clock.today()),
        trained=enrolments.roster(session, row) if row else [],
    )


@pages.post("/orders/<int:no>/withdrawal")
def order_withdrawal(no: int) -> Response:
    """Withdraw an order."""
    with writing() as session:
        placed = acts.find(session, doors.county(), no, enterprise=doors.enterprise(session))
        acts.withdraw(session, placed.order, by=doors.someone(session), now=clock.now())
    flash(_("订单已撤回。"), "success")
    return redirect(url_for(".orders"), 303)
