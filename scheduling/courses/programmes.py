"""Courses: what is taught, for how many hours, to whom. Every figure is configuration, none is law."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduling import deeds, identity
from scheduling.models import Account, Course
from scheduling.refusals import CourseKnown, NotFound


def add(
    session: Session,
    county: str,
    *,
    name: str,
    trade: str,
    mode: str,
    theory_hours: int,
    practice_hours: int,
    min_age: int,
    max_age: int | None,
    education: str,
    class_cap: int,
    certificate: str,
    note: str,
    by: Account | None,
    now: datetime,
) -> Course:
    """Add a course; hours are 课时, `education` the least (a key of EDUCATIONS, or `any`), `class_cap` heads a class.

    The very same again gives the first. Raises NameMissing, CourseKnown(name).
    """
    figures = {
        "trade": trade.strip(),
        "mode": mode,
        "total_hours": theory_hours + practice_hours,
        "theory_hours": theory_hours,
        "practice_hours": practice_hours,
        "min_age": min_age,
        "max_age": max_age,
        "education": education,
        "class_cap": class_cap,
        "certificate": certificate.strip(),
        "note": note.strip(),
    }
    name = identity.name(name)
    same = select(Course).where(Course.county == county, Course.name == name).with_for_update()
    known = session.scalar(same)
    if known is None:
        course = Course(county=county, name=name, **figures)
        try:
            with session.begin_nested():
                session.add(course)
                session.flush()
        except IntegrityError:  # somebody added this name a moment ago
            known = session.scalars(same).one()
        else:
            deeds.record(session, "course.added", course, by=by, now=now)
            return course
    if any(getattr(known, figure) != value for figure, value in figures.items()):
        raise CourseKnown(name=name)
    return known


def course(session: Session, county: str, id_: UUID) -> Course:
    """Give one course. Raises NotFound."""
    row = session.scalar(select(Course).where(Course.county == county, Course.id == id_))
    if row is None:
        raise NotFound
    return row


def programmes(session: Session, county: str) -> list[Course]:
    """Give every course, by name."""
    return list(session.scalars(select(Course).where(Course.county == county).order_by(Course.name)))
