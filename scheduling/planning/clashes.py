"""Who or what is booked twice: a sweep over time, one for each place, van, teacher, room, enterprise, trainee.

A resource clashes while more is asked of it than it can hold; where one thing ends, the next may begin. One `Clash` is
one such stretch of time with everything that takes part in it, not one for each pair: forty things at one hour are one
clash, where pairs would be 780. Within a resource of capacity c at most c things go on from one clash into the next, so
n engagements are named at most 2 n·c + n times in all, and all of it takes O(n log n) for a given c.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from scheduling.planning.solving.words import Sentence, say
from scheduling.planning.timetable import HERE

KINDS = {
    "place": say("地点"),
    "van": say("大篷车"),
    "teacher": say("老师"),
    "room": say("教室"),
    "staff": say("工作人员"),
    "enterprise": say("单位"),
    "trainee": say("学员"),
}
ONE = MappingProxyType[str, int]({})  # every resource holds one thing at a time


@dataclass(frozen=True)
class Engagement:
    """Something a resource is needed for, from `starts` until just before `ends` (aware).

    `key` names the engagement, `who` the resource among all others, `kind` out of KINDS; `name` and `what` are how
    people call the two. `amount` is how much of it is needed: workshop stations, for one. Raises ValueError for an
    engagement that takes no time or nothing.
    """

    key: str
    who: str
    kind: str
    name: str
    what: str
    starts: datetime
    ends: datetime
    amount: int = 1

    def __post_init__(self) -> None:
        if self.ends <= self.starts or self.amount < 1:
            raise ValueError(f"{self.key} takes no time, or nothing, of {self.who}")


@dataclass(frozen=True)
class Clash:
    """A stretch of time in which one resource is asked for `peak`, more than the `capacity` it has.

    `engagements` are all that take part, by their start: more than one, unless one alone is too large.
    """

    engagements: tuple[Engagement, ...]
    starts: datetime
    ends: datetime
    peak: int
    capacity: int

    @property
    def who(self) -> str:
        """The resource that is booked twice."""
        return self.engagements[0].who

    @property
    def words(self) -> Sentence:
        """Say who, when and what."""
        first = self.engagements[0]
        kind, when, what = KINDS[first.kind], said(self.starts, self.ends), "、".join(e.what for e in self.engagements)
        if self.capacity == 1:
            return say("%(kind)s“%(name)s”%(when)s撞了：%(what)s", kind=kind, name=first.name, when=when, what=what)
        return say(
            "%(kind)s“%(name)s”%(when)s不够用，只有%(capacity)s，要用%(peak)s：%(what)s",
            kind=kind,
            name=first.name,
            when=when,
            capacity=self.capacity,
            peak=self.peak,
            what=what,
        )


def clashes(engagements: Iterable[Engagement], capacities: Mapping[str, int] = ONE) -> tuple[Clash, ...]:
    """Find every stretch in which a resource is over its capacity (by `who`; 1 unless told), the earliest first.

    A stretch ends where what goes on fits again, even if the next thing begins at that moment. O(n log n) and the
    engagements named in the answer (see above).
    """
    by_who: defaultdict[str, list[Engagement]] = defaultdict(list)
    for each in engagements:
        by_who[each.who].append(each)
    found = [clash for who, own in by_who.items() for clash in _sweep(own, capacities.get(who, 1))]
    return tuple(sorted(found, key=lambda clash: (clash.starts, clash.who)))


def against(new: Engagement, standing: Iterable[Engagement], capacities: Mapping[str, int] = ONE) -> tuple[Clash, ...]:
    """Find the clashes `new` would bring among what stands; what stands under its own key is itself, before it moved.

    O(m + k log k), of m that stand and k of them at its time.
    """
    beside = [
        each
        for each in standing
        if each.who == new.who and each.key != new.key and each.starts < new.ends and new.starts < each.ends
    ]
    return tuple(clash for clash in clashes([new, *beside], capacities) if new in clash.engagements)


def said(starts: datetime, ends: datetime) -> Sentence:
    """Say from when to when in Asia/Shanghai: 2月6日（周六） 8:30–11:30, with both days where there are two."""
    starts, ends = starts.astimezone(HERE), ends.astimezone(HERE)
    if starts.date() == ends.date():
        return say("%(day)s %(since)s–%(until)s", day=starts.date(), since=_clock(starts), until=_clock(ends))
    return say(
        "%(day)s %(since)s至%(last)s %(until)s",
        day=starts.date(),
        since=_clock(starts),
        last=ends.date(),
        until=_clock(ends),
    )


def _clock(moment: datetime) -> str:
    return f"{moment.hour}:{moment.minute:02d}"


def _sweep(engaged: list[Engagement], capacity: int) -> Iterator[Clash]:
    """Go through one resource's beginnings and ends in the order of time; at one moment, ends come first."""
    engaged = sorted(engaged, key=lambda each: (each.starts, each.key))
    steps = [(each.starts, 1, place) for place, each in enumerate(engaged)]
    steps += [(each.ends, 0, place) for place, each in enumerate(engaged)]
    on: dict[int, Engagement] = {}  # what goes on, in the order it began
    clashing: dict[int, Engagement] = {}  # what has taken part in the clash we are in; empty while we are in none
    load = peak = 0
    since = engaged[0].starts
    for moment, begins, place in sorted(steps):
        if begins:
            on[place] = engaged[place]
            load += engaged[place].amount
            if clashing:
                clashing[place], peak = engaged[place], max(peak, load)
            elif load > capacity:
                clashing, since, peak = dict(on), moment, load  # few: all but the newest still fitted
        else:
            load -= on.pop(place).amount
            if clashing and load <= capacity:
                yield Clash(tuple(clashing.values()), since, moment, peak, capacity)
                clashing = {}
