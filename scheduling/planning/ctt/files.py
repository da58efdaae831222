"""Reads `.ctt` instances and writes `.sol` solutions, in the formats of the competition's technical report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from scheduling.planning.timetable import ITC2007, Activity, Grid, Group, Plan, Problem, Role, Room, Slot, Teacher

_HEADS = ("Days", "Periods_per_day", "Courses", "Rooms", "Curricula", "Constraints")
_SECTIONS = ("COURSES:", "ROOMS:", "CURRICULA:", "UNAVAILABILITY_CONSTRAINTS:")


class Unreadable(ValueError):  # noqa: N818  what happened is the name
    """A text that is no instance; says which line, counted from 1, and what is wrong with it."""

    def __init__(self, line: int, what: str) -> None:
        super().__init__(f"line {line}: {what}")


def read(text: str) -> Problem:
    """Read an instance as a timetable problem whose objective is the official cost. Raises Unreadable.

    A course is an activity whose one role has one teacher, and may be in any room; a curriculum is a group.
    """
    heads, sections = _parts(text)
    courses, rooms, curricula = sections["COURSES:"], sections["ROOMS:"], sections["CURRICULA:"]
    away: dict[str, set[Slot]] = defaultdict(set)
    for line, (course, day, period) in _rows(sections["UNAVAILABILITY_CONSTRAINTS:"], 3):
        away[course].add((_number(line, day), _number(line, period)))
    in_groups: dict[str, list[str]] = defaultdict(list)
    for line, (name, count, *members) in _rows(curricula, 2, more=True):
        if _number(line, count) != len(members):
            raise Unreadable(line, f"curriculum {name} lists {len(members)} courses, not {count}")
        for course in members:
            in_groups[course].append(name)
    room_keys = tuple(name for _, (name, _) in _rows(rooms, 2))
    activities, teachers = [], {}
    for line, (key, teacher, meetings, days, size) in _rows(courses, 5):
        teachers[teacher] = Teacher(teacher, teacher)
        activities.append(
            Activity(
                key,
                key,
                _number(line, meetings),
                groups=tuple(in_groups.pop(key, ())),
                roles=(Role("teacher", (teacher,)),),
                rooms=room_keys,
                size=_number(line, size),
                min_days=_number(line, days),
                unavailable=frozenset(away.pop(key, ())),
            )
        )
    last = text.count("\n") + 1
    if strangers := sorted({*in_groups, *away}):
        raise Unreadable(last, "no such course: " + ", ".join(strangers))
    _require_counts(heads, {"Courses": len(courses), "Rooms": len(rooms), "Curricula": len(curricula)}, last)
    try:
        return Problem(
            Grid(
                tuple(f"day {day}" for day in range(heads["Days"])),
                tuple(f"period {period}" for period in range(heads["Periods_per_day"])),
            ),
            tuple(activities),
            tuple(teachers.values()),
            tuple(Room(name, name, _number(line, size)) for line, (name, size) in _rows(rooms, 2)),
            tuple(Group(words[0], words[0]) for _, words in curricula),
            weights=ITC2007,
            capacity_is_hard=False,
        )
    except ValueError as error:
        raise Unreadable(last, str(error)) from None


def write(plan: Plan) -> str:
    """Write a timetable as the competition's validator reads it: course, room, day and period of each lecture."""
    return "".join(f"{one.activity} {one.room} {one.slot[0]} {one.slot[1]}\n" for one in plan.meetings)


_Row = tuple[int, list[str]]


def _parts(text: str) -> tuple[dict[str, int], dict[str, list[_Row]]]:
    """Give the numbers of the head, and each section's rows with their line numbers."""
    heads: dict[str, int] = {}
    sections: dict[str, list[_Row]] = {name: [] for name in _SECTIONS}
    rows: list[_Row] | None = None
    for number, line in enumerate(text.splitlines(), start=1):
        words = line.split()
        if words == ["END."]:
            break
        if len(words) == 1 and words[0] in sections:
            rows = sections[words[0]]
        elif rows is not None and words:
            rows.append((number, words))
        elif words and words[0].rstrip(":") in _HEADS:
            heads[words[0].rstrip(":")] = _number(number, words[-1])
    if missing := [name for name in _HEADS if name not in heads]:
        raise Unreadable(1, "this is no .ctt instance: it does not say " + ", ".join(missing))
    return heads, sections


def _rows(rows: Iterable[_Row], columns: int, *, more: bool = False) -> Iterator[_Row]:
    for number, words in rows:
        if len(words) < columns or (len(words) > columns and not more):
            raise Unreadable(number, f"{columns} columns are expected, not {len(words)}")
        yield number, words


def _number(line: int, word: str) -> int:
    if not word.isdecimal():
        raise Unreadable(line, f"a number is expected, not {word!r}")
    return int(word)


def _require_counts(heads: dict[str, int], found: dict[str, int], line: int) -> None:
    for name, count in found.items():
        if heads[name] != count:
            raise Unreadable(line, f"{heads[name]} {name.lower()} are announced, {count} are there")
