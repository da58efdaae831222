"""What stands in a private calendar: whose it is decides which fairs and sessions, and what became of her own place.

Nothing personal is in it: neither her name nor the kind of her ticket. What she cancelled is told as cancelled, for as
long as a fair that was called off is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from scheduling import tickets
from scheduling.diaries.diary import same
from scheduling.feeds import entries
from scheduling.feeds.asking import within
from scheduling.feeds.ical import Entry
from scheduling.models import (
    Account,
    Booking,
    CalendarLink,
    ClassSession,
    Enrolment,
    Fair,
    FairDuty,
    Jobseeker,
    LiveSlot,
    Reservation,
    Teacher,
    Ticket,
    TourStop,
    TrainingClass,
    TrainingRoom,
    VanTour,
)
from scheduling.refusals import NotFound

Place = Reservation | Enrolment | Booking


@dataclass(frozen=True)
class Own:
    """What her own coming and going adds to an event: `bump` to its sequence, `at` its change, `off` a cancellation."""

    bump: int = 0
    at: datetime | None = None
    off: datetime | None = None

    def __bool__(self) -> bool:
        """Whether anything is added."""
        return self != NOTHING

    def said(self, entry: Entry) -> Entry:
        """Give the event as it stands for her."""
        changed = max(entry.changed_at, self.at or entry.changed_at)
        if self.off is None or entry.cancelled:
            return replace(entry, sequence=entry.sequence + self.bump, changed_at=changed)
        bare = entry.title.removeprefix(entries.MOVED).removeprefix(entries.ELSEWHERE)
        title = entries.CANCELLED + bare
        return replace(entry, sequence=entry.sequence + self.bump, changed_at=changed, title=title, cancelled=True)


NOTHING = Own()


@dataclass(frozen=True)
class Holdings:
    """The uids of fairs and of sessions in a calendar, each with what its owner did."""

    fairs: Mapping[str, Own]
    sessions: Mapping[str, Own]


def of_link(session: Session, link: CalendarLink, *, now: datetime) -> Holdings:
    """Give what is in the calendar of a link: at most four queries. Raises NotFound when its owner is gone."""
    table, _, id_ = link.subject.partition("/")
    if table not in _OF:
        raise NotFound
    return _OF[table](session, UUID(id_), now)


def _of_ticket(session: Session, id_: UUID, _now: datetime) -> Holdings:
    ticket = session.get(Ticket, id_)
    if ticket is None or ticket.revoked_why == "reissued":  # a photographed ticket opens no calendar either
        raise NotFound
    return _of_places(session, [tickets.thing_of(ticket)])


def _of_account(session: Session, id_: UUID, _now: datetime) -> Holdings:
    account = session.get(Account, id_)
    if account is None or account.closed_at is not None or not account.phone:
        raise NotFound
    here = (Jobseeker.county == account.county, Jobseeker.phone == account.phone)
    reserved = session.scalars(select(Reservation).join(Reservation.jobseeker).where(*here)).all()
    enrolled = session.scalars(select(Enrolment).join(Enrolment.jobseeker).where(*here)).all()
    return _of_places(session, [*reserved, *enrolled])


def _of_enterprise(session: Session, id_: UUID, _now: datetime) -> Holdings:
    booked = session.scalars(select(Booking).where(Booking.enterprise_id == id_)).all()
    on_air = select(Fair.uid).join(LiveSlot).where(LiveSlot.enterprise_id == id_, LiveSlot.dropped_at.is_(None))
    placed = _of_places(session, booked).fairs
    return Holdings({**dict.fromkeys(session.scalars(on_air), NOTHING), **placed}, {})


def _of_teacher(session: Session, id_: UUID, now: datetime) -> Holdings:
    teacher = session.get(Teacher, id_)
    if teacher is None:
        raise NotFound
    rows = session.execute(_taught(teacher.school_id, now).add_columns(ClassSession.teacher))
    return Holdings({}, {uid: NOTHING for uid, name in rows if same(name, teacher.name)})


def _of_room(session: Session, id_: UUID, now: datetime) -> Holdings:
    room = session.get(TrainingRoom, id_)
    if room is None:
        raise NotFound
    rows = session.execute(_taught(room.school_id, now).add_columns(ClassSession.room))
    return Holdings({}, {uid: NOTHING for uid, name in rows if same(name, room.name)})


def _of_van(session: Session, id_: UUID, _now: datetime) -> Holdings:
    sent = select(Fair.uid).join(FairDuty).where(FairDuty.van_id == id_, FairDuty.lifted_at.is_(None))
    stops = select(Fair.uid).join(TourStop).join(VanTour).where(VanTour.van_id == id_, TourStop.left_at.is_(None))
    return Holdings(dict.fromkeys(session.scalars(sent.union(stops)), NOTHING), {})


def _of_staff(session: Session, id_: UUID, _now: datetime) -> Holdings:
    sent = select(Fair.uid).join(FairDuty).where(FairDuty.staff_id == id_, FairDuty.lifted_at.is_(None))
    return Holdings(dict.fromkeys(session.scalars(sent), NOTHING), {})


_OF: dict[str, Callable[[Session, UUID, datetime], Holdings]] = {
    "tickets": _of_ticket,
    "accounts": _of_account,
    "enterprises": _of_enterprise,
    "teachers": _of_teacher,
    "training_rooms": _of_room,
    "vans": _of_van,
    "staff": _of_staff,
}


def _taught(school_id: UUID, now: datetime) -> Select[Any]:
    lessons = select(ClassSession.uid).join(TrainingClass, TrainingClass.id == ClassSession.class_id)
    return lessons.where(TrainingClass.school_id == school_id, *within(ClassSession.starts_at, now))


def _of_places(session: Session, places: Iterable[Place]) -> Holdings:
    """Give the events that places at fairs and seats in classes are for; who waits for a seat has none yet."""
    at_fairs: defaultdict[UUID, list[Place]] = defaultdict(list)
    in_classes: defaultdict[UUID, list[Enrolment]] = defaultdict(list)
    for place in places:
        if not isinstance(place, Enrolment):
            at_fairs[place.fair_id].append(place)
        elif place.confirmed_at is not None:
            in_classes[place.class_id].append(place)
    fairs = session.execute(select(Fair.uid, Fair.id).where(Fair.id.in_(at_fairs))) if at_fairs else ()
    owns = {uid: _own(at_fairs[id_]) for uid, id_ in fairs}
    return Holdings(owns, _lessons(session, in_classes) if in_classes else {})


def _lessons(session: Session, seats: Mapping[UUID, list[Enrolment]]) -> dict[str, Own]:
    """Give the sessions that these are to come to, her own rotating party's only."""
    rows = session.scalars(select(ClassSession).where(ClassSession.class_id.in_(seats))).all()
    parties: defaultdict[UUID, int] = defaultdict(int)
    for row in rows:
        parties[row.class_id] = max(parties[row.class_id], row.party)
    found: dict[str, Own] = {}
    for row in rows:
        hers = [each for each in seats[row.class_id] if each.attends(row, parties[row.class_id])]
        if hers:
            found[row.uid] = _own(hers)
    return found


def _own(places: Iterable[Place]) -> Own:
    """Tell how it stands after all her comings and goings: each of them is a change of status, so each counts."""
    rows = list(places)
    gone = [each.cancelled_at for each in rows if each.cancelled_at is not None]
    stands = len(gone) < len(rows)
    began = [each.enrolled_at if isinstance(each, Enrolment) else _began(each) for each in rows]
    bump = 2 * len(gone) - (0 if stands or not gone else 1)
    return Own(bump, max((*gone, *began)), None if stands else max(gone))


def _began(place: Reservation | Booking) -> datetime:
    return place.reserved_at if isinstance(place, Reservation) else place.booked_at
