"""What a season is planned from, out of the county's rows. Keys: townships' codes, and ids of everything else."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import TypeVar
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduling import deeds, diaries, fairs, markets, staff, vacancies, vans
from scheduling.models import Enterprise, Fair, FairDuty, Market, StaffMember, Van
from scheduling.planning import season as given
from scheduling.refusals import NothingToPlan, TimesInDisorder

LONGEST = 200  # days: what a planner still proves something about in a minute
PEOPLE = 10_000
NEEDS = ("exposed", "needs_van", "staff_min", "staff_max", "leaders_min", "enterprises_min", "enterprises_max")

Thing = TypeVar("Thing", given.Town, given.Candidate, given.Enterprise)


@dataclass(frozen=True)
class Terms:
    """What the desk wants of a season before anything is looked up."""

    first: date
    last: date
    weights: given.Weights = given.PRESETS["均衡"]
    pace: given.Pace = field(default_factory=given.Pace)


def gather(session: Session, county: str, terms: Terms) -> given.Problem:
    """Look up what a season from `first` to `last` is planned from.

    Towns with a market and when the last fair was there; market days, those after the season for rain; vans in service,
    staff at work, approved enterprises with what they still need. Fairs that are published are locks. Raises
    TimesInDisorder for days out of order or too many, OutsideTheCalendar, NothingToPlan(first, last).
    """
    if not timedelta(0) <= terms.last - terms.first <= timedelta(days=LONGEST):
        raise TimesInDisorder(field="last")
    until = terms.last + timedelta(days=terms.pace.reserve_days)
    markets.require_known(terms.first, until)
    held = markets.all_of(session, county)
    holidays = markets.holidays(session, county, terms.first, until)
    candidates = given.candidates_of(
        [
            given.TownMarket(market.township.code, markets.as_planned(market), _like(market, terms.first))
            for market in held
        ],
        terms.first,
        until,
        holidays=holidays,
    )
    if not any(candidate.day <= terms.last for candidate in candidates):
        raise NothingToPlan(first=terms.first, last=terms.last)
    standing = _standing(session, county, until)
    towns = {market.township.code: market.township for market in held}
    fleet, people = vans.in_service(session, county), staff.at_work(session, county)
    elsewhere = _elsewhere(session, [*fleet, *people], terms.first, until)
    return given.Problem(
        first=terms.first,
        last=terms.last,
        towns=tuple(
            given.Town(
                key=code,
                name=town.name,
                population=int((town.population_10k or 0) * PEOPLE),
                last_visit=max((day for day, fair in standing[town.id] if day < terms.first), default=None),
            )
            for code, town in sorted(towns.items())
        ),
        candidates=candidates,
        vans=tuple(_van(row, elsewhere[row.id]) for row in fleet),
        staff=tuple(_member(row, set(towns), elsewhere[row.id]) for row in people),
        enterprises=_enterprises(session, county, set(towns)),
        locks=_locks(session, candidates, {town.code: standing[town.id] for town in towns.values()}),
        makeup=given.makeup_days(holidays, terms.first, until),
        pace=terms.pace,
        weights=terms.weights,
    )


def refreshed(known: given.Problem, fresh: given.Problem) -> given.Problem:
    """Give `fresh` with what people decided in `known`.

    That is: how often a town wants fairs, what one needs there, who looks for work; which towns an enterprise prefers
    and how often it comes; campaigns, measures and prices; locks and bans on days that are still there. A market day
    that is called off since stays as a day without a fair, so that one planned there is moved and not dropped.
    """
    towns = {town.key: town for town in known.towns}
    likes = {candidate.town: candidate for candidate in known.candidates}
    firms = {firm.key: firm for firm in known.enterprises}
    days = {candidate.key for candidate in fresh.candidates}
    locked = {lock.candidate for lock in fresh.locks}
    gone = _called_off(known, fresh)
    return replace(
        fresh,
        towns=tuple(_kept(town, towns.get(town.key), "seekers", "fairs_min", "fairs_max") for town in fresh.towns),
        candidates=tuple(
            sorted(
                (*(_kept(candidate, likes.get(candidate.town), *NEEDS) for candidate in fresh.candidates), *gone),
                key=lambda candidate: (candidate.day, candidate.key),
            )
        ),
        enterprises=tuple(
            _kept(firm, firms.get(firm.key), "prefers", "max_a_month", "unavailable") for firm in fresh.enterprises
        ),
        campaigns=known.campaigns,
        measures=known.measures,
        prices=known.prices,
        locks=fresh.locks + tuple(lock for lock in known.locks if lock.candidate in days - locked),
        bans=(
            *(ban for ban in known.bans if ban.candidate in days and not ban.called_off),
            *(given.Ban(candidate.key, called_off=True) for candidate in gone),
        ),
    )


def _called_off(known: given.Problem, fresh: given.Problem) -> list[given.Candidate]:
    """Give the market days of `known` within the season of `fresh` on which there is no market any more."""
    days, towns = {candidate.key for candidate in fresh.candidates}, {town.key for town in fresh.towns}
    return [
        candidate
        for candidate in known.candidates
        if candidate.key not in days and candidate.town in towns and fresh.first <= candidate.day <= fresh.last
    ]


def _kept(fresh: Thing, known: Thing | None, *names: str) -> Thing:
    return replace(fresh, **{name: getattr(known, name) for name in names}) if known is not None else fresh


def _like(market: Market, day: date) -> given.Candidate:
    """Give what a fair at the market needs as long as nobody says otherwise: markets stand in the open."""
    return given.Candidate(key="", town=market.township.code, day=day, market=market.name, exposed=True)


def _standing(session: Session, county: str, until: date) -> defaultdict[UUID | None, list[tuple[date, Fair]]]:
    """Give the published fairs up to `until`, by township: who saw one online has not been visited."""
    end = datetime.combine(until + timedelta(days=1), time(), fairs.HERE)
    rows = select(Fair).where(
        Fair.county == county,
        Fair.starts_at < end,
        ~Fair.goes_online,
        Fair.publication.has(),
        ~Fair.calling_off.has(),
    )
    by_town: defaultdict[UUID | None, list[tuple[date, Fair]]] = defaultdict(list)
    for fair in session.scalars(rows):
        by_town[fair.township_id].append((fairs.local_day(fair.starts_at), fair))
    return by_town


def _locks(
    session: Session, candidates: tuple[given.Candidate, ...], standing: dict[str, list[tuple[date, Fair]]]
) -> tuple[given.Lock, ...]:
    """Lock what is announced: published fairs on market days, with those who have duties there and still can."""
    held = {
        candidate.key: fair
        for candidate in candidates
        for day, fair in standing[candidate.town]
        if day == candidate.day
    }
    rows = select(FairDuty).where(
        FairDuty.fair_id.in_([fair.id for fair in held.values()]), FairDuty.lifted_at.is_(None)
    )
    duties: defaultdict[UUID, list[FairDuty]] = defaultdict(list)
    for duty in session.scalars(rows):
        duties[duty.fair_id].append(duty)
    return tuple(_lock(key, duties[fair.id]) for key, fair in sorted(held.items()))


def _lock(candidate: str, duties: list[FairDuty]) -> given.Lock:
    vans_sent = [str(duty.van_id) for duty in duties if duty.van and not duty.van.retired_at]
    return given.Lock(
        candidate,
        van=next(iter(vans_sent), None),
        staff=tuple(sorted(str(duty.staff_id) for duty in duties if duty.staff and not duty.staff.left_at)),
    )


def _elsewhere(session: Session, rows: list[Van | StaffMember], first: date, last: date) -> dict[UUID, frozenset[date]]:
    """Give the days on which vans and people are taken, be it for an hour, as their own calendars say."""
    starts, ends = (datetime.combine(day, time(), fairs.HERE) for day in (first, last + timedelta(days=1)))
    found = diaries.busy(session, rows, starts, ends)
    return {row.id: diaries.busy_days(found[deeds.about(row)]) for row in rows}


def _van(row: Van, elsewhere: frozenset[date]) -> given.Van:
    return given.Van(
        key=str(row.id),
        name=row.name,
        minutes=tuple(sorted(row.minutes.items())),
        range_minutes=row.range_minutes,
        unavailable=_days(row.unavailable, elsewhere),
    )


def _member(row: StaffMember, towns: set[str], elsewhere: frozenset[date]) -> given.Staff:
    home = row.township.code if row.township else None
    return given.Staff(
        key=str(row.id),
        name=row.name,
        home=home if home in towns else None,
        rest_weekdays=tuple(map(int, row.rest_weekdays)),
        max_days_a_week=row.max_days_a_week,
        unavailable=_days(row.unavailable, elsewhere),
        leads=row.leads,
    )


def _enterprises(session: Session, county: str, towns: set[str]) -> tuple[given.Enterprise, ...]:
    """Give the enterprises that still need people by their open adverts, who need most first."""
    needs: defaultdict[Enterprise, Counter[str]] = defaultdict(Counter)
    for vacancy in vacancies.open_ones(session, county):
        needs[vacancy.enterprise][vacancy.trade or vacancy.title] += vacancy.headcount
    rows = [
        given.Enterprise(
            key=str(firm.id),
            name=firm.name,
            needs=tuple(sorted(lacks.items())),
            prefers=(firm.township.code,) if firm.township and firm.township.code in towns else (),
        )
        for firm, lacks in needs.items()
    ]
    return tuple(sorted(rows, key=lambda firm: (-firm.need, firm.key)))


def _days(texts: list[str], elsewhere: frozenset[date]) -> tuple[date, ...]:
    return tuple(sorted({*map(date.fromisoformat, texts), *elsewhere}))
