"""What we have planned ourselves for one venue, van, colleague, teacher or room: held against its own calendar."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, contains_eager

from scheduling import deeds
from scheduling.diaries.diary import BUSY, during, same
from scheduling.diaries.fairs import hold_places, of_place, of_staff, of_van
from scheduling.models import ClassSession, School, StaffMember, Teacher, TrainingClass, TrainingRoom, Van, Venue
from scheduling.planning.clashes import Engagement

Bookable = Venue | Van | StaffMember | Teacher | TrainingRoom


def hold(session: Session, row: Bookable) -> None:
    """Let nobody else book what `row` is until this transaction ends."""
    if isinstance(row, Teacher | TrainingRoom):
        rows = select(School.id).where(School.id == row.school_id)
        session.execute(rows.with_for_update(key_share=True))
    else:
        hold_places(session, row.county)


def ours(session: Session, row: Bookable, starts: datetime, ends: datetime) -> list[Engagement]:
    """Give the fairs or lessons that stand for `row` between `starts` and `ends` (aware), the earliest first."""
    if isinstance(row, Teacher | TrainingRoom):
        found = _lessons(session, row, starts, ends)
    elif isinstance(row, Venue):
        town, name = row.township_id, row.name
        diary = of_place(session, row.county, township_id=town, place=name, on_air=False, starts=starts, ends=ends)
        found = list(diary.standing)
    elif isinstance(row, Van):
        found = list(of_van(session, row, starts, ends).standing)
    else:
        found = list(of_staff(session, row, starts, ends).standing)
    return sorted((one for one in found if not one.key.startswith(BUSY)), key=lambda one: one.starts)


def _lessons(session: Session, row: Teacher | TrainingRoom, starts: datetime, ends: datetime) -> list[Engagement]:
    query = (
        select(ClassSession)
        .join(ClassSession.training_class)
        .where(
            TrainingClass.school_id == row.school_id,
            ClassSession.cancelled_at.is_(None),
            *during(ClassSession, starts, ends),
        )
        .options(contains_eager(ClassSession.training_class))
    )
    kind, about = ("teacher", deeds.about(row)) if isinstance(row, Teacher) else ("room", deeds.about(row))
    return [
        Engagement(deeds.about(one), about, kind, row.name, one.training_class.title, one.starts_at, one.ends_at)
        for one in session.scalars(query)
        if same(one.teacher if kind == "teacher" else one.room, row.name)
    ]
