"""Rules about how the class is run: who came and went, its timetable, its filing, its examination, what people say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from scheduling import filings
from scheduling.planning.clashes import Engagement, clashes
from scheduling.planning.solving.words import say
from scheduling.risks.facts import Facts, Lesson, Sitting, Trainee
from scheduling.risks.hits import Hit, hit


def roster_changed(facts: Facts) -> Iterator[Hit]:
    """Somebody came onto the roster, or went, after the first lesson began."""
    for who in facts.trainees:
        if who.seated_at > facts.begins_at:
            words = say("%(name)s是开班以后才进花名册的，请核实手续", name=who.name)
            yield hit("roster_changed", words, people=[who], more=["came"])
        if who.left_at is not None and who.left_at > facts.begins_at:
            words = say("%(name)s开班以后退出了，请核实原因", name=who.name)
            yield hit("roster_changed", words, people=[who], more=["went"])


def replaced_late(facts: Facts) -> Iterator[Hit]:
    """Somebody took the seat of one who left, so late that what was left to teach is less than must be attended."""
    left = [who for who in facts.trainees if who.left_at is not None and who.left_at > facts.begins_at]
    whole = sum(one.hours for one in facts.lessons)
    for who in facts.trainees:
        gone = [one for one in left if one is not who and one.left_at is not None and one.left_at <= who.seated_at]
        rest = sum(one.hours for one in facts.lessons if one.starts_at >= who.seated_at)
        if gone and whole and rest * 100 < facts.terms.attendance_share * whole:
            told: dict[str, Any] = {
                "name": who.name,
                "rest": rest,
                "whole": whole,
                "share": facts.terms.attendance_share,
            }
            words = say(
                "%(name)s顶替退出的人，进来时只剩%(rest)s课时（共%(whole)s），上满也到不了%(share)s%%，请核实", **told
            )
            yield hit("replaced_late", words, people=[who, *gone], more=[f"left={rest}/{whole}"])


def booked_twice(facts: Facts) -> Iterator[Hit]:
    """Find a teacher, or a room, wanted by two lessons at once, of this class or of another at the same school."""
    lessons = {one.id: one for one in (*facts.lessons, *facts.elsewhere)}
    rooms = {f"room/{_same(name)}": stations for name, stations in facts.stations.items() if stations}
    for clash in clashes(_engaged(lessons.values(), rooms), rooms):
        taking = [lessons[each.key] for each in clash.engagements]
        if not any(one.class_id == facts.class_id for one in taking):
            continue
        first = clash.engagements[0]
        if first.kind == "teacher":
            words = say("老师%(name)s同一时间排了%(number)s处的课，请核实谁在上", name=first.name, number=len(taking))
        else:
            words = say("“%(name)s”同一时间排了%(number)s处的课，请核实", name=first.name, number=len(taking))
        yield hit("booked_twice", words, lessons=taking, more=[first.who])


def long_day(facts: Facts) -> Iterator[Hit]:
    """More 课时 are taught on one day than the rules allow."""
    most = facts.terms.most_hours_a_day
    for day, hours in filings.by_day(facts.lessons).items():
        if hours > most:
            words = say("%(day)s排了%(hours)s课时，规定一天最多%(most)s课时，请核实", day=day, hours=hours, most=most)
            own = [one for one in facts.lessons if one.day == day]
            yield hit("long_day", words, lessons=own, more=[f"hours={one.id}/{one.hours}" for one in own])


def holiday(facts: Facts) -> Iterator[Hit]:
    """Find lessons on a statutory holiday."""
    for one in facts.lessons:
        name = facts.holidays.get(one.day)
        if name is not None:
            words = say(
                "第%(number)s次课排在%(holiday)s放假的%(day)s，请核实", number=one.number, holiday=name, day=one.day
            )
            yield hit("holiday", words, lessons=[one])


def before_approval(facts: Facts) -> Iterator[Hit]:
    """Find a first lesson that began before the filing was approved, where the rules ask for one."""
    begins = facts.begins_at
    if facts.terms.file_days is None or not facts.lessons or begins > facts.now:
        return
    if facts.approved_at is not None and facts.approved_at <= begins:
        return
    words = (
        say("开了课还没有备案，请核实，补办手续")
        if facts.approved_at is None
        else say("备案通过时已经开了课，请核实原因")
    )
    first = [one for one in facts.lessons if one.starts_at == begins]
    yield hit("before_approval", words, lessons=first, more=[f"approved={facts.approved_at or ''}"])


def exam_too_early(facts: Facts) -> Iterator[Hit]:
    """Find an examination before the course's hours are taught, or somebody who sat it without having come enough."""
    came: defaultdict[str, set[str]] = defaultdict(set)
    for who, lesson in facts.counted("in"):
        came[who].add(lesson)
    for sitting in facts.sittings:
        taught = [one for one in facts.lessons if one.ends_at <= sitting.starts_at]
        hours = _hours(taught)
        if hours < facts.hours:
            told = {"attempt": sitting.attempt, "hours": hours, "asked": facts.hours}
            words = say("第%(attempt)s次考核时课表上才%(hours)s课时，课程要%(asked)s课时，请核实", **told)
            yield hit("exam_too_early", words, more=[_row(sitting), f"taught={hours}/{facts.hours}"])
        yield from _sat_too_early(facts, sitting, taught, came)


