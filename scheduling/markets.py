"""Markets: opening them, the rules their days follow, exceptions, and what day is a market day where.

Days are civil dates in Asia/Shanghai throughout.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduling import deeds
from scheduling.models import Account, Holiday, Market, MarketException, MarketRule, Township
from scheduling.planning import lunar
from scheduling.planning import markets as planning
from scheduling.refusals import (
    BadMarketRule,
    MarketDayAlready,
    MarketExceptionKnown,
    NoMarketThatDay,
    NotFound,
    OutsideTheCalendar,
    ReasonMissing,
)

TERMS = ("集", "场", "圩", "街")  # domain.md §2: what the county says for a market
EXCEPTIONS = ("add_date", "drop_date", "move")
ONE_DAY = timedelta(days=1)


def open(  # noqa: A001  one opens a market; nobody opens a file here
    session: Session,
    county: str,
    *,
    slug: str,
    township: Township,
    name: str,
    term: str,
    rule_text: str,
    opens: time | None,
    closes: time | None,
    by: Account | None,
    now: datetime,
) -> Market:
    """Open a market; one of that slug is given back as it stands. Raises BadMarketRule(part).

    `rule_text` as published tables write it (农历逢三六九), empty for a market that lives by added dates.
    """
    known = session.scalar(select(Market).where(Market.county == county, Market.slug == slug))
    if known is not None:
        return known
    market = Market(county=county, slug=slug, township_id=township.id, name=name, term=term, opens=opens, closes=closes)
    session.add(market)
    session.flush()
    deeds.record(session, "market.opened", market, by=by, now=now, slug=slug)
    set_rules(session, market, rule_text, by=by, now=now)
    return market


def read_rules(text: str) -> tuple[planning.Rule, ...]:
    """Read a rule text; an empty one is no rule. Raises BadMarketRule(part)."""
    text = text.strip()
    if not text:
        return ()
    try:
        return planning.parse_rule_text(text)
    except planning.UnreadableRule as unreadable:
        raise BadMarketRule(part=unreadable.part) from None


def set_rules(session: Session, market: Market, rule_text: str, *, by: Account | None, now: datetime) -> None:
    """Let `market` be held as `rule_text` says; saying it again changes nothing. Raises BadMarketRule(part)."""
    rules, text = read_rules(rule_text), rule_text.strip()
    session.refresh(market, with_for_update={"of": Market})  # of two clerks the second sees what the first saved
    if text == market.rule_text and rules == as_planned(market).rules:
        return
    market.rules.clear()
    session.flush()  # the old positions must be free before the new rules take them
    for position, rule in enumerate(rules):
        market.rules.append(MarketRule(market_id=market.id, position=position, kind=rule.kind, params=rule.as_params()))
    before, market.rule_text = market.rule_text, text
    session.flush()
    deeds.record(session, "market.rules_set", market, by=by, now=now, before=before, rule_text=text)


def add_exception(
    session: Session,
    market: Market,
    *,
    kind: str,
    day: date,
    moved_to: date | None = None,
    reason: str,
    by: Account | None,
    now: datetime,
) -> MarketException:
    """Add, drop or move the market of one day (`kind` out of EXCEPTIONS; `moved_to` with move only).

    The same exception again is given back. Raises ReasonMissing, MarketExceptionKnown(day), NoMarketThatDay(market,
    day, next), MarketDayAlready(market, day), OutsideTheCalendar.
    """
    reason = reason.strip()
    if not reason:
        raise ReasonMissing
    moved_to = moved_to if kind == "move" else None
    session.refresh(market, with_for_update={"of": Market})
    known = next((exception for exception in market.exceptions if exception.day == day), None)
    if known is not None:
        if (known.kind, known.moved_to) == (kind, moved_to):
            return known
        raise MarketExceptionKnown(day=day)
    if kind == "add_date":
        if is_day(market, day):
            raise MarketDayAlready(market=market.name, day=day)
    else:
        require_day(market, day)
    if kind == "move" and (moved_to is None or is_day(market, moved_to)):
        raise MarketDayAlready(market=market.name, day=moved_to or day)
    exception = MarketException(
        market_id=market.id, kind=kind, day=day, moved_to=moved_to, reason=reason, by_id=by.id if by else None, at=now
    )
    market.exceptions.append(exception)
    session.flush()
    facts = {"kind": kind, "day": str(day), "moved_to": str(moved_to or ""), "reason": reason}
    deeds.record(session, "market.exception_added", market, by=by, now=now, **facts)
    return exception


def drop_exception(
    session: Session, market: Market, exception_id: UUID, *, reason: str, by: Account | None, now: datetime
) -> None:
    """Take an exception back: the day is again what the rules say. One already gone: nothing. Raises ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing
    session.refresh(market, with_for_update={"of": Market})
    exception = next((row for row in market.exceptions if row.id == exception_id), None)
    if exception is not None:
        facts = {"kind": exception.kind, "day": str(exception.day), "reason": reason.strip()}
        market.exceptions.remove(exception)
        session.flush()
        deeds.record(session, "market.exception_dropped", market, by=by, now=now, **facts)


# Reading


