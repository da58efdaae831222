"""Air time for the company: which livestreams take requests, its own, when it is on air, who asks for its jobs."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug import Response

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.enterprise.door import pages
from portal.forms.airtime import AirTimeForm, as_typed
from scheduling import diaries, vacancies
from scheduling import livestreams as acts
from scheduling.diaries.own import Held
from scheduling.models import Enterprise, Fair
from scheduling.models.lead import CHANNELS

MOST = 500  # leads of one company in one show


@pages.get("/livestreams/")
def air_times() -> str:
    """List the shows to come and how this company stands with each, then those it was in."""
    session, now = reading(), clock.now()
    firm = doors.enterprise(session)
    shows = acts.air_times(session, firm, now=now)
    return render_template("enterprise/airtime/index.html", firm=firm, shows=shows, now=now)


@pages.route("/livestreams/<slug>", methods=["GET", "POST"])
def air_time(slug: str) -> Any:  # noqa: ANN401  a page or a redirect
    """Show what was asked for and what came of it; POST asks, or asks for something else."""
    session = reading()
    fair, firm = acts.find(session, doors.county(), slug, public=True), doors.enterprise(session)
    approved = [row for row in vacancies.of_enterprise(session, firm) if row.state == "approved"]
    own = acts.air_time(session, firm, fair)
    form = AirTimeForm(data=as_typed(own.request, firm, approved)).offer(approved)
    form = form.over(_held(fair, firm, form))
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                fair = acts.find(db, doors.county(), slug, public=True)
                by, firm = doors.someone(db), doors.enterprise(db)
                acts.want(db, fair, firm, **form.told(fair), own=True, by=by, now=clock.now())
            flash(_("记下了。窗口排好流程后，这里会写明几点开讲。"), "success")
            return redirect(url_for(".air_time", slug=slug), 303)
    session, now = reading(), clock.now()
    fair, firm = acts.find(session, doors.county(), slug, public=True), doors.enterprise(session)
    own = acts.air_time(session, firm, fair)
    shown = vacancies.shown_at(session, fair, firm) if own.slot else []
    return errors.page(
        "enterprise/airtime/show.html", form=form, fair=fair, firm=firm, own=own, open=own.open(now), shown=shown
    )


def _held(fair: Fair, firm: Enterprise, form: AirTimeForm) -> list[Held]:
    """Give its booths and other air time at the hours at which its speaker can, as far as they were typed right."""
    told = form.told(fair)
    since, until = told["free_from"] or fair.starts_at, told["free_until"] or fair.ends_at
    hours = [(since, until)] if since < until else []
    return diaries.own.of_firm(reading(), firm, hours, but=fair.id, now=clock.now())


@pages.post("/livestreams/<slug>/withdrawal")
def air_time_withdrawal(slug: str) -> Response:
    """Take the request back."""
    with writing() as db:
        fair, firm = acts.find(db, doors.county(), slug, public=True), doors.enterprise(db)
        acts.withdraw(db, fair, firm, own=True, by=doors.someone(db), now=clock.now())
    flash(_("已撤回，这场不上直播了。"), "success")
    return redirect(url_for(".air_times"), 303)


@pages.get("/livestreams/<slug>/leads")
def air_time_leads(slug: str) -> str:
    """List who asked for this company's jobs, whole phones: they were given to it by consent."""
    session = reading()
    fair, firm = acts.find(session, doors.county(), slug, public=True), doors.enterprise(session)
    return render_template(
        "enterprise/airtime/leads.html",
        fair=fair,
        leads=acts.leads_of(session, fair, of=firm, most=MOST),
        jobs={job.job_no: job for job in acts.read(session, fair).jobs},
        counts=acts.channels(session, fair, of=firm),
        channels=CHANNELS,
    )
