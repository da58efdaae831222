"""Why a meeting is where it is: what speaks for its teachers, room and time, and what stands in the way elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from scheduling.planning.solving import Reason, Sentence, say
from scheduling.planning.timetable.board import Board
from scheduling.planning.timetable.checking import pinned
from scheduling.planning.timetable.lookup import Lookup
from scheduling.planning.timetable.problem import Meeting, Plan, Problem

_OFTEN = 2  # obstacles named, the most frequent first


def reasons(problem: Problem, plan: Plan) -> tuple[Reason, ...]:
    """Give for each meeting of a plan that keeps every rule why it is so."""
    board = Board(Lookup(problem), plan.meetings)
    return tuple(Reason(one.key, tuple(_about(board, one))) for one in plan.meetings)


def _about(board: Board, one: Meeting) -> Iterator[Sentence]:
    for pin in board.look.problem.pins:
        if (pin.activity, pin.slot) == (one.activity, one.slot):
            yield say("已公布，不再改动：%(pin)s", pin=pinned(board.look, pin))
    yield from _company(board, one)
    yield from _stations(board, one)
    yield from _teachers(board, one)
    yield from _elsewhere(board, one)


def _company(board: Board, one: Meeting) -> Iterator[Sentence]:
    """Say what else the trainees come for on that day."""
    look = board.look
    for key in look.activity[one.activity].groups:
        held = board.of_group[key].items()
        same = [other.activity for slot, other in held if slot[0] == one.slot[0] and slot != one.slot]
        if same:
            yield say("%(group)s当天还上%(others)s，不用多跑一趟", group=look.group[key].name, others=look.names(same))


def _stations(board: Board, one: Meeting) -> Iterator[Sentence]:
    activity = board.look.activity[one.activity]
    if one.room is not None and activity.stations:
        room = board.look.room[one.room]
        yield say(
            "%(room)s有%(count)s个工位，本次用%(asked)s个，同时用掉%(taken)s个",
            room=room.name,
            count=room.stations,
            asked=activity.stations,
            taken=sum(board.look.activity[other.activity].stations for other in board.in_room[one.room, one.slot]),
        )


def _teachers(board: Board, one: Meeting) -> Iterator[Sentence]:
    activity = board.look.activity[one.activity]
    for role, key in zip(activity.roles, one.teachers, strict=True):
        yield say(
            "%(who)s任%(role)s：能任的有%(able)s位，这门课%(all)s次里由%(who)s上%(held)s次",
            who=board.look.teacher[key].name,
            role=role.name,
            able=len(board.look.fillers(role)),
            all=activity.meetings,
            held=sum(key in other.teachers for other in board.of_activity[activity.key].values()),
        )


def _elsewhere(board: Board, one: Meeting) -> Iterator[Sentence]:
    """Say in how many other slots it could be as it is, or what stands in the way there."""
    board.remove(one)
    slots = [
        slot
        for slot in board.look.times(board.look.activity[one.activity])
        if slot not in (one.slot, *board.of_activity[one.activity])
    ]
    obstacles = Counter(_obstacle(board, replace(one, slot=slot)) for slot in slots)
    board.place(one)
    free = obstacles.pop(None, 0)
    if free:
        yield say("老师和教室不变，另有%(free)s个时间也排得下，总的算下来不更好", free=free)
    else:
        yield say("老师和教室不变，没有别的时间排得下")
    for obstacle, count in obstacles.most_common(_OFTEN):
        if obstacle is not None:
            yield say("有%(count)s个时间排不下：%(obstacle)s", count=count, obstacle=obstacle)


def _obstacle(board: Board, one: Meeting) -> Sentence | None:
    """Say what first stands in the way of a meeting; None for nothing."""
    look, activity = board.look, board.look.activity[one.activity]
    for key in one.teachers:
        if one.slot in look.teacher[key].unavailable:
            return say("%(who)s不在", who=look.teacher[key].name)
    if one.room not in look.homes(activity, one.slot):
        return say("%(room)s不开放", room=look.room[str(one.room)].name)
    if any(look.matches(ban.what, one) for ban in look.problem.bans):
        return say("规定不许")
    other = next(board.in_the_way(one), None)
    return None if other is None else _between(look, one, other)


def _between(look: Lookup, one: Meeting, other: Meeting) -> Sentence:
    """Say why two meetings cannot both be."""
    shared = [key for key in look.activity[one.activity].groups if key in look.activity[other.activity].groups]
    teachers = [key for key in one.teachers if key in other.teachers]
    if one.slot == other.slot and shared:
        return say("%(who)s有别的课", who=look.group[shared[0]].name)
    if one.slot == other.slot and teachers:
        return say("%(who)s在上别的课", who=look.teacher[teachers[0]].name)
    if one.slot == other.slot and one.room is not None and one.room == other.room:
        return say("%(room)s占满了", room=look.room[one.room].name)
    for before, after in ((one, other), (other, one)):
        if before.activity in look.activity[after.activity].after:
            names = {"before": look.names([before.activity]), "after": look.names([after.activity])}
            return say("%(before)s要在%(after)s之前上完", **names)
    return say("课次到了上限")
