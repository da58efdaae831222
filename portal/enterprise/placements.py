"""Enterprise room: whom of those trained for its order the company took on."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, url_for
from flask_babel import gettext as _

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.enterprise.door import pages
from portal.forms.placement import StartersForm
from scheduling import identity, orders, placements
from scheduling.models import Enrolment


@pages.route("/orders/<int:no>/placements", methods=["GET", "POST"])
def order_placements(no: int) -> Any:  # noqa: ANN401  a page or a redirect
    """Show who was trained for the order, and ask who of them began to work, since when and for how much."""
    session = reading()
    order = orders.find(session, doors.county(), no, enterprise=doors.enterprise(session)).order
    trained = placements.trained_for(session, order)
    form = StartersForm(data={"started_on": clock.today()})
    form.offer([(person, _called(person)) for person, placed in trained if placed is None])
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                number = _record(db, no, form)
            flash(_("登记了%(number)s人上岗，窗口会核实。", number=number), "success")
            return redirect(url_for(".order_placements", no=no), 303)
    session = reading()
    order = orders.find(session, doors.county(), no, enterprise=doors.enterprise(session)).order
    trained = placements.trained_for(session, order)
    placed = [(_called(person), one) for person, one in trained if one is not None]
    return errors.page("enterprise/orders/placements.html", form=form, order=order, placed=placed, number=len(trained))


def _record(db: Any, no: int, form: StartersForm) -> int:  # noqa: ANN401  the transaction's session
    """Record everybody who was ticked, or nobody."""
    firm, by, now = doors.enterprise(db), doors.someone(db), clock.now()
    order = orders.find(db, doors.county(), no, enterprise=firm).order
    ticked = {UUID(id_) for id_ in form.people.data}
    chosen = [person for person, _placed in placements.trained_for(db, order) if person.id in ticked]
    told = {"started_on": form.started_on.data, "wage": form.wage.data, "source": "enterprise"}
    for person in chosen:
        placements.record(db, person, enterprise=firm, order=order, **told, by=by, now=now)
    return len(chosen)


def _called(person: Enrolment) -> str:
    """Call somebody by masked name and the last digits of her phone: her new boss knows both."""
    return f"{identity.masked_name(person.jobseeker.name)}（{identity.masked_phone(person.jobseeker.phone)}）"
