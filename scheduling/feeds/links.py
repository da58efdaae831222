"""Links to private calendars: made by whom the calendar is for, shown once, taken back at any time."""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from scheduling import deeds, once
from scheduling.models import Account, CalendarLink, Row
from scheduling.refusals import CalendarLinkRevoked, CalendarLinksFull, NotFound
from scheduling.seals import Keyring

MOST = 10  # that stand at once for one calendar: every device of a family, and no more
_BYTES = 16


def token(form_key: str, keys: Keyring) -> str:
    """Give the 26 letters and digits of a link made by the form with this random key.

    The same form sent twice makes one link. Without the deployment's secret nothing leads from the one to the other.
    """
    digest = hmac.new(keys.key("calendar link"), form_key.encode(), hashlib.sha256).digest()
    return base64.b32encode(digest[:_BYTES]).decode().rstrip("=").lower()


def make(
    session: Session, county: str, subject: Row, token: str, *, label: str, by: Account | None, now: datetime
) -> CalendarLink:
    """Make a link to the calendar of `subject`; the same token again gives the link it made.

    Raises CalendarLinksFull(most) when as many stand already, CalendarLinkRevoked for one that was taken back, NotFound
    for a token of another calendar.
    """
    about, hashed = deeds.about(subject), _hash(token)
    known = session.scalar(select(CalendarLink).where(CalendarLink.token_hash == hashed))
    if known is None:
        standing = select(func.count()).where(CalendarLink.subject == about, CalendarLink.revoked_at.is_(None))
        if (session.scalar(standing) or 0) >= MOST:
            raise CalendarLinksFull(most=MOST)
        known, is_new = once.write(
            session,
            CalendarLink,
            {"token_hash": hashed},
            county=county,
            subject=about,
            label=" ".join(label.split())[:60],
            made_at=now,
            by_id=by.id if by else None,
        )
        if is_new:
            deeds.record(session, "calendar_link.made", known, by=by, now=now)
    if known.subject != about:
        raise NotFound
    if known.revoked_at is not None:
        raise CalendarLinkRevoked
    return known


def revoke(session: Session, link: CalendarLink, *, by: Account | None, now: datetime) -> None:
    """Take a link back: whoever has it gets no more. Again changes nothing."""
    if link.revoked_at is None:
        link.revoked_at = now
        deeds.record(session, "calendar_link.revoked", link, by=by, now=now)


def standing(session: Session, county: str, subjects: Iterable[Row]) -> list[CalendarLink]:
    """Give the links that stand to the calendars of these, oldest first. One query."""
    rows = select(CalendarLink).where(
        CalendarLink.county == county,
        CalendarLink.subject.in_([deeds.about(each) for each in subjects]),
        CalendarLink.revoked_at.is_(None),
    )
    return list(session.scalars(rows.order_by(CalendarLink.made_at, CalendarLink.id)))


def find(session: Session, county: str, id_: UUID, subjects: Iterable[Row]) -> CalendarLink:
    """Give a link to the calendar of one of these. Raises NotFound."""
    row = session.get(CalendarLink, id_)
    if row is None or row.county != county or row.subject not in {deeds.about(each) for each in subjects}:
        raise NotFound
    return row


def opened(session: Session, county: str, token: str) -> CalendarLink:
    """Give the link of a token. Raises NotFound: nobody made it, it was taken back, its maker has left."""
    row = session.scalar(
        select(CalendarLink)
        .outerjoin(Account, Account.id == CalendarLink.by_id)
        .where(
            CalendarLink.county == county,
            CalendarLink.token_hash == _hash(token),
            CalendarLink.revoked_at.is_(None),
            or_(CalendarLink.by_id.is_(None), Account.closed_at.is_(None)),
        )
    )
    if row is None:
        raise NotFound
    return row


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
