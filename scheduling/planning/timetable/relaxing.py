"""The hard rules a planner could give up, one by one, to explain why there is no timetable.

Giving up a rule takes a restriction out of the problem's data, so what is left is a problem like any other. That nobody
is at two places at once is not up for discussion.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import Any, TypeAlias

from scheduling.planning.solving import Rule, Sentence, say
from scheduling.planning.timetable.checking import pinned
from scheduling.planning.timetable.lookup import Lookup
from scheduling.planning.timetable.problem import Activity, Group, Problem, Role, Room, Teacher

Relax: TypeAlias = Callable[[Problem], Problem]


def rules(problem: Problem) -> tuple[Rule, ...]:
    """Give every rule that can be given up, by the keys of the module `problem` and what each is about."""
    return tuple(rule for rule, _ in _every(problem))


def keeping(problem: Problem, kept: frozenset[str]) -> Problem:
    """Give the problem in which of the `rules` just these hold."""
    left = problem
    for rule, relax in _every(problem):
        if rule.key not in kept:
            left = relax(left)
    return left


def _every(problem: Problem) -> Iterator[tuple[Rule, Relax]]:
    look = Lookup(problem)
    yield from _announced(look)
    for room in problem.rooms:
        yield from _of_room(problem, room)
    for teacher in problem.teachers:
        yield from _of_teacher(teacher)
    for group in problem.groups:
        yield from _of_group(group)
    for activity in problem.activities:
        yield from _of_activity(look, activity)
    if problem.grid.closed:
        yield (
            Rule("open", say("停课的时间不排课")),
            lambda left: replace(left, grid=replace(left.grid, closed=frozenset())),
        )


def _announced(look: Lookup) -> Iterator[tuple[Rule, Relax]]:
    """Give pins and bans; pins first, for how few meetings an activity may have depends on them."""
    for number, pin in enumerate(look.problem.pins):
        yield Rule(f"pin:{number}", say("已公布：%(pin)s", pin=pinned(look, pin))), partial(_without, "pins", pin)
    for number, ban in enumerate(look.problem.bans):
        yield Rule(f"ban:{number}", say("不许：%(reason)s", reason=ban.reason)), partial(_without, "bans", ban)


def _of_room(problem: Problem, room: Room) -> Iterator[tuple[Rule, Relax]]:
    people = sum(activity.size for activity in problem.activities)
    stations = sum(activity.stations for activity in problem.activities)
    if room.unavailable:
        words = say("%(room)s有%(count)s个时段不开放", room=room.name, count=len(room.unavailable))
        yield _rule("room_closed", "rooms", room, words, unavailable=frozenset())
    if stations > room.stations:
        words = say("%(room)s只有%(count)s个工位", room=room.name, count=room.stations)
        yield _rule("stations", "rooms", room, words, stations=stations)
    if problem.capacity_is_hard and people > room.capacity:
        words = say("%(room)s只坐得下%(count)s人", room=room.name, count=room.capacity)
        yield _rule("capacity", "rooms", room, words, capacity=people)


def _of_teacher(teacher: Teacher) -> Iterator[tuple[Rule, Relax]]:
    if teacher.unavailable:
        words = say("%(who)s有%(count)s个时段不在", who=teacher.name, count=len(teacher.unavailable))
        yield _rule("absent", "teachers", teacher, words, unavailable=frozenset())
    if teacher.max_per_day is not None:
        words = say("%(who)s一天最多上%(most)s次课", who=teacher.name, most=teacher.max_per_day)
        yield _rule("teacher_daily", "teachers", teacher, words, max_per_day=None)
    if teacher.max_per_week is not None:
        words = say("%(who)s一周最多上%(most)s次课", who=teacher.name, most=teacher.max_per_week)
        yield _rule("teacher_weekly", "teachers", teacher, words, max_per_week=None)


def _of_group(group: Group) -> Iterator[tuple[Rule, Relax]]:
    if group.unavailable:
        words = say("%(who)s有%(count)s个时段没空", who=group.name, count=len(group.unavailable))
        yield _rule("shift", "groups", group, words, unavailable=frozenset())
    if group.max_per_day is not None:
        words = say("%(who)s一天最多上%(most)s次课", who=group.name, most=group.max_per_day)
        yield _rule("group_daily", "groups", group, words, max_per_day=None)


def _of_activity(look: Lookup, activity: Activity) -> Iterator[tuple[Rule, Relax]]:
    name = activity.name
    if activity.first_day or activity.last_day is not None or activity.unavailable:
        words = say("%(activity)s只能排在指定的日期和时段", activity=name)
        yield _rule("window", "activities", activity, words, first_day=0, last_day=None, unavailable=frozenset())
    if activity.max_per_day is not None:
        words = say("%(activity)s一天最多%(most)s次", activity=name, most=activity.max_per_day)
        yield _rule("daily", "activities", activity, words, max_per_day=None)
    for before in dict.fromkeys(activity.after):
        words = say("%(before)s上完才上%(activity)s", before=look.activity[before].name, activity=name)
        yield Rule(f"order:{activity.key}:{before}", words), partial(_unordered, activity.key, before)
    for number, role in enumerate(activity.roles):
        if role.teachers or role.certificate:
            words = say(
                "%(activity)s的%(role)s只有%(count)s位老师能任",
                activity=name,
                role=role.name,
                count=len(look.fillers(role)),
            )
            yield Rule(f"role:{activity.key}:{number}", words), partial(_by_anyone, activity.key, number)
    if activity.rooms:
        rooms = "、".join(look.room[key].name for key in activity.rooms)
        words = say("%(activity)s只能在%(rooms)s上", activity=name, rooms=rooms)
        yield _rule("place", "activities", activity, words, rooms=tuple(look.room))
    if activity.meetings or any(pin.activity == activity.key for pin in look.problem.pins):
        words = say(
            "%(activity)s（%(size)s人，%(stations)s个工位）要上%(count)s次",
            activity=name,
            size=activity.size,
            stations=activity.stations,
            count=activity.meetings,
        )
        yield Rule(f"meetings:{activity.key}", words), partial(_only_pinned, activity.key)


def _rule(
    rule: str,
    kind: str,
    thing: Activity | Group | Room | Teacher,
    words: Sentence,
    **fields: Any,  # noqa: ANN401
) -> tuple[Rule, Relax]:
    """Give a rule that goes when these fields of a thing are these."""
    return Rule(f"{rule}:{thing.key}", words), partial(_with, kind, thing.key, fields)


def _with(kind: str, key: str, fields: dict[str, Any], problem: Problem) -> Problem:
    things = getattr(problem, kind)
    changed: dict[str, Any] = {kind: tuple(replace(one, **fields) if one.key == key else one for one in things)}
    return replace(problem, **changed)


def _without(kind: str, gone: object, problem: Problem) -> Problem:
    left: dict[str, Any] = {kind: tuple(one for one in getattr(problem, kind) if one is not gone)}
    return replace(problem, **left)


def _unordered(key: str, before: str, problem: Problem) -> Problem:
    after = next(one.after for one in problem.activities if one.key == key)
    return _with("activities", key, {"after": tuple(other for other in after if other != before)}, problem)


def _by_anyone(key: str, number: int, problem: Problem) -> Problem:
    roles = next(one.roles for one in problem.activities if one.key == key)
    anyone = (*roles[:number], Role(roles[number].name), *roles[number + 1 :])
    return _with("activities", key, {"roles": anyone}, problem)


def _only_pinned(key: str, problem: Problem) -> Problem:
    """Ask for no more meetings than the pins that are left."""
    return _with(
        "activities", key, {"meetings": len({pin.slot for pin in problem.pins if pin.activity == key})}, problem
    )
