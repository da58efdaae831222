"""Booths of a fair: from its rows to the planner's problem, and an accepted plan back into bookings."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from scheduling import booths, vacancies
from scheduling.models import Account, Booking, BoothRequest, Enterprise, Fair, Vacancy
from scheduling.models import Booth as BoothRow
from scheduling.planning.booths import problem as given
from scheduling.planning.solving import Sentence
from scheduling.plans.planners import answer_of
from scheduling.plans.reading import about, accepted
from scheduling.refusals import NotFound

SEASON = timedelta(days=120)  # how far back earlier fairs make up for what an enterprise missed


def gather(session: Session, fair: Fair, policy: given.Policy) -> given.Problem:
    """Give who asked for a booth at `fair`, or has one, and the booths there are.

    What is booked is a lock: whoever chose first keeps the booth. Keys are the enterprises' ids.
    """
    laid = booths.of_fair(session, fair)
    asked = {row.enterprise_id: row for row in booths.asked(session, fair)}
    booked = {booth.booking.enterprise_id: booth.booking for booth in laid if booth.booking}
    luck = booths.record_for(session, fair, since=fair.starts_at - SEASON)
    cards = open_by_enterprise(session, fair.county)
    known = {id_: row.enterprise for id_, row in asked.items()} | {id_: row.enterprise for id_, row in booked.items()}
    queue = sorted(known, key=lambda id_: (_since(asked.get(id_), booked.get(id_)), id_))
    return given.Problem(
        booths=tuple(_booth(booth) for booth in laid),
        enterprises=tuple(
            _enterprise(
                known[id_],
                cards[id_],
                asked.get(id_),
                luck.get(id_, booths.Luck()),
                applied=place,
                booked=id_ in booked,
            )
            for place, id_ in enumerate(queue, 1)
        ),
        policy=policy,
        locks=tuple(
            given.Stand(str(booth.booking.enterprise_id), booth.number) for booth in laid if booth.booking is not None
        ),
    )


def carry_out(
    session: Session, fair: Fair, problem: given.Problem, plan: given.Plan, *, by: Account | None, now: datetime
) -> None:
    """Book every enterprise the booth the plan gives it; who goes without waits, in the order of the plan.

    Booths nobody can use are taken out of the fair.
    Again changes nothing. Raises what `booths.assign` raises.
    """
    places = {UUID(stand.enterprise): stand.booth for stand in plan.stands}
    booths.assign(session, fair, places, by=by, now=now)
    for booth in problem.booths:
        if not booth.usable:
            _take_out(session, fair, booth.number, by=by, now=now)
    for key in plan.without:
        booths.waiting.wait(session, fair, session.get_one(Enterprise, UUID(key)), by=by, now=now)


def why_there(session: Session, fair: Fair, enterprise: Enterprise) -> tuple[Sentence, ...]:
    """Say why the enterprise stands where it does, or why it waits, by the plan that was carried out last."""
    plan = next(iter(about(session, fair, "booths")), None)
    version = accepted(session, plan) if plan else None
    return tuple(answer_of(version).why(str(enterprise.id))) if version else ()


def moved(plan: given.Plan, enterprise: str, booth: int) -> given.Plan:
    """Let an enterprise stand at another booth; whoever stands there takes its place, or goes without.

    Nothing is asked of the rules: `breaches` says what they think.
    """
    places = plan.places
    before, other = places.get(enterprise), next((key for key, number in places.items() if number == booth), None)
    places[enterprise] = booth
    if other not in {None, enterprise}:
        places.pop(str(other))
        if before is not None:
            places[str(other)] = before
    without = [key for key in (*plan.without, *plan.places) if key not in places]
    stands = sorted((given.Stand(*place) for place in places.items()), key=lambda stand: stand.booth)
    return given.Plan(tuple(stands), tuple(dict.fromkeys(without)))


def locked(problem: given.Problem, enterprise: str, booth: int) -> given.Problem:
    """Lock an enterprise to a booth, for every later run; what it or the booth was locked to before is forgotten."""
    others = [lock for lock in problem.locks if lock.enterprise != enterprise and lock.booth != booth]
    return replace(problem, locks=(*others, given.Stand(enterprise, booth)))


def unlocked(problem: given.Problem, enterprise: str) -> given.Problem:
    """Let later runs decide about an enterprise."""
    return replace(problem, locks=tuple(lock for lock in problem.locks if lock.enterprise != enterprise))


def without_booth(problem: given.Problem, number: int) -> given.Problem:
    """Say that nobody can stand at a booth any more, whoever was locked to it."""
    laid = tuple(replace(booth, usable=False) if booth.number == number else booth for booth in problem.booths)
    return replace(problem, booths=laid, locks=tuple(lock for lock in problem.locks if lock.booth != number))


def without_enterprise(problem: given.Problem, key: str) -> given.Problem:
    """Say that an enterprise will not come."""
    return replace(
        problem,
        enterprises=tuple(each for each in problem.enterprises if each.key != key),
        locks=tuple(lock for lock in problem.locks if lock.enterprise != key),
        bans=tuple(ban for ban in problem.bans if ban.enterprise != key),
    )


def open_by_enterprise(session: Session, county: str) -> defaultdict[UUID, list[Vacancy]]:
    """Give each enterprise's vacancies that the public may see, newest first. One question."""
    cards: defaultdict[UUID, list[Vacancy]] = defaultdict(list)
    for vacancy in vacancies.open_ones(session, county):
        cards[vacancy.enterprise_id].append(vacancy)
    return cards


def _take_out(session: Session, fair: Fair, number: int, *, by: Account | None, now: datetime) -> None:
    try:
        booths.remove(session, booths.find(session, fair, number), by=by, now=now)
    except NotFound:  # it is out already
        return


def _since(asked: BoothRequest | None, booked: Booking | None) -> datetime:
    return min([row.asked_at for row in (asked,) if row] + [row.booked_at for row in (booked,) if row])


def _booth(row: BoothRow) -> given.Booth:
    same = ("number", "row", "column", "zone", "kind", "power", "tables", "accessible")
    return given.Booth(**{name: getattr(row, name) for name in same})


def _enterprise(
    row: Enterprise,
    cards: list[Vacancy],
    asked: BoothRequest | None,
    luck: booths.Luck,
    *,
    applied: int,
    booked: bool,
) -> given.Enterprise:
    return given.Enterprise(
        key=str(row.id),
        name=row.name,
        industry=row.industry,
        trade=_main_trade(cards),
        needs_power=asked.power if asked else False,
        needs_kind=asked.kind if asked else "",
        tables=asked.tables if asked else 1,
        needs_access=asked.access if asked else False,
        hires_disabled=any(card.accepts_disabled for card in cards),
        wishes=tuple(int(wish) if wish.isdigit() else wish for wish in asked.wishes) if asked else (),
        applied=applied,
        passed_over=luck.passed_over,
        unlucky=luck.unlucky,
        invited=asked.invited if asked else False,
        promised=booked,
    )


def _main_trade(cards: list[Vacancy]) -> str:
    """Give the trade that most people are wanted for."""
    heads: Counter[str] = Counter()
    for card in cards:
        heads[card.trade or card.title] += card.headcount
    return max(heads, key=lambda trade: (heads[trade], trade), default="")
