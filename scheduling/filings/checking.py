"""What a class has of its filing and what it lacks: five papers, two promises, and what does not fit the rules.

What is missing keeps the filing from being handed in (人社厅发〔2022〕15号 names the papers). What does not fit is
told, and whoever approves it says why: counties differ, and a holiday may be taught on by agreement.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduling import enrolments, training_rules
from scheduling.courses.filling import hours_left
from scheduling.filings.dossiers import dossier
from scheduling.filings.hours import by_day
from scheduling.models import ClassDossier, ClassSession, Enrolment, Holiday, Teacher, TrainingClass, TrainingRoom
from scheduling.planning.solving.words import Sentence, say
from scheduling.planning.timetable import HERE

PAPERS = ("application", "roster", "timetable", "teachers", "scheme", "school_promise", "trainee_promises")

_COURSE_FAULTS = {  # what `training_rules.faults` finds
    "least_hours": say("课程总课时少于规定的%(asked)s课时"),
    "least_theory_share": say("理论课时不到规定的百分之%(asked)s"),
    "least_practice_share": say("实操课时不到规定的百分之%(asked)s"),
    "most_trainees": say("一班人数多于规定的%(asked)s人"),
}


@dataclass(frozen=True)
class Paper:
    """One paper of the filing (a key of PAPERS) and what it lacks; nothing: it is complete."""

    key: str
    lacks: tuple[Sentence, ...]

    @property
    def there(self) -> bool:
        """Whether it is complete."""
        return not self.lacks


@dataclass(frozen=True)
class Readiness:
    """How a class stands with its filing. `due_on` is the last day to hand it in, None where the rules know none."""

    papers: tuple[Paper, ...]
    faults: tuple[Sentence, ...]
    due_on: date | None

    @property
    def missing(self) -> tuple[str, ...]:
        """Give the keys of papers that are not complete."""
        return tuple(paper.key for paper in self.papers if not paper.there)

    def late(self, day: date) -> bool:
        """Say whether handing it in on `day` is late: told, never a reason to refuse."""
        return self.due_on is not None and day > self.due_on


def readiness(session: Session, training_class: TrainingClass) -> Readiness:
    """Say what is there, what is missing, and what does not fit the course's rules. Five questions."""
    held = [one for one in training_class.sessions if one.cancelled_at is None]
    roster = enrolments.roster(session, training_class)
    written = dossier(session, training_class)
    days = training_rules.of(training_class.course).file_days
    lacking = {
        "application": _application(training_class, written),
        "roster": () if roster else (say("还没有人报上名额"),),
        "timetable": _timetable(training_class, held),
        "teachers": _without_teacher(held),
        "scheme": () if written and written.exam_scheme else (say("没写考核方案"),),
        "school_promise": () if written and written.committed_at else (say("学校还没有承诺"),),
        "trainee_promises": _promises(roster),
    }
    return Readiness(
        papers=tuple(Paper(key, tuple(lacking[key])) for key in PAPERS),
        faults=tuple(_faults(session, training_class, held, len(roster))),
        due_on=None if days is None else training_class.starts_on - timedelta(days=days),
    )


def numbers(lessons: Iterable[ClassSession]) -> str:
    """Name sessions by their numbers: 1、2、5."""
    return "、".join(str(one.number) for one in lessons)


def _application(training_class: TrainingClass, written: ClassDossier | None) -> list[Sentence]:
    asked = (
        (training_class.school_id, say("没定承训机构")),
        (training_class.contact_phone, say("没写咨询电话")),
        (written and written.head_teacher, say("没写班主任")),
        (written and written.textbook, say("没写教材")),
        (written and written.modules, say("没写教学计划")),
    )
    return [words for value, words in asked if not value]


def _timetable(training_class: TrainingClass, held: Sequence[ClassSession]) -> list[Sentence]:
    if not held:
        return [say("还没有排课")]
    left = hours_left(training_class, list(held))
    short = {"theory": say("理论课还差%(hours)s课时", hours=left["theory"])}
    short["practice"] = say("实操课还差%(hours)s课时", hours=left["practice"])
    return [words for kind, words in short.items() if left[kind] > 0]


def _without_teacher(held: Sequence[ClassSession]) -> list[Sentence]:
    alone = [one for one in held if not one.teacher.strip()]
    if not held:
        return [say("还没有排课")]
    return [say("第%(numbers)s次课没写老师", numbers=numbers(alone))] if alone else []


def _promises(roster: Sequence[Enrolment]) -> list[Sentence]:
    if not roster:
        return [say("还没有人报上名额")]
    without = sum(one.committed_at is None for one in roster)
    return [say("%(number)s人还没有承诺", number=without)] if without else []


