"""The numbers of the rules about fairs in a county, and the days they come to for one fair.

Places disagree (domain.md §3), so each county keeps its own; these are what one starts with. Days are civil dates in
Asia/Shanghai.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import TypedDict, Unpack
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduling import deeds, markets
from scheduling.models import Account, County, Fair, FairTerms
from scheduling.planning import lunar
from scheduling.refusals import SizesInDisorder

_HERE = ZoneInfo("Asia/Shanghai")
_ONE_DAY = timedelta(days=1)
_LONGEST = 14  # no run of days off is longer: 春节 has eight


class Told(TypedDict):
    """What a county says; `models.FairTerms` tells each."""

    permit_from: int
    city_from: int
    permit_days: int
    police_workdays: int
    file_days: int | None
    plan_by: str
    stats_days: int | None
    stats_month_day: int | None


# 《大型群众性活动安全管理条例》(国令第505号): 1,000, 5,000, 20 days. Five workdays: one local rule. The rest: 北京.
START: MappingProxyType[str, int | str] = MappingProxyType(
    {
        "permit_from": 1000,
        "city_from": 5000,
        "permit_days": 20,
        "police_workdays": 5,
        "file_days": 15,
        "plan_by": "12-15",
        "stats_days": 7,
        "stats_month_day": 28,
    }
)


@dataclass(frozen=True)
class Deadlines:
    """By when what must be handed in for a fair; None: nothing."""

    permit: date | None
    filing: date | None
    statistics: date | None


def terms_of(session: Session, county: str) -> FairTerms:
    """Give the county's terms; those it starts with when it said nothing. The latter are no row and stay none."""
    kept = session.scalar(select(FairTerms).where(FairTerms.county == county))
    return kept or FairTerms(county=county, **START)


def keep_terms(session: Session, county: str, *, by: Account | None, now: datetime, **told: Unpack[Told]) -> FairTerms:
    """Keep what the county says; the same again changes nothing. Raises SizesInDisorder."""
    if told["city_from"] < told["permit_from"]:
        raise SizesInDisorder
    session.get_one(County, county, with_for_update={"key_share": True}, populate_existing=True)  # one clerk at a time
    terms = terms_of(session, county)
    changed = [name for name, value in told.items() if getattr(terms, name) != value]
    if not changed:
        return terms
    for name in changed:
        setattr(terms, name, told[name])  # type: ignore[literal-required]  # its own keys
    terms.by_id, terms.at = by.id if by else None, now
    session.add(terms)
    session.flush()
    deeds.record(session, "fair.terms_kept", terms, by=by, now=now, fields=",".join(changed))
    return terms


def is_large(fair: Fair, terms: FairTerms) -> bool:
    """Say whether the police must permit the fair. What is held online has no crowd."""
    return not fair.goes_online and (fair.expected_attendance or 0) >= terms.permit_from


def of_city(fair: Fair, terms: FairTerms) -> bool:
    """Say whether the city's police permit it, not the county's."""
    return is_large(fair, terms) and (fair.expected_attendance or 0) >= terms.city_from


def deadlines(fair: Fair, terms: FairTerms) -> Deadlines:
    """Give the days by which things are handed in for the fair, as it stands now.

    Regular fairs are filed with the year's plan, and counted by the month; others are filed and counted one by one.
    """
    day = fair.starts_at.astimezone(_HERE).date()
    regular = fair.kind == "regular_fair"
    permit = day - terms.permit_days * _ONE_DAY if is_large(fair, terms) else None
    if regular and terms.plan_by:
        filing: date | None = date.fromisoformat(f"{day.year - 1}-{terms.plan_by}")
    else:
        filing = None if regular or terms.file_days is None else day - terms.file_days * _ONE_DAY
    if regular and terms.stats_month_day is not None:
        statistics: date | None = _next_of_month(day, terms.stats_month_day)
    else:
        statistics = None if terms.stats_days is None else day + terms.stats_days * _ONE_DAY
    return Deadlines(permit, filing, statistics)


def police_due(session: Session, fair: Fair, terms: FairTerms) -> date:
    """Give the last day to tell the police of another time: so many workdays before the day that stands now."""
    day = fair.starts_at.astimezone(_HERE).date()
    first = day - (terms.police_workdays * 2 + _LONGEST) * _ONE_DAY
    return workdays_before(day, terms.police_workdays, markets.holidays(session, fair.county, first, day))


def workdays_before(day: date, number: int, holidays: lunar.Holidays) -> date:
    """Give the day that has `number` workdays from it to the eve of `day`, both included."""
    while number > 0:
        day -= _ONE_DAY
        number -= not holidays.is_off(day)
    return day


def _next_of_month(day: date, number: int) -> date:
    """Give the first such day of a month on or after `day`; `number` from 1 to 28."""
    this = day.replace(day=number)
    return this if this >= day else (day.replace(day=1) + 31 * _ONE_DAY).replace(day=number)
