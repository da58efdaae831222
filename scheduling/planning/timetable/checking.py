"""Which hard rules a timetable breaks: used for every plan before it is shown, and for a move made by hand."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from scheduling.planning.solving import Breach, Sentence, say
from scheduling.planning.timetable.lookup import Lookup
from scheduling.planning.timetable.problem import Activity, Group, Meeting, Pin, Plan, Problem, Slot, Teacher

K = TypeVar("K", bound=Hashable)


def breaches(problem: Problem, plan: Plan) -> tuple[Breach, ...]:
    """Give each hard rule of `problem` that is broken, once for each place where it is."""
    look = Lookup(problem)
    meetings = look.sound(plan)
    rules = (_meetings, _often, _order, _groups, _teachers, _rooms, _pins)
    return (
        *_open(look, plan),
        *(breach for one in meetings for breach in _alone(look, one)),
        *(breach for rule in rules for breach in rule(look, meetings)),
    )


def moved(
    problem: Problem, plan: Plan, key: str, slot: Slot, *, room: str | None = None, teachers: tuple[str, ...] = ()
) -> tuple[Breach, ...]:
    """Give the hard rules that moving one meeting by hand would break and that are not broken yet.

    `room` None and `teachers` () leave them as they are.
    """
    hand = (
        replace(one, slot=slot, room=room or one.room, teachers=teachers or one.teachers) if one.key == key else one
        for one in plan.meetings
    )
    known = set(breaches(problem, plan))
    return tuple(breach for breach in breaches(problem, Plan(tuple(hand))) if breach not in known)


def _breach(rule: str, meetings: Iterable[Meeting], words: Sentence) -> Breach:
    return Breach(rule, tuple(one.key for one in meetings), words)


def _by(meetings: Iterable[Meeting], keys: Callable[[Meeting], Iterable[K]]) -> defaultdict[K, list[Meeting]]:
    """Sort meetings under each of their keys."""
    under: defaultdict[K, list[Meeting]] = defaultdict(list)
    for one in meetings:
        for key in keys(one):
            under[key].append(one)
    return under


def _open(look: Lookup, plan: Plan) -> Iterator[Breach]:
    """[open], and of [meetings] that each key is one meeting's and each activity known."""
    for one in plan.meetings:
        if one.activity not in look.activity:
            yield _breach("meetings", [one], say("没有%(activity)s这门课", activity=one.activity))
        elif one.slot not in look.slots:
            yield _breach("open", [one], say("%(activity)s排到了课表外", activity=look.names([one.activity])))
        elif one.slot in look.grid.closed:
            words = say(
                "%(when)s不上课，排了%(activity)s", when=look.when(one.slot), activity=look.names([one.activity])
            )
            yield _breach("open", [one], words)
    for key, count in Counter(one.key for one in plan.meetings).items():
        if count > 1:
            yield Breach("meetings", (key,), say("编号%(key)s用了%(count)s次", key=key, count=count))


def _alone(look: Lookup, one: Meeting) -> Iterator[Breach]:
    """Check what one meeting breaks by itself."""
    activity, when = look.activity[one.activity], look.when(one.slot)
    name = activity.name
    if not look.in_window(activity, one.slot):
        yield _breach("window", [one], say("%(activity)s不能排在%(when)s", activity=name, when=when))
    for key in sorted(set(activity.groups)):
        if one.slot in look.group[key].unavailable:
            words = say(
                "%(group)s%(when)s没空，不能上%(activity)s", group=look.group[key].name, when=when, activity=name
            )
            yield _breach("shift", [one], words)
    yield from _staffed(look, activity, one)
    if (one.room is not None) if not activity.rooms else (one.room not in activity.rooms):
        room = look.room[one.room].name if one.room in look.room else say("没有教室")
        yield _breach("place", [one], say("%(activity)s不能在这里上：%(room)s", activity=name, room=room))
    for ban in look.problem.bans:
        if look.matches(ban.what, one):
            words = say("%(activity)s不许排在%(when)s：%(reason)s", activity=name, when=when, reason=ban.reason)
            yield _breach("ban", [one], words)


