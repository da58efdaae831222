"""What is given to the booth planner and what it decides. `docs/planning.md` tells the same at more length.

**Neighbours** are two booths in the same row whose columns differ by one; an aisle is a column number left out.

**Suits.** A booth suits an enterprise when every hard rule about the two holds (the rule's key first):

- `usable`: the booth is usable.
- `power`: an enterprise that needs power has a booth with power.
- `kind`: an enterprise that names a kind of booth has one of that kind.
- `tables`: the booth has at least as many tables as the enterprise needs.
- `accessible`: an enterprise that needs step-free access has a booth with it.
- `zone`: where the policy zones its industry and the zoning is hard, the booth is in that zone.
- `ban`: the enterprise is not banned from the booth.
- `lock`: an enterprise with a lock stands at that booth; a booth locked for one enterprise suits no other.

**Hard rules of a plan** besides `suits`:

- `known`: it names only the problem's booths and enterprises, and each enterprise exactly once, in `stands` or in
  `without`.
- `taken`: no two enterprises stand at one booth.
- `invited`: an enterprise that is invited has a booth (so has one with a lock, by `lock`).
- `order`: who is left without a booth follows from the queue alone. The queue is sorted by: invited or locked before
  others; promised before others; more often passed over this season first; earlier in `applied`; key. Going down the
  queue, an enterprise is given a place exactly when it and all who were given one so far can stand at different booths
  that suit them. (So the most enterprises possible have a booth, and nobody loses a place to someone further back.)
  `Plan.without` lists the others in the order of the queue.

A plan that breaks `known` is told nothing else, and has no points.

**Conflict.** What can be impossible is that everybody invited or locked stands somewhere. Its rules are those above by
the same keys, each case one rule where somebody decides about the case: `usable:<booth>`, `invited:<enterprise>`,
`ban:<enterprise>:<booth>`, `lock:<enterprise>:<booth>` (all that the lock says, that the enterprise has a booth too).
That no two stand at one booth is never given up.

**Objective** (least points; each term is weight x amount, the weight's name first):

- `wish`: for each enterprise that stands at its n-th wish, (n - 1) x care. The n-th wish is the first in its list that
  the booth meets: by its number, or by its zone where the wish is a zone's name.
- `none`: for each enterprise that wished and stands where no wish is met, care.
- `zone`: 1 for each enterprise in a booth outside its industry's zone, where the zoning is not hard.
- `neighbours`: by the policy's `competitors`, who are the enterprises of one trade. "apart": 1 for each pair of
  neighbours whose enterprises have the same trade. "together": for each trade that has a booth, the number of rows in
  which its enterprises stand, less one. "free": 0. A trade of "" does not count.
- `access`: 1 for each enterprise that hires disabled people and stands at a booth without step-free access.

`care` makes up for earlier fairs: 1 + the times this season that none of its wishes was met, at most `MOST_CARE`.

**Re-plan.** Least price of changes first, the objective above second. `moved`: the enterprise has another booth.
`dropped`: it is still in the problem and has no booth any more. What is new or has withdrawn costs nothing. Whoever has
a booth in the accepted plan counts as promised.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from scheduling.planning.solving import Sentence, say

MOST_CARE = 4
MOST_WISHES = 5
COMPETITORS = ("apart", "together", "free")

Wish: TypeAlias = int | str
"""A booth's number, or a zone's name."""


@dataclass(frozen=True)
class Booth:
    """One stall. `accessible`: step-free, wide enough for a wheelchair."""

    number: int
    row: int
    column: int
    zone: str = ""
    kind: str = "table"  # table 桌椅, standard 标准, tent 帐篷, built 特装
    power: bool = False
    tables: int = 1
    accessible: bool = False
    usable: bool = True


@dataclass(frozen=True)
class Enterprise:
    """Who wants a booth. `wishes`, best first, are at most MOST_WISHES."""

    key: str
    name: str
    industry: str
    trade: str = ""  # what it mainly hires for; "": competes with nobody
    needs_power: bool = False
    needs_kind: str = ""  # "": any
    tables: int = 1
    needs_access: bool = False  # for its own people
    hires_disabled: bool = False
    wishes: tuple[Wish, ...] = ()
    applied: int = 0  # its place in the order of applications
    passed_over: int = 0  # fairs this season that it was left without a booth
    unlucky: int = 0  # fairs this season at which none of its wishes was met
    invited: bool = False  # must have a booth
    promised: bool = False  # was told that it has one

    @property
    def care(self) -> int:
        """How much its wishes count, for what it missed this season."""
        return min(1 + self.unlucky, MOST_CARE)


@dataclass(frozen=True)
class Zoning:
    """Where an industry stands; one zoning an industry."""

    industry: str
    zone: str
    hard: bool = False


@dataclass(frozen=True)
class Stand:
    """An enterprise at a booth: decided by a plan, locked (it chose first, or a planner says so), or banned."""

    enterprise: str
    booth: int


@dataclass(frozen=True)
class Weights:
    """Points for one of each term; none is negative."""

    wish: int = 2
    none: int = 12
    zone: int = 6
    neighbours: int = 5
    access: int = 8


@dataclass(frozen=True)
class Preset:
    """Weights with a name."""

    words: Sentence
    weights: Weights


PRESETS = {
    "balanced": Preset(say("兼顾各方"), Weights()),
    "wishes": Preset(say("先顾企业志愿"), Weights(wish=4, none=24, zone=3, neighbours=2)),
    "order": Preset(say("分区整齐、邻位合规"), Weights(wish=1, none=6, zone=15, neighbours=10)),
}


@dataclass(frozen=True)
class Prices:
    """What a change to an accepted plan costs."""

    moved: int = 10
    dropped: int = 100


@dataclass(frozen=True)
class Policy:
    """How this fair wants it. `competitors` is "apart", "together" or "free"."""

    zones: tuple[Zoning, ...] = ()
    competitors: str = "apart"
    weights: Weights = field(default_factory=Weights)
    prices: Prices = field(default_factory=Prices)


@dataclass(frozen=True)
class Problem:
    """All that is given. Raises ValueError for a key or number that is there twice or points at nothing."""

    booths: tuple[Booth, ...]
    enterprises: tuple[Enterprise, ...]
    policy: Policy = field(default_factory=Policy)
    locks: tuple[Stand, ...] = ()
    bans: tuple[Stand, ...] = ()

    def __post_init__(self) -> None:
        numbers = [booth.number for booth in self.booths]
        keys = [enterprise.key for enterprise in self.enterprises]
        _once(numbers)
        _once(keys)
        _once([zoning.industry for zoning in self.policy.zones])
        _once([(booth.row, booth.column) for booth in self.booths])
        pins = [(pin.enterprise, pin.booth) for pin in (*self.locks, *self.bans)]
        if strangers := [pin for pin in pins if pin[0] not in keys or pin[1] not in numbers]:
            raise ValueError(f"no such enterprise or booth: {strangers}")
        if self.policy.competitors not in COMPETITORS:
            raise ValueError(f"no such policy: {self.policy.competitors}")
        if any(len(enterprise.wishes) > MOST_WISHES for enterprise in self.enterprises):
            raise ValueError(f"more than {MOST_WISHES} wishes")


def _once(things: Sequence[Hashable]) -> None:
    if twice := {str(thing) for thing in things if things.count(thing) > 1}:
        raise ValueError("there twice: " + ", ".join(sorted(twice)))


@dataclass(frozen=True)
class Plan:
    """All that is decided; the key of a decision is the enterprise's."""

    stands: tuple[Stand, ...] = ()  # by booth number
    without: tuple[str, ...] = ()  # left without a booth, in the order of the queue

    @property
    def places(self) -> dict[str, int]:
        """Enterprise -> booth."""
        return {stand.enterprise: stand.booth for stand in self.stands}
