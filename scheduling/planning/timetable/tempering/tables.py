"""From a settled problem to the numbers the compiled part works on, and back to a plan."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np

from scheduling.planning.solving import Cancelled
from scheduling.planning.timetable.lookup import Lookup, numbered
from scheduling.planning.timetable.problem import Activity, Meeting, Plan, Slot
from scheduling.planning.timetable.tempering.kernel import Given, Ragged, Row, State, anneal

SLOT, DAY, WEEK = range(3)  # the levels of a counter
_POLL = 0.1  # seconds between two looks at `cancelled`


class Tables:
    """A problem in which no role has a choice of teachers and no activity one of rooms, as numbers."""

    def __init__(self, look: Lookup) -> None:
        self.look = look
        self.activities = look.problem.activities
        self.number = {activity.key: number for number, activity in enumerate(self.activities)}
        self.counters: dict[tuple[int, str, str], int] = {}
        self.limits: list[int] = []  # of each counter
        self.given = self._given()

    def tempered(self, plan: Plan, moves: int, seed: int, cancelled: Cancelled) -> Plan:
        """Give a plan with better times, or the same where none was found. `plan` is one for this problem."""
        at = {slot: number for number, slot in enumerate(self.look.slots)}
        pinned = {(pin.activity, pin.slot) for pin in self.look.problem.pins}
        meetings = sorted(plan.meetings, key=lambda one: self.number[one.activity])
        movable = [number for number, one in enumerate(meetings) if (one.activity, one.slot) not in pinned]
        if not movable:
            return plan
        with _stopped_by(cancelled) as stop:
            state = self._state([at[one.slot] for one in meetings], stop)
            slots = anneal(self.given, state, _row(movable), moves, seed)
        moved = sorted((given, self.look.slots[slot]) for given, slot in zip(self.given.activity, slots, strict=True))
        return Plan(tuple(numbered(self._meeting(self.activities[number], slot) for number, slot in moved)))

    def _meeting(self, activity: Activity, slot: Slot) -> Meeting:
        room = activity.rooms[0] if activity.rooms else None
        return Meeting("", activity.key, slot, room, tuple(role.teachers[0] for role in activity.roles))

    def _given(self) -> Given:
        look, weights = self.look, self.look.problem.weights
        groups = {group.key: number for number, group in enumerate(look.problem.groups)}
        needs = [self._needs(activity) for activity in self.activities]
        periods = len(look.grid.periods)
        days = [day for day, _ in look.slots]
        weeks = {week: number for number, week in enumerate(dict.fromkeys(look.weeks))}
        meetings = [[number] * activity.meetings for number, activity in enumerate(self.activities)]
        activity, times = _ragged(meetings), [self._times(one) for one in self.activities]
        before = [[self.number[key] for key in dict.fromkeys(one.after)] for one in self.activities]
        after = [[n for n, others in enumerate(before) if number in others] for number in range(len(before))]
        return Given(
            activity=activity.items,
            first=activity.at,
            times=_ragged([[day * periods + period for day, period in some] for some in times]),
            counters=_ragged([list(some) for some in needs]),
            needs=_ragged([list(some.values()) for some in needs]).items,
            level=_row([level for level, _, _ in self.counters]),
            limit=_row(list(self.limits)),
            bucket=_row([list(range(len(days))), days, [weeks[look.weeks[day]] for day in days]]),
            week=_row([week - look.weeks[0] for week in weeks]),
            groups=_ragged([[groups[key] for key in dict.fromkeys(one.groups)] for one in self.activities]),
            before=_ragged(before),
            after=_ragged(after),
            wishes=_row([[self._wishes(one, slot) for slot in look.slots] for one in self.activities]),
            min_days=_row([one.min_days for one in self.activities]),
            weights=_row([weights.trips, weights.finish, weights.isolated, weights.spread]),
        )

    def _state(self, slots: list[int], stop: Row) -> State:
        buckets = len(self.look.slots)  # as many as days or weeks could be
        return State(
            slot=_row(slots),
            used=np.zeros((len(self.counters), buckets), np.int32),
            attended=np.zeros((len(self.look.group), 3, buckets), np.int32),
            days=np.zeros((len(self.activities), len(self.look.grid.days)), np.int32),
            stop=stop,
        )

    def _times(self, activity: Activity) -> list[Slot]:
        bans = [ban.what for ban in self.look.problem.bans]
        times = self.look.times(activity)
        return [
            slot for slot in times if not any(self.look.matches(ban, self._meeting(activity, slot)) for ban in bans)
        ]

    def _wishes(self, activity: Activity, slot: Slot) -> int:
        one, wishes = self._meeting(activity, slot), self.look.problem.wishes
        return self.look.problem.weights.wishes * sum(
            wish.price for wish in wishes if self.look.matches(wish.what, one)
        )

    def _needs(self, activity: Activity) -> dict[int, int]:
        """Give what each meeting of the activity adds to which counters: every rule that has a limit."""
        look = self.look
        needs = {
            self._counter(SLOT, "activity", activity.key, 1): 1,
            self._counter(DAY, "activity", activity.key, activity.max_per_day): 1,
        }
        for key in activity.groups:
            needs[self._counter(SLOT, "group", key, 1)] = 1
            needs[self._counter(DAY, "group", key, look.group[key].max_per_day)] = 1
        for role in activity.roles:
            teacher = look.teacher[role.teachers[0]]
            needs[self._counter(SLOT, "teacher", teacher.key, 1)] = 1
            needs[self._counter(DAY, "teacher", teacher.key, teacher.max_per_day)] = 1
            needs[self._counter(WEEK, "teacher", teacher.key, teacher.max_per_week)] = 1
        for room in (look.room[key] for key in activity.rooms):
            places = max(1, room.stations)
            needs[self._counter(SLOT, "stations", room.key, places)] = activity.stations or places
            if look.problem.capacity_is_hard:
                needs[self._counter(SLOT, "capacity", room.key, room.capacity)] = activity.size
        return needs

    def _counter(self, level: int, kind: str, key: str, limit: int | None) -> int:
        name = (level, kind, key)
        if name not in self.counters:
            self.counters[name] = len(self.counters)
            self.limits.append(len(self.look.slots) if limit is None else limit)
        return self.counters[name]


@contextmanager
def _stopped_by(cancelled: Cancelled) -> Iterator[Row]:
    """Give a number the compiled part reads: it becomes 1 when somebody cancels."""
    stop, over = _row([0]), threading.Event()

    def look() -> None:
        while not over.wait(_POLL):
            stop[0] = cancelled()

    thread = threading.Thread(target=look, daemon=True)
    thread.start()
    try:
        yield stop
    finally:
        over.set()
        thread.join()


def _row(numbers: Sequence[object]) -> Row:
    return np.array(numbers, np.int32)


def _ragged(rows: Sequence[Sequence[int]]) -> Ragged:
    return Ragged(
        at=np.cumsum([0, *map(len, rows)], dtype=np.int32), items=_row([number for row in rows for number in row])
    )
