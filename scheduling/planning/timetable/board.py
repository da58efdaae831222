"""A timetable with room for more: who and what is where, and what would have to make way for one more meeting."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from scheduling.planning.timetable.lookup import Lookup
from scheduling.planning.timetable.problem import Activity, Meeting, Slot


class Board:
    """Meetings by activity, group, teacher and room; none of those placed breaks a rule with another."""

    def __init__(self, look: Lookup, meetings: Iterable[Meeting] = ()) -> None:
        self.look = look
        self.of_activity: dict[str, dict[Slot, Meeting]] = {key: {} for key in look.activity}
        self.of_group: dict[str, dict[Slot, Meeting]] = {key: {} for key in look.group}
        self.of_teacher: dict[str, dict[Slot, Meeting]] = {key: {} for key in look.teacher}
        self.in_room: dict[tuple[str, Slot], list[Meeting]] = defaultdict(list)
        self.after: dict[str, list[str]] = defaultdict(list)
        for activity in look.problem.activities:
            for key in activity.after:
                self.after[key].append(activity.key)
        for one in meetings:
            self.place(one)

    def in_the_way(self, one: Meeting) -> Iterator[Meeting]:
        """Give the meetings with which this one would break a rule."""
        activity, day = self.look.activity[one.activity], one.slot[0]
        yield from _beyond(self.of_activity[activity.key], day, activity.max_per_day)
        for key in activity.groups:
            held = self.of_group[key]
            if one.slot in held:
                yield held[one.slot]
            yield from _beyond(held, day, self.look.group[key].max_per_day)
        for key in activity.after:
            yield from (other for slot, other in self.of_activity[key].items() if slot >= one.slot)
        for key in self.after[activity.key]:
            yield from (other for slot, other in self.of_activity[key].items() if slot <= one.slot)
        for key in one.teachers:
            yield from self.busy(one.slot, key)
        if one.room is not None:
            yield from self.roommates(activity, one.slot, one.room)

    def busy(self, slot: Slot, key: str) -> Iterator[Meeting]:
        """Give what keeps the teacher from one more meeting there."""
        teacher, held, weeks = self.look.teacher[key], self.of_teacher[key], self.look.weeks
        if slot in held:
            yield held[slot]
        yield from _beyond(held, slot[0], teacher.max_per_day)
        if teacher.max_per_week is not None:
            week = [other for (day, _), other in held.items() if weeks[day] == weeks[slot[0]]]
            yield from week[: max(0, len(week) + 1 - teacher.max_per_week)]

    def roommates(self, activity: Activity, slot: Slot, key: str) -> Iterator[Meeting]:
        """Give whom the activity cannot share the room with."""
        room, held = self.look.room[key], self.in_room[key, slot]
        stations, people = activity.stations, activity.size
        for other in held:
            theirs = self.look.activity[other.activity]
            stations, people = stations + theirs.stations, people + theirs.size
            alone = not activity.stations or not theirs.stations
            crowded = self.look.problem.capacity_is_hard and people > room.capacity
            if alone or stations > room.stations or crowded:
                stations, people = stations - theirs.stations, people - theirs.size
                yield other

    def remove(self, one: Meeting) -> None:
        """Take a meeting out."""
        del self.of_activity[one.activity][one.slot]
        for key in set(self.look.activity[one.activity].groups):
            del self.of_group[key][one.slot]
        for key in one.teachers:
            del self.of_teacher[key][one.slot]
        if one.room is not None:
            self.in_room[one.room, one.slot].remove(one)

    def place(self, one: Meeting) -> None:
        """Put a meeting in."""
        self.of_activity[one.activity][one.slot] = one
        for key in self.look.activity[one.activity].groups:
            self.of_group[key][one.slot] = one
        for key in one.teachers:
            self.of_teacher[key][one.slot] = one
        if one.room is not None:
            self.in_room[one.room, one.slot].append(one)


def _beyond(held: dict[Slot, Meeting], day: int, most: int | None) -> list[Meeting]:
    """Give the meetings of the day that leave no place for one more."""
    if most is None:
        return []
    same = [one for slot, one in held.items() if slot[0] == day]
    return same[: max(0, len(same) + 1 - most)]
