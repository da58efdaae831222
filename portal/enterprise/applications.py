"""Applying for a booth where the bureau allocates them: what is wished for, until applications close."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug import Response

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.enterprise.booths import held, on_air
from portal.enterprise.door import pages
from portal.forms.booth_plan import ApplicationForm, as_typed
from scheduling import booths as acts
from scheduling import fairs


@pages.route("/fairs/<slug>/application", methods=["GET", "POST"])
def application(slug: str) -> Any:  # noqa: ANN401  a page or a redirect
    """Ask what the company wishes for, and note it; it may be changed until applications close."""
    session = reading()
    fair, firm = fairs.find_public(session, doors.county(), slug), doors.enterprise(session)
    if fair.calling_off:  # the plan says so, and why
        return redirect(url_for(".booths", slug=slug), 303)
    laid = acts.of_fair(session, fair)
    zones = list(dict.fromkeys(booth.zone for booth in laid if booth.zone))
    row = acts.standing(session, fair, firm)
    form = ApplicationForm(data=as_typed(row)).offer([booth.number for booth in laid], zones)
    form = form.over(on_air(held(fair, firm)))
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                told = {**form.told(), "invited": row.invited if row else False}
                acts.want(
                    db,
                    fairs.find_public(db, doors.county(), slug),
                    doors.enterprise(db),
                    **told,
                    by=doors.someone(db),
                    now=clock.now(),
                )
            flash(_("申请已提交。分好展位会发短信。"), "success")
            return redirect(url_for(".booths", slug=slug), 303)
    terms = acts.policies.terms_at(session, fair)
    return errors.page(
        "enterprise/booths/application.html",
        form=form,
        fair=fair,
        booths=laid,
        zones=zones,
        row=row,
        hours=acts.policies.hours(fair, terms),
    )


@pages.post("/fairs/<slug>/application/withdrawal")
def application_withdrawal(slug: str) -> Response:
    """Apply no longer."""
    with writing() as db:
        fair, firm = fairs.find_public(db, doors.county(), slug), doors.enterprise(db)
        acts.withdraw(db, fair, firm, by=doors.someone(db), now=clock.now())
    flash(_("申请已撤回。"), "success")
    return redirect(url_for(".booths", slug=slug), 303)
