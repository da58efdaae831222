"""The season problem: which market days get a fair, with which van, staff and enterprises. Rules and objective in full.

A plan is a list of fairs, each on a candidate (a market day of a town); a fair's day and town are its candidate's.

**Hard rules**, by the key that breaches and conflicts use (`<x>` is replaced: `lock:liuhe@2027-02-08`):

- `known`  every key in the plan is one of the problem's; no candidate has two fairs; nobody is named twice in one fair.
- `season`  a fair's day lies in first..last. (Candidates outside may still serve as reserve days.)
- `lock:<candidate>`  for each Lock of it: the fair is held; its van is the lock's van, if one is named; its staff and
  enterprises include those the lock names. A lock on a candidate, van, person or enterprise that is not in the problem
  cannot be kept.
- `ban:<candidate>`  for each Ban of it: a whole-day ban (nobody named): no fair on it, and it is nobody's reserve. Any
  other: the vans named are neither its fair's van nor the reserve van of a fair whose reserve it is; staff and
  enterprises named are not at its fair. A ban on something that is not in the problem says nothing.
- `gap`  two fairs in one town lie at least `pace.gap_days` days apart, and the first as many after `last_visit`.
- `pace.day`  at most `pace.a_day` fairs on one day.  `pace.week`  at most `pace.a_week` from a Monday to its Sunday.
  `pace.season`  at most `pace.season` in all, when it is not None. Reserve days do not count.
- `least:<town>`, `most:<town>`  at least `fairs_min`, at most `fairs_max` (when not None) fairs in the town.
- `campaign:<key>`  at least `at_least` fairs on days first..last of the campaign, in its towns (none named: anywhere).
- `van.one`  a fair whose candidate needs a van has exactly one; a fair whose candidate does not has none (None).
- `van.range:<van>`  the van goes (to a fair, or as reserve van) only to towns listed in `minutes` with at most
  `range_minutes`.  `van.away:<van>`  not on its unavailable days.
- `van.trip:<van>`  one trip a day: on one day the van serves one candidate at most, as its fair's van or as the reserve
  van of the fairs (of one town, sharing it) whose reserve it is.
- `reserve`  an exposed fair names a reserve: another candidate of its town, 1 to `pace.reserve_days` days after it, on
  which the plan holds no fair; and a reserve van if that candidate needs one (else None). A fair that is not exposed
  names neither. Fairs that share a reserve name the same reserve van.
- `staff.size`  staff_min..staff_max people.  `staff.leader`  at least `leaders_min` of them lead.
- `staff.rest`  nobody works on one of their rest weekdays, unless the day is in `makeup` (a make-up workday).
- `staff.away`  nor on an unavailable day.  `staff.twice`  nor at two fairs on one day.
- `staff.week`  nor at more than `max_days_a_week` fairs from a Monday to its Sunday.
- `enterprise.size`  enterprises_min..enterprises_max enterprises.
- `enterprise.away`  none on an unavailable day.  `enterprise.twice`  none at two fairs on one day.
- `enterprise.month`  none at more than `max_a_month` fairs in one calendar month.

**Objective**, the sum of weight x amount, more is better. Amounts are whole numbers, `//` rounds down. A town's *waits*
are the days between neighbours in: its start (`last_visit`, or the day before `first` if never visited), the days of
its fairs, `last`. The wait *before* a fair is the one that ends on its day.

- `reach`  + people reached: each day that passes makes `population * turnout_permille // (1000 * recovers_days)` people
  curious for the town's next fair, for `recovers_days` days at most: for each fair, that many times
  `min(wait, recovers_days)` with the wait before it; the first fair of a town never visited counts `recovers_days`.
- `need`  + vacancies shown: for each enterprise and i = 0, 1, ... up to its number of fairs and the length of
  `returns_percent`: `need * returns_percent[i] // 100`. A fair beyond the list adds none.
- `match`  + vacancies shown where people look for them: for each enterprise at each fair, the sum over its needs of
  `min(people it lacks in the trade, the town's seekers in it)`.
- `wish`  + for each enterprise at each fair: 1 if it prefers the town.
- `wait`  - for each wait of each town: `max(0, days - patience_days)`.
- `longest`  - the longest wait of any town (0 without towns).
- `balance`  - for each of the staff with n fairs: `n * (n + 1) // 2`, so that an even load costs least.
- `home`  + for each of the staff at each fair: 1 if it is in their home town.
- `travel`  - for each fair with a van: the van's minutes to the town (0 if not listed). Reserve days are free.

**Changes**, when an accepted plan is planned again: the sum of `prices` for what differs, less is better. In each town,
of the fairs dropped (accepted candidates without a fair now) and added (the other way round), as many as can be paired,
in order of day, count as `moved`; the rest are `dropped` or `added`. A fair whose candidate is no longer in the problem
is dropped; a market day that is called off should stay with a Ban on it, so that its fair can be moved. For each fair
on a candidate that had one: `van` if its van differs, `reserve` if its reserve or reserve van does, `staff` and
`enterprise` for each that joins or leaves. Who is at a fair that is moved or added costs nothing more.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from scheduling.planning.season.things import Candidate, Enterprise, Staff, Town, Van
from scheduling.planning.season.wants import Ban, Campaign, Lock, Measures, Pace, Prices, Weights


@dataclass(frozen=True)
class Problem:
    """All that is given. Raises ValueError for keys that are not unique, unknown towns, days out of order."""

    first: date
    last: date
    towns: tuple[Town, ...]
    candidates: tuple[Candidate, ...]
    vans: tuple[Van, ...] = ()
    staff: tuple[Staff, ...] = ()
    enterprises: tuple[Enterprise, ...] = ()
    campaigns: tuple[Campaign, ...] = ()
    locks: tuple[Lock, ...] = ()
    bans: tuple[Ban, ...] = ()
    makeup: tuple[date, ...] = ()  # weekend days that are worked, as published
    pace: Pace = field(default_factory=Pace)
    measures: Measures = field(default_factory=Measures)
    weights: Weights = field(default_factory=Weights)
    prices: Prices = field(default_factory=Prices)

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("The season ends before it begins.")
        for things in (self.towns, self.candidates, self.vans, self.staff, self.enterprises, self.campaigns):
            _require_unique(thing.key for thing in things)
        known = {town.key for town in self.towns}
        if not {candidate.town for candidate in self.candidates} <= known:
            raise ValueError("A market day belongs to a town that is not in the problem.")
        if any(town.last_visit and town.last_visit >= self.first for town in self.towns):
            raise ValueError("A last visit lies inside the season.")
        returns = self.measures.returns_percent
        if sorted(returns, reverse=True) != list(returns) or self.pace.gap_days < 1:
            raise ValueError("Returns never rise, and fairs in one town lie at least a day apart.")
        if self.prices.moved > self.prices.dropped + self.prices.added:
            raise ValueError("A move costs no more than dropping one fair and adding another.")


@dataclass(frozen=True)
class PlannedFair:
    """One fair: its candidate's key, and the keys of who and what is at it, sorted."""

    candidate: str
    van: str | None = None
    staff: tuple[str, ...] = ()
    enterprises: tuple[str, ...] = ()
    reserve: str | None = None  # another candidate's key
    reserve_van: str | None = None


@dataclass(frozen=True)
class Plan:
    """All that is decided: fairs in order of day, then candidate key."""

    fairs: tuple[PlannedFair, ...] = ()


def _require_unique(keys: Iterable[str]) -> None:
    seen = list(keys)
    if len(seen) != len(set(seen)):
        raise ValueError("Two things of one kind have the same key.")
