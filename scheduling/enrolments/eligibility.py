"""Who may come to a class: every rule at once, each explained with its figures; never a first no that hides the rest.

What is asked of the database is asked once for any number of people; the rules themselves look at what was found.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduling import diaries, training_rules
from scheduling.diaries import Diary
from scheduling.identity import IdNumber
from scheduling.models import Certificate, ClassCallingOff, ClassSession, Course, Enrolment, TrainingClass
from scheduling.models.enrolment import EDUCATIONS
from scheduling.refusals import (
    EducationTooLow,
    NotAnIdNumber,
    OnceAYear,
    Refusal,
    SameLevelBefore,
    TooOld,
    TooYoung,
    WaitsAlready,
)

UNSURE = "unsure"  # of one's schooling: good enough where a course asks for none
RULES = ("too_young", "too_old", "education", "elsewhere", "same_level", "once_a_year")
OVERRIDABLE = frozenset(RULES) - {"elsewhere"}  # nobody sits in two rooms at once, whatever the reason


@dataclass(frozen=True)
class Person:
    """Who wants to come, checked: `blind` is the keyed hash of the ID number, by which she is found again."""

    name: str = field(repr=False)
    phone: str = field(repr=False)
    id_: IdNumber = field(repr=False)
    blind: str = field(repr=False)
    education: str
    category: str = ""
    household: str = field(default="", repr=False)
    order_id: UUID | None = None


@dataclass(frozen=True)
class _Past:
    """A class somebody is on the list of, or has a certificate of; she `waits` while she has no seat in it."""

    course: Course
    year: int
    waits: bool


@dataclass(frozen=True)
class History:
    """What stands for some people, by the hash of their ID numbers, as seen from one class."""

    training_class: TrainingClass
    here: Mapping[str, Enrolment]  # on this class's list already
    elsewhere: Mapping[str, Diary]
    past: Mapping[str, Sequence[_Past]]
    lessons: Sequence[tuple[datetime, datetime]]  # what is still to come of this class

    def reasons(self, who: Person) -> dict[str, Refusal]:
        """Say every rule that speaks against `who`, in the order of RULES, as the refusal that explains it.

        Raises NotAnIdNumber for somebody who is not born yet: a digit is wrong.
        """
        course = self.training_class.course
        found: dict[str, Refusal | None] = {
            **age(self.training_class, who.id_),
            **education(course, who.education),
            "elsewhere": self._elsewhere(who),
            "same_level": self._same_level(course, who),
            "once_a_year": self._once_a_year(course, who),
        }
        return {rule: refusal for rule, refusal in found.items() if refusal is not None}

    def _elsewhere(self, who: Person) -> Refusal | None:
        diary = self.elsewhere.get(who.blind)
        if diary is None:
            return None
        try:
            for starts, ends in self.lessons:
                diary.require_free(starts, ends)
        except Refusal as refusal:
            return refusal
        return None

    def _same_level(self, course: Course, who: Person) -> Refusal | None:
        if not training_rules.of(course).once_a_level:
            return None
        alike = [each for each in self.past.get(who.blind, ()) if _same(course, each.course)]
        if not alike:
            return None
        if all(each.waits for each in alike):
            return WaitsAlready()
        return SameLevelBefore(trade=" ".join(filter(None, (course.trade or course.name, course.level))))

    def _once_a_year(self, course: Course, who: Person) -> Refusal | None:
        most, year = training_rules.of(course).most_a_year, self.training_class.starts_on.year
        if most is None:
            return None
        # a course that is not counted itself (induction, in-house) uses up nothing of the year
        counted = [
            each
            for each in self.past.get(who.blind, ())
            if each.year == year and training_rules.of(each.course).most_a_year is not None
        ]
        if len(counted) < most:
            return None
        # a place in a line counts, for a seat may come of it at any moment; but she can give it up
        if sum(not each.waits for each in counted) < most:
            return WaitsAlready()
        return OnceAYear(most=most, year=year, taken=len(counted))


def look(session: Session, training_class: TrainingClass, people: Sequence[Person], *, now: datetime) -> History:
    """Ask what stands for `people`: as many questions for one as for a thousand. Who enrols has locked the class."""
    blinds = {who.blind for who in people}
    lessons = _coming(session, training_class, now=now)
    elsewhere: Mapping[str, Diary] = {}
    if lessons:
        elsewhere = diaries.of_trainees(
            session,
            training_class.county,
            {who.blind: (who.name, who.phone) for who in people},
            lessons[0][0],
            max(ends for _, ends in lessons),
        )
    here = select(Enrolment).where(
        Enrolment.class_id == training_class.id, Enrolment.id_blind.in_(blinds), Enrolment.cancelled_at.is_(None)
    )
    return History(
        training_class,
        {row.id_blind: row for row in session.scalars(here)},
        elsewhere,
        _past(session, training_class, blinds),
        lessons,
    )


def age(training_class: TrainingClass, number: IdNumber) -> dict[str, Refusal]:
    """Full years on the first day of class count. Gives `too_young` or `too_old`. Raises NotAnIdNumber."""
    course, years = training_class.course, number.age_on(training_class.starts_on)
    if years < 0:  # not born yet: a digit is wrong
        raise NotAnIdNumber
    if years < course.min_age:
        return {"too_young": TooYoung(least=course.min_age, age=years)}
    if course.max_age is not None and years > course.max_age:
        return {"too_old": TooOld(most=course.max_age, age=years)}
    return {}


def education(course: Course, had: str) -> dict[str, Refusal]:
    """Schooling counts in the order of EDUCATIONS; `unsure` will do where none is asked. Gives `education`."""
    if course.education == "any":
        return {}
    if had not in EDUCATIONS or EDUCATIONS.index(had) < EDUCATIONS.index(course.education):
        return {"education": EducationTooLow(least=course.education)}
    return {}


def _same(course: Course, other: Course) -> bool:
    """Say whether it is the same course, or the same trade and level; without a trade it is like itself only."""
    return other.id == course.id or bool(course.trade and (other.trade, other.level) == (course.trade, course.level))


def _coming(session: Session, training_class: TrainingClass, *, now: datetime) -> list[tuple[datetime, datetime]]:
    rows = select(ClassSession.starts_at, ClassSession.ends_at).where(
        ClassSession.class_id == training_class.id, ClassSession.cancelled_at.is_(None), ClassSession.ends_at > now
    )
    return [(row.starts_at, row.ends_at) for row in session.execute(rows.order_by(ClassSession.starts_at))]


def _past(session: Session, training_class: TrainingClass, blinds: set[str]) -> dict[str, list[_Past]]:
    """Give the other classes of this county that they are on the list of, or have a certificate of; held ones only."""
    rows = (
        select(
            Enrolment.id_blind,
            Enrolment.confirmed_at,
            Enrolment.cancelled_at,
            TrainingClass.starts_on,
            Course,
            Certificate.id,
        )
        .join(TrainingClass, TrainingClass.id == Enrolment.class_id)
        .join(Course, Course.id == TrainingClass.course_id)
        .outerjoin(ClassCallingOff, ClassCallingOff.class_id == TrainingClass.id)
        .outerjoin(Certificate, (Certificate.enrolment_id == Enrolment.id) & Certificate.revoked_at.is_(None))
        .where(
            TrainingClass.county == training_class.county,
            TrainingClass.id != training_class.id,
            Enrolment.id_blind.in_(blinds),
            ClassCallingOff.id.is_(None),
        )
    )
    past: defaultdict[str, list[_Past]] = defaultdict(list)
    for blind, confirmed_at, cancelled_at, starts_on, course, certificate in session.execute(rows):
        if cancelled_at is None or certificate is not None:
            past[blind].append(_Past(course, starts_on.year, waits=confirmed_at is None))
    return past