def _staffed(look: Lookup, activity: Activity, one: Meeting) -> Iterator[Breach]:
    """[role] and [absent]."""
    fits = len(one.teachers) == len(activity.roles) and len(set(one.teachers)) == len(one.teachers)
    if not fits:
        words = say("%(activity)s要%(count)s位不同的老师", activity=activity.name, count=len(activity.roles))
        yield _breach("role", [one], words)
    for role, key in zip(activity.roles, one.teachers, strict=False):
        if key not in look.fillers(role):
            who = look.teacher[key].name if key in look.teacher else key
            words = say("%(who)s不能任%(activity)s的%(role)s", who=who, activity=activity.name, role=role.name)
            yield _breach("role", [one], words)
    for key in sorted(set(one.teachers) & set(look.teacher)):
        if one.slot in look.teacher[key].unavailable:
            who, when = look.teacher[key].name, look.when(one.slot)
            yield _breach(
                "absent",
                [one],
                say("%(who)s%(when)s不在，排了%(activity)s", who=who, when=when, activity=activity.name),
            )


def _meetings(look: Lookup, meetings: list[Meeting]) -> Iterator[Breach]:
    """[meetings]: as many as asked for, in different slots."""
    by_activity = _by(meetings, lambda one: [one.activity])
    for activity in look.problem.activities:
        planned = by_activity[activity.key]
        if len(planned) != activity.meetings:
            words = say(
                "%(activity)s要上%(asked)s次，排了%(planned)s次",
                activity=activity.name,
                asked=activity.meetings,
                planned=len(planned),
            )
            yield _breach("meetings", planned, words)
        for slot, twice in _by(planned, lambda one: [one.slot]).items():
            if len(twice) > 1:
                words = say("%(activity)s在%(when)s排了两次", activity=activity.name, when=look.when(slot))
                yield _breach("meetings", twice, words)


def _often(look: Lookup, meetings: list[Meeting]) -> Iterator[Breach]:
    """[daily], [group_daily], [teacher_daily] and [teacher_weekly]."""
    by_activity = _by(meetings, lambda one: [one.activity])
    by_group = _by(meetings, lambda one: set(look.activity[one.activity].groups))
    by_teacher = _by(meetings, lambda one: set(one.teachers))
    for activity in look.problem.activities:
        yield from _daily("daily", look, activity, by_activity[activity.key])
    for group in look.problem.groups:
        yield from _daily("group_daily", look, group, by_group[group.key])
    for teacher in look.problem.teachers:
        yield from _daily("teacher_daily", look, teacher, by_teacher[teacher.key])
        yield from _weekly(look, teacher, by_teacher[teacher.key])


def _daily(rule: str, look: Lookup, who: Activity | Group | Teacher, meetings: list[Meeting]) -> Iterator[Breach]:
    for day, held in _by(meetings, lambda one: [one.slot[0]]).items():
        if who.max_per_day is not None and len(held) > who.max_per_day:
            words = say(
                "%(who)s%(day)s排了%(count)s次课，一天最多%(most)s次",
                who=who.name,
                day=look.grid.days[day],
                count=len(held),
                most=who.max_per_day,
            )
            yield _breach(rule, held, words)


def _weekly(look: Lookup, teacher: Teacher, meetings: list[Meeting]) -> Iterator[Breach]:
    for held in _by(meetings, lambda one: [look.weeks[one.slot[0]]]).values():
        if teacher.max_per_week is not None and len(held) > teacher.max_per_week:
            words = say(
                "%(who)s在%(day)s那一周排了%(count)s次课，最多%(most)s次",
                who=teacher.name,
                day=look.grid.days[min(one.slot[0] for one in held)],
                count=len(held),
                most=teacher.max_per_week,
            )
            yield _breach("teacher_weekly", held, words)


