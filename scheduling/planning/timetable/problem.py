"""A timetable to be made: what is given, what is decided, every hard rule and every term of the objective.

A slot is (day, period), both indices into the grid; slots are ordered by day, then period. Two slots are neighbours
when they are on the same day and their periods differ by one. Every meeting fills one slot. `None` and `()` mean "no
limit" or "any", said at each field. Hard rules have their key in [brackets]; `breaches` names them by it:

- [meetings] each activity has exactly `Activity.meetings` meetings, no two of them in one slot; meetings' keys differ,
  and no meeting is of an unknown activity.
- [open] no meeting is outside the grid or in one of `Grid.closed`.
- [window] a meeting's day is from `Activity.first_day` to `Activity.last_day`, both included, and its slot is not in
  `Activity.unavailable`.
- [daily] an activity has at most `Activity.max_per_day` meetings on a day.
- [order] every meeting of an activity is in a later slot than every meeting of each activity in its `after`.
- [group] a group has at most one meeting in a slot (counting every activity that names it in `Activity.groups`).
- [shift] a group has no meeting in `Group.unavailable`.
- [group_daily] a group has at most `Group.max_per_day` meetings on a day.
- [role] a meeting has one teacher for each of the activity's roles, in their order, all different, each of whom may
  fill the role (`Role`).
- [teacher] a teacher has at most one meeting in a slot, whatever the roles.
- [absent] a teacher has no meeting in `Teacher.unavailable`.
- [teacher_daily], [teacher_weekly] a teacher has at most `Teacher.max_per_day` meetings on a day and at most
  `Teacher.max_per_week` on the days of one number in `Grid.weeks`.
- [place] an activity with `rooms` meets in one of these; one without meets in no room (`Meeting.room` is None).
- [room_closed] nothing is in a room in its `Room.unavailable`.
- [room] a meeting of an activity with `stations` 0 is alone in its room in its slot.
- [stations] the `stations` of the meetings in one room and slot add up to at most `Room.stations`. (An activity with
  stations 0 needs none, so a room without stations is for whole-room activities.)
- [capacity] only where `Problem.capacity_is_hard`: the `size` of the meetings in one room and slot add up to at most
  `Room.capacity`.
- [pin] for each pin the activity has a meeting in that slot, in that room and with those teachers where the pin names
  them.
- [ban] no meeting matches a ban.

What is not in the problem is told once: a meeting outside the grid breaks [open], one of an unknown activity
[meetings], and neither counts anywhere else (so it may also be missing from [meetings]); an unknown room breaks
[place], an unknown teacher [role], and no other rule asks about them.

The objective is the least sum of weight times amount (all weights are costs, zero or more), by `Weights`:

- `overflow`: people over `Room.capacity`, for each room and slot (0 where capacity is hard).
- `spread`: for each activity, the days by which the number of different days it meets on stays under `min_days`.
- `isolated`: for each group, its meetings that have no meeting of the same group in a neighbouring slot.
- `rooms`: for each activity, the different rooms its meetings are in, beyond the first.
- `teachers`: for each activity and each of its roles, the different teachers who fill it, beyond the first.
- `overload`: for each teacher with a `share`, the meetings beyond it.
- `trips`: for each group, the days on which it has a meeting.
- `finish`: for each group with a meeting, the weeks (by the numbers in `Grid.weeks`) from the grid's first day to the
  group's last meeting.
- `wishes`: for each wish and each meeting that matches it, the wish's price.

A re-plan costs by `Prices`, per activity, its meetings being interchangeable. Let `old` be the accepted slots of the
activity and `new` the planned ones: `moved` times the larger of |old - new| and |new - old|; then for each slot in
both, `teacher` for each role whose teacher differs and `room` where the room differs. Only activities of the problem
count: a course that is called off stays in it with 0 meetings, so that its meetings are told as dropped.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

Slot: TypeAlias = tuple[int, int]


@dataclass(frozen=True)
class Grid:
    """The days (ISO dates, or names such as 周一) by the periods of a day; `closed` slots are nobody's.

    `weeks` gives each day's week as a number that never falls; () puts every day in week 0.
    """

    days: tuple[str, ...]
    periods: tuple[str, ...]
    closed: frozenset[Slot] = frozenset()
    weeks: tuple[int, ...] = ()


@dataclass(frozen=True)
class Role:
    """What a teacher does in a meeting (主讲, 助教): one of `teachers` (() anyone), holding `certificate` if named."""

    name: str
    teachers: tuple[str, ...] = ()
    certificate: str | None = None


@dataclass(frozen=True)
class Activity:
    """Something taught: `meetings` meetings of one slot each, which are interchangeable.

    `groups` attend, `size` people in all; `stations` are the work places they take, 0 for the whole room. `rooms` ()
    means that no room is needed. `max_per_day` None is no limit, `min_days` is a wish, `last_day` None the grid's last.
    """

    key: str
    name: str
    meetings: int
    groups: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    rooms: tuple[str, ...] = ()
    size: int = 0
    stations: int = 0
    max_per_day: int | None = None
    min_days: int = 0
    after: tuple[str, ...] = ()
    first_day: int = 0
    last_day: int | None = None
    unavailable: frozenset[Slot] = frozenset()


@dataclass(frozen=True)
class Teacher:
    """Who teaches: the slots they cannot, their limits (None: none), and the meetings that are their fair share."""

    key: str
    name: str
    certificates: frozenset[str] = frozenset()
    unavailable: frozenset[Slot] = frozenset()
    max_per_day: int | None = None
    max_per_week: int | None = None
    share: int | None = None


@dataclass(frozen=True)
class Room:
    """Where: a classroom (stations 0) or a workshop, which several activities may share while stations last."""

    key: str
    name: str
    capacity: int
    stations: int = 0
    unavailable: frozenset[Slot] = frozenset()


@dataclass(frozen=True)
class Group:
    """Trainees who go through everything together: a class, a rotating part of one, a curriculum."""

    key: str
    name: str
    size: int = 0
    unavailable: frozenset[Slot] = frozenset()  # their shifts at work
    max_per_day: int | None = None


@dataclass(frozen=True)
class Pin:
    """A meeting that was announced: it stays in this slot, in this room and with these teachers where they are named.

    `teachers` is () for any, or one for each role in order.
    """

    activity: str
    slot: Slot
    room: str | None = None
    teachers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Match:
    """Meetings for which everything named here is so: the activity, one of its groups, one of its teachers, the room.

    `slots` () stands for every slot; None for any.
    """

    activity: str | None = None
    group: str | None = None
    teacher: str | None = None
    room: str | None = None
    slots: frozenset[Slot] = frozenset()


@dataclass(frozen=True)
class Ban:
    """What must not be, with the reason a planner gave."""

    what: Match
    reason: str = ""


@dataclass(frozen=True)
class Wish:
    """What should rather not be: each meeting that matches costs `price` (1 or more)."""

    what: Match
    price: int = 1


@dataclass(frozen=True)
class Weights:
    """What one of each costs; see the module's text."""

    overflow: int = 0
    spread: int = 0
    isolated: int = 0
    rooms: int = 0
    teachers: int = 0
    overload: int = 0
    trips: int = 0
    finish: int = 0
    wishes: int = 0