def as_planned(market: Market) -> planning.Market:
    """Give the market as planning computes with it; of two exceptions about one day the later said counts."""
    return planning.Market(
        rules=tuple(planning.rule_from(rule.kind, rule.params) for rule in market.rules),
        exceptions=tuple(_exception(row) for row in sorted(market.exceptions, key=lambda row: row.at)),
    )


def _exception(row: MarketException) -> planning.MarketException:
    if row.kind == "add_date":
        return planning.AddDate(row.day)
    if row.kind == "move" and row.moved_to is not None:
        return planning.MoveDate(row.day, row.moved_to)
    return planning.DropDate(row.day)


def days(market: Market, start: date, end: date) -> list[date]:
    """Give the market days from `start` to `end`, both included. Raises OutsideTheCalendar."""
    require_known(start, end)
    return planning.market_days(as_planned(market), start, end)


def next_days(market: Market, after: date, count: int) -> list[date]:
    """Give up to `count` market days later than `after`. Raises OutsideTheCalendar."""
    require_known(after)
    return planning.next_days(as_planned(market), after, count)


def days_by(rule_text: str, after: date, count: int) -> list[date]:
    """Give up to `count` days later than `after` by a rule not saved yet. Raises BadMarketRule, OutsideTheCalendar."""
    require_known(after)
    return planning.next_days(planning.Market(rules=read_rules(rule_text)), after, count)


def is_day(market: Market, day: date) -> bool:
    """Say whether the market is held on `day`. Raises OutsideTheCalendar."""
    return days(market, day, day) == [day]


def require_day(market: Market, day: date) -> None:
    """Raise NoMarketThatDay(market, day, next) unless the market is held on `day`."""
    if not is_day(market, day):
        raise NoMarketThatDay(market=market.name, day=day, next=next_day(market, day))


def next_day(market: Market, after: date) -> date | None:
    """Give the first market day later than `after`, None for a market that has stopped."""
    return next(iter(next_days(market, after, 1)), None)


def describe(market: Market) -> str:
    """Give the rules in Chinese (农历逢三、六、九), empty for a market without any."""
    return planning.describe_all(as_planned(market).rules)


def today(session: Session, county: str, day: date) -> list[Market]:
    """Give the markets held on `day`."""
    return held(all_of(session, county), day)


def week(session: Session, county: str, day: date) -> list[tuple[date, list[Market]]]:
    """Give each of the seven days after `day` with the markets held on it."""
    markets = all_of(session, county)
    return [(coming, held(markets, coming)) for coming in days_after(day)]


def days_after(day: date) -> list[date]:
    """Give the seven days after `day`."""
    return [day + number * ONE_DAY for number in range(1, 8)]


def held(markets: Iterable[Market], day: date) -> list[Market]:
    """Give those of `markets` that are held on `day`."""
    return [market for market in markets if is_day(market, day)]


def find(session: Session, county: str, slug: str) -> Market:
    """Give the market of this slug. Raises NotFound."""
    market = session.scalar(select(Market).where(Market.county == county, Market.slug == slug))
    if market is None:
        raise NotFound
    return market


def all_of(session: Session, county: str) -> list[Market]:
    """Give the county's markets in the order of their townships."""
    rows = select(Market).join(Township).where(Market.county == county).order_by(Township.code, Market.slug)
    return list(session.scalars(rows))


def townships(session: Session, county: str) -> list[Township]:
    """Give the county's townships in their official order."""
    return list(session.scalars(select(Township).where(Township.county == county).order_by(Township.code)))


def township(session: Session, county: str, township_id: UUID | None) -> Township | None:
    """Give one of the county's townships, None for None. Raises NotFound for another county's."""
    if township_id is None:
        return None
    row = session.scalar(select(Township).where(Township.county == county, Township.id == township_id))
    if row is None:
        raise NotFound
    return row


# Holidays


def seed_holidays(session: Session, county: str, *, by: Account | None, now: datetime) -> int:
    """Write down the published days off and make-up workdays that are not in the table; give how many were new.

    What the desk corrected stays as it is.
    """
    known = set(session.scalars(select(Holiday.day).where(Holiday.county == county)))
    fresh = [
        Holiday(county=county, day=row.day, name=row.name, works=row.works)
        for row in lunar.published_holidays()
        if row.day not in known
    ]
    session.add_all(fresh)
    session.flush()
    if fresh:
        deeds.record(session, "holidays.seeded", fresh[-1], by=by, now=now, days=len(fresh))
    return len(fresh)


def holidays(session: Session, county: str, start: date, end: date) -> lunar.Holidays:
    """Give the published days from `start` to `end`, both included."""
    rows = select(Holiday.day, Holiday.name, Holiday.works).where(
        Holiday.county == county, Holiday.day.between(start, end)
    )
    return lunar.Holidays.of((day, name, works) for day, name, works in session.execute(rows))


def require_known(*asked: date) -> None:
    """Raise OutsideTheCalendar unless the lunar calendar vouches for every day asked for."""
    if not all(lunar.FIRST_DAY <= day < lunar.LAST_DAY for day in asked):
        raise OutsideTheCalendar(first=lunar.FIRST_DAY.year, last=lunar.LAST_DAY.year)
