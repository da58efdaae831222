"""Follow-ups (回访): a graduate is called 1, 3 and 6 months after her certificate, and what she says is written down.

Whoever was not reached is called again. A later answer takes the place of an earlier one; the deeds tell of both.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session, joinedload

from scheduling import deeds, once, placements
from scheduling.models import Account, Certificate, Enrolment, Enterprise, FollowUp, Placement, School, TrainingClass
from scheduling.planning.timetable import HERE
from scheduling.refusals import FollowUpNotDue, NotFound

MONTHS = (1, 3, 6)
ANSWERS = ("at_work", "no_work", "not_reached")


class Call(NamedTuple):
    """A follow-up with the placement of hers that stands, if any."""

    follow_up: FollowUp
    placement: Placement | None


def begin(session: Session, enrolment: Enrolment, day: date) -> None:
    """Write down when she is to be called, counted from the day of her certificate; days that stand stay."""
    for month in MONTHS:
        unique = {"enrolment_id": enrolment.id, "month": month}
        once.write(session, FollowUp, unique, due_on=months_after(day, month), answer="", note="")


def answer(
    session: Session,
    row: FollowUp,
    answer: str,
    *,
    wage: int | None = None,
    note: str = "",
    enterprise: Enterprise | None = None,
    employer: str = "",
    started_on: date | None = None,
    source: str,
    by: Account | None,
    now: datetime,
) -> None:
    """Write down what she said (out of ANSWERS, else ValueError); the same again changes nothing.

    With `started_on` and where she works, a placement is recorded where none stands; `source` says who called: school
    or desk. Raises FollowUpNotDue(day), and what `placements.record` raises.
    """
    if answer not in ANSWERS:
        raise ValueError(answer)
    if row.due_on > now.astimezone(HERE).date():
        raise FollowUpNotDue(day=row.due_on)
    training_class = session.get_one(TrainingClass, row.enrolment.class_id)
    session.execute(
        select(TrainingClass.id).where(TrainingClass.id == training_class.id).with_for_update(key_share=True)
    )
    session.refresh(row)
    at_work = answer == "at_work"
    if at_work and started_on is not None and placements.standing(session, row.enrolment) is None:
        placements.record(
            session,
            row.enrolment,
            enterprise=enterprise,
            employer=employer,
            started_on=started_on,
            wage=wage,
            source=source,
            by=by,
            now=now,
        )
    told = {"answer": answer, "wage": wage if at_work else None, "note": note.strip()}
    if row.done_at is not None and all(getattr(row, name) == value for name, value in told.items()):
        return
    for name, value in told.items():
        setattr(row, name, value)
    row.done_at, row.by_id = now, by.id if by else None
    session.flush()
    deeds.record(
        session,
        "follow_up.answered",
        row,
        county=training_class.county,
        by=by,
        now=now,
        month=row.month,
        answer=answer,
    )


def due(session: Session, county: str, *, school: School | None, today: date) -> list[Call]:
    """Give who is to be called by `today` and was not reached yet, of `school` only when one is given, oldest first.

    Whoever's certificate was revoked is called no more. One question.
    """
    rows = _calls(county, school).where(
        FollowUp.due_on <= today, or_(FollowUp.done_at.is_(None), FollowUp.answer == "not_reached")
    )
    return _read(session, rows.order_by(FollowUp.due_on, FollowUp.id))


def coming(session: Session, county: str, *, school: School | None, today: date, until: date) -> list[Call]:
    """Give who is to be called after `today` and by `until`, the next first. One question."""
    rows = _calls(county, school).where(FollowUp.due_on > today, FollowUp.due_on <= until, FollowUp.done_at.is_(None))
    return _read(session, rows.order_by(FollowUp.due_on, FollowUp.id))


def of_class(session: Session, training_class: TrainingClass) -> dict[UUID, list[FollowUp]]:
    """Give the follow-ups of a class by enrolment id, in the order of their days. One question."""
    rows = (
        select(FollowUp)
        .join(Enrolment, Enrolment.id == FollowUp.enrolment_id)
        .where(Enrolment.class_id == training_class.id)
        .order_by(FollowUp.due_on)
    )
    found: dict[UUID, list[FollowUp]] = {}
    for row in session.scalars(rows):
        found.setdefault(row.enrolment_id, []).append(row)
    return found


def find(session: Session, county: str, id_: UUID, *, school: School | None) -> Call:
    """Give one follow-up, of a class of `school` only when one is given. Raises NotFound."""
    found = _read(session, _calls(county, school).where(FollowUp.id == id_))
    if not found:
        raise NotFound
    return found[0]


def months_after(day: date, months: int) -> date:
    """Give the same day so many months later, or the last of that month where it has no such day."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _calls(county: str, school: School | None) -> Select[FollowUp, Placement]:
    rows = (
        select(FollowUp, Placement)
        .join(Enrolment, Enrolment.id == FollowUp.enrolment_id)
        .join(TrainingClass, TrainingClass.id == Enrolment.class_id)
        .outerjoin(Placement, (Placement.enrolment_id == Enrolment.id) & Placement.undone_at.is_(None))
        .where(
            TrainingClass.county == county,
            select(Certificate.id)
            .where(Certificate.enrolment_id == Enrolment.id, Certificate.revoked_at.is_(None))
            .exists(),
        )
        .options(joinedload(FollowUp.enrolment).joinedload(Enrolment.training_class))
    )
    return rows if school is None else rows.where(TrainingClass.school_id == school.id)


def _read(session: Session, rows: Select[FollowUp, Placement]) -> list[Call]:
    return [Call(follow_up, placement) for follow_up, placement in session.execute(rows)]
