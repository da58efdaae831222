"""What is taught at a school already, and where it lies on a plan's half-days."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from scheduling import courses, training_rules
from scheduling.models import BusyTime, ClassSession, TrainingClass
from scheduling.planning import timetable as given
from scheduling.planning.timetable import HERE, half_day_hours

HALVES = {"am": ("上午", time(8, 30)), "pm": ("下午", time(14, 30)), "eve": ("晚上", time(18, 30))}
KINDS = {"theory": "理论", "practice": "实操"}


def slot_starts(grid: given.Grid, slot: given.Slot) -> datetime:
    """Give when a half-day of the grid begins."""
    begins = dict(HALVES.values())
    return datetime.combine(date.fromisoformat(grid.days[slot[0]]), begins[grid.periods[slot[1]]], HERE)


@dataclass(frozen=True)
class Standing:
    """What is taught at the school already: `movable` belongs to the plan, `fixed` is in its way."""

    movable: tuple[ClassSession, ...]
    fixed: tuple[ClassSession, ...]
    slots: dict[datetime, given.Slot]  # when each half-day of the grid begins
    length: timedelta  # by the clock, the longest half-day of any of the classes

    @classmethod
    def of(
        cls, sessions: Iterable[ClassSession], classes: Sequence[TrainingClass], grid: given.Grid, *, now: datetime
    ) -> Standing:
        """Tell the sessions of `classes` that begin with one of the grid's half-days, and have not, from the rest."""
        ids = {row.id for row in classes}
        slots = {
            slot_starts(grid, (day, period)): (day, period)
            for day in range(len(grid.days))
            for period in range(len(grid.periods))
        }
        movable: list[ClassSession] = []
        fixed: list[ClassSession] = []
        for one in sessions:
            inside = one.class_id in ids and one.starts_at in slots and one.starts_at > now
            (movable if inside else fixed).append(one)
        return cls(tuple(movable), tuple(fixed), slots, max(map(_length, classes), default=timedelta()))

    def hours_left(self, row: TrainingClass) -> dict[str, int]:
        """Give the 课时 of each kind that are for the plan to place."""
        left = courses.hours_left(row, [one for one in self.fixed if one.class_id == row.id])
        return {kind: max(0, hours) for kind, hours in left.items()}

    def taken(self, wanted: Iterable[ClassSession | BusyTime]) -> frozenset[given.Slot]:
        """Give the half-days that any of these sessions, or times lent elsewhere, reaches into."""
        rows = list(wanted)
        return frozenset(
            slot
            for begins, slot in self.slots.items()
            if any(one.starts_at < begins + self.length and one.ends_at > begins for one in rows)
        )


def _length(row: TrainingClass) -> timedelta:
    minutes = training_rules.of(row.course).hour_minutes
    return half_day_hours(minutes) * timedelta(minutes=minutes)
