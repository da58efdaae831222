"""Courses: what is taught, for how many hours, to whom. Every figure is configuration, none is law."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from scheduling import deeds, identity
from scheduling.models import Account, Course
from scheduling.refusals import CourseKnown, ModulesDiffer, NotFound

_MODULE = re.compile(r"(?P<name>.*?\D)[\s(]*(?P<hours>\d{1,4})\s*(?:课时|学时)?\s*\)?")


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
    level: str = "",
    modules: str = "",
    by: Account | None,
    now: datetime,
) -> Course:
    """Add a course; hours are 课时, `education` the least (a key of EDUCATIONS, or `any`), `class_cap` heads a class.

    `modules` has one module a line, its 课时 at the end. The very same again gives the first. Raises NameMissing,
    CourseKnown(name), ModulesDiffer(hours, total).
    """
    _require_modules(modules, theory_hours + practice_hours)
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
        "level": level.strip(),
        "modules": _lines(modules),
    }
    name = identity.name(name)
    same = select(Course).where(Course.county == county, Course.name == name).with_for_update(of=Course)
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


def outline(session: Session, course: Course, *, level: str, modules: str, by: Account | None, now: datetime) -> None:
    """Say the course's level (等级) and its modules; the same again changes nothing. Raises ModulesDiffer."""
    _require_modules(modules, course.total_hours)
    told = {"level": level.strip(), "modules": _lines(modules)}
    if all(getattr(course, name) == value for name, value in told.items()):
        return
    course.level, course.modules = told["level"], told["modules"]
    session.flush()
    deeds.record(session, "course.outlined", course, by=by, now=now)


def modules_of(text: str) -> list[tuple[str, int | None]]:
    """Read modules as they are written, one a line: 安全用电 8 or 安全用电（8课时）; None where no hours stand."""
    found: list[tuple[str, int | None]] = []
    for line in _lines(text).splitlines():
        told = _MODULE.fullmatch(unicodedata.normalize("NFKC", line))
        found.append((told["name"].strip(), int(told["hours"])) if told else (line, None))
    return found


def course(session: Session, county: str, id_: UUID) -> Course:
    """Give one course. Raises NotFound."""
    row = session.scalar(select(Course).where(Course.county == county, Course.id == id_))
    if row is None:
        raise NotFound
    return row


def programmes(session: Session, county: str) -> list[Course]:
    """Give every course, by name."""
    return list(session.scalars(select(Course).where(Course.county == county).order_by(Course.name)))


def _lines(text: str) -> str:
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


def _require_modules(text: str, total: int) -> None:
    """Let the hours of the modules add up where each names its own. Raises ModulesDiffer(hours, total)."""
    hours = [each for _, each in modules_of(text)]
    told = [each for each in hours if each is not None]
    if told and (len(told) < len(hours) or sum(told) != total):
        raise ModulesDiffer(hours=sum(told), total=total)