def said_no(facts: Facts) -> Iterator[Hit]:
    """Reached by phone, somebody says that she did not come to class."""
    people = {who.id: who for who in facts.trainees}
    for answer in facts.answers:
        if answer.trainee in people:
            who = people[answer.trainee]
            words = say("电话抽查，%(name)s说没来上课，请核实", name=who.name)
            yield hit("said_no", words, people=[who], more=[f"phone_checks/{answer.id}={answer.note}"])


def _sat_too_early(
    facts: Facts, sitting: Sitting, taught: Iterable[Lesson], came: dict[str, set[str]]
) -> Iterator[Hit]:
    hours, share = {one.id: one.hours for one in taught}, facts.terms.attendance_share
    if sitting.starts_at > facts.now:  # who has not come enough may still come
        return
    short: list[Trainee] = []
    for who in facts.trainees:
        if who.id in sitting.seated:
            own = sum(hours.get(lesson, 0) for lesson in came.get(who.id, ()))
            if own * 100 < share * facts.hours:
                short.append(who)
    if short:
        told = {"attempt": sitting.attempt, "people": len(short), "share": share}
        words = say("第%(attempt)s次考核有%(people)s人签到的课时不到%(share)s%%，请核实", **told)
        yield hit("exam_too_early", words, people=short, more=[_row(sitting)])


def _hours(lessons: Iterable[Lesson]) -> int:
    """Give the 课时 of these lessons for one trainee; of rotating parties, for the one that had the fewest."""
    parties: defaultdict[int, int] = defaultdict(int)
    for one in lessons:
        parties[one.party] += one.hours
    return parties[0] + min((hours for party, hours in parties.items() if party), default=0)


def _engaged(lessons: Iterable[Lesson], rooms: dict[str, int]) -> Iterator[Engagement]:
    for one in lessons:
        told = {"key": one.id, "what": one.title, "starts": one.starts_at, "ends": one.ends_at}
        if one.teacher.strip():
            yield Engagement(who=f"teacher/{_same(one.teacher)}", kind="teacher", name=one.teacher.strip(), **told)  # type: ignore[arg-type]
        if one.room.strip():
            who = f"room/{_same(one.room)}"
            amount = max(1, min(one.heads, rooms[who])) if who in rooms else 1
            yield Engagement(who=who, kind="room", name=one.room.strip(), amount=amount, **told)  # type: ignore[arg-type]


def _same(name: str) -> str:
    return "".join(name.split()).casefold()


def _row(sitting: Sitting) -> str:
    return f"exams/{sitting.id}={sitting.starts_at.timestamp()}"
