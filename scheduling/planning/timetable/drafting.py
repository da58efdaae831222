"""Timetables made one meeting at a time: what a planner is measured against, and what a solver begins from.

A meeting goes where it costs least; what stands in its way there is taken out and placed again later (iterative forward
search, Müller 2005). Meetings of pins are placed first and stay.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial
from random import Random
from typing import TypeVar

from scheduling.planning.solving import Cancelled, never
from scheduling.planning.timetable.board import Board
from scheduling.planning.timetable.checking import breaches
from scheduling.planning.timetable.lookup import Lookup, neighbours, numbered
from scheduling.planning.timetable.problem import Activity, Meeting, Pin, Plan, Problem, Slot

T = TypeVar("T")

_TRIES = 10  # for each meeting, before a draft gives up
_IN_THE_WAY = 1000  # what taking out a meeting costs, and as much again each time one of its activity was taken out


def greedy(problem: Problem, seed: int = 1) -> Plan | None:
    """Give a plan that keeps every hard rule, each meeting where it costs least just then; None where it gets stuck."""
    plan = draft(problem, seed)
    return None if breaches(problem, plan) else plan


def at_random(problem: Problem, seed: int = 1) -> Plan | None:
    """Give a plan that keeps every hard rule and minds nothing else; None where it gets stuck."""
    plan = draft(problem, seed, blind=True)
    return None if breaches(problem, plan) else plan


def draft(problem: Problem, seed: int, *, blind: bool = False, cancelled: Cancelled = never) -> Plan:
    """Give a plan from which meetings may be missing; `blind` to the objective it is a random one."""
    return _Draft(Lookup(problem), Random(seed), blind=blind).made(cancelled)


class _Draft:
    """A plan in the making: where everything and everybody is."""

    def __init__(self, look: Lookup, chance: Random, *, blind: bool) -> None:
        self.look, self.chance, self.blind = look, chance, blind
        self.times = {activity.key: look.times(activity) for activity in look.problem.activities}
        self.board = Board(look)
        self.taken_out: Counter[str] = Counter()
        self.fixed: set[Meeting] = set()

    def made(self, cancelled: Cancelled) -> Plan:
        """Place every meeting, as far as the tries reach."""
        for pin in self.look.problem.pins:
            self._pin(pin)
        waiting = [
            key
            for key in self._order()
            for _ in range(self.look.activity[key].meetings - len(self.board.of_activity[key]))
        ]
        for _ in range(_TRIES * len(waiting)):
            if not waiting or cancelled():
                break
            best = self._best(self.look.activity[waiting.pop(0)])
            if best is not None and self.fixed.isdisjoint(self.board.in_the_way(best)):
                for other in dict.fromkeys(self.board.in_the_way(best)):
                    self.board.remove(other)
                    self.taken_out[other.activity] += 1
                    waiting.append(other.activity)
                self.board.place(best)
        return Plan(
            tuple(numbered(one for slots in self.board.of_activity.values() for _, one in sorted(slots.items())))
        )

    def _order(self) -> list[str]:
        """Give the activities class by class, by lot; in a class those that others wait for first."""
        depth: Counter[str] = Counter()
        for _ in self.board.of_activity:  # as deep as a chain can be
            for key, later in self.board.after.items():
                for other in later:
                    depth[other] = min(max(depth[other], depth[key] + 1), len(self.board.of_activity))
        family = self.look.families()
        lot = {number: self.chance.random() for number in sorted(set(family.values()))}
        return sorted(
            self.board.of_activity,
            key=lambda key: (lot[family[key]], depth[key], len(self.times[key]) - self.look.activity[key].meetings),
        )

    def _pin(self, pin: Pin) -> None:
        activity = self.look.activity[pin.activity]
        if pin.slot in self.times[pin.activity] and pin.slot not in self.board.of_activity[pin.activity]:
            one = self._filled(activity, pin.slot)
            if one is not None:
                one = Meeting("", one.activity, one.slot, pin.room or one.room, pin.teachers or one.teachers)
                if not set(self.board.in_the_way(one)):
                    self.board.place(one)
                    self.fixed.add(one)

    def _best(self, activity: Activity) -> Meeting | None:
        """Give the meeting that costs least just now, with what has to make way for it."""
        free = [slot for slot in self.times[activity.key] if slot not in self.board.of_activity[activity.key]]
        options = [one for slot in free if (one := self._filled(activity, slot))]
        return self._cheapest(options, lambda one: self._way(self.board.in_the_way(one)) + self._wants(activity, one))

    def _filled(self, activity: Activity, slot: Slot) -> Meeting | None:
        """Give the meeting there with the cheapest room and teachers; None where two roles have one teacher left."""
        room = self._cheapest(self.look.homes(activity, slot), lambda key: self._room_costs(activity, slot, key))
        teachers: list[str] = []
        for number, role in enumerate(activity.roles):
            left = [key for key in self.look.present(role, slot) if key not in teachers]
            teacher = self._cheapest(left, partial(self._teacher_costs, activity, slot, number))
            if teacher is None:
                return None
            teachers.append(teacher)
        return Meeting("", activity.key, slot, room, tuple(teachers))

    def _cheapest(self, options: Iterable[T], cost: Callable[[T], float]) -> T | None:
        """Give an option of least cost, by lot among equals."""

        def priced(option: T) -> tuple[float, float]:
            return cost(option), self.chance.random()

        return min(options, key=priced, default=None)

    def _way(self, others: Iterable[Meeting]) -> float:
        """Price what has to make way."""
        return sum(
            float("inf") if other in self.fixed else _IN_THE_WAY * (1 + self.taken_out[other.activity])
            for other in set(others)
        )

    def _room_costs(self, activity: Activity, slot: Slot, key: str | None) -> float:
        if key is None:
            return 0.0
        weights = self.look.problem.weights
        known = (
            self.blind
            or not self.board.of_activity[activity.key]
            or any(one.room == key for one in self.board.of_activity[activity.key].values())
        )
        over = 0 if self.blind else max(0, activity.size - self.look.room[key].capacity)
        return (
            self._way(self.board.roommates(activity, slot, key)) + weights.rooms * (not known) + weights.overflow * over
        )

    def _teacher_costs(self, activity: Activity, slot: Slot, number: int, key: str) -> float:
        teacher, weights = self.look.teacher[key], self.look.problem.weights
        way = self._way(self.board.busy(slot, key))
        if self.blind:
            return way
        known = [one.teachers[number] for one in self.board.of_activity[activity.key].values()]
        load = len(self.board.of_teacher[key])
        over = teacher.share is not None and load >= teacher.share
        return way + weights.teachers * (bool(known) and key not in known) + weights.overload * over + load / 1000

    def _wants(self, activity: Activity, one: Meeting) -> float:
        """Price what the time is worth to those who come, and what they wish."""
        if self.blind:
            return 0.0
        weights = self.look.problem.weights
        cost = float(weights.finish * self.look.weeks[one.slot[0]])
        for group in activity.groups:
            cost += weights.trips * all(slot[0] != one.slot[0] for slot in self.board.of_group[group])
            beside = [near for near in neighbours(one.slot) if near in self.board.of_group[group]]
            lonely = [near for near in beside if not any(far in self.board.of_group[group] for far in neighbours(near))]
            cost += weights.isolated * ((not beside) - len(lonely))
        days = {slot[0] for slot in self.board.of_activity[activity.key]}
        cost += weights.spread * (one.slot[0] in days and len(days) < activity.min_days)
        return cost + weights.wishes * sum(
            wish.price for wish in self.look.problem.wishes if self.look.matches(wish.what, one)
        )
