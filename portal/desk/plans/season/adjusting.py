"""Desk room: changing a version of a season by hand. What was changed so far is a draft; saved, it is a new version.

Whatever breaks a rule is said at once, and may be saved all the same: people may overrule.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flask import flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug import Response

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.desk.door import pages
from portal.desk.plans.season.inputs import find
from portal.desk.plans.season.showing import lines
from portal.forms.season_fair import SeasonFairForm, fair_as_typed
from scheduling import drafts, plans
from scheduling.models import PlanVersion
from scheduling.planning import season
from scheduling.planning.solving import codec, say, total
from scheduling.plans import season as acts
from scheduling.refusals import NotFound

BY_HAND = say("窗口手工定的，电脑照办")


@dataclass(frozen=True)
class Hand:
    """A version under somebody's hand: the problem, the plan as it was and as it is by now."""

    version: PlanVersion
    problem: season.Problem
    before: season.Plan
    plan: season.Plan

    @property
    def noun(self) -> str:
        """What its draft is called."""
        return f"plan_versions/{self.version.id}"

    def candidate(self, key: str) -> season.Candidate:
        """Give a market day. Raises NotFound."""
        for candidate in self.problem.candidates:
            if candidate.key == key:
                return candidate
        raise NotFound


@pages.get("/plans/<int:number>/versions/<int:version>/season")
def season_adjusting(number: int, version: int) -> Any:  # noqa: ANN401  a page or a redirect
    """Show the plan as it is by now, what it breaks and costs; `?day=` opens a market day to put a fair on."""
    hand = _hand(number, version)
    if day := request.args.get("day"):
        return redirect(url_for(".season_fair", number=number, version=version, key=day), 303)
    taken = {fair.candidate for fair in hand.plan.fairs}
    return render_template(
        "desk/plans/season/adjust.html",
        plan=hand.version.plan,
        version=hand.version,
        lines=lines(hand.problem, hand.plan),
        touched=acts.touched(hand.before, hand.plan),
        free=[each for each in hand.problem.candidates if each.key not in taken and each.day <= hand.problem.last],
        towns={town.key: town.name for town in hand.problem.towns},
        **_verdict(hand),
    )


@pages.route("/plans/<int:number>/versions/<int:version>/season/<key>", methods=["GET", "POST"])
def season_fair(number: int, version: int, key: str) -> Any:  # noqa: ANN401
    """Ask who and what goes to a fair, keep it in the draft, and say at once what that breaks."""
    hand = _hand(number, version)
    candidate = hand.candidate(key)
    known = next((fair for fair in hand.plan.fairs if fair.candidate == key), None)
    form = SeasonFairForm(data=fair_as_typed(known or season.PlannedFair(key)))
    form.offering(hand.problem, hand.plan, candidate.town, key)
    if form.validate_on_submit():
        fair = form.told()
        _keep(hand, acts.put(hand.problem, hand.plan, fair, instead_of=key))
        return redirect(url_for(".season_fair", number=number, version=version, key=fair.candidate), 303)
    return errors.page(
        "desk/plans/season/fair.html",
        form=form,
        plan=hand.version.plan,
        version=hand.version,
        candidate=candidate,
        town=next(town for town in hand.problem.towns if town.key == candidate.town),
        known=known,
        **_verdict(hand, key),
    )


@pages.post("/plans/<int:number>/versions/<int:version>/season/<key>/dropping")
def season_fair_dropping(number: int, version: int, key: str) -> Response:
    """Take a fair out of the plan."""
    hand = _hand(number, version)
    _keep(hand, acts.dropped(hand.plan, key))
    return redirect(url_for(".season_adjusting", number=number, version=version), 303)


@pages.post("/plans/<int:number>/versions/<int:version>/hand")
def season_saving(number: int, version: int) -> Response:
    """Keep what was changed as a new version, and let later runs respect it."""
    hand = _hand(number, version)
    touched = acts.touched(hand.before, hand.plan)
    if not touched:
        flash(_("什么都没改。"), "info")
        return redirect(url_for(".plan_version", number=number, version=version), 303)
    with writing() as db:
        saved = plans.find_version(db, plans.find(db, doors.county(), number), version)
        made = plans.save_by_hand(
            db,
            saved,
            acts.decided(hand.problem, hand.before, hand.plan),
            hand.plan,
            touched=touched,
            words=BY_HAND,
            by=doors.someone(db),
            now=clock.now(),
        )
        drafts.drop(db, session.pop(hand.noun, None), hand.noun)
        newest = made.number
    flash(_("已存成第%(number)s版。再排的时候，您改过的都不动。", number=newest), "success")
    return redirect(url_for(".plan_version", number=number, version=newest), 303)


@pages.post("/plans/<int:number>/versions/<int:version>/hand/discarding")
def season_discarding(number: int, version: int) -> Response:
    """Forget what was changed."""
    hand = _hand(number, version)
    with writing() as db:
        drafts.drop(db, session.pop(hand.noun, None), hand.noun)
    return redirect(url_for(".plan_version", number=number, version=version), 303)


def _hand(number: int, version: int) -> Hand:
    """Find the version and the draft of this browser. Raises NotFound."""
    plan, _problem = find(number)
    row = plans.find_version(reading(), plan, version)
    before: season.Plan = plans.answer_of(row).plan or season.Plan()
    noun = f"plan_versions/{row.id}"
    kept = drafts.read(reading(), session.get(noun), noun, keys=doors.keys(), now=clock.now())
    now_planned = codec.loads(kept["plan"], season.Plan) if kept else before
    return Hand(row, plans.problem_of(row), before, now_planned)


def _keep(hand: Hand, plan: season.Plan) -> None:
    with writing() as db:
        session[hand.noun] = drafts.keep(
            db,
            session.get(hand.noun),
            hand.noun,
            {"plan": codec.dumps(plan)},
            county=doors.county(),
            keys=doors.keys(),
            now=clock.now(),
        )


def _verdict(hand: Hand, key: str = "") -> dict[str, Any]:
    """Say what the plan breaks by now, what is about `key` first, and how many points it has gained or lost."""
    planner = plans.planner("season")
    breaches = sorted(planner.breaches(hand.problem, hand.plan), key=lambda breach: key not in breach.about)
    before, after = (total(planner.score(hand.problem, plan)) for plan in (hand.before, hand.plan))
    return {"breaches": breaches, "value": after, "more": after - before}
