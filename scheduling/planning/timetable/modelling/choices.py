"""The decisions of a timetable as variables of CP-SAT, and from its answer back to a plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TypeAlias

from ortools.sat.python import cp_model

from scheduling.planning.timetable.lookup import Lookup, numbered
from scheduling.planning.timetable.problem import Match, Meeting, Plan, Slot

Held: TypeAlias = tuple[str, Slot]  # a meeting: its activity, its slot
Options: TypeAlias = dict[Held, tuple[tuple[str | None, ...], tuple[tuple[str, ...], ...]]]
"""For each meeting that could be held: the rooms it could be in, and for each role the teachers who could fill it."""


def every_option(look: Lookup) -> Options:
    """Give all that the rules leave open, were nothing else planned."""
    return {
        (activity.key, slot): (
            look.homes(activity, slot),
            tuple(look.present(role, slot) for role in activity.roles),
        )
        for activity in look.problem.activities
        for slot in look.times(activity)
    }


def narrowed(options: Options, plan: Plan, free: Callable[[Held], bool]) -> Options:
    """Give the options that are free, and for the plan's meetings that are not, only what they have."""
    planned = {(one.activity, one.slot): one for one in plan.meetings}
    kept: Options = {}
    for held, option in options.items():
        if free(held):
            kept[held] = option
        elif held in planned:
            one = planned[held]
            kept[held] = (one.room,), tuple((teacher,) for teacher in one.teachers)
    return kept


class Choices:
    """One Boolean for each meeting that could be, for each room it could have, each teacher in each role.

    Where only one room or teacher is possible, it is decided with the meeting and has the same variable.
    """

    def __init__(self, look: Lookup, options: Options) -> None:
        self.look = look
        self.model = cp_model.CpModel()
        self.meets: dict[Held, cp_model.IntVar] = {}
        self.rooms: dict[Held, dict[str, cp_model.IntVar]] = {}
        self.roles: dict[Held, list[dict[str, cp_model.IntVar]]] = {}
        for held, (homes, roles) in options.items():
            self.meets[held] = self.model.new_bool_var("")
            self.rooms[held] = self._one_of(held, [room for room in homes if room is not None])
            self.roles[held] = [self._one_of(held, role) for role in roles]

    def _one_of(self, held: Held, keys: Iterable[str]) -> dict[str, cp_model.IntVar]:
        """Give a variable for each key, exactly one of which is true when the meeting is held."""
        meets, options = self.meets[held], tuple(keys)
        if len(options) <= 1:
            return dict.fromkeys(options, meets)
        chosen = {key: self.model.new_bool_var("") for key in options}
        self.model.add(sum(chosen.values()) == meets)
        return chosen

    @cached_property
    def of_activity(self) -> dict[str, dict[Slot, cp_model.IntVar]]:
        """The slots each activity may meet in."""
        of: dict[str, dict[Slot, cp_model.IntVar]] = {activity.key: {} for activity in self.look.problem.activities}
        for (activity, slot), meets in self.meets.items():
            of[activity][slot] = meets
        return of

    @cached_property
    def of_group(self) -> dict[str, dict[Slot, list[cp_model.IntVar]]]:
        """What each group may attend in each slot."""
        of: dict[str, dict[Slot, list[cp_model.IntVar]]] = {
            group.key: defaultdict(list) for group in self.look.problem.groups
        }
        for (activity, slot), meets in self.meets.items():
            for group in dict.fromkeys(self.look.activity[activity].groups):
                of[group][slot].append(meets)
        return of

    @cached_property
    def of_teacher(self) -> dict[str, dict[Slot, list[cp_model.IntVar]]]:
        """What each teacher may teach in each slot, in whatever role."""
        of: dict[str, dict[Slot, list[cp_model.IntVar]]] = {
            teacher.key: defaultdict(list) for teacher in self.look.problem.teachers
        }
        for (_, slot), roles in self.roles.items():
            for role in roles:
                for teacher, teaches in role.items():
                    of[teacher][slot].append(teaches)
        return of

    @cached_property
    def of_room(self) -> dict[tuple[str, Slot], list[tuple[str, cp_model.IntVar]]]:
        """Which activities may be in each room and slot."""
        of: dict[tuple[str, Slot], list[tuple[str, cp_model.IntVar]]] = defaultdict(list)
        for (activity, slot), rooms in self.rooms.items():
            for room, used in rooms.items():
                of[room, slot].append((activity, used))
        return of

    def matching(self, what: Match) -> list[list[cp_model.IntVar]]:
        """Give for each way a meeting can match `what` the variables that are all true then."""
        ways: list[list[cp_model.IntVar]] = []
        for (activity, slot), meets in self.meets.items():
            if (
                what.activity not in {None, activity}
                or (what.group is not None and what.group not in self.look.activity[activity].groups)
                or (what.slots and slot not in what.slots)
            ):
                continue
            rooms = self.rooms[activity, slot]
            if what.room is not None and what.room not in rooms:
                continue
            way = [meets if what.room is None else rooms[what.room]]
            if what.teacher is None:
                ways.append(way)
            else:
                roles = self.roles[activity, slot]
                ways += [[*way, role[what.teacher]] for role in roles if what.teacher in role]
        return ways

    def hint(self, plan: Plan) -> None:
        """Tell the solver a plan to begin from; what it cannot follow is left out."""
        planned = {(one.activity, one.slot): one for one in plan.meetings}
        hinted: dict[int, tuple[cp_model.IntVar, bool]] = {}

        def say(variable: cp_model.IntVar, value: bool) -> None:  # noqa: FBT001  it is the value
            hinted.setdefault(variable.index, (variable, value))

        for held, meets in self.meets.items():
            one = planned.get(held)
            say(meets, one is not None)
            for room, used in self.rooms[held].items():
                say(used, one is not None and one.room == room)
            for number, role in enumerate(self.roles[held]):
                for teacher, teaches in role.items():
                    say(teaches, one is not None and one.teachers[number : number + 1] == (teacher,))
        for variable, value in hinted.values():
            self.model.add_hint(variable, value)

    def read(self, true: Callable[[cp_model.IntVar], bool]) -> Plan:
        """Give the plan in which these variables are true."""

        def chosen(options: dict[str, cp_model.IntVar]) -> str:
            return next(key for key, variable in options.items() if true(variable))

        meetings = (
            Meeting(
                key="",
                activity=held[0],
                slot=held[1],
                room=chosen(self.rooms[held]) if self.rooms[held] else None,
                teachers=tuple(chosen(role) for role in self.roles[held]),
            )
            for held, meets in self.meets.items()
            if true(meets)
        )
        return Plan(tuple(numbered(meetings)))