def _faults(
    session: Session, training_class: TrainingClass, held: Sequence[ClassSession], heads: int
) -> Iterator[Sentence]:
    school = training_class.school_id
    teachers = {row.name: row for row in session.scalars(select(Teacher).where(Teacher.school_id == school))}
    rooms = {row.name: row for row in session.scalars(select(TrainingRoom).where(TrainingRoom.school_id == school))}
    yield from _over_hours(training_class, held)
    yield from _of_times(training_class, held)
    yield from _of_course(training_class)
    yield from _of_teachers(training_class.course.trade, held, teachers)
    yield from _of_rooms(held, rooms, heads)
    most = training_rules.of(training_class.course).most_hours_a_day
    for day, hours in by_day(held).items():
        if hours > most:
            yield say("%(day)s排了%(hours)s课时，一天最多%(most)s课时", day=day, hours=hours, most=most)
    yield from _on_holidays(session, training_class, held)


def _over_hours(training_class: TrainingClass, held: Sequence[ClassSession]) -> Iterator[Sentence]:
    over = -sum(min(0, hours) for hours in hours_left(training_class, list(held)).values())
    if over:
        yield say("课表比课程多排了%(hours)s课时", hours=over)


def _of_times(training_class: TrainingClass, held: Sequence[ClassSession]) -> Iterator[Sentence]:
    """Name lessons too short for the 课时 they count, and lessons before the first or after the last day of class."""
    minutes = training_rules.of(training_class.course).hour_minutes
    short = [one for one in held if one.ends_at - one.starts_at < one.hours * timedelta(minutes=minutes)]
    if short:
        yield say("第%(numbers)s次课时间不够，1课时是%(minutes)s分钟", numbers=numbers(short), minutes=minutes)
    first, last = training_class.starts_on, training_class.ends_on
    outside = [one for one in held if not first <= one.starts_at.astimezone(HERE).date() <= last]
    if outside:
        yield say("第%(numbers)s次课不在开班到结业之间", numbers=numbers(outside))


def _of_course(training_class: TrainingClass) -> Iterator[Sentence]:
    for key, asked in training_rules.faults(training_class.course).items():
        yield Sentence(_COURSE_FAULTS[key].text, (("asked", asked),))


def _of_teachers(trade: str, held: Sequence[ClassSession], known: Mapping[str, Teacher]) -> Iterator[Sentence]:
    taught: defaultdict[str, list[ClassSession]] = defaultdict(list)
    for one in held:
        if one.teacher.strip():
            taught[one.teacher.strip()].append(one)
    for name, lessons in sorted(taught.items()):
        row = known.get(name)
        if row is None:
            yield say("%(teacher)s不在学校登记的老师里", teacher=name)
            continue
        if trade and trade not in row.trades:
            yield say("%(teacher)s的证书里没有“%(trade)s”", teacher=name, trade=trade)
        for kind, words in (("theory", say("理论课")), ("practice", say("实操课"))):
            other = [one for one in lessons if one.kind == kind and kind not in row.kinds]
            if other:
                told: dict[str, Any] = {"teacher": name, "kind": words, "numbers": numbers(other)}
                yield say("%(teacher)s没有登记教%(kind)s，排了第%(numbers)s次课", **told)


def _of_rooms(held: Sequence[ClassSession], known: Mapping[str, TrainingRoom], heads: int) -> Iterator[Sentence]:
    parties = max((one.party for one in held), default=0)
    nowhere = [one for one in held if not one.room.strip()]
    if nowhere:
        yield say("第%(numbers)s次课没写教室", numbers=numbers(nowhere))
    used = {(one.room.strip(), one.kind, bool(one.party)) for one in held if one.room.strip()}
    for name in sorted({name for name, _kind, _divided in used} - known.keys()):
        yield say("“%(room)s”不在学校登记的教室里", room=name)
    for name, kind, divided in sorted(used):
        row, people = known.get(name), -(-heads // parties) if divided else heads
        holds = 0 if row is None else row.stations if kind == "practice" and row.stations else row.seats
        if row is not None and people > holds:
            yield say("“%(room)s”只容得下%(holds)s人，要来%(people)s人", room=name, holds=holds, people=people)


def _on_holidays(session: Session, training_class: TrainingClass, held: Sequence[ClassSession]) -> Iterator[Sentence]:
    rest = select(Holiday).where(
        Holiday.county == training_class.county,
        Holiday.works.is_(False),
        Holiday.day.between(training_class.starts_on, training_class.ends_on),
    )
    named = {row.day: row.name for row in session.scalars(rest)}
    for one in held:
        name = named.get(one.starts_at.astimezone(HERE).date())
        if name is not None:
            yield say("第%(number)s次课排在%(holiday)s放假的日子", number=one.number, holiday=name)
