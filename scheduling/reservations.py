"""Reservations: a jobseeker says she will come to a fair, herself or through somebody who helps her."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from scheduling import deeds, identity, jobseekers, notices, tickets
from scheduling.models import Account, Fair, Jobseeker, Reservation
from scheduling.refusals import AlreadyReserved, ConsentMissing, FairFull, FairNotOpen

_HERE = ZoneInfo("Asia/Shanghai")
_MADE = "已预约“{title}”：{when}，{place}。报名号{code}，来时说这个号或出示入场码。【送岗】"
_CANCELLED = "“{title}”的预约已取消。当天直接来也可以进场。【送岗】"


def reserve(
    session: Session,
    fair: Fair,
    *,
    name: str,
    phone: str,
    relation: str = "self",
    agent_name: str = "",
    agent_phone: str = "",
    consent: bool = False,
    own: Callable[[Reservation], bool] | None = None,
    by: Account | None,
    now: datetime,
) -> Reservation:
    """Reserve a place at `fair`, with a ticket and a notice. The same person again gets the same reservation.

    `own` is asked whether one that stands was made by whoever asks; without it nobody is told apart.

    `relation` says who signs her up (RELATIONS); somebody else needs name, phone and her `consent`.
    Raises NameMissing, NotAPhone, ConsentMissing, AlreadyReserved(id), FairNotOpen, FairFull.
    """
    agent_name, agent_phone = _agent(relation, agent_name, agent_phone, consent=consent)
    person = jobseekers.known(session, fair.county, name=name, phone=phone, by=by, now=now)
    session.refresh(fair, with_for_update={"of": Fair, "key_share": True})
    if reservation := standing(session, fair, person):
        if own is not None and not own(reservation):
            raise AlreadyReserved(id=reservation.id)
        return reservation
    if not is_open(fair, now=now):
        raise FairNotOpen
    _take_place(session, fair)
    reservation = Reservation(
        fair_id=fair.id,
        jobseeker_id=person.id,
        relation=relation,
        agent_name=agent_name,
        agent_phone=agent_phone,
        reserved_at=now,
    )
    session.add(reservation)
    session.flush()
    deeds.record(session, "reservation.made", reservation, county=fair.county, by=by, now=now, relation=relation)
    ticket = tickets.issue(session, reservation, by=by, now=now)
    _tell(session, reservation, "made", _MADE, now=now, code=ticket.code)
    return reservation


def tell_again(session: Session, id_: UUID, *, by: Account | None, now: datetime) -> None:
    """Send the notice with the booking number once more, for it was asked for from elsewhere."""
    reservation = session.get_one(Reservation, id_)
    ticket = tickets.standing(session, reservation)
    if ticket is None:
        return
    deeds.record(session, "reservation.told_again", reservation, county=reservation.fair.county, by=by, now=now)
    _tell(session, reservation, f"made/{now.timestamp()}", _MADE, now=now, code=ticket.code)


def cancel(session: Session, reservation: Reservation, *, by: Account | None, now: datetime) -> None:
    """Free the place and revoke the ticket; again changes nothing."""
    fair = session.get_one(Fair, reservation.fair_id)
    session.refresh(fair, with_for_update={"of": Fair, "key_share": True})
    session.refresh(reservation)
    if reservation.cancelled_at is not None:
        return
    reservation.cancelled_at = now
    session.flush()
    session.execute(
        update(Fair).where(Fair.id == fair.id, Fair.taken > 0).values(taken=Fair.taken - 1),
        execution_options={"synchronize_session": False},
    )
    session.expire(fair, ["taken"])
    tickets.revoke(session, reservation, "cancelled", by=by, now=now)
    deeds.record(session, "reservation.cancelled", reservation, county=fair.county, by=by, now=now)
    _tell(session, reservation, "cancelled", _CANCELLED, now=now)


def of_fair(session: Session, fair: Fair) -> list[Reservation]:
    """Give every reservation of a fair that stands, in the order they came."""
    rows = select(Reservation).where(Reservation.fair_id == fair.id, Reservation.cancelled_at.is_(None))
    return list(session.scalars(rows.order_by(Reservation.reserved_at, Reservation.id)))


def standing(session: Session, fair: Fair, person: Jobseeker) -> Reservation | None:
    """Give the reservation of `person` for `fair` that is not cancelled, or None."""
    return session.scalar(
        select(Reservation).where(
            Reservation.fair_id == fair.id, Reservation.jobseeker_id == person.id, Reservation.cancelled_at.is_(None)
        )
    )


def is_open(fair: Fair, *, now: datetime) -> bool:
    """Whether places can be reserved: published, not called off, not over. Being full is another matter."""
    return fair.state in {"published", "moved"} and now < fair.ends_at


def _agent(relation: str, agent_name: str, agent_phone: str, *, consent: bool) -> tuple[str, str]:
    if relation == "self":
        return "", ""
    if not consent:
        raise ConsentMissing
    return identity.name(agent_name), identity.phone(agent_phone)


def _take_place(session: Session, fair: Fair) -> None:
    """Count one more place taken: this one UPDATE admits. Raises FairFull."""
    place = (
        update(Fair)
        .where(Fair.id == fair.id, or_(Fair.capacity.is_(None), Fair.taken < Fair.capacity))
        .values(taken=Fair.taken + 1)
        .returning(Fair.id)
    )
    taken = session.scalar(place, execution_options={"synchronize_session": False})
    session.expire(fair, ["taken"])
    if taken is None:
        raise FairFull


def _tell(session: Session, reservation: Reservation, what: str, words: str, *, now: datetime, **more: str) -> None:
    """Write one notice to her, and one to who signed her up; `what` makes it once each."""
    fair, own = reservation.fair, reservation.jobseeker
    here = fair.starts_at.astimezone(_HERE)
    when = f"{here.month}月{here.day}日{here.hour}:{here.minute:02d}"
    text = words.format(title=fair.title, when=when, place=fair.place, **more)
    about, once = deeds.about(reservation), f"reservation/{reservation.id}/{what}"
    notices.write(session, fair.county, own.phone, text, about=about, once=once, now=now)
    if reservation.agent_phone and reservation.agent_phone != own.phone:
        text = f"您代{identity.masked_name(own.name)}办理：{text}"
        notices.write(session, fair.county, reservation.agent_phone, text, about=about, once=f"{once}/agent", now=now)
