"""Handing a filing in, and what the desk says: approved under a number (备案号), or given back with the reason."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduling import deeds, identity, notices
from scheduling.courses.classes import lock
from scheduling.filings.changing import facts
from scheduling.filings.checking import readiness
from scheduling.filings.reading import approved, undecided
from scheduling.models import Account, ClassFiling, TrainingClass
from scheduling.planning.timetable import HERE
from scheduling.refusals import FilingGone, FilingIncomplete, FilingNumberMissing, NotAPhone, ReasonMissing

_APPROVED = "“{title}”开班备案通过，备案号{number}。时间、内容要改，请先在系统里提交变更申请。【送岗】"
_RETURNED = "“{title}”开班备案退回了：{reason}。请登录改好再交。【送岗】"


def submit(
    session: Session, training_class: TrainingClass, *, note: str = "", by: Account | None, now: datetime
) -> ClassFiling:
    """Hand the filing in, as the class stands now; late is told on it, never refused.

    Again while it waits gives the same row, with the facts of now. After an approval it is an application to change
    (变更申请), and `note` says why; with nothing changed it gives what was approved. Raises
    FilingIncomplete(papers), ReasonMissing, ClassCalledOff.
    """
    lock(session, training_class)
    ready = readiness(session, training_class)
    if ready.missing:
        raise FilingIncomplete(papers=",".join(ready.missing))
    told, waits = facts(session, training_class), undecided(session, training_class)
    if waits is not None and (waits.facts, waits.note) == (told, note.strip() or waits.note):
        return waits
    stands = approved(session, training_class)
    if stands is not None and waits is None and stands.facts == told:
        return stands
    if stands is not None and not (note.strip() or (waits and waits.note)):
        raise ReasonMissing(field="note")
    row = waits or ClassFiling(class_id=training_class.id)
    row.facts, row.note = told, note.strip()[:300] or row.note or ""
    row.filed_at, row.filed_by_id = now, by.id if by else None
    session.add(row)
    session.flush()
    late = int(ready.late(now.astimezone(HERE).date()))
    deeds.record(session, "filing.submitted", row, county=training_class.county, by=by, now=now, late=late)
    return row


def approve(
    session: Session,
    training_class: TrainingClass,
    *,
    number: str,
    reason: str = "",
    seen: str = "",
    by: Account | None,
    now: datetime,
) -> ClassFiling:
    """Approve what waits as it was handed in, under its number, which the class then has; again changes nothing.

    With faults in it (`readiness`), `reason` says why it is approved all the same. `seen` is the id of the filing the
    reader had before her, with when it was handed in (`stamp`). Raises FilingNumberMissing, ReasonMissing, FilingGone
    where nothing waits, or something else than was seen; ClassCalledOff.
    """
    number = number.strip()[:60]
    if not number:
        raise FilingNumberMissing
    lock(session, training_class)
    row, stands = undecided(session, training_class), approved(session, training_class)
    if row is None and stands is not None and stands.number == number:
        return stands
    row = _seen(row, seen)
    if readiness(session, training_class).faults and not reason.strip():
        raise ReasonMissing
    if stands is not None:
        stands.superseded_at = now
        session.flush()
    row.approved, row.number, row.reason = True, number, reason.strip()[:300]
    row.decided_at, row.decided_by_id = now, by.id if by else None
    training_class.filing_no = number
    session.flush()
    deeds.record(session, "filing.approved", row, county=training_class.county, by=by, now=now, number=number)
    _tell(session, training_class, row, _APPROVED.format(title=training_class.title, number=number), now=now)
    return row


def give_back(
    session: Session, training_class: TrainingClass, *, reason: str, seen: str = "", by: Account | None, now: datetime
) -> ClassFiling:
    """Give back what waits, with the reason; the school is told. Raises ReasonMissing, FilingGone, ClassCalledOff."""
    if not reason.strip():
        raise ReasonMissing
    lock(session, training_class)
    row = undecided(session, training_class)
    if row is None:
        last = select(ClassFiling).where(ClassFiling.class_id == training_class.id).order_by(ClassFiling.id.desc())
        newest = session.scalars(last).first()
        if newest is not None and (newest.state, newest.reason) == ("returned", reason.strip()[:300]):
            return newest
    row = _seen(row, seen)
    row.reason = reason.strip()[:300]
    row.decided_at, row.decided_by_id = now, by.id if by else None
    session.flush()
    deeds.record(session, "filing.returned", row, county=training_class.county, by=by, now=now)
    _tell(session, training_class, row, _RETURNED.format(title=training_class.title, reason=row.reason), now=now)
    return row


def stamp(row: ClassFiling) -> str:
    """Say which filing was looked at, as it was handed in: handed in again, it is another."""
    return f"{row.id}@{row.filed_at.timestamp():.6f}"


def _seen(row: ClassFiling | None, seen: str) -> ClassFiling:
    """Give what waits, if it is what was read. Raises FilingGone."""
    if row is None or (seen and seen != stamp(row)):
        raise FilingGone
    return row


def _tell(session: Session, training_class: TrainingClass, row: ClassFiling, text: str, *, now: datetime) -> None:
    """Tell the school, where a mobile phone of it is known."""
    try:
        phone = identity.phone(training_class.school.contact_phone if training_class.school else "")
    except NotAPhone:
        return
    about = f"class_filings/{row.id}"
    notices.write(session, training_class.county, phone, text, about=about, once=f"{about}/{row.state}", now=now)
