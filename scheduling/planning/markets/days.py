"""From a market's rules to its market days."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from scheduling.planning.lunar import FIRST_DAY, LAST_DAY, OutsideCalendar
from scheduling.planning.markets.rules import Rule

# Ten years reach past the longest wait of any rule: nine, for a yearly fair on 三十 that skips short months.
HORIZON = timedelta(days=3653)
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class AddDate:
    """A market on a day that no rule names. Why, and who said so, stays in the row."""

    day: date


@dataclass(frozen=True, slots=True)
class DropDate:
    """No market on that day: 春节休市."""

    day: date


@dataclass(frozen=True, slots=True)
class MoveDate:
    """The market of one day is held on another: no market on `day`, a market on `to`, whatever the rules say."""

    day: date
    to: date


MarketException = AddDate | DropDate | MoveDate


@dataclass(frozen=True, slots=True)
class Market:
    """Rules, of which any one makes a market day, and exceptions on top, of which the last about a day wins.

    A market may have no rules at all: then only the added dates are market days.
    """

    rules: tuple[Rule, ...] = ()
    exceptions: tuple[MarketException, ...] = ()


def is_market_day(market: Market, day: date) -> bool:
    """Say whether there is a market on a civil date in Asia/Shanghai. Raises OutsideCalendar outside 1901-2100."""
    return market_days(market, day, day) == [day]


def market_days(market: Market, start: date, end: date) -> list[date]:
    """Return the market days from `start` to `end`, both included, in order; none when `end` comes first.

    Civil dates in Asia/Shanghai. Raises OutsideCalendar when either lies outside 1901-2100.
    """
    _require_inside(start)
    _require_inside(end)
    return list(_walk(market, start, end))


def next_days(market: Market, after: date, count: int) -> list[date]:
    """Return up to `count` market days later than `after`, in order.

    Looks ten years ahead and never past 2100, so a market that has stopped answers with fewer days or none.
    Civil dates in Asia/Shanghai. Raises OutsideCalendar when `after` lies outside 1901-2100.
    """
    _require_inside(after)
    end = min(after + HORIZON, LAST_DAY)
    return list(islice(_walk(market, after + _ONE_DAY, end), count))


def _walk(market: Market, start: date, end: date) -> Iterator[date]:
    verdicts = _verdicts(market.exceptions)
    if not market.rules:
        yield from sorted(day for day, held in verdicts.items() if held and start <= day <= end)
        return
    for number in range((end - start).days + 1):
        day = start + number * _ONE_DAY
        if verdicts[day] if day in verdicts else any(rule.holds_on(day) for rule in market.rules):
            yield day


def _verdicts(exceptions: Iterable[MarketException]) -> dict[date, bool]:
    """Return what the exceptions say of each day they name; a later exception overrules an earlier one."""
    verdicts: dict[date, bool] = {}
    for exception in exceptions:
        verdicts[exception.day] = isinstance(exception, AddDate)
        if isinstance(exception, MoveDate):
            verdicts[exception.to] = True
    return verdicts


def _require_inside(day: date) -> None:
    if not FIRST_DAY <= day <= LAST_DAY:
        message = f"{day} is outside {FIRST_DAY} to {LAST_DAY}"
        raise OutsideCalendar(message)
