"""What is given to the planner of a livestream's run of show and what it decides.

Times are whole minutes from the planned start of the show. An **item** is one segment (opening, policy, q&a) or one
enterprise's slot; it is on air from `start` up to, not including, `end`. The **place** of an enterprise is 1 for the
first enterprise on air, 2 for the second, and so on. What has been aired is a fact: the rules below bind the other
items only (but with regard to the aired ones), and an aired item is in the plan exactly as it was aired.

**Hard rules** (the key first):

- `known`: each segment is there once; each request once, as an item or in `left_out`; nothing else; each has its kind.
- `aired`: the plan begins with the aired items, just as they are given.
- `air`: only a request that is optional is left out.
- `minutes`: a slot lasts at least its request's `least` and at most its `wanted` minutes; a segment its own minutes.
- `sequence`: items do not overlap, and are listed by start. A segment whose `after` is k comes after the first k
  enterprises (after all, when fewer are on air) and before the next (but never before what was aired); segments come
  in the order of their `after`, then as given.
- `buffer`: after a slot, the next item starts at least `buffer` minutes after its end (when it does not overlap it).
- `length`: every item ends by the show's `length`. `now`: none starts before `now`.
- `window`: a slot lies within one window of each of its speakers (a speaker without windows is always there); an item
  lies within one window of its host, the same; a segment starts from its `earliest` to its `latest`.
- `trade`: two enterprises whose places follow each other have different trades, whatever segment is between them.
  A request without a trade ("") clashes with none.
- `roles`: every item has one of the hosts, and who hosts a slot is not one of its speakers.
- `rest`: a host is on air in the items that the host hosts or speaks in. Taken by start, a **stretch** goes on while
  each next of these starts less than `rest` minutes after the one before ended. At the end of each of them that is not
  aired, at most `stretch` minutes have gone by since the start of the stretch. (A speaker and a host with the same key
  are the same person.)
- `lock`: a locked item starts at that minute, and has that host, where the lock says so; a locked request is on air.
- `numbers`: a slot has exactly `jobs` job numbers, one after the other. A request whose numbers were announced has
  them from `announced` on; the others have theirs in the order of the show, the first after `last_number` and all aired
  numbers, each block where the block before it ended, so no number is ever used twice. Items without jobs have none
  (first 0, last 0).

A plan that breaks `known` is told nothing else, and has no points; nor is one that breaks `aired` told anything else.
Places, and what is next to what, are as the plan lists them, also where it does not list them by start.

**Conflict.** When no plan can be, a smallest set of these rules says why. Giving one up means: `length`: as long as one
likes. `buffer`: none. `trade`: two of a trade may follow each other. `roles`: a speaker who is also a host counts as
two people. `start:<segment>`: any start. `window:<person>`: always there. `rest:<host>`: any stretch.
`air:<request>`: it may be left out. `lock:<item>:<start>:<host>`: that lock is not there (nothing stands for what it
does not say). The other rules are never given up.

**Objective** (least points; weight x amount, the weight's name first), over the enterprises on air unless said:

- `shortened`: wanted minutes less minutes on air, of each slot that is not aired yet.
- `left_out`: 1 for each request left out.
- `wish`: 1 for each order wish not met. With n requests in the problem and a third = n / 3 rounded up: "early" is a
  place of at most a third; "late" a place above n - a third. `follows`: the place comes after that of the named
  request (not counted when either is not on air).
- `audience`: jobs x (10 - audience at its place), where `audience` says how many watch (0..10) at each place; its last
  number goes on, and without any it is 10.
- `idle`: minutes between one item's end (plus the buffer after a slot) and the start of the next, never below 0 each;
  before the first item, minutes from 0. Minutes before an aired item are not counted.
- `handover`: 1 for each item whose host is not that of the item before it.

**Re-plan.** Least price of changes first, the objective above second. The k-th of the enterprises on air in the
accepted plan that are still in the problem was **told** place k, and place k was told the start and the host that this
enterprise had. What has been aired costs nothing. Price x amount:

- `moved`: 1 for each enterprise on air at another place than it was told.
- `minute`: minutes between the start of each place that is taken and the start it was told; of each segment likewise.
- `resized`: minutes that each enterprise on air, which was told a place, lasts more or less than in the accepted plan.
- `rehosted`: 1 for each place that is taken, and each segment, with another host than it was told.
- `idle`: idle minutes, as in the objective: nobody wants dead air so that others can keep their time.
- `dropped`: 1 for each request that was told a place and is left out.

Job numbers in the accepted plan count as announced, and none of them is ever given again; a request that has more jobs
than it was told numbers gets new ones (`announced`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from scheduling.planning.solving import Sentence, say

FULL_HOUSE = 10
SEGMENT_KINDS = ("opening", "policy", "qa", "closing")
COMPANY = "company"
WISHES = ("", "early", "late")


@dataclass(frozen=True)
class Window:
    """From this minute up to, not including, that one."""

    start: int
    end: int


@dataclass(frozen=True)
class Speaker:
    """Who speaks for an enterprise, perhaps for two, and when."""

    key: str
    name: str
    windows: tuple[Window, ...] = ()  # none: always


@dataclass(frozen=True)
class Host:
    """Who leads the show: at most `stretch` minutes at a stretch, then at least `rest` minutes off."""

    key: str
    name: str
    stretch: int = 60
    rest: int = 5
    windows: tuple[Window, ...] = ()  # none: always


Person: TypeAlias = Speaker | Host


@dataclass(frozen=True)
class Segment:
    """A part of the show that is no enterprise's: after how many enterprises it comes, and when it may start."""

    key: str
    kind: str  # SEGMENT_KINDS
    minutes: int
    after: int = 0
    earliest: int = 0
    latest: int | None = None


