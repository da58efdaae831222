"""Desk room: enterprises, first those that wait for a word from the desk."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.desk.door import pages
from portal.forms.enterprise import ReviewForm
from portal.wording import word
from scheduling import booths, vacancies
from scheduling import enterprises as acts
from scheduling.models import Enterprise

STATES = ("submitted", "approved", "returned", "withdrawn")


@pages.get("/enterprises/")
def enterprises() -> str:
    """List the enterprises in one state, by default those that wait; or find some by name or code."""
    session, words = reading(), request.args.get("q", "").strip()[:60]
    asked = request.args.get("state", "")
    state = "" if words else asked if asked in STATES else "submitted"
    return render_template(
        "desk/enterprises/index.html",
        enterprises=acts.listed(session, doors.county(), state=state, words=words),
        counts=acts.count(session, doors.county()),
        states=STATES,
        state=state,
        words=words,
    )


@pages.get("/enterprises/<uuid:id_>")
def enterprise(id_: UUID) -> Any:  # noqa: ANN401  a page
    """Show all an enterprise told us, and ask for the verdict."""
    return _page(acts.find(reading(), doors.county(), id_), ReviewForm(formdata=None))


@pages.post("/enterprises/<uuid:id_>/reviews")
def enterprise_review(id_: UUID) -> Any:  # noqa: ANN401
    """Say the verdict: 303 to the queue."""
    form = ReviewForm()
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as session:
                firm, by = acts.find(session, doors.county(), id_), doors.someone(session)
                acts.review(session, firm, form.verdict.data, reason=form.reason.data or "", by=by, now=clock.now())
                name = firm.name
            verdict = word(form.verdict.data, "state")
            flash(_("%(name)s：%(verdict)s，已发短信通知。", name=name, verdict=verdict), "success")
            return redirect(url_for(".enterprises"), 303)
    return _page(acts.find(reading(), doors.county(), id_), form)


def _page(firm: Enterprise, form: ReviewForm) -> tuple[str, int]:
    session = reading()
    return errors.page(
        "desk/enterprises/show.html",
        form=form,
        firm=firm,
        vacancies=vacancies.of_enterprise(session, firm),
        bookings=booths.of_enterprise(session, firm, since=clock.now()),
    )
