"""Public room: leaving name and phone for a job seen in a livestream. Fifteen seconds, one page."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.forms.lead import LeadForm
from portal.public.door import pages
from portal.public.livestreams import via
from scheduling import limits
from scheduling import livestreams as acts


@pages.route("/livestreams/<slug>/leads/new", methods=["GET", "POST"])
def lead(slug: str) -> Any:  # noqa: ANN401  a page or a redirect
    """Ask for name and phone beside the job; POST passes them to the enterprise."""
    session = reading()
    fair = acts.find(session, doors.county(), slug, public=True)
    if request.method == "GET":
        acts.require_open(fair, now=clock.now())
    form = LeadForm(job_no=request.args.get("job", type=int), channel=via() or "scan")
    if form.validate_on_submit():
        with errors.beside(form):
            _knock("lead", form.phone.data, most=20)
            _knock("lead from", request.remote_addr or "", most=200)
            with writing() as db:
                fair = acts.find(db, doors.county(), slug, public=True)
                acts.require_open(fair, now=clock.now())
                acts.leave(db, fair, **form.told(), by=doors.anyone(db), now=clock.now())
            return redirect(url_for(".lead_left", slug=slug, job=form.job_no.data, via=via()), 303)
    show = acts.read(reading(), acts.find(reading(), doors.county(), slug, public=True))
    job = next((job for job in show.jobs if job.job_no == form.job_no.data), None)
    return errors.page("public/livestreams/lead.html", form=form, fair=show.fair, job=job, via=via())


@pages.get("/livestreams/<slug>/leads/done")
def lead_left(slug: str) -> str:
    """Say that it went through, and who will ring. Nothing personal stands here: anybody may open it."""
    show = acts.read(reading(), acts.find(reading(), doors.county(), slug, public=True))
    job = next((job for job in show.jobs if job.job_no == request.args.get("job", type=int)), None)
    return render_template("public/livestreams/done.html", fair=show.fair, job=job, via=via())


def _knock(*key: str, most: int) -> None:
    """Count a try in a transaction of its own, so that a refused try counts too."""
    with writing() as db:
        limits.knock(db, *key, most=most, minutes=60, now=clock.now())
