"""The fewest changes that make an announced timetable right again."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from ortools.sat.python import cp_model

from scheduling.planning.solving import Cancelled, Limits, Status, Watch, solver, total
from scheduling.planning.timetable.budgets import Budget
from scheduling.planning.timetable.changing import changes, keyed_like, prices
from scheduling.planning.timetable.lookup import Lookup
from scheduling.planning.timetable.modelling import Choices, Options, constrain, every_option, narrowed, objective
from scheduling.planning.timetable.problem import Plan
from scheduling.planning.timetable.searching import Found

_PARAMETERS: dict[str, object] = {"symmetry_level": 0, "subsolvers": ["core", "default_lp"], "interleave_search": True}
"""Few of very many meetings change: cores prove that soonest (measured), beside the relaxation and local searches."""


def mend(look: Lookup, accepted: Plan, limits: Limits, *, watch: Watch, cancelled: Cancelled) -> Found:
    """Find the plan that changes least, proven; among those that do, what changed is planned as well as time allows.

    `Found.bound` is in the points of `Prices`.
    """
    budget = Budget(limits, cancelled)
    options = every_option(look)
    choices = _choices(look, options, accepted)
    choices.model.minimize(_price(choices, accepted))
    outcome = solver.run(choices.model, limits, watch=watch, cancelled=cancelled, parameters=_PARAMETERS)
    if not outcome.found:
        return Found(outcome.status, outcome.stopped)
    plan = choices.read(outcome.solver.boolean_value)
    if outcome.status is Status.OPTIMAL and outcome.value:
        plan = _polished(look, options, accepted, plan, budget)
    return Found(outcome.status, outcome.stopped, keyed_like(accepted, plan), outcome.bound)


def _choices(look: Lookup, options: Options, hint: Plan) -> Choices:
    choices = Choices(look, options)
    constrain(choices)
    choices.hint(hint)
    return choices


def _price(choices: Choices, accepted: Plan) -> cp_model.LinearExprT:
    """Give the price of what differs from the accepted plan, as the module `problem` tells it."""
    prices = choices.look.problem.prices
    old = Counter(one.activity for one in {(one.activity, one.slot): one for one in accepted.meetings}.values())
    costs: list[cp_model.LinearExprT] = [
        prices.moved * max(old[activity.key], activity.meetings) for activity in choices.look.problem.activities
    ]
    for one in {(one.activity, one.slot): one for one in accepted.meetings}.values():
        held = (one.activity, one.slot)
        if held not in choices.meets:
            continue
        stays = choices.meets[held]
        costs.append(-prices.moved * stays)
        roles, rooms = choices.roles[held], choices.rooms[held]
        for number in range(max(len(roles), len(one.teachers))):
            same = roles[number].get(one.teachers[number]) if number < min(len(roles), len(one.teachers)) else None
            costs.append(prices.teacher * (stays - (0 if same is None else same)))
        same_room = rooms.get(one.room) if one.room is not None else (None if rooms else stays)
        costs.append(prices.room * (stays - (0 if same_room is None else same_room)))
    return cp_model.LinearExpr.sum(costs)


def _polished(look: Lookup, options: Options, accepted: Plan, plan: Plan, budget: Budget) -> Plan:
    """Plan the activities that changed as well as can be at the same price."""
    touched = {one.about.rpartition("#")[0] for one in changes(look.problem, accepted, plan)}
    choices = _choices(look, narrowed(options, plan, lambda held: held[0] in touched), plan)
    choices.model.add(_price(choices, accepted) <= total(prices(look.problem, accepted, plan)))
    choices.model.minimize(objective(choices))
    limits = replace(budget.limits, seconds=budget.left)
    outcome = solver.run(choices.model, limits, cancelled=budget.cancelled)
    return choices.read(outcome.solver.boolean_value) if outcome.found else plan
