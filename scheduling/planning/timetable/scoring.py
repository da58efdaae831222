"""What a timetable costs, whoever made it."""

from __future__ import annotations

from collections import Counter

from scheduling.planning.solving import Sentence, Term, say
from scheduling.planning.timetable.lookup import Lookup, neighbours
from scheduling.planning.timetable.problem import Meeting, Plan, Problem, Slot

WORDS: dict[str, Sentence] = {
    "overflow": say("坐不下的人次"),
    "spread": say("课程比希望的少分散了几天"),
    "isolated": say("学员只为一节课跑一趟的次数"),
    "rooms": say("同一门课换教室的次数"),
    "teachers": say("同一门课换老师的次数"),
    "overload": say("老师超出应分担的课次"),
    "trips": say("学员来上课的天数"),
    "finish": say("学员学完要等的周数"),
    "wishes": say("没有照顾到的意愿"),
}


def score(problem: Problem, plan: Plan) -> tuple[Term, ...]:
    """Give the terms of the objective (all costs) that have a weight; what is outside the grid does not count."""
    look = Lookup(problem)
    meetings = look.sound(plan)
    amounts = {
        "overflow": 0 if problem.capacity_is_hard else _overflow(look, meetings),
        "spread": _spread(look, meetings),
        "isolated": _isolated(look, meetings),
        "rooms": _further({(one.activity, one.room) for one in meetings if one.room}),
        "teachers": _further(
            {
                ((one.activity, role), teacher)
                for one in meetings
                for role, teacher in zip(range(len(look.activity[one.activity].roles)), one.teachers, strict=False)
            }
        ),
        "overload": _overload(look, meetings),
        "trips": len({(group, one.slot[0]) for one in meetings for group in look.activity[one.activity].groups}),
        "finish": _finish(look, meetings),
        "wishes": sum(wish.price for wish in problem.wishes for one in meetings if look.matches(wish.what, one)),
    }
    weights = {key: int(getattr(problem.weights, key)) for key in WORDS}
    return tuple(Term(key, WORDS[key], weights[key], amounts[key]) for key in WORDS if weights[key])


def _overflow(look: Lookup, meetings: list[Meeting]) -> int:
    people: Counter[tuple[str, Slot]] = Counter()
    for one in meetings:
        if one.room in look.room:
            people[one.room, one.slot] += look.activity[one.activity].size
    return sum(max(0, count - look.room[room].capacity) for (room, _), count in people.items())


def _spread(look: Lookup, meetings: list[Meeting]) -> int:
    days = Counter(activity for activity, _ in {(one.activity, one.slot[0]) for one in meetings})
    return sum(max(0, activity.min_days - days[activity.key]) for activity in look.problem.activities)


def _isolated(look: Lookup, meetings: list[Meeting]) -> int:
    attended = Counter((group, one.slot) for one in meetings for group in set(look.activity[one.activity].groups))
    return sum(
        count
        for (group, slot), count in attended.items()
        if not any((group, beside) in attended for beside in neighbours(slot))
    )


def _further(pairs: set[tuple[object, str]]) -> int:
    """Count the second parts beyond one for each first part."""
    return len(pairs) - len({first for first, _ in pairs})


def _overload(look: Lookup, meetings: list[Meeting]) -> int:
    load = Counter(teacher for one in meetings for teacher in set(one.teachers))
    return sum(max(0, load[one.key] - one.share) for one in look.problem.teachers if one.share is not None)


def _finish(look: Lookup, meetings: list[Meeting]) -> int:
    last: dict[str, int] = {}
    for one in meetings:
        for group in look.activity[one.activity].groups:
            last[group] = max(last.get(group, 0), one.slot[0])
    return sum(look.weeks[day] - look.weeks[0] for day in last.values())
