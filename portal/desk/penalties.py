"""Desk room: what missed fairs cost, appeals first."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.desk.door import pages
from portal.forms.policy import DecisionForm
from scheduling import penalties as acts


@pages.get("/penalties/", endpoint="penalties")
def penalties() -> Any:  # noqa: ANN401  a page
    """List the penalties: those with an appeal that waits for an answer first."""
    return _page(DecisionForm(formdata=None), None)


@pages.post("/penalties/<uuid:id_>/decision")
def penalty_decision(id_: UUID) -> Any:  # noqa: ANN401  a page or a redirect
    """Lift a penalty, or keep it, with a reason."""
    form, granted = DecisionForm(), request.form.get("granted") == "1"
    acts.find(reading(), doors.county(), id_)
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                row, by = acts.find(db, doors.county(), id_), doors.someone(db)
                acts.decide(db, row, granted=granted, answer=form.reason.data, by=by, now=clock.now())
            flash(_("已撤销，发短信告诉单位了。") if granted else _("已答复，维持处理。"), "success")
            return redirect(url_for(".penalties"), 303)
    return _page(form, id_)


def _page(form: DecisionForm, about: UUID | None) -> tuple[str, int]:
    session = reading()
    rows = acts.of_county(session, doors.county())
    return errors.page(
        "desk/penalties/index.html",
        form=form,
        about=about,
        rows=rows,
        causes=acts.causes_of(session, rows),
        appealed=sum(acts.is_appealed(row) for row in rows),
        now=clock.now(),
    )
