"""Desk room: adverts, first those that wait; what the lint found in them stands marked."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.desk.door import pages
from portal.forms.vacancy import ReviewForm, said_anew
from portal.wording import word
from scheduling import vacancies as acts
from scheduling.models import Vacancy

STATES = ("submitted", "approved", "returned", "closed")


@pages.get("/vacancies/")
def vacancies() -> str:
    """List the vacancies in one state, by default those that wait."""
    session, asked = reading(), request.args.get("state", "")
    state = asked if asked in STATES else "submitted"
    rows = acts.listed(session, doors.county(), state=state)
    return render_template(
        "desk/vacancies/index.html",
        rows=[(row, acts.gravest(_newest(row)) if state == "submitted" else None) for row in rows],
        counts=acts.count(session, doors.county()),
        states=STATES,
        state=state,
    )


@pages.get("/vacancies/<int:no>")
def vacancy(no: int) -> Any:  # noqa: ANN401  a page
    """Show an advert as a jobseeker would read it, with what the lint found and what changed; ask for the verdict."""
    return _page(no, ReviewForm(formdata=None))


@pages.post("/vacancies/<int:no>/reviews")
def vacancy_review(no: int) -> Any:  # noqa: ANN401
    """Say the verdict: 303 to the queue."""
    form = ReviewForm()
    if form.validate_on_submit():
        said, verdict = form.reason.data or "", form.verdict.data
        with errors.beside(form):
            with writing() as session:
                row, by = acts.find(session, doors.county(), no), doors.someone(session)
                why = {"override_reason" if verdict == "approved" else "reason": said}
                acts.review(session, row, verdict, **why, seen=form.seen.data or "", by=by, now=clock.now())
                title = row.title
            flash(_("%(title)s：%(verdict)s，已发短信通知。", title=title, verdict=word(verdict, "state")), "success")
            return redirect(url_for(".vacancies"), 303)
    return _page(no, form)


def _page(no: int, form: ReviewForm) -> tuple[str, int]:
    """Show the text the verdict is on, a change that waits or the advert itself, beside what was approved before."""
    session = reading()
    row = acts.find(session, doors.county(), no)
    change = row.revision if row.revision and row.revision.waits else None
    advert = acts.draft(change.card) if change else row
    before = acts.approved_card(session, row)
    text = dict(change.card) if change else acts.card_of(row)
    form.seen.data = acts.fingerprint(text)
    return errors.page(
        "desk/vacancies/show.html",
        form=form,
        vacancy=row,
        advert=advert,
        change=change,
        changed=said_anew(acts.changes(before, text)) if before else [],
        approvals=acts.approvals(session, row),
        settled=acts.settled_with(session, row, now=clock.now()) if change else [],
        remarks=acts.remarks(advert),
    )


def _newest(row: Vacancy) -> Vacancy:
    """Give what waits of an advert, for the lint to read."""
    return acts.draft(row.revision.card) if row.revision else row
