"""Desk room: whom to call how she fares, in every class of the county."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.desk.door import pages
from portal.forms.placement import FollowUpForm, place_told
from scheduling import enterprises, followups

AHEAD = timedelta(days=30)


@pages.get("/follow-ups/", endpoint="follow_ups")
def follow_ups() -> str:
    """List who is to be called now, and who within a month."""
    session, county, today = reading(), doors.county(), clock.today()
    return render_template(
        "offices/followups/index.html",
        due=followups.due(session, county, school=None, today=today),
        coming=followups.coming(session, county, school=None, today=today, until=today + AHEAD),
    )


@pages.route("/follow-ups/<uuid:id_>", methods=["GET", "POST"])
def follow_up(id_: UUID) -> Any:  # noqa: ANN401  a page or a redirect
    """Ask what the call brought, and write it down."""
    call = followups.find(reading(), doors.county(), id_, school=None)
    row = call.follow_up
    form = FollowUpForm(data={"answer": row.answer, "wage": row.wage, "note": row.note})
    form.offer(enterprises.listed(reading(), doors.county(), state="approved"))
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                one = followups.find(db, doors.county(), id_, school=None).follow_up
                told = place_told(form, db, doors.county())
                followups.answer(
                    db,
                    one,
                    form.answer.data,
                    **told,
                    note=form.note.data or "",
                    source="desk",
                    by=doors.someone(db),
                    now=clock.now(),
                )
            flash(_("已记下。"), "success")
            return redirect(url_for(".follow_ups"), 303)
    call = followups.find(reading(), doors.county(), id_, school=None)
    return errors.page("offices/followups/show.html", form=form, call=call)
