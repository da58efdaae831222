"""The terms of the objective as linear expressions that are exact in every optimum, and never less than the cost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from typing import TypeAlias

from ortools.sat.python import cp_model

from scheduling.planning.timetable.lookup import neighbours
from scheduling.planning.timetable.modelling.choices import Choices
from scheduling.planning.timetable.problem import Activity, Slot

Costs: TypeAlias = list[cp_model.LinearExprT]


def objective(choices: Choices) -> cp_model.LinearExprT:
    """Give the whole cost; a term without weight makes no variable."""
    terms = {
        "overflow": _overflow,
        "spread": _spread,
        "isolated": _isolated,
        "rooms": _rooms,
        "teachers": _teachers,
        "overload": _overload,
        "trips": _trips,
        "finish": _finish,
        "wishes": _wishes,
    }
    weights = {key: int(getattr(choices.look.problem.weights, key)) for key in terms}
    return cp_model.LinearExpr.sum(
        [weights[key] * cost for key, term in terms.items() if weights[key] for cost in term(choices)]
    )


def _overflow(choices: Choices) -> Costs:
    look, costs = choices.look, Costs()
    for (key, _), users in choices.of_room.items():
        capacity = look.room[key].capacity
        sizes = [(look.activity[activity], used) for activity, used in users]
        costs += [max(0, one.size - capacity) * used for one, used in sizes if not one.stations]
        sharing = [(one.size, used) for one, used in sizes if one.stations]
        most = sum(size for size, _ in sharing) - capacity
        if most > 0:
            over = choices.model.new_int_var(0, most, "")
            choices.model.add(over >= sum(size * used for size, used in sharing) - capacity)
            costs.append(over)
    return costs


def _spread(choices: Choices) -> Costs:
    costs = Costs()
    for activity in choices.look.problem.activities:
        if activity.min_days <= (1 if activity.meetings else 0):
            continue
        days: dict[int, list[cp_model.IntVar]] = {}
        for (day, _), meets in choices.of_activity[activity.key].items():
            days.setdefault(day, []).append(meets)
        used = [choices.model.new_bool_var("") for _ in days]
        for taught, variables in zip(used, days.values(), strict=True):
            choices.model.add(taught <= sum(variables))
        missing = choices.model.new_int_var(max(0, activity.min_days - activity.meetings), activity.min_days, "")
        choices.model.add(missing + sum(used) >= activity.min_days)
        costs.append(missing)
    return costs


def _isolated(choices: Choices) -> Costs:
    costs = Costs()
    for group in choices.look.problem.groups:
        slots = choices.of_group[group.key]
        mine: dict[Slot, cp_model.IntVar] = {}
        for slot, attended in slots.items():
            alone = mine[slot] = choices.model.new_bool_var("")
            beside = [variable for near in neighbours(slot) for variable in slots.get(near, ())]
            choices.model.add(alone + sum(beside) >= sum(attended))
        costs += mine.values()
        held = sum(activity.meetings for activity in choices.look.problem.activities if group.key in activity.groups)
        if len(choices.look.grid.periods) <= 2 and held % 2:  # noqa: PLR2004  a pair fills a day: an odd one is over
            choices.model.add(sum(mine.values()) >= 1)
    return costs


def _further(choices: Choices, meetings: int, options: Iterable[dict[str, cp_model.IntVar]]) -> Costs:
    """Count the different keys chosen among the options of so many meetings, beyond the first."""
    by_key: dict[str, list[cp_model.IntVar]] = defaultdict(list)
    for option in options:
        for key, chosen in option.items():
            by_key[key].append(chosen)
    if len(by_key) <= 1:
        return []
    used = [choices.model.new_bool_var("") for _ in by_key]
    for one, variables in zip(used, by_key.values(), strict=True):
        choices.model.add(sum(variables) <= meetings * one)
    choices.model.add_at_least_one(used)
    return [sum(used) - 1]


def _several(choices: Choices) -> list[Activity]:
    return [activity for activity in choices.look.problem.activities if activity.meetings > 1]


def _rooms(choices: Choices) -> Costs:
    costs = Costs()
    for activity in _several(choices):
        costs += _further(
            choices,
            activity.meetings,
            [choices.rooms[activity.key, slot] for slot in choices.of_activity[activity.key]],
        )
    return costs


def _teachers(choices: Choices) -> Costs:
    costs = Costs()
    for activity in _several(choices):
        held = [choices.roles[activity.key, slot] for slot in choices.of_activity[activity.key]]
        for number in range(len(activity.roles)):
            costs += _further(choices, activity.meetings, [roles[number] for roles in held])
    return costs


def _overload(choices: Choices) -> Costs:
    costs = Costs()
    for teacher in choices.look.problem.teachers:
        load = [variable for variables in choices.of_teacher[teacher.key].values() for variable in variables]
        if teacher.share is not None and len(load) > teacher.share:
            over = choices.model.new_int_var(0, len(load) - teacher.share, "")
            choices.model.add(over >= sum(load) - teacher.share)
            costs.append(over)
    return costs


def _trips(choices: Choices) -> Costs:
    costs = Costs()
    for group in choices.look.problem.groups:
        days: dict[int, list[cp_model.IntVar]] = defaultdict(list)
        for (day, _), attended in choices.of_group[group.key].items():
            days[day] += attended
        most = min(len(choices.look.grid.periods), group.max_per_day or len(choices.look.grid.periods))
        comes = {day: choices.model.new_bool_var("") for day in days}
        for day, attended in days.items():
            choices.model.add(sum(attended) <= most * comes[day])
        held = sum(activity.meetings for activity in choices.look.problem.activities if group.key in activity.groups)
        choices.model.add(sum(comes.values()) >= -(-held // most))  # follows, but not for the linear relaxation
        costs += comes.values()
    return costs


def _finish(choices: Choices) -> Costs:
    costs = Costs()
    weeks = choices.look.weeks
    for group in choices.look.problem.groups:
        mine = [activity for activity in choices.look.problem.activities if group.key in activity.groups]
        for before, week in pairwise(sorted(set(weeks))):
            unfinished = choices.model.new_bool_var("")
            for activity in mine:
                left = [meets for (day, _), meets in choices.of_activity[activity.key].items() if weeks[day] >= week]
                choices.model.add(sum(left) <= activity.meetings * unfinished)
            costs.append((week - before) * unfinished)
    return costs


def _wishes(choices: Choices) -> Costs:
    costs = Costs()
    for wish in choices.look.problem.wishes:
        for way in choices.matching(wish.what):
            if len(way) == 1:
                both = way[0]
            else:
                both = choices.model.new_bool_var("")
                choices.model.add(both >= sum(way) - len(way) + 1)
            costs.append(wish.price * both)
    return costs
