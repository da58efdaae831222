"""The paper book typed afterwards (补录): marks of one session become scans and leaves, each marked as typed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduling import checkins, deeds, leaves, tickets
from scheduling.attendance.marks import CAME, LEAVES, Mark
from scheduling.attendance.meanings import standing
from scheduling.attendance.readings import read
from scheduling.attendance.sheets import Sheet, sheet
from scheduling.enrolments import line
from scheduling.models import Account, ClassSession, Enrolment, Scan, TrainingClass
from scheduling.refusals import LessonAhead, MarkTooEarly, NotFound
from scheduling.seals import Keyring

MARKS = ("present", "late", "early", "late_early", "private", "sick", "absent")
MINUTE = timedelta(minutes=1)  # before its end, at the latest, she came: who comes later was not there
BEYOND = timedelta(minutes=5)  # paper tells no minutes: so much after the grace, or before it, stands in the scan


def enter(
    session: Session,
    class_session: ClassSession,
    told: Mapping[UUID, str],
    *,
    keys: Keyring,
    by: Account | None,
    now: datetime,
) -> int:
    """Make the marks of a session those `told`, one of MARKS by enrolment id; give how many changed.

    Who has that mark already is left alone, so typing the same twice changes nothing. Of the others every scan of this
    session is annulled, on paper or not, for what was written by hand is what somebody stands for; new ones are way
    paper, at the session's own times, or a few minutes past the grace for late and early.
    Raises LessonAhead(number) before it begins, MarkTooEarly(number) for late before one can be, NotFound for somebody
    whose session it is not, or when it is cancelled.
    """
    training_class = session.get_one(TrainingClass, class_session.class_id)
    line.lock(session, training_class.id)
    session.refresh(class_session)
    if class_session.cancelled_at is not None:
        raise NotFound
    if now < class_session.starts_at:
        raise LessonAhead(number=class_session.number)
    book = sheet(session, training_class, now=now)
    changes = _changes(book, class_session, told)
    late = timedelta(minutes=book.terms.late_minutes) + BEYOND
    if now < class_session.starts_at + late and any(kind.startswith("late") for _, kind in changes):
        raise MarkTooEarly(number=class_session.number)
    held = _scans(session, training_class, class_session)
    for person, kind in changes:
        for scan in held[person.id]:
            checkins.annul(session, scan, id=str(uuid4()), by=by, now=now)
        if kind not in LEAVES:
            leaves.drop(session, person, class_session, by=by, now=now)
        else:
            leaves.enter(session, person, class_session, kind, by=by, now=now)
        for direction, at in _times(class_session, kind, late=late, now=now):
            checkins.record(
                session,
                id=str(uuid4()),
                county=training_class.county,
                class_session=class_session,
                read=tickets.issue(session, person, by=by, now=now).code,
                way="paper",
                direction=direction,
                gate=class_session.room,
                scanned_at=at,
                by=by,
                now=now,
                keys=keys,
            )
    if changes:
        facts = {"number": class_session.number, "people": len(changes)}
        deeds.record(session, "session.marked", class_session, county=training_class.county, by=by, now=now, **facts)
        session.flush()
    return len(changes)


def _changes(book: Sheet, class_session: ClassSession, told: Mapping[UUID, str]) -> list[tuple[Enrolment, str]]:
    """Give those whose mark is another than told. Raises NotFound for whose session it is not, and unknown marks."""
    people = {person.id: person for person in book.people}
    changes = []
    for id_, kind in told.items():
        mark = book.marks.get((id_, class_session.id))
        if mark is None or kind not in MARKS:
            raise NotFound
        if not _is(mark, kind):
            changes.append((people[id_], kind))
    return changes


def _is(mark: Mark, kind: str) -> bool:
    """Say whether the mark is this one; nobody's scan and nobody's leave is absence, also before it is over."""
    return mark.kind == kind or (kind == "absent" and not mark.kind and mark.left_at is None)


def _scans(session: Session, training_class: TrainingClass, class_session: ClassSession) -> dict[UUID, list[Scan]]:
    """Give the scans of a session that hold, by enrolment id. Two questions."""
    hold = {
        each.id: each.holder
        for each in standing(read(session, training_class))
        if each.occasion == class_session.id and each.holder
    }
    found: dict[UUID, list[Scan]] = defaultdict(list)
    for scan in session.scalars(select(Scan).where(Scan.session_id == class_session.id)):
        if scan.id in hold:
            found[hold[scan.id]].append(scan)
    return found


def _times(class_session: ClassSession, kind: str, *, late: timedelta, now: datetime) -> list[tuple[str, datetime]]:
    """Give when she signed in and out, as far as the session has gone on by `now`."""
    if kind not in CAME:
        return []
    starts, ends = class_session.starts_at, class_session.ends_at
    came = min(starts + late, ends - MINUTE) if kind.startswith("late") else starts
    if kind.endswith("early"):
        return [("in", came), ("out", max(came, min(ends - late, now)))]
    return [("in", came), ("out", ends)] if now >= ends else [("in", came)]
