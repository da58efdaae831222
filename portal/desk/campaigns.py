"""Desk room: campaigns of the year, and which fairs belong to them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.desk.door import pages
from portal.forms.campaign import CampaignForm, TagForm
from portal.forms.fair_filter import campaign_name
from scheduling import campaigns as acts
from scheduling import fairs
from scheduling.refusals import FairCalledOff

TAGGED = timedelta(days=120)  # how far from a fair's day a campaign is offered: a fair may be put off into the next


@pages.get("/campaigns/", endpoint="campaigns")
def campaigns() -> str:
    """List the campaigns, those to come or running first by day; with `past=1`, all of them."""
    past, today = request.args.get("past") == "1", clock.today()
    rows = acts.all_of(reading(), doors.county(), since=None if past else today)
    rows = [row for row in rows if row.last < today][::-1] if past else rows
    return render_template("desk/campaigns/index.html", rows=[(row, campaign_name(row)) for row in rows], past=past)


@pages.route("/campaigns/new", methods=["GET", "POST"])
def campaign_new() -> Any:  # noqa: ANN401  a page or a redirect
    """Ask about a campaign, and write it down."""
    return _campaign(None)


@pages.route("/campaigns/<key>", methods=["GET", "POST"])
def campaign(key: str) -> Any:  # noqa: ANN401
    """Ask what is different about a campaign, and keep it."""
    return _campaign(key)


@pages.post("/campaigns/<key>/withdrawal")
def campaign_withdrawal(key: str) -> Response:
    """Take a campaign off every list."""
    with writing() as db:
        acts.withdraw(db, acts.find(db, doors.county(), key), by=doors.someone(db), now=clock.now())
    flash(_("已撤下。"), "success")
    return redirect(url_for(".campaigns"), 303)


@pages.route("/fairs/<slug>/campaigns", methods=["GET", "POST"])
def fair_campaigns(slug: str) -> Any:  # noqa: ANN401
    """Show which campaigns a fair belongs to by its day, ask for others, and keep them."""
    session, county = reading(), doors.county()
    row = fairs.find(session, county, slug)
    if row.calling_off:
        raise FairCalledOff
    belongs, day = acts.of_fair(session, row), fairs.local_day(row.starts_at)
    by_day = {each.key for each, said in belongs if not said}
    near = acts.during(acts.all_of(session, county), day - TAGGED, day + TAGGED)
    said = [each for each, told in belongs if told]
    form = TagForm(data={"campaigns": [each.key for each in said]})
    form.offering([*(each for each in near if each.key not in by_day), *(each for each in said if each not in near)])
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                saved = fairs.find(db, county, slug)
                acts.tag(db, saved, form.campaigns.data or (), by=doors.someone(db), now=clock.now())
            flash(_("已保存。"), "success")
            return redirect(url_for(".fair", slug=slug), 303)
    names = [campaign_name(each) for each in near if each.key in by_day]
    return errors.page("desk/campaigns/fair.html", form=form, fair=row, by_day=names)


def _campaign(key: str | None) -> Any:  # noqa: ANN401
    county = doors.county()
    row = acts.find(reading(), county, key) if key else None
    form = CampaignForm(obj=row)
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                saved = acts.find(db, county, key) if key else None
                acts.keep(db, county, saved, **form.told(), by=doors.someone(db), now=clock.now())
            flash(_("已保存，公众的月历和列表跟着变。"), "success")
            return redirect(url_for(".campaigns"), 303)
    return errors.page("desk/campaigns/edit.html", form=form, campaign=row)
