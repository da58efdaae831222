"""Files of a fair: the emergency plan that publishing a large one needs, and photos beside its results."""

from __future__ import annotations

import hashlib
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select, update
from sqlalchemy.orm import Session, undefer

from scheduling import deeds, pictures
from scheduling.fairs.plans import require_open
from scheduling.fairs.readiness import missing
from scheduling.models import Account, Fair, FairFile
from scheduling.refusals import FairNotReady, NotFound, PhotoAhead, PhotosFull

LARGEST = 5 * 1024 * 1024  # bytes: a plan of twenty scanned pages, a photo of any phone
MOST_PHOTOS = 12


def attach_plan(session: Session, fair: Fair, content: bytes, *, by: Account | None, now: datetime) -> FairFile:
    """Keep the fair's emergency plan (应急预案), a PDF or a picture of it; another one takes its place.

    The same bytes again change nothing. Raises FairCalledOff, FairFinished, NotAPaper, PaperTooLarge(most).
    """
    seen = pictures.paper(content, most=LARGEST)
    require_open(session, fair)
    stood = plan_of(session, fair)
    if stood is not None and stood.digest == _digest(content):
        return stood
    if stood is not None:
        stood.removed_at, stood.removed_by_id = now, by.id if by else None
        session.flush()
    row = _kept(session, fair, "emergency_plan", seen, content, by=by, now=now)
    deeds.record(session, "fair.plan_attached", fair, by=by, now=now, bytes=row.size)
    return row


def add_photo(
    session: Session, fair: Fair, content: bytes, *, caption: str = "", by: Account | None, now: datetime
) -> FairFile:
    """Keep a photo (照片) of how the fair was; the same bytes again are the first one.

    Raises FairCalledOff, FairFinished, PhotoAhead before it begins, PhotosFull(most), NotAPicture,
    PictureTooLarge(most).
    """
    seen = pictures.look(content, most=LARGEST)
    require_open(session, fair)
    if now < fair.starts_at:
        raise PhotoAhead
    standing = photos(session, fair)
    same = next((row for row in standing if row.digest == _digest(content)), None)
    if same is not None:
        return same
    if len(standing) >= MOST_PHOTOS:
        raise PhotosFull(most=MOST_PHOTOS)
    row = _kept(session, fair, "photo", seen, content, caption=caption.strip()[:100], by=by, now=now)
    deeds.record(session, "fair.photo_added", fair, by=by, now=now, bytes=row.size)
    return row


def remove_file(session: Session, fair: Fair, file: FairFile, *, by: Account | None, now: datetime) -> None:
    """Take a file away; again: nothing. A photo's bytes are gone at once, a plan's are kept as long as papers are.

    Raises FairCalledOff, FairFinished, FairNotReady(missing) when a published fair would lack its plan.
    """
    require_open(session, fair)
    session.refresh(file)
    if file.removed_at is not None:
        return
    file.removed_at, file.removed_by_id = now, by.id if by else None
    session.flush()
    if file.what == "emergency_plan" and fair.publication and (lacking := missing(session, fair)):
        raise FairNotReady(missing=",".join(lacking))
    if file.what == "photo":
        session.execute(update(FairFile).where(FairFile.id == file.id).values(content=None))
    deeds.record(session, "fair.file_removed", fair, by=by, now=now, file=file.what)


def plan_of(session: Session, fair: Fair) -> FairFile | None:
    """Give the emergency plan that stands, without its bytes."""
    return session.scalar(_standing(fair).where(FairFile.what == "emergency_plan"))


def photos(session: Session, fair: Fair) -> list[FairFile]:
    """Give the fair's photos that are kept, the first first, without their bytes."""
    rows = _standing(fair).where(FairFile.what == "photo", FairFile.content.is_not(None))
    return list(session.scalars(rows.order_by(FairFile.at, FairFile.id)))


def file_of(session: Session, fair: Fair, id_: UUID) -> FairFile:
    """Give one file of the fair that stands, with its bytes. Raises NotFound, also for one whose time is over."""
    rows = _standing(fair).where(FairFile.id == id_, FairFile.content.is_not(None))
    row = session.scalar(rows.options(undefer(FairFile.content)))
    if row is None:
        raise NotFound
    return row


def _standing(fair: Fair) -> Select[FairFile]:
    return select(FairFile).where(FairFile.fair_id == fair.id, FairFile.removed_at.is_(None))


def _kept(
    session: Session,
    fair: Fair,
    what: str,
    seen: pictures.Look,
    content: bytes,
    *,
    caption: str = "",
    by: Account | None,
    now: datetime,
) -> FairFile:
    row = FairFile(
        fair_id=fair.id,
        what=what,
        kind=seen.kind,
        size=len(content),
        width=seen.width or None,
        height=seen.height or None,
        caption=caption,
        digest=_digest(content),
        content=content,
        by_id=by.id if by else None,
        at=now,
    )
    session.add(row)
    session.flush()
    return row


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
