"""Desk room: who wants a booth at a fair, and which; how its corners are given out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import redirect
from flask_babel import gettext as _

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.desk.door import pages
from portal.desk.plans.asking import Wrong, looked_over, plan_about
from portal.forms.booth_plan import PolicyForm, RequestForm, ZoningForm, as_typed
from scheduling import booths, enterprises, fairs, plans
from scheduling.planning.booths import problem as planned
from scheduling.plans import booths as acts

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@pages.route("/fairs/<slug>/booth-plan", methods=["GET", "POST"])
def booth_plan(slug: str) -> Any:  # noqa: ANN401  a page or a redirect
    """Ask for everything the planner is given, and let it think."""
    asking = Asking(reading(), slug)
    if asking.form.validate_on_submit() and asking.rows_valid():
        with errors.beside(asking.form):
            with writing() as db:
                where = asking.keep(db)
            return redirect(where, 303)
    page, status = errors.page("desk/plans/booths/inputs.html", form=asking.form, asking=asking, fair=asking.fair)
    return page, 422 if asking.wrong else status


class Asking:
    """One form for the policy, one for each enterprise that asked or has a booth, one for each industry."""

    def __init__(self, session: Session, slug: str) -> None:
        self.wrong: Wrong = []
        self.fair = fairs.find(session, doors.county(), slug)
        self.laid = booths.of_fair(session, self.fair)
        self.zones = list(dict.fromkeys(booth.zone for booth in self.laid if booth.zone))
        asked = {row.enterprise_id: row for row in booths.asked(session, self.fair)}
        booked = {booth.booking.enterprise_id: booth for booth in self.laid if booth.booking}
        known = {id_: row.enterprise for id_, row in asked.items()}
        known |= {id_: booth.booking.enterprise for id_, booth in booked.items() if booth.booking}
        hiring = acts.open_by_enterprise(session, doors.county())
        others = [cards[0].enterprise for id_, cards in hiring.items() if id_ not in known]
        last = next(iter(plans.about(session, self.fair, "booths")), None)
        policy = plans.problem_of(last).policy if last else planned.Policy()
        self.form = PolicyForm(data={"competitors": policy.competitors, "preset": _preset(policy)}).offer(others)
        numbers = [booth.number for booth in self.laid]
        self.rows = [
            (
                firm,
                booked.get(id_),
                RequestForm(prefix=f"firm-{id_}-", data=as_typed(asked.get(id_))).offer(numbers, self.zones),
            )
            for id_, firm in known.items()
        ]
        given = {zoning.industry: zoning for zoning in policy.zones}
        industries = sorted({firm.industry for firm in (*known.values(), *others) if firm.industry})
        self.zonings = [
            (industry, ZoningForm(prefix=f"zone-{place}-", obj=given.get(industry)).offer(self.zones))
            for place, industry in enumerate(industries if self.zones else [])
        ]

    def rows_valid(self) -> bool:
        """Check every row, so that each says what is wrong with it."""
        self.wrong = looked_over([*((firm.name, form) for firm, _booth, form in self.rows), *self.zonings])
        return not self.wrong

    def keep(self, db: Session) -> str:
        """Keep what was typed, and ask for a run: where it is seen."""
        fair, by, now = fairs.find(db, doors.county(), self.fair.slug), doors.someone(db), clock.now()
        for firm, booth, form in self.rows:
            row = enterprises.find(db, doors.county(), firm.id)
            if form.comes.data or booth:
                booths.want(db, fair, row, **form.told(), by=by, now=now)
            else:
                booths.withdraw(db, fair, row, by=by, now=now)
        for id_ in self.form.more.data or ():
            booths.want(db, fair, enterprises.find(db, doors.county(), UUID(id_)), by=by, now=now)
        zones = [
            planned.Zoning(industry, form.zone.data, hard=form.hard.data)
            for industry, form in self.zonings
            if form.zone.data
        ]
        problem = acts.gather(db, fair, self.form.policy(zones))
        return plan_about(db, fair, "booths", _("%(fair)s的展位", fair=fair.title), problem)


def _preset(policy: planned.Policy) -> str:
    return next((key for key, each in planned.PRESETS.items() if each.weights == policy.weights), "balanced")
