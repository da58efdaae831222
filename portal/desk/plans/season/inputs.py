"""Desk room: what a season is planned from. Looked up in the county's rows, then changed by those who know better."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, replace
from datetime import date, timedelta
from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug import Response

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.desk.door import pages
from portal.forms.season import (
    CampaignForm,
    FirmForm,
    PricesForm,
    SeasonForm,
    TownForm,
    firm_as_typed,
    season_as_typed,
    town_as_typed,
)
from scheduling import plans
from scheduling.models import Plan
from scheduling.planning import season
from scheduling.plans import season as acts
from scheduling.refusals import NotFound

WEEKS = 12  # a season, when nobody says otherwise


@pages.route("/plans/season/new", methods=["GET", "POST"])
def season_new() -> Any:  # noqa: ANN401  a page or a redirect
    """Ask for the days and the pace of a season, and look up what it is planned from."""
    form = SeasonForm(data=_coming(clock.today()))
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                plan = plans.open_plan(
                    db,
                    doors.county(),
                    kind="season",
                    title=form.title.data.strip(),
                    problem=acts.gather(db, doors.county(), form.terms()),
                    by=doors.someone(db),
                    now=clock.now(),
                )
                number = plan.number
            return redirect(url_for(".plan", number=number), 303)
    return errors.page("desk/plans/season/settings.html", form=form, plan=None)


@pages.route("/plans/<int:number>/season", methods=["GET", "POST"])
def season_inputs(number: int) -> Any:  # noqa: ANN401
    """Ask again for the days and the pace; what people decided about towns and enterprises stays."""
    plan, problem = find(number)
    form = SeasonForm(data=season_as_typed(plan.title, problem))
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                saved = plans.find(db, doors.county(), number)
                fresh = acts.gather(db, doors.county(), form.terms())
                now_given = acts.refreshed(plans.problem_of(saved), fresh)
                plans.revise(db, saved, now_given, title=form.title.data.strip(), by=doors.someone(db), now=clock.now())
            flash(_("已保存，资料也重新取过了。"), "success")
            return redirect(url_for(".plan", number=number), 303)
    return errors.page("desk/plans/season/settings.html", form=form, plan=plan, problem=problem)


@pages.route("/plans/<int:number>/season/towns/<key>", methods=["GET", "POST"])
def season_town(number: int, key: str) -> Any:  # noqa: ANN401
    """Ask what one town wants and needs."""
    plan, problem = find(number)
    town = _one(problem.towns, key)
    form = TownForm(data=town_as_typed(problem, town))
    if form.validate_on_submit():
        return _revised(number, lambda given: form.told(given, _one(given.towns, key)))
    trades = sorted({trade for firm in problem.enterprises for trade, _people in firm.needs})
    return errors.page("desk/plans/season/town.html", form=form, plan=plan, town=town, trades=trades)


@pages.route("/plans/<int:number>/season/enterprises/<key>", methods=["GET", "POST"])
def season_enterprise(number: int, key: str) -> Any:  # noqa: ANN401
    """Ask what one enterprise wants."""
    plan, problem = find(number)
    firm = _one(problem.enterprises, key)
    form = FirmForm(data=firm_as_typed(firm)).with_towns(problem.towns)
    if form.validate_on_submit():
        return _revised(number, lambda given: form.told(given, _one(given.enterprises, key)))
    return errors.page("desk/plans/season/enterprise.html", form=form, plan=plan, firm=firm)


@pages.route("/plans/<int:number>/season/campaigns", methods=["GET", "POST"])
def season_campaigns(number: int) -> Any:  # noqa: ANN401
    """Ask for a campaign, and add it."""
    plan, problem = find(number)
    form = CampaignForm(data={"first": problem.first, "last": problem.last}).with_towns(problem.towns)
    if form.validate_on_submit():
        return _revised(number, form.told)
    return errors.page("desk/plans/season/campaign.html", form=form, plan=plan)


@pages.post("/plans/<int:number>/season/campaigns/<key>/removal")
def season_campaign_removal(number: int, key: str) -> Response:
    """Drop a campaign."""
    return _revised(
        number,
        lambda given: replace(given, campaigns=tuple(each for each in given.campaigns if each.key != key)),
    )


@pages.route("/plans/<int:number>/season/prices", methods=["GET", "POST"])
def season_prices(number: int) -> Any:  # noqa: ANN401
    """Ask what each change costs when the season is planned again."""
    plan, problem = find(number)
    form = PricesForm(data=asdict(problem.prices))
    if form.validate_on_submit():
        return _revised(number, form.told)
    return errors.page("desk/plans/season/prices.html", form=form, plan=plan)


@pages.post("/plans/<int:number>/season/decisions/<key>/release")
def season_release(number: int, key: str) -> Response:
    """Let the planner decide about a market day again: no lock and no ban on it any more."""
    return _revised(
        number,
        lambda given: replace(
            given,
            locks=tuple(lock for lock in given.locks if lock.candidate != key),
            bans=tuple(ban for ban in given.bans if ban.candidate != key),
        ),
    )


def find(number: int) -> tuple[Plan, season.Problem]:
    """Give a season's plan and what is given. Raises NotFound, also for a plan of another kind."""
    plan = plans.find(reading(), doors.county(), number)
    if plan.kind != "season":
        raise NotFound
    return plan, plans.problem_of(plan)


def _revised(number: int, change: Callable[[season.Problem], season.Problem]) -> Response:
    """Change what is given, as it is by now, and go back to the plan."""
    with writing() as db:
        plan = plans.find(db, doors.county(), number)
        plans.revise(db, plan, change(plans.problem_of(plan)), by=doors.someone(db), now=clock.now())
    flash(_("已保存。"), "success")
    return redirect(url_for(".plan", number=number), 303)


def _one(things: Iterable[Any], key: str) -> Any:  # noqa: ANN401  a Town or an Enterprise
    for thing in things:
        if thing.key == key:
            return thing
    raise NotFound


def _coming(today: date) -> dict[str, Any]:
    """Give a first draft of a season: some weeks from the coming Monday but one."""
    first = today + timedelta(days=14 - today.weekday())
    last = first + timedelta(weeks=WEEKS, days=-1)
    title = _("%(first)s月到%(last)s月赶集招聘", first=first.month, last=last.month)
    return {"title": title, "first": first, "last": last}
