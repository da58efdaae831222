"""Desk room: who of the villages may hand in lists of people."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug import Response

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.desk.door import pages
from portal.forms.account import CoordinatorForm
from scheduling import accounts


@pages.route("/coordinators/", methods=["GET", "POST"])
def coordinators() -> Any:  # noqa: ANN401  a page or a redirect
    """List the coordinators; POST appoints one, who then signs in by phone."""
    form = CoordinatorForm()
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                accounts.appoint(
                    db,
                    doors.county(),
                    name=form.name.data,
                    phone=form.phone.data,
                    by=doors.someone(db),
                    now=clock.now(),
                )
            flash(_("已加上。本人用这个手机号登录，就能交名单。"), "success")
            return redirect(url_for(".coordinators"), 303)
    people = accounts.coordinators(reading(), doors.county())
    return errors.page("desk/coordinators/index.html", form=form, people=people)


@pages.post("/coordinators/<uuid:id_>/ending")
def coordinator_ending(id_: UUID) -> Response:
    """Take the right to hand in lists away; what was handed in stays."""
    with writing() as db:
        account = accounts.find(db, doors.county(), id_)
        accounts.revoke(db, account, "coordinator", by=doors.someone(db), now=clock.now())
    flash(_("已收回。交过的名单还在。"), "success")
    return redirect(url_for(".coordinators"), 303)