@dataclass(frozen=True)
class Request:
    """An enterprise that wants to be on air. `jobs` is how many numbered jobs it shows."""

    key: str
    name: str
    trade: str = ""
    speakers: tuple[str, ...] = ()
    least: int = 8
    wanted: int = 12
    jobs: int = 0
    wish: str = ""  # WISHES
    follows: str = ""  # a request that it would like to come after
    optional: bool = False
    announced: int = 0  # the first of its job numbers, once they were announced


@dataclass(frozen=True)
class Lock:
    """A planner's word: an item (a request's or a segment's key) starts then, or has this host, or both."""

    key: str
    start: int | None = None
    host: str | None = None


@dataclass(frozen=True)
class Weights:
    """Points for one of each term; none is negative."""

    shortened: int = 8
    left_out: int = 1000
    wish: int = 15
    audience: int = 1
    idle: int = 3
    handover: int = 2


@dataclass(frozen=True)
class Preset:
    """Weights with a name."""

    words: Sentence
    weights: Weights


PRESETS = {
    "balanced": Preset(say("兼顾各方"), Weights()),
    "audience": Preset(say("岗位多的排在人气高时"), Weights(wish=6, audience=3)),
    "wishes": Preset(say("先顾企业的时间和顺序"), Weights(shortened=12, wish=40)),
}


@dataclass(frozen=True)
class Prices:
    """What a change to an accepted run of show costs."""

    moved: int = 20
    minute: int = 1
    resized: int = 3
    rehosted: int = 4
    idle: int = 10
    dropped: int = 500


@dataclass(frozen=True)
class Show:
    """The broadcast as a whole."""

    length: int  # minutes
    hosts: tuple[Host, ...]
    segments: tuple[Segment, ...] = ()
    buffer: int = 0
    audience: tuple[int, ...] = ()
    last_number: int = 0  # job numbers up to this one have been given already
    opens: int = 0  # the minute of the day at which the show begins: sentences give the clock

    def clock(self, minute: int) -> str:
        """Give the time of day at a minute of the show, as people read it: 19:08."""
        hour, past = divmod(self.opens + minute, 60)
        return f"{hour % 24}:{past:02d}"


@dataclass(frozen=True)
class Item:
    """One part of the plan: a segment's or a request's key, when, with which host, and its job numbers."""

    key: str
    kind: str  # SEGMENT_KINDS or COMPANY
    start: int
    end: int
    host: str
    first_number: int = 0
    last_number: int = 0

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return self.end - self.start


@dataclass(frozen=True)
class Plan:
    """The run of show, by start; the key of a decision is the item's."""

    items: tuple[Item, ...] = ()
    left_out: tuple[str, ...] = ()

    def item(self, key: str) -> Item | None:
        """Give the item with this key, None when it is not on air."""
        return next((item for item in self.items if item.key == key), None)

    @property
    def companies(self) -> tuple[Item, ...]:
        """The enterprises' slots in order: the first has place 1."""
        return tuple(item for item in self.items if item.kind == COMPANY)


@dataclass(frozen=True)
class Problem:
    """All that is given. Raises ValueError for a key that is there twice or points at nothing, or a wrong word."""

    show: Show
    requests: tuple[Request, ...]
    speakers: tuple[Speaker, ...] = ()
    locks: tuple[Lock, ...] = ()
    aired: tuple[Item, ...] = ()  # in order; the show's first items
    now: int = 0
    weights: Weights = field(default_factory=Weights)
    prices: Prices = field(default_factory=Prices)

    def __post_init__(self) -> None:
        requests = [request.key for request in self.requests]
        items = requests + [segment.key for segment in self.show.segments]
        hosts = [host.key for host in self.show.hosts]
        speakers = [speaker.key for speaker in self.speakers]
        _once(items)
        _once(hosts)
        _once(speakers)
        _known("item", items, (*(lock.key for lock in self.locks), *(item.key for item in self.aired)))
        _known("request", requests, (request.follows for request in self.requests if request.follows))
        _known("speaker", speakers, (key for request in self.requests for key in request.speakers))
        _known("host", hosts, (lock.host for lock in self.locks if lock.host is not None))
        _known("wish", WISHES, (request.wish for request in self.requests))
        _known("kind", SEGMENT_KINDS, (segment.kind for segment in self.show.segments))
        if any(request.follows == request.key for request in self.requests):
            raise ValueError("a request follows itself")
        if not hosts or any(not 0 < request.least <= request.wanted for request in self.requests):
            raise ValueError("a show needs a host, a slot some minutes")
        numbers = [n for r in self.requests if r.announced for n in range(r.announced, r.announced + r.jobs)]
        _once(numbers)
        if max(numbers, default=0) > self.show.last_number:
            raise ValueError("a job number was announced that has not been given")


def _once(things: Sequence[str | int]) -> None:
    if len(set(things)) < len(things):
        raise ValueError("there twice: " + ", ".join(sorted({str(t) for t in things if things.count(t) > 1})))


def _known(kind: str, known: Sequence[str], named: Iterable[str]) -> None:
    if strangers := sorted(set(named) - set(known)):
        raise ValueError(f"no such {kind}: " + ", ".join(strangers))
