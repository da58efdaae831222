"""Notices: messages to people. Written with the act that causes them, sent later by the worker."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from scheduling.models import Notice

TRIES = 8
LEASE = timedelta(minutes=2)


def write(session: Session, county: str, phone: str, text: str, *, about: str, once: str, now: datetime) -> None:
    """Put a message for `phone` into the outbox; the same `once` writes it once. Nothing is sent here."""
    known = select(Notice.id).where(Notice.county == county, Notice.once == once)
    if session.scalar(known) is None:
        session.add(Notice(county=county, phone=phone, text=text, about=about, once=once, created_at=now, due_at=now))


def lease(session: Session, *, now: datetime, most: int = 20) -> list[Notice]:
    """Take up to `most` due messages for `LEASE`; another worker leaves them alone until then."""
    due = (
        select(Notice.id)
        .where(
            Notice.sent_at.is_(None),
            Notice.due_at <= now,
            Notice.tries < TRIES,
            or_(Notice.leased_until.is_(None), Notice.leased_until < now),
        )
        .order_by(Notice.due_at)
        .limit(most)
        .with_for_update(skip_locked=True)
    )
    ids = session.scalars(due).all()
    session.execute(update(Notice).where(Notice.id.in_(ids)).values(leased_until=now + LEASE, tries=Notice.tries + 1))
    return list(session.scalars(select(Notice).where(Notice.id.in_(ids)).order_by(Notice.due_at)))


def settle(session: Session, id_: UUID, *, sent: bool, now: datetime) -> None:
    """Note that a leased message was sent, or shall be tried again later, each time twice as late."""
    notice = session.get_one(Notice, id_)
    notice.leased_until = None
    if sent:
        notice.sent_at = now
    else:
        notice.due_at = now + timedelta(minutes=2**notice.tries)


Gateway = Callable[[str, str], None]
"""Sends one text (second) to one phone (first); raises when it could not."""


def latest(session: Session, county: str, most: int = 50) -> list[Notice]:
    """Give the newest messages, newest first: the demo's outbox page."""
    rows = select(Notice).where(Notice.county == county).order_by(Notice.created_at.desc(), Notice.id.desc())
    return list(session.scalars(rows.limit(most)))
