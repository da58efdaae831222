"""The hard rules of `problem` as constraints. What one meeting may be by itself is already in `Choices`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

from ortools.sat.python import cp_model

from scheduling.planning.timetable.modelling.choices import Choices
from scheduling.planning.timetable.problem import Pin, Slot


def constrain(choices: Choices) -> None:
    """Add every hard rule to the model."""
    constrain_times(choices)
    for rule in (_teachers, _rooms, _pins, _bans):
        rule(choices)


def constrain_times(choices: Choices) -> None:
    """Add the hard rules that are about times alone."""
    for rule in (_meetings, _orders, _groups):
        rule(choices)


def _at_most(choices: Choices, variables: Iterable[cp_model.IntVar], most: int | None) -> None:
    """Let at most so many be true, where there are more."""
    some = list(variables)
    if most is None or len(some) <= most:
        return
    if most == 1:
        choices.model.add_at_most_one(some)
    else:
        choices.model.add(sum(some) <= most)


def _by_day(slots: dict[Slot, list[cp_model.IntVar]]) -> dict[int, list[cp_model.IntVar]]:
    days: dict[int, list[cp_model.IntVar]] = defaultdict(list)
    for (day, _), variables in slots.items():
        days[day] += variables
    return days


def _meetings(choices: Choices) -> None:
    """[meetings] and [daily]."""
    for activity in choices.look.problem.activities:
        slots = choices.of_activity[activity.key]
        choices.model.add(cp_model.LinearExpr.sum(list(slots.values())) == activity.meetings)
        for variables in _by_day({slot: [meets] for slot, meets in slots.items()}).values():
            _at_most(choices, variables, activity.max_per_day)


def _orders(choices: Choices) -> None:
    """[order]: once an activity has begun, nothing it comes after may meet any more."""
    model = choices.model
    for activity in choices.look.problem.activities:
        mine = choices.of_activity[activity.key]
        before = [
            (choices.look.activity[key].meetings, choices.of_activity[key]) for key in dict.fromkeys(activity.after)
        ]
        begun: dict[Slot, cp_model.IntVar] = {}
        for slot in sorted(
            {slot for slots in (mine, *(slots for _, slots in before)) for slot in slots} if before else ()
        ):
            begun[slot] = model.new_bool_var("")
            if slot in mine:
                model.add_implication(mine[slot], begun[slot])
            for _, theirs in before:
                if slot in theirs:
                    model.add_implication(begun[slot], theirs[slot].negated())
        for earlier, later in pairwise(begun.values()):
            model.add_implication(earlier, later)
        # What follows is already so; said by the week it makes the linear relaxation see it, and with it the bound.
        ends = {choices.look.weeks[slot[0]]: slot for slot in begun}
        for end in ends.values():
            model.add(sum(meets for slot, meets in mine.items() if slot <= end) <= activity.meetings * begun[end])
            for meetings, theirs in before:
                model.add(sum(meets for slot, meets in theirs.items() if slot <= end) >= meetings * begun[end])


def _groups(choices: Choices) -> None:
    """[group] and [group_daily]."""
    for group in choices.look.problem.groups:
        slots = choices.of_group[group.key]
        for variables in slots.values():
            _at_most(choices, variables, 1)
        for variables in _by_day(slots).values():
            _at_most(choices, variables, group.max_per_day)


def _teachers(choices: Choices) -> None:
    """[teacher], [teacher_daily] and [teacher_weekly]; the first also keeps two roles of a meeting apart."""
    for teacher in choices.look.problem.teachers:
        slots = choices.of_teacher[teacher.key]
        weeks: dict[int, list[cp_model.IntVar]] = defaultdict(list)
        for variables in slots.values():
            _at_most(choices, variables, 1)
        for day, variables in _by_day(slots).items():
            _at_most(choices, variables, teacher.max_per_day)
            weeks[choices.look.weeks[day]] += variables
        for variables in weeks.values():
            _at_most(choices, variables, teacher.max_per_week)


def _rooms(choices: Choices) -> None:
    """[room], [stations] and [capacity]."""
    look = choices.look
    for (key, _), users in choices.of_room.items():
        room = look.room[key]
        alone = [used for activity, used in users if not look.activity[activity].stations]
        _at_most(choices, alone, 1)
        sharing = [(look.activity[activity], used) for activity, used in users if look.activity[activity].stations]
        if sharing:
            taken = sum(activity.stations * used for activity, used in sharing)
            choices.model.add(taken + sum(room.stations * used for used in alone) <= room.stations)
        if look.problem.capacity_is_hard and len(sharing) > 1:
            choices.model.add(sum(activity.size * used for activity, used in sharing) <= room.capacity)


def _pins(choices: Choices) -> None:
    """[pin]; one that asks for what cannot be leaves no plan."""
    for pin in choices.look.problem.pins:
        for variable in _pinned(choices, pin):
            choices.model.add_bool_or([] if variable is None else [variable])


def _pinned(choices: Choices, pin: Pin) -> list[cp_model.IntVar | None]:
    held = (pin.activity, pin.slot)
    if held not in choices.meets:
        return [None]
    roles = choices.roles[held]
    if pin.teachers and len(pin.teachers) != len(roles):
        return [None]
    room = [choices.rooms[held].get(pin.room)] if pin.room is not None else []
    return [
        choices.meets[held],
        *room,
        *(role.get(teacher) for role, teacher in zip(roles, pin.teachers, strict=False)),
    ]


def _bans(choices: Choices) -> None:
    """[ban]."""
    for ban in choices.look.problem.bans:
        for way in choices.matching(ban.what):
            choices.model.add_bool_or([variable.negated() for variable in way])
