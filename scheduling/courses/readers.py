"""What pages ask about classes, each in a fixed number of questions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import ScalarSelect, Select, func, select
from sqlalchemy.orm import Session, contains_eager

from scheduling.models import ClassSession, Enrolment, School, TrainingClass
from scheduling.planning.timetable import HERE
from scheduling.refusals import NotFound


@dataclass(frozen=True)
class OpenClass:
    """A class as lists show it: how many wait, and what a card says."""

    training_class: TrainingClass
    waiting: int

    @property
    def slug(self) -> str:
        """The class's address."""
        return self.training_class.slug

    @property
    def title(self) -> str:
        """The class's title."""
        return self.training_class.title

    @property
    def place(self) -> str:
        """Where it is taught."""
        return self.training_class.place

    @property
    def starts_on(self) -> date:
        """Its first day."""
        return self.training_class.starts_on

    @property
    def seats_left(self) -> int:
        """Seats somebody new would get: none while others wait, or when over-full."""
        return 0 if self.waiting else max(0, self.training_class.seats - self.training_class.taken)

    def standing(self, now: datetime) -> str:
        """Say how it stands at `now`: draft, called_off, over, running, closed (to sign up), full or open.

        A running class may still be open: what can be done comes before what goes on.
        """
        row, today = self.training_class, now.astimezone(HERE).date()
        if row.state != "published":
            return row.state
        if today > row.ends_on:
            return "over"
        if now <= row.enrol_until:
            return "open" if self.seats_left else "full"
        return "running" if today >= row.starts_on else "closed"


def find(session: Session, county: str, slug: str, *, school: School | None = None) -> TrainingClass:
    """Give a class by its slug, of `school` only when one is given. Raises NotFound."""
    wanted = select(TrainingClass).where(TrainingClass.county == county, TrainingClass.slug == slug)
    if school is not None:
        wanted = wanted.where(TrainingClass.school_id == school.id)
    row = session.scalars(wanted).one_or_none()
    if row is None:
        raise NotFound
    return row


def listed(session: Session, training_class: TrainingClass) -> OpenClass:
    """Give the class with how many wait."""
    return _rows(session, _listed(training_class.county).where(TrainingClass.id == training_class.id))[0]


def find_taught(session: Session, county: str, slug: str, *, school: School | None) -> TrainingClass:
    """Give a class that was published, of `school` only, or of any school for staff (None). Raises NotFound."""
    row = find(session, county, slug, school=school)
    if row.publication is None:
        raise NotFound
    return row


def find_public(session: Session, county: str, slug: str) -> OpenClass:
    """Give a class that was published, called off or not, with how many wait. Raises NotFound."""
    wanted = _listed(county).where(TrainingClass.slug == slug, TrainingClass.publication.has())
    rows = _rows(session, wanted)
    if not rows:
        raise NotFound
    return rows[0]


def open_now(session: Session, county: str, *, now: datetime) -> list[OpenClass]:
    """Give the classes one can sign up for at `now`, the first to start first. One question."""
    wanted = _listed(county).where(
        TrainingClass.publication.has(), ~TrainingClass.calling_off.has(), TrainingClass.enrol_until > now
    )
    return _rows(session, wanted.order_by(TrainingClass.starts_on, TrainingClass.number))


def of_school(session: Session, county: str, school: School | None) -> list[OpenClass]:
    """Give the published classes of a school, or of every school for staff; newest first. One question."""
    wanted = _listed(county).where(TrainingClass.publication.has())
    if school is not None:
        wanted = wanted.where(TrainingClass.school_id == school.id)
    return _rows(session, wanted.order_by(TrainingClass.starts_on.desc(), TrainingClass.number.desc()))


def taught(session: Session, county: str, first: date, last: date, *, school: School | None) -> list[ClassSession]:
    """Give what is taught from `first` to `last` (days in Shanghai, both included) in published classes, by time.

    Of a school, or of every school for staff (None). One question; each session has its class.
    """
    begin, end = (datetime.combine(day, time(), HERE) for day in (first, last + timedelta(days=1)))
    wanted = (
        select(ClassSession)
        .join(ClassSession.training_class)
        .where(
            TrainingClass.county == county,
            TrainingClass.publication.has(),
            ClassSession.cancelled_at.is_(None),
            ClassSession.starts_at >= begin,
            ClassSession.starts_at < end,
        )
        .options(contains_eager(ClassSession.training_class))
    )
    if school is not None:
        wanted = wanted.where(TrainingClass.school_id == school.id)
    return list(session.scalars(wanted.order_by(ClassSession.starts_at, TrainingClass.number)).unique())


def of_desk(session: Session, county: str) -> list[OpenClass]:
    """Give every class, drafts too, newest first. One question."""
    return _rows(session, _listed(county).order_by(TrainingClass.number.desc()))


def _listed(county: str) -> Select[TrainingClass, int]:
    return select(TrainingClass, _waiting()).where(TrainingClass.county == county)


def _waiting() -> ScalarSelect[int]:
    return (
        select(func.count(Enrolment.id))
        .where(
            Enrolment.class_id == TrainingClass.id,
            Enrolment.confirmed_at.is_(None),
            Enrolment.cancelled_at.is_(None),
        )
        .scalar_subquery()
    )


def _rows(session: Session, wanted: Select[TrainingClass, int]) -> list[OpenClass]:
    return [OpenClass(row, waiting) for row, waiting in session.execute(wanted)]
