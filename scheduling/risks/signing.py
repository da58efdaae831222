"""Rules about signing in and out. What was written on paper has its own rule: its times are a clerk's, no clock's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from scheduling.planning.solving.words import say
from scheduling.planning.timetable import HERE
from scheduling.risks.facts import Facts, Lesson, Stamp, Trainee, minute, seconds
from scheduling.risks.hits import Hit, hit

PAPER, SCREEN = "paper", "screen"
FEW = 3  # two come through a door together; a pattern needs as many days


def shared_device(facts: Facts) -> Iterator[Hit]:
    """One trainee's phone signed in more people than the rules expect, by the code on the screen."""
    used: defaultdict[str, list[Stamp]] = defaultdict(list)
    for one in facts.stamps:
        if one.way == SCREEN and one.device and one.direction == "in":
            used[one.device].append(one)
    people = _by_id(facts)
    for stamps in used.values():
        whom = {one.trainee for one in stamps} & people.keys()
        if len(whom) > facts.terms.device_for:
            words = say("有一部手机替%(number)s人签了到，请核实这些人是不是都到了", number=len(whom))
            yield hit("shared_device", words, people=[people[each] for each in whom], stamps=stamps)


def burst(facts: Facts) -> Iterator[Hit]:
    """All who signed in to a session did so within a few seconds: three people or more."""
    for lesson, stamps in _came(facts):
        span = max(one.at for one in stamps) - min(one.at for one in stamps)
        if len(stamps) >= FEW and seconds(span) <= facts.terms.burst_seconds:
            told = {"number": lesson.number, "people": len(stamps), "seconds": seconds(span)}
            words = say("第%(number)s次课%(people)s人全在%(seconds)s秒里签到，请核实是不是本人签的", **told)
            yield hit("burst", words, lessons=[lesson], stamps=stamps)


def same_minutes(facts: Facts) -> Iterator[Hit]:
    """Somebody signs in and out at the very same minutes every day she comes: on three days or more."""
    people, days = _by_id(facts), _by_day(facts)
    for who, own in days.items():
        patterns = {tuple(sorted((one.direction, minute(one.at)) for one in stamps)) for stamps in own.values()}
        if who in people and len(own) >= FEW and len(patterns) == 1:
            told: dict[str, Any] = {"name": people[who].name, "days": len(own)}
            words = say("%(name)s%(days)s天都在同样的几点几分签到，请核实是不是本人签的", **told)
            stamps = [one for stamps in own.values() for one in stamps]
            yield hit("same_minutes", words, people=[people[who]], stamps=stamps)


def no_sign_out(facts: Facts) -> Iterator[Hit]:
    """Find who signed in to a session that is over and did not sign out."""
    people, left = _by_id(facts), facts.counted("out")
    for lesson, stamps in _came(facts):
        without = [one for one in stamps if one.trainee in people and (one.trainee, lesson.id) not in left]
        if without and lesson.ends_at <= facts.now:
            told = {"number": lesson.number, "people": len(without)}
            words = say("第%(number)s次课有%(people)s人签了到没签退，请核实有没有提前走", **told)
            whom = [people[one.trainee] for one in without]
            yield hit("no_sign_out", words, people=whom, lessons=[lesson], stamps=without)


def out_of_place(facts: Facts) -> Iterator[Hit]:
    """Somebody's phone was farther away than the class's fence when she signed in or out."""
    if facts.fence_metres is None:
        return
    people, lessons = _by_id(facts), {one.id: one for one in facts.lessons}
    far: defaultdict[str, list[Stamp]] = defaultdict(list)
    for one in facts.stamps:
        if one.away_metres is not None and one.away_metres > facts.fence_metres and one.trainee in people:
            far[one.trainee].append(one)
    for who, stamps in far.items():
        most = max(one.away_metres or 0 for one in stamps)
        told: dict[str, Any] = {
            "name": people[who].name,
            "times": len(stamps),
            "most": most,
            "fence": facts.fence_metres,
        }
        words = say("%(name)s有%(times)s次签到离上课地点最远%(most)s米，限%(fence)s米。定位会飘，请核实", **told)
        where = [lessons[one.lesson] for one in stamps if one.lesson in lessons]
        yield hit("out_of_place", words, people=[people[who]], lessons=where, stamps=stamps)


def back_filled(facts: Facts) -> Iterator[Hit]:
    """More check-ins were written in by hand than the rules expect."""
    came = facts.counted("in").values()
    by_hand = [one for one in came if one.way == PAPER]
    if not by_hand or len(by_hand) * 100 <= facts.terms.backfill_share * len(came):
        return
    lessons = {one.id: one for one in facts.lessons}
    told = {"share": len(by_hand) * 100 // len(came), "number": len(by_hand), "most": facts.terms.backfill_share}
    words = say("签到有%(share)s%%（%(number)s条）是事后补录的，超过%(most)s%%，请核对纸质考勤簿", **told)
    where = [lessons[one.lesson] for one in by_hand if one.lesson in lessons]
    yield hit("back_filled", words, lessons=where, stamps=by_hand)


def _by_id(facts: Facts) -> dict[str, Trainee]:
    return {who.id: who for who in facts.trainees}


def _came(facts: Facts) -> Iterator[tuple[Lesson, list[Stamp]]]:
    """Give each session with those who signed in to it, not on paper."""
    came: defaultdict[str, list[Stamp]] = defaultdict(list)
    for one in facts.counted("in").values():
        if one.way != PAPER:
            came[one.lesson].append(one)
    for lesson in facts.lessons:
        if came[lesson.id]:
            yield lesson, came[lesson.id]


def _by_day(facts: Facts) -> dict[str, dict[str, list[Stamp]]]:
    """Give for each trainee her days, each with the readings that count, paper left out."""
    days: defaultdict[str, defaultdict[str, list[Stamp]]] = defaultdict(lambda: defaultdict(list))
    for direction in ("in", "out"):
        for one in facts.counted(direction).values():
            if one.way != PAPER:
                days[one.trainee][one.at.astimezone(HERE).date().isoformat()].append(one)
    return {who: dict(own) for who, own in days.items()}
