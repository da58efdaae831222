"""What differs between two timetables, and what that costs those who were told the first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from scheduling.planning.solving import Change, Sentence, Term, say
from scheduling.planning.timetable.lookup import Lookup
from scheduling.planning.timetable.problem import Meeting, Plan, Problem, Slot

WORDS = {"moved": say("改了时间的课次"), "teacher": say("换了老师的课次"), "room": say("换了教室的课次")}


def changes(problem: Problem, before: Plan, after: Plan) -> tuple[Change, ...]:
    """Give each difference, priced by `problem.prices`: moved, added, dropped meetings, others' teachers and rooms."""
    return tuple(change for _, change in _every(problem, before, after))


def prices(problem: Problem, before: Plan, after: Plan) -> tuple[Term, ...]:
    """Give what the differences cost by `problem.prices`, the value of a re-plan."""
    count = Counter(part for part, _ in _every(problem, before, after))
    return tuple(Term(part, words, int(getattr(problem.prices, part)), count[part]) for part, words in WORDS.items())


def _every(problem: Problem, before: Plan, after: Plan) -> Iterator[tuple[str, Change]]:
    """Give each change with the price it falls under."""
    look = Lookup(problem)
    for activity in look.activity:
        yield from _of_activity(look, _by_slot(before, activity), _by_slot(after, activity))


def keyed_like(before: Plan, after: Plan) -> Plan:
    """Give `after` with the keys of `before`: a meeting that stays keeps its key, one that moves brings it along."""
    keyed: list[Meeting] = []
    for activity in dict.fromkeys(one.activity for one in after.meetings):
        old, new = _by_slot(before, activity), _by_slot(after, activity)
        spare = [one.key for slot, one in old.items() if slot not in new]
        taken = {one.key for one in old.values()}
        fresh = (key for number in range(1, len(taken) + len(new) + 1) if (key := f"{activity}#{number}") not in taken)
        for slot, one in new.items():
            key = old[slot].key if slot in old else spare.pop(0) if spare else next(fresh)
            keyed.append(replace(one, key=key))
    return Plan(tuple(keyed))


def _by_slot(plan: Plan, activity: str) -> dict[Slot, Meeting]:
    return {one.slot: one for one in sorted(plan.meetings, key=lambda one: one.slot) if one.activity == activity}


def _of_activity(look: Lookup, old: dict[Slot, Meeting], new: dict[Slot, Meeting]) -> Iterator[tuple[str, Change]]:
    prices = look.problem.prices
    gone = [one for slot, one in old.items() if slot not in new]
    come = [one for slot, one in new.items() if slot not in old]
    for was, now in zip(gone, come, strict=False):
        words = say(
            "%(activity)s从%(old)s改到%(new)s",
            activity=_name(look, now),
            old=look.when(was.slot),
            new=look.when(now.slot),
        )
        yield "moved", Change("moved", was.key, words, prices.moved)
    for one in gone[len(come) :]:
        words = say("取消%(activity)s（%(when)s）", activity=_name(look, one), when=look.when(one.slot))
        yield "moved", Change("dropped", one.key, words, prices.moved)
    for one in come[len(gone) :]:
        words = say("增加%(activity)s（%(when)s）", activity=_name(look, one), when=look.when(one.slot))
        yield "moved", Change("added", one.key, words, prices.moved)
    for slot in (slot for slot in old if slot in new):
        yield from _of_meeting(look, old[slot], new[slot])


def _of_meeting(look: Lookup, was: Meeting, now: Meeting) -> Iterator[tuple[str, Change]]:
    what = say("%(when)s的%(activity)s", when=look.when(now.slot), activity=_name(look, now))
    for number in range(max(len(was.teachers), len(now.teachers))):
        old, new = (one.teachers[number : number + 1] for one in (was, now))
        if old != new:
            words = say("%(what)s由%(old)s换成%(new)s上", what=what, old=_who(look, old), new=_who(look, new))
            yield "teacher", Change("changed", now.key, words, look.problem.prices.teacher)
    if was.room != now.room:
        words = say("%(what)s从%(old)s改在%(new)s", what=what, old=_where(look, was), new=_where(look, now))
        yield "room", Change("changed", now.key, words, look.problem.prices.room)


def _name(look: Lookup, one: Meeting) -> str:
    return look.activity[one.activity].name


def _who(look: Lookup, teachers: tuple[str, ...]) -> str | Sentence:
    return look.teacher[teachers[0]].name if teachers and teachers[0] in look.teacher else say("无")


def _where(look: Lookup, one: Meeting) -> str | Sentence:
    return look.room[one.room].name if one.room in look.room else say("无")
