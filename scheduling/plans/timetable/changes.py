"""A timetable changed by hand, and what happens after it was announced: somebody is ill, a room is closed."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime, timedelta

from scheduling.planning import timetable as given
from scheduling.plans.timetable.standing import slot_starts

_ONE_DAY = timedelta(days=1)


def moved(problem: given.Problem, plan: given.Plan, meeting: given.Meeting) -> given.Plan:
    """Put a meeting of `plan` (by its key) to where `meeting` is. Nothing is asked of the rules."""
    order = {activity.key: place for place, activity in enumerate(problem.activities)}
    meetings = [meeting if one.key == meeting.key else one for one in plan.meetings]
    return given.Plan(tuple(sorted(meetings, key=lambda one: (order[one.activity], one.slot))))


def locked(problem: given.Problem, meeting: given.Meeting, *, before: given.Slot | None = None) -> given.Problem:
    """Pin a meeting to its time, room and teachers, for every later run; a pin on its slot `before` is let go."""
    free = unlocked(problem, meeting.activity, meeting.slot if before is None else before)
    pin = given.Pin(meeting.activity, meeting.slot, meeting.room, meeting.teachers)
    return replace(free, pins=(*unlocked(free, meeting.activity, meeting.slot).pins, pin))


def unlocked(problem: given.Problem, activity: str, slot: given.Slot) -> given.Problem:
    """Let later runs decide about the activity's meeting in this slot."""
    return replace(problem, pins=tuple(pin for pin in problem.pins if (pin.activity, pin.slot) != (activity, slot)))


def teacher_away(
    problem: given.Problem, plan: given.Plan, key: str, first: date, last: date, *, now: datetime
) -> given.Problem:
    """Say that a teacher cannot teach from `first` to `last`; pins on her lessons then are let go."""
    away = _slots(problem.grid, first, last, now)
    teachers = tuple(
        replace(each, unavailable=each.unavailable | away) if each.key == key else each for each in problem.teachers
    )
    freed = _freed(problem, away, {one.activity for one in plan.meetings if key in one.teachers and one.slot in away})
    return from_now_on(replace(freed, teachers=teachers), plan, now=now)


def room_closed(
    problem: given.Problem, plan: given.Plan, key: str, first: date, last: date, *, now: datetime
) -> given.Problem:
    """Say that a room cannot be used from `first` to `last`; pins on lessons in it then are let go."""
    closed = _slots(problem.grid, first, last, now)
    rooms = tuple(
        replace(each, unavailable=each.unavailable | closed) if each.key == key else each for each in problem.rooms
    )
    freed = _freed(problem, closed, {one.activity for one in plan.meetings if one.room == key and one.slot in closed})
    return from_now_on(replace(freed, rooms=rooms), plan, now=now)


def from_now_on(problem: given.Problem, plan: given.Plan, *, now: datetime) -> given.Problem:
    """Take what has been taught as it was: its meetings are pinned, and nothing else is put into time gone by."""
    past = {slot for slot in _all_slots(problem.grid) if slot_starts(problem.grid, slot) <= now}
    taught = [one for one in plan.meetings if one.slot in past]
    pins = [pin for pin in problem.pins if pin.slot not in past]
    pins += [given.Pin(one.activity, one.slot, one.room, one.teachers) for one in taught]
    own = {
        activity.key: {one.slot for one in taught if one.activity == activity.key} for activity in problem.activities
    }
    bans = [
        given.Ban(given.Match(activity=key, slots=frozenset(past - slots)), "已经过去了")
        for key, slots in own.items()
        if past - slots
    ]
    kept = [ban for ban in problem.bans if ban.reason != "已经过去了"]
    return replace(problem, pins=tuple(pins), bans=(*kept, *bans))


def _slots(grid: given.Grid, first: date, last: date, now: datetime) -> frozenset[given.Slot]:
    days = (first + n * _ONE_DAY for n in range((last - first).days + 1))
    return frozenset(slot for slot in given.slots_on(grid, *days) if slot_starts(grid, slot) > now)


def _all_slots(grid: given.Grid) -> list[given.Slot]:
    return [(day, period) for day in range(len(grid.days)) for period in range(len(grid.periods))]


def _freed(problem: given.Problem, slots: Collection[given.Slot], activities: Collection[str]) -> given.Problem:
    pins = (pin for pin in problem.pins if pin.slot not in slots or pin.activity not in activities)
    return replace(problem, pins=tuple(pins))