TRAINING = Weights(spread=5, rooms=2, teachers=3, overload=2, trips=4, wishes=1)
"""For a training centre: a day of travel for a group is dear, then a change of teacher, then all else.

When a class must be through is its activities' `last_day`; `finish` is for a desk that also wants all others early.
"""

ITC2007 = Weights(overflow=1, spread=5, isolated=2, rooms=1)
"""The formulation UD2 of curriculum-based course timetabling (ITC-2007, track 3).

Courses are activities with one role of one teacher and every room, curricula are groups, `min_days` the minimum
working days: the value is then the official cost, and the hard rules are the official ones.
"""


@dataclass(frozen=True)
class Prices:
    """What a change to an announced plan costs."""

    moved: int = 10
    teacher: int = 3
    room: int = 1


@dataclass(frozen=True)
class Problem:
    """All that is given. Keys are unique among activities, teachers, rooms and groups each, and every key named exists.

    Raises ValueError for a problem that contradicts this.
    """

    grid: Grid
    activities: tuple[Activity, ...]
    teachers: tuple[Teacher, ...] = ()
    rooms: tuple[Room, ...] = ()
    groups: tuple[Group, ...] = ()
    pins: tuple[Pin, ...] = ()
    bans: tuple[Ban, ...] = ()
    wishes: tuple[Wish, ...] = ()
    weights: Weights = TRAINING
    prices: Prices = Prices()
    capacity_is_hard: bool = True

    def __post_init__(self) -> None:
        if len(self.grid.weeks) not in {0, len(self.grid.days)}:
            raise ValueError("a grid needs a week for each day, or none")
        activities = _keys("activity", self.activities)
        teachers, rooms = _keys("teacher", self.teachers), _keys("room", self.rooms)
        groups = _keys("group", self.groups)
        matches = [ban.what for ban in self.bans] + [wish.what for wish in self.wishes]
        for one in self.activities:
            _known(activities, one.after)
            _known(groups, one.groups)
            _known(rooms, one.rooms)
            _known(teachers, [teacher for role in one.roles for teacher in role.teachers])
        _known(activities, [pin.activity for pin in self.pins] + [one.activity for one in matches if one.activity])
        _known(teachers, [teacher for pin in self.pins for teacher in pin.teachers])
        _known(teachers, [one.teacher for one in matches if one.teacher])
        _known(rooms, [pin.room for pin in self.pins if pin.room] + [one.room for one in matches if one.room])
        _known(groups, [one.group for one in matches if one.group])


@dataclass(frozen=True)
class Meeting:
    """One decided meeting. `key` is the activity's key, "#" and a number from 1; it stays with the meeting for life."""

    key: str
    activity: str
    slot: Slot
    room: str | None = None
    teachers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """All that is decided: the meetings in the order of activities as given, then of slots."""

    meetings: tuple[Meeting, ...]


def _keys(
    kind: str, things: tuple[Activity, ...] | tuple[Teacher, ...] | tuple[Room, ...] | tuple[Group, ...]
) -> set[str]:
    keys = {thing.key for thing in things}
    if len(keys) != len(things):
        raise ValueError(f"two of {kind} have the same key")
    return keys


def _known(keys: set[str], named: list[str] | tuple[str, ...]) -> None:
    unknown = sorted(set(named) - keys)
    if unknown:
        raise ValueError(f"unknown: {', '.join(unknown)}")
