"""From a school's classes, teachers and rooms to the planner's problem."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from scheduling import courses, deeds, diaries, markets, orders, schools, training_rules
from scheduling.models import BusyTime, School, Teacher, TrainingClass, TrainingRoom
from scheduling.planning import timetable as given
from scheduling.planning.timetable import HERE, half_day_hours
from scheduling.plans.timetable.standing import HALVES, Standing, slot_starts

KINDS = {"theory": "理论", "practice": "实操"}
SHIFTS: dict[str, frozenset[str]] = {  # the halves of working days at which trainees are at work
    "none": frozenset(),
    "days": frozenset({"am", "pm"}),
    "early": frozenset({"am"}),
    "late": frozenset({"pm", "eve"}),
}
_SATURDAY = 5


@dataclass(frozen=True)
class ClassTerms:
    """What the desk says about one class: how many to plan for, when its trainees work, and whether to start anew."""

    size: int
    shift: str = "none"  # SHIFTS
    anew: bool = False  # sessions that stand may be moved


@dataclass(frozen=True)
class Terms:
    """What the desk says about the whole: `weekdays` from Monday 0, `halves` are keys of HALVES in their order."""

    weekdays: frozenset[int]
    halves: tuple[str, ...]
    theory_first: bool = False
    weights: given.Weights = given.TRAINING


def gather(
    session: Session,
    school: School,
    wanted: Sequence[tuple[TrainingClass, ClassTerms]],
    terms: Terms,
    *,
    now: datetime,
) -> given.Problem:
    """Give what these classes of `school` still have to be taught, by whom and where.

    Keys: a class's slug for its trainees, `slug/kind/party` for what they are taught, teachers' and rooms' ids.
    """
    tomorrow = now.astimezone(HERE).date() + timedelta(days=1)
    first = max(min(row.starts_on for row, _ in wanted), tomorrow)
    last = max(first, *(row.ends_on for row, _ in wanted))
    grid = given.calendar_grid(
        first,
        last,
        weekdays=terms.weekdays,
        periods=tuple(HALVES[half][0] for half in terms.halves),
        holidays=markets.holidays(session, school.county, first, last),
    )
    teachers = [row for row in schools.teachers(session, school.county) if row.school_id == school.id]
    rooms = [row for row in schools.rooms(session, school.county) if row.school_id == school.id]
    standing = Standing.of(courses.standing_at(session, school), [row for row, _ in wanted], grid, now=now)
    shifts = orders.shifts_of(session, [row for row, _ in wanted])
    lent = _lent(session, [*teachers, *rooms], first, last)
    classes = [
        _Class(row, told, terms, grid=grid, rooms=rooms, standing=standing, shifts=shifts[row.id])
        for row, told in wanted
    ]
    activities = [activity for each in classes for activity in each.activities()]
    share = -(-sum(activity.meetings for activity in activities) // max(1, len(teachers)))
    return given.Problem(
        grid=grid,
        activities=tuple(activities),
        teachers=tuple(_teacher(row, grid, standing, share, lent[row.id]) for row in teachers),
        rooms=tuple(_room(row, standing, lent[row.id]) for row in rooms),
        groups=tuple(group for each in classes for group in each.parties),
        pins=tuple(pin for each in classes for pin in each.pins(teachers, rooms)),
        weights=terms.weights,
    )


def caught_up(session: Session, school: School, problem: given.Problem, *, now: datetime) -> given.Problem:
    """Give `problem` with the leave of teachers that was noted since it was gathered; again changes nothing.

    Pins on lessons to come that their teacher cannot give are let go: somebody else must, or at another time.
    """
    away = {
        str(row.id): frozenset(slot for slot in _leave(row, problem.grid) if slot_starts(problem.grid, slot) > now)
        for row in schools.teachers(session, school.county)
        if row.school_id == school.id
    }
    teachers = tuple(
        replace(each, unavailable=each.unavailable | away.get(each.key, frozenset())) for each in problem.teachers
    )
    pins = tuple(pin for pin in problem.pins if not any(pin.slot in away.get(key, ()) for key in pin.teachers))
    return replace(problem, teachers=teachers, pins=pins)


class _Class:
    """One class on its way into the problem: its trainees, perhaps in rotating parties, and what they are taught."""

    def __init__(
        self,
        row: TrainingClass,
        told: ClassTerms,
        terms: Terms,
        *,
        grid: given.Grid,
        rooms: Sequence[TrainingRoom],
        standing: Standing,
        shifts: frozenset[str],
    ) -> None:
        self.row, self.told, self.terms, self.grid, self.standing = row, told, terms, grid, standing
        self.shifts = shifts
        trade = row.course.trade
        self.workshops = [room for room in rooms if room.stations and (not room.trades or trade in room.trades)]
        self.classrooms = [room for room in rooms if not room.stations]
        rules = training_rules.of(row.course)
        self.half_day_hours = half_day_hours(rules.hour_minutes)
        a_day = max(1, rules.most_hours_a_day // self.half_day_hours)
        whole = given.Group(row.slug, row.title, told.size, self._away(), a_day)
        at_once = max((room.stations for room in self.workshops), default=told.size)
        self.parties = given.rotating_groups(whole, at_once)
        self.movable = [one for one in standing.movable if one.class_id == row.id]

    def activities(self) -> list[given.Activity]:
        """Give what is left to be taught: theory to all at once, practice to each party."""
        everybody = tuple(group.key for group in self.parties)
        places = range(1, len(self.parties) + 1) if len(self.parties) > 1 else [0]
        theory = self._activity("theory", 0, everybody, self.told.size)
        practice = [
            self._activity("practice", party, (group.key,), group.size, after=theory)
            for party, group in zip(places, self.parties, strict=True)
        ]
        return [activity for activity in (theory, *practice) if activity.meetings]

    def pins(self, teachers: Sequence[Teacher], rooms: Sequence[TrainingRoom]) -> list[given.Pin]:
        """Pin the sessions that stand, unless the class is planned anew; teachers and rooms by their names."""
        known = {activity.key for activity in self.activities()}
        teacher = {row.name: str(row.id) for row in teachers}
        room = {row.name: str(row.id) for row in rooms}
        return [
            given.Pin(
                activity=key,
                slot=self.standing.slots[one.starts_at],
                room=room.get(one.room),
                teachers=(teacher[one.teacher],) if one.teacher in teacher else (),
            )
            for one in self.movable
            if not self.told.anew and (key := self._key(one.kind, one.party)) in known
        ]

    def _activity(
        self, kind: str, party: int, groups: tuple[str, ...], size: int, after: given.Activity | None = None
    ) -> given.Activity:
        hours = self.standing.hours_left(self.row)[kind]
        pinned = 0 if self.told.anew else sum((one.kind, one.party) == (kind, party) for one in self.movable)
        words = KINDS[kind] + (f"{party}组" if party else "")
        return given.Activity(
            key=self._key(kind, party),
            name=f"{self.row.title}{words}",
            meetings=max(-(-hours // self.half_day_hours), pinned),
            groups=groups,
            roles=(given.Role("主讲", certificate=certificate(self.row.course.trade, kind)),),
            rooms=tuple(str(room.id) for room in (self.classrooms if kind == "theory" else self.workshops)),
            size=size,
            stations=size if kind == "practice" else 0,
            after=(after.key,) if after and after.meetings and self.terms.theory_first else (),
            first_day=self._day(self.row.starts_on),
            last_day=self._day(self.row.ends_on + timedelta(days=1)) - 1,
        )

    def _key(self, kind: str, party: int) -> str:
        return f"{self.row.slug}/{kind}/{party}"

    def _day(self, day: date) -> int:
        """Give the place in the grid of the first of its days that is `day` or later."""
        return sum(each < day.isoformat() for each in self.grid.days)

    def _away(self) -> frozenset[given.Slot]:
        """Give the half-days on which the trainees are at work, or in a session that is not the plan's.

        At work: by what the desk says of the class, or by the shifts an order names for people its company employs.
        """
        at_work = {
            (day, period)
            for day, weekday in enumerate(date.fromisoformat(iso).weekday() for iso in self.grid.days)
            for period, half in enumerate(self.terms.halves)
            if (half in SHIFTS[self.told.shift] and weekday < _SATURDAY) or f"{weekday}{half}" in self.shifts
        }
        own = [one for one in self.standing.fixed if one.class_id == self.row.id]
        return self.standing.taken(own) | at_work


def certificate(trade: str, kind: str) -> str:
    """Name what a teacher must hold to teach theory or practice of a trade: 焊工实操."""
    return f"{trade}{KINDS[kind]}"


def _lent(session: Session, rows: list[Teacher | TrainingRoom], first: date, last: date) -> dict[UUID, list[BusyTime]]:
    """Give when teachers and rooms are taken as their own calendars say, in these days."""
    starts, ends = (datetime.combine(day, time(), HERE) for day in (first, last + timedelta(days=1)))
    found = diaries.busy(session, rows, starts, ends)
    return {row.id: found[deeds.about(row)] for row in rows}


def _teacher(row: Teacher, grid: given.Grid, standing: Standing, share: int, lent: Sequence[BusyTime]) -> given.Teacher:
    weekly = {
        (day, period)
        for day, iso in enumerate(grid.days)
        for period, words in enumerate(grid.periods)
        if any(
            HALVES[off[1:]][0] == words and int(off[0]) == date.fromisoformat(iso).weekday() for off in row.weekly_off
        )
    }
    taught = standing.taken(one for one in standing.fixed if one.teacher == row.name)
    return given.Teacher(
        key=str(row.id),
        name=row.name,
        certificates=frozenset(certificate(trade, kind) for trade in row.trades for kind in row.kinds),
        unavailable=_leave(row, grid) | weekly | taught | standing.taken(lent),
        share=share,
    )


def _leave(row: Teacher, grid: given.Grid) -> frozenset[given.Slot]:
    """Give the half-days of the grid on which she is on leave."""
    days = (date.fromisoformat(iso) for iso in grid.days)
    return given.slots_on(grid, *(day for day in days if any(one.first <= day <= one.last for one in row.absences)))


def _room(row: TrainingRoom, standing: Standing, lent: Sequence[BusyTime]) -> given.Room:
    used = standing.taken([*lent, *(one for one in standing.fixed if one.room == row.name)])
    return given.Room(key=str(row.id), name=row.name, capacity=row.seats, stations=row.stations, unavailable=used)
