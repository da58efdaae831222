"""Putting a whole plan of who stands where into effect at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from scheduling import deeds, notices
from scheduling.booths.bookings import book, end
from scheduling.booths.layout import lock, of_fair
from scheduling.fairs import require_unfinished
from scheduling.models import Account, Booking, Booth, Enterprise, Fair
from scheduling.refusals import FairCalledOff, FairNotOpen, NotFound

_MOVED = "您单位在{title}的展位改到{number}号，原来是{before}号。报到码不变，其他都不变。【送岗】"


def assign(
    session: Session, fair: Fair, places: Mapping[UUID, int], *, by: Account | None, now: datetime
) -> list[Booking]:
    """Let exactly these enterprises (by id) stand at these booths (by number); again changes nothing.

    Whoever stands elsewhere moves and keeps attendees and pass, and is told; who is not named loses the booth. All of
    it or none. Raises NotFound for a booth or an enterprise there is not, FairCalledOff, FairFinished, FairNotOpen (not
    published, or begun), EnterpriseNotApproved.
    """
    wanted = (
        select(Enterprise).where(Enterprise.county == fair.county, Enterprise.id.in_(places)).order_by(Enterprise.id)
    )
    firms = list(session.scalars(wanted.with_for_update(of=Enterprise)))
    lock(session, fair)
    if fair.calling_off is not None:
        raise FairCalledOff
    require_unfinished(fair)
    if fair.publication is None or now >= fair.starts_at:
        raise FairNotOpen
    booths = {booth.number: booth for booth in of_fair(session, fair)}
    if len(firms) < len(places) or not booths.keys() >= set(places.values()):
        raise NotFound
    standing = _standing(session, fair)
    for enterprise_id, booking in standing.items():
        if enterprise_id not in places:
            end(session, fair, booking, "desk", by=by, now=now)
    _move(session, fair, standing, {id_: booths[number] for id_, number in places.items()}, by=by, now=now)
    return [book(session, booths[places[firm.id]], firm, by=by, now=now) for firm in firms]


def _standing(session: Session, fair: Fair) -> dict[UUID, Booking]:
    query = select(Booking).where(Booking.fair_id == fair.id, Booking.cancelled_at.is_(None))
    rows = session.scalars(query.options(joinedload(Booking.booth), joinedload(Booking.enterprise)))
    return {row.enterprise_id: row for row in rows}


def _move(
    session: Session,
    fair: Fair,
    standing: dict[UUID, Booking],
    places: dict[UUID, Booth],
    *,
    by: Account | None,
    now: datetime,
) -> None:
    """Move bookings to other booths, all at once: two that change places are both out of the way for a moment."""
    moving = [(row, places[id_]) for id_, row in standing.items() if id_ in places and row.booth_id != places[id_].id]
    for row, _booth in moving:
        row.cancelled_at = now
    session.flush()
    for row, booth in moving:
        before = row.booth
        row.booth_id, row.cancelled_at = booth.id, None
        session.flush()
        session.expire(row, ["booth"])
        session.expire(before, ["booking"])
        session.expire(booth, ["booking"])
        deeds.record(session, "booth.moved", row, county=fair.county, by=by, now=now, number=booth.number)
        words = _MOVED.format(title=fair.title, number=booth.number, before=before.number)
        phone = row.attendee_phone or row.enterprise.contact_phone
        once = f"{deeds.about(row)}/{booth.number}/{now.isoformat()}"
        notices.write(session, fair.county, phone, words, about=deeds.about(row), once=once, now=now)
