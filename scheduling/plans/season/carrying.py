"""From an accepted season to fairs in draft, with who and what is to be at each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduling import booths, diaries, fairs, markets
from scheduling.models import Account, Enterprise, Fair, FairDuty, Market, PlanVersion, StaffMember, Van
from scheduling.planning import season as given
from scheduling.plans.drafting import accept
from scheduling.plans.planners import answer_of, problem_of
from scheduling.refusals import PlanOutdated

BEGINS, ENDS = time(8, 30), time(11, 30)  # the busiest hours of a market
NOT_ANY_MORE = "排期改了，这天不去了"


@dataclass(frozen=True)
class CarriedOut:
    """What accepting did: fairs that are in the plan, drafts called off, published ones that are not in it any more."""

    held: tuple[Fair, ...]
    dropped: int
    left: int


def carry_out(
    session: Session, version: PlanVersion, *, host: str, reason: str = "", by: Account | None, now: datetime
) -> CarriedOut:
    """Accept the version and let its fairs be drafts, each with its van, staff and invited enterprises.

    A fair that stands on that market day already is taken as it is. Drafts of the plan's earlier version that are not
    in this one are called off; published ones stay, for people know of them. Again changes nothing. `host` is the host
    name in calendar UIDs. Raises PlanBroken, PlanOutdated(day), VanElsewhere, StaffElsewhere, and what `fairs.plan`
    does.
    """
    plan: given.Plan = answer_of(version).plan or given.Plan()
    problem: given.Problem = problem_of(version)
    county, today = version.plan.county, fairs.local_day(now)
    days = {candidate.key: candidate for candidate in problem.candidates}
    if past := min((days[fair.candidate].day for fair in plan.fairs if days[fair.candidate].day < today), default=None):
        raise PlanOutdated(day=past)
    diaries.hold_places(session, county)
    accept(session, version, reason=reason, by=by, now=now)
    at = _markets(session, county)
    held = {fair.candidate: _draft(session, county, at, days, fair, host=host, by=by, now=now) for fair in plan.fairs}
    dropped, left = _drop_others(session, version, {fair.id for fair in held.values()}, by=by, now=now)
    for fair in plan.fairs:  # all others have given up what they had by now
        _send(session, version, held[fair.candidate], fair, by=by, now=now)
    return CarriedOut(tuple(held.values()), dropped, left)


def duties(session: Session, fair: Fair) -> list[FairDuty]:
    """Give who and what is to be at a fair: the van, then staff, then enterprises."""
    rows = select(FairDuty).where(FairDuty.fair_id == fair.id, FairDuty.lifted_at.is_(None))
    return sorted(session.scalars(rows), key=lambda duty: (duty.van is None, duty.staff is None, str(duty.id)))


def _markets(session: Session, county: str) -> dict[tuple[str, str], Market]:
    """Give the markets by their township's code and their name."""
    return {(market.township.code, market.name): market for market in markets.all_of(session, county)}


def _draft(
    session: Session,
    county: str,
    at: dict[tuple[str, str], Market],
    days: dict[str, given.Candidate],
    planned: given.PlannedFair,
    *,
    host: str,
    by: Account | None,
    now: datetime,
) -> Fair:
    """Plan a market fair on its day, or give the one that stands there."""
    candidate = days[planned.candidate]
    market = at[candidate.town, candidate.market]
    standing = [
        fair
        for fair in fairs.on_day(session, county, candidate.day)
        if fair.market_id == market.id and not fair.calling_off
    ]
    if standing:
        return standing[0]
    reserve = days[planned.reserve] if planned.reserve else None
    return fairs.plan(
        session,
        county,
        kind="market_fair",
        title=f"{market.name}赶{market.term}招聘会",
        township_id=market.township_id,
        market=market,
        place=f"{market.name}集市入口",
        starts_at=datetime.combine(candidate.day, BEGINS, fairs.HERE),
        ends_at=datetime.combine(candidate.day, ENDS, fairs.HERE),
        host=host,
        outdoor=candidate.exposed,
        rain_plan=f"下大雨改到{reserve.day.month}月{reserve.day.day}日，也是逢{market.term}的日子。" if reserve else "",
        by=by,
        now=now,
    )


def _drop_others(
    session: Session, version: PlanVersion, kept: set[UUID], *, by: Account | None, now: datetime
) -> tuple[int, int]:
    """Call off the plan's drafts that are not among `kept`; give how many, and how many published ones stay."""
    sent = select(FairDuty.fair_id).join(PlanVersion, PlanVersion.id == FairDuty.version_id)
    sent = sent.where(PlanVersion.plan_id == version.plan_id, FairDuty.lifted_at.is_(None))
    dropped = left = 0
    for fair in session.scalars(select(Fair).where(Fair.id.in_(sent), Fair.starts_at > now)):
        if fair.id in kept or fair.calling_off:
            continue
        if fair.publication:
            left += 1
            continue
        _lift(session, fair, duties(session, fair), by=by, now=now)
        fairs.call_off(session, fair, reason=NOT_ANY_MORE, by=by, now=now)
        dropped += 1
    return dropped, left


def _send(
    session: Session, version: PlanVersion, fair: Fair, planned: given.PlannedFair, *, by: Account | None, now: datetime
) -> None:
    """Let exactly those have duties at the fair whom the plan names; an enterprise is invited to ask for a booth.

    Raises VanElsewhere, StaffElsewhere.
    """
    wanted = {("van_id", UUID(key)) for key in (planned.van,) if key}
    wanted |= {("staff_id", UUID(key)) for key in planned.staff}
    wanted |= {("enterprise_id", UUID(key)) for key in planned.enterprises}
    standing = {_whose(duty): duty for duty in duties(session, fair)}
    _lift(session, fair, [duty for whose, duty in standing.items() if whose not in wanted], by=by, now=now)
    hours, asked = (fair.starts_at, fair.ends_at), {row.enterprise_id for row in booths.asked(session, fair)}
    for name, id_ in sorted(wanted - standing.keys()):
        if name == "van_id":
            diaries.of_van(session, session.get_one(Van, id_), *hours).require_free(*hours)
        elif name == "staff_id":
            diaries.of_staff(session, session.get_one(StaffMember, id_), *hours).require_free(*hours)
        elif id_ not in asked and (firm := session.get_one(Enterprise, id_)).state == "approved":
            booths.want(session, fair, firm, invited=True, by=by, now=now)
        who: dict[str, Any] = {name: id_}
        session.add(FairDuty(fair_id=fair.id, version_id=version.id, at=now, **who))
    session.flush()


def _lift(session: Session, fair: Fair, rows: Iterable[FairDuty], *, by: Account | None, now: datetime) -> None:
    """End these duties at the fair; an enterprise that was only invited wants no booth there any more."""
    invited = {row.enterprise_id for row in booths.asked(session, fair) if row.invited}
    for duty in rows:
        duty.lifted_at = now
        if duty.enterprise is not None and duty.enterprise_id in invited:
            booths.withdraw(session, fair, duty.enterprise, by=by, now=now)
    session.flush()


def _whose(duty: FairDuty) -> tuple[str, UUID]:
    for name in ("van_id", "staff_id", "enterprise_id"):
        if (id_ := getattr(duty, name)) is not None:
            return name, id_
    raise AssertionError(duty.id)  # the table's check leaves no other
