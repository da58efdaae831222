"""A problem's things by their keys, and what follows from its hard rules before anything is decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from scheduling.planning.solving import Sentence, say
from scheduling.planning.timetable.problem import Activity, Match, Meeting, Plan, Problem, Role, Slot


class Lookup:
    """One problem's things by key."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.grid = problem.grid
        self.activity = {activity.key: activity for activity in problem.activities}
        self.teacher = {teacher.key: teacher for teacher in problem.teachers}
        self.room = {room.key: room for room in problem.rooms}
        self.group = {group.key: group for group in problem.groups}
        self.weeks = self.grid.weeks or (0,) * len(self.grid.days)
        self.slots: tuple[Slot, ...] = tuple(
            (day, period) for day in range(len(self.grid.days)) for period in range(len(self.grid.periods))
        )
        self._in_grid = frozenset(self.slots)

    def sound(self, plan: Plan) -> list[Meeting]:
        """Give the meetings of known activities that are inside the grid."""
        return [one for one in plan.meetings if one.activity in self.activity and one.slot in self._in_grid]

    def fillers(self, role: Role) -> tuple[str, ...]:
        """Give the teachers who may fill the role."""
        return tuple(
            teacher.key
            for teacher in self.problem.teachers
            if (not role.teachers or teacher.key in role.teachers)
            and (role.certificate is None or role.certificate in teacher.certificates)
        )

    def in_window(self, activity: Activity, slot: Slot) -> bool:
        """Say whether [window] lets the activity meet in the slot."""
        last = len(self.grid.days) if activity.last_day is None else activity.last_day
        return activity.first_day <= slot[0] <= last and slot not in activity.unavailable

    def homes(self, activity: Activity, slot: Slot) -> tuple[str | None, ...]:
        """Give the rooms that could take a meeting of it, were nothing else planned; (None,) where it needs none."""
        if not activity.rooms:
            return (None,)
        rooms = (self.room[key] for key in dict.fromkeys(activity.rooms))
        return tuple(
            room.key
            for room in rooms
            if slot not in room.unavailable
            and room.stations >= activity.stations
            and (not self.problem.capacity_is_hard or room.capacity >= activity.size)
        )

    def present(self, role: Role, slot: Slot) -> tuple[str, ...]:
        """Give the teachers who may fill the role and are there."""
        return tuple(key for key in self.fillers(role) if slot not in self.teacher[key].unavailable)

    def times(self, activity: Activity) -> tuple[Slot, ...]:
        """Give the slots the activity could meet in, were nothing else planned."""
        return tuple(
            slot
            for slot in self.slots
            if slot not in self.grid.closed
            and self.in_window(activity, slot)
            and not any(slot in self.group[key].unavailable for key in activity.groups)
            and self.homes(activity, slot)
            and all(self.present(role, slot) for role in activity.roles)
        )

    def families(self) -> dict[str, int]:
        """Give each activity a number, the same for those that share a group or follow one another."""
        parent = {key: key for key in self.activity}

        def root(key: str) -> str:
            while parent[key] != key:
                parent[key] = key = parent[parent[key]]
            return key

        first_of: dict[str, str] = {}
        for activity in self.problem.activities:
            for key in (*activity.after, *(first_of.setdefault(group, activity.key) for group in activity.groups)):
                parent[root(key)] = root(activity.key)
        numbers: dict[str, int] = {}
        return {key: numbers.setdefault(root(key), len(numbers)) for key in self.activity}

    def matches(self, what: Match, meeting: Meeting) -> bool:
        """Say whether everything the match names is so for the meeting."""
        return (
            what.activity in {None, meeting.activity}
            and what.room in {None, meeting.room}
            and (what.group is None or what.group in self.activity[meeting.activity].groups)
            and (what.teacher is None or what.teacher in meeting.teachers)
            and (not what.slots or meeting.slot in what.slots)
        )

    def when(self, slot: Slot) -> Sentence:
        """Say a slot: 10月8日（周四）上午."""
        return say("%(day)s%(period)s", day=self.grid.days[slot[0]], period=self.grid.periods[slot[1]])

    def names(self, activities: Iterable[str]) -> str:
        """Name activities, each once."""
        return "、".join(self.activity[key].name for key in dict.fromkeys(activities))


def neighbours(slot: Slot) -> tuple[Slot, Slot]:
    """Give the slots before and after it on its day; they may lie outside the grid."""
    return (slot[0], slot[1] - 1), (slot[0], slot[1] + 1)


def numbered(meetings: Iterable[Meeting]) -> Iterator[Meeting]:
    """Give the meetings keys of their activity, numbered from 1 in the order they come."""
    seen: dict[str, int] = {}
    for one in meetings:
        seen[one.activity] = seen.get(one.activity, 0) + 1
        yield Meeting(f"{one.activity}#{seen[one.activity]}", one.activity, one.slot, one.room, one.teachers)