def _order(look: Lookup, meetings: list[Meeting]) -> Iterator[Breach]:
    """[order]."""
    by_activity = _by(meetings, lambda one: [one.activity])
    for activity in look.problem.activities:
        for before in dict.fromkeys(activity.after):
            first = min(by_activity[activity.key], key=lambda one: one.slot, default=None)
            last = max(by_activity[before], key=lambda one: one.slot, default=None)
            if first and last and first.slot <= last.slot:
                words = say(
                    "%(activity)s%(when)s开课，而%(before)s要到%(last)s才上完",
                    activity=activity.name,
                    when=look.when(first.slot),
                    before=look.activity[before].name,
                    last=look.when(last.slot),
                )
                yield _breach("order", [first, last], words)


def _groups(look: Lookup, meetings: list[Meeting]) -> Iterator[Breach]:
    """[group]."""
    attended = _by(meetings, lambda one: [(key, one.slot) for key in set(look.activity[one.activity].groups)])
    for (key, slot), held in sorted(attended.items()):
        if len(held) > 1:
            yield _breach("group", held, _clash(look, look.group[key].name, slot, held))


def _teachers(look: Lookup, meetings: list[Meeting]) -> Iterator[Breach]:
    """[teacher]."""
    taught = _by(meetings, lambda one: [(key, one.slot) for key in set(one.teachers) & set(look.teacher)])
    for (key, slot), held in sorted(taught.items()):
        if len(held) > 1:
            yield _breach("teacher", held, _clash(look, look.teacher[key].name, slot, held))


def _clash(look: Lookup, who: str, slot: Slot, held: list[Meeting]) -> Sentence:
    activities = "、".join(look.activity[one.activity].name for one in held)
    return say("%(who)s%(when)s同时有：%(activities)s", who=who, when=look.when(slot), activities=activities)


def _rooms(look: Lookup, meetings: list[Meeting]) -> Iterator[Breach]:
    """[room_closed], [room], [stations] and [capacity]."""
    used = _by(meetings, lambda one: [(one.room, one.slot)] if one.room in look.room else [])
    for (key, slot), held in used.items():
        room, when = look.room[str(key)], look.when(slot)
        activities = [look.activity[one.activity] for one in held]
        stations, people = sum(one.stations for one in activities), sum(one.size for one in activities)
        if slot in room.unavailable:
            yield _breach("room_closed", held, say("%(room)s%(when)s不开放", room=room.name, when=when))
        if len(held) > 1 and not all(one.stations for one in activities):
            yield _breach("room", held, _clash(look, room.name, slot, held))
        if stations > room.stations:
            words = say(
                "%(room)s%(when)s要用%(asked)s个工位，只有%(count)s个",
                room=room.name,
                when=when,
                asked=stations,
                count=room.stations,
            )
            yield _breach("stations", held, words)
        if look.problem.capacity_is_hard and people > room.capacity:
            words = say(
                "%(room)s%(when)s要坐%(asked)s人，只坐得下%(count)s人",
                room=room.name,
                when=when,
                asked=people,
                count=room.capacity,
            )
            yield _breach("capacity", held, words)


def _pins(look: Lookup, meetings: list[Meeting]) -> Iterator[Breach]:
    """[pin]."""
    for pin in look.problem.pins:
        if not any(_kept(pin, one) for one in meetings):
            words = pinned(look, pin)
            about = [one for one in meetings if (one.activity, one.slot) == (pin.activity, pin.slot)]
            yield _breach("pin", about, say("已公布的没有照办：%(pin)s", pin=words))


def _kept(pin: Pin, one: Meeting) -> bool:
    return (
        (one.activity, one.slot) == (pin.activity, pin.slot)
        and pin.room in {None, one.room}
        and pin.teachers in {(), one.teachers}
    )


def pinned(look: Lookup, pin: Pin) -> Sentence:
    """Say what a pin keeps."""
    named = [look.room[pin.room].name] if pin.room else []
    named += [look.teacher[key].name for key in pin.teachers]
    when = look.when(pin.slot) if pin.slot in look.slots else say("课表外")
    name = look.activity[pin.activity].name
    if not named:
        return say("%(activity)s在%(when)s", activity=name, when=when)
    return say("%(activity)s在%(when)s（%(named)s）", activity=name, when=when, named="、".join(named))
