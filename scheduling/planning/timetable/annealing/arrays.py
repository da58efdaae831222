"""From a problem to the numbers the compiled part works on, and from cells back to a plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from scheduling.planning.timetable.annealing.kernel import BREACH, begin
from scheduling.planning.timetable.annealing.shapes import Given, Numbers, State, isolation
from scheduling.planning.timetable.lookup import Lookup, numbered
from scheduling.planning.timetable.problem import Activity, Meeting, Plan, Room

_BITS = 60  # periods of a day that one word has room for, with two to spare on each side


def supports(look: Lookup) -> bool:
    """Say whether annealing can take the problem: rooms are chosen, nobody else, and every rule is about one time.

    So each role has one possible teacher, a group's days cost nothing, no rule counts by days or weeks, no activity
    waits for another, each needs a whole room, and nothing is pinned.
    """
    problem = look.problem
    meetings = sum(activity.meetings for activity in problem.activities)
    return (
        0 < meetings <= len(look.slots) * len(problem.rooms)
        and len(look.grid.periods) <= _BITS
        and not problem.pins
        and problem.weights.trips == problem.weights.finish == 0
        and all(_simple(look, activity) for activity in problem.activities)
        and all(group.max_per_day is None for group in problem.groups)
        and all(one.max_per_day is None and one.max_per_week is None for one in problem.teachers)
    )


def _simple(look: Lookup, activity: Activity) -> bool:
    teachers = [look.fillers(role) for role in activity.roles]
    return (
        bool(activity.rooms)
        and activity.stations == 0
        and activity.max_per_day is None
        and not activity.after
        and all(len(some) == 1 for some in teachers)
        and len(set(teachers)) == len(teachers)
    )


class Arrays:
    """A problem that is supported, as numbers."""

    def __init__(self, look: Lookup) -> None:
        self.look, self.problem = look, look.problem
        self.activities, self.rooms = look.problem.activities, look.problem.rooms
        self.teachers = [tuple(look.fillers(role)[0] for role in one.roles) for one in self.activities]
        self.days = len(look.grid.days)
        self.given = self._given()

    def state(self, cells: Sequence[int], seed: int) -> State:
        """Give a state with the meetings in these cells, and its own chance."""
        given, times = self.given, len(self.look.slots)
        state = State(
            cell=_row(cells),
            holder=np.full(times * given.rooms, -1, np.int32),
            clashes=_table(len(self.activities), times),
            in_room=_table(len(self.activities), given.rooms),
            on_day=_table(len(self.activities), self.days),
            days=_row([0] * len(self.activities)),
            attended=_table(len(given.lonely), times),
            bits=np.zeros((len(given.lonely), self.days), np.uint64),
            random=np.array([seed], np.uint64),
        )
        begin(given, state)
        return state

    def plan(self, cells: Sequence[int]) -> Plan:
        """Give the plan with the meetings in these cells."""
        placed = sorted(zip(self.given.activity.tolist(), cells, strict=True))
        return Plan(tuple(numbered(self._meeting(number, cell) for number, cell in placed)))

    def cells(self, plan: Plan) -> list[int] | None:
        """Give the cells of a plan's meetings, as `plan` takes them; None where some are missing."""
        time = {slot: number for number, slot in enumerate(self.look.slots)}
        place = {room.key: number for number, room in enumerate(self.rooms)}
        held: dict[str, list[int]] = {one.key: [] for one in self.activities}
        for one in plan.meetings:
            if one.room is not None:
                held[one.activity].append(time[one.slot] * len(self.rooms) + place[one.room])
        if any(len(held[one.key]) != one.meetings for one in self.activities):
            return None
        return [cell for one in self.activities for cell in held[one.key]]

    def _meeting(self, number: int, cell: int) -> Meeting:
        time, room = divmod(cell, len(self.rooms))
        key = self.activities[number].key
        return Meeting("", key, self.look.slots[time], self.rooms[room].key, self.teachers[number])

    def _given(self) -> Given:
        weights = self.problem.weights
        activity = [number for number, one in enumerate(self.activities) for _ in range(one.meetings)]
        attending = Counter(self._attending())  # groups that attend the same are one, counted so often
        groups = [[n for n, who in enumerate(attending) if number in who] for number in range(len(self.activities))]
        clash = self._clash(groups)
        clashing = [np.flatnonzero(row).tolist() for row in clash]
        attends = _table(len(self.activities), len(attending))
        for number, some in enumerate(groups):
            attends[number, some] = 1
        return Given(
            rooms=len(self.rooms),
            periods=len(self.look.grid.periods),
            spread=weights.spread,
            moving=weights.rooms,
            activity=_row(activity),
            cost=self._cost(),
            clash=clash,
            clashing_at=_ends(clashing),
            clashing=_row([other for some in clashing for other in some]),
            groups_at=_ends(groups),
            groups=_row([group for some in groups for group in some]),
            attends=attends,
            lonely=_row([weights.isolated * often for often in attending.values()]),
            min_days=_row([one.min_days for one in self.activities]),
            isolation=isolation(),
        )

    def _attending(self) -> Iterable[tuple[int, ...]]:
        for group in self.problem.groups:
            yield tuple(number for number, one in enumerate(self.activities) if group.key in one.groups)

    def _clash(self, groups: list[list[int]]) -> Numbers:
        busy = [{*some, *who} for some, who in zip(groups, self.teachers, strict=True)]
        same = [[int(n == m or not mine.isdisjoint(busy[m])) for m in range(len(busy))] for n, mine in enumerate(busy)]
        return np.array(same, np.int32)

    def _cost(self) -> Numbers:
        """Give what a meeting of each activity costs in each cell, whatever the others do."""
        cost = np.full((len(self.activities), len(self.look.slots) * len(self.rooms)), BREACH, np.int32)
        place = {room.key: number for number, room in enumerate(self.rooms)}
        time = {slot: number for number, slot in enumerate(self.look.slots)}
        for number, one in enumerate(self.activities):
            for slot in self.look.times(one):
                for key in self.look.homes(one, slot):
                    if key is not None:
                        cell = time[slot] * len(self.rooms) + place[key]
                        cost[number, cell] = self._points(one, self._meeting(number, cell), self.rooms[place[key]])
        return cost

    def _points(self, activity: Activity, meeting: Meeting, room: Room) -> int:
        weights = self.problem.weights
        if any(self.look.matches(ban.what, meeting) for ban in self.problem.bans):
            return BREACH
        return weights.overflow * max(0, activity.size - room.capacity) + weights.wishes * sum(
            one.price for one in self.problem.wishes if self.look.matches(one.what, meeting)
        )


