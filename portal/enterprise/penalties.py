"""What became of the company's bookings: who came, what was missed, what it costs, and the appeal."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, url_for
from flask_babel import gettext as _

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.enterprise.door import pages
from portal.forms.policy import AppealForm
from scheduling import booths
from scheduling import penalties as acts


@pages.get("/penalties/", endpoint="penalties")
def penalties() -> Any:  # noqa: ANN401  a page
    """Show past bookings with how they ended, and the penalties, why and until when."""
    return _page(AppealForm(formdata=None), None)


@pages.post("/penalties/<uuid:id_>/appeals")
def appeal(id_: UUID) -> Any:  # noqa: ANN401  a page or a redirect
    """Say why the penalty is not fair."""
    form = AppealForm()
    acts.find(reading(), doors.county(), id_, of=doors.enterprise(reading()))
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                row = acts.find(db, doors.county(), id_, of=doors.enterprise(db))
                acts.appeal(db, row, form.reason.data, by=doors.someone(db), now=clock.now())
            flash(_("申诉已提交，窗口看过会发短信答复。"), "success")
            return redirect(url_for(".penalties"), 303)
    return _page(form, id_)


def _page(form: AppealForm, about: UUID | None) -> tuple[str, int]:
    session = reading()
    firm = doors.enterprise(session)
    rows = acts.of_enterprise(session, firm)
    return errors.page(
        "enterprise/penalties.html",
        form=form,
        about=about,
        firm=firm,
        penalties=rows,
        causes=acts.causes_of(session, rows),
        past=booths.past_of(session, firm, now=clock.now()),
        now=clock.now(),
    )