def cost(given: Given, cells: Numbers) -> int:
    """Count from nothing what `anneal` keeps up to date: points plus BREACH for each broken rule."""
    times, rooms = np.divmod(cells, given.rooms)
    together = given.clash[np.ix_(given.activity, given.activity)] * (times[:, None] == times)
    held = {(a, room) for a, room in zip(given.activity.tolist(), rooms.tolist(), strict=True)}
    days = Counter(a for a, _ in set(zip(given.activity.tolist(), (times // given.periods).tolist(), strict=True)))
    attended = np.zeros((len(given.lonely), given.cost.shape[1] // given.rooms), bool)
    for a, time in zip(given.activity, times, strict=True):
        attended[given.attends[a] == 1, time] = True
    padded = np.pad(attended.reshape(len(given.lonely), -1, given.periods), ((0, 0), (0, 0), (1, 1)))
    isolated = padded[:, :, 1:-1] & ~padded[:, :, :-2] & ~padded[:, :, 2:]
    return int(
        given.cost[given.activity, cells].sum(dtype=np.int64)
        + (together.sum() - len(cells)) // 2 * BREACH
        + given.moving * (len(held) - len({a for a, _ in held}))
        + given.spread * sum(max(0, wanted - days[a]) for a, wanted in enumerate(given.min_days.tolist()))
        + given.lonely @ isolated.sum(axis=(1, 2))
    )


def _row(numbers: Sequence[int]) -> Numbers:
    return np.array(numbers, np.int32)


def _table(rows: int, columns: int) -> Numbers:
    return np.zeros((rows, columns), np.int32)


def _ends(rows: list[list[int]]) -> Numbers:
    """Give where each of these rows starts when they stand in one, and the end."""
    return np.cumsum([0, *map(len, rows)]).astype(np.int32)
