"""Roll calls (点名): the QR on the teacher's screen, that changes, and who signs in with it on her own phone.

Its code holds class 3 bytes, session 2, direction 1, step 2, tag 7: nothing personal. The tag is made under a key of
the class (county, number, rotation) over the whole step, so that no code can be made beforehand, or used elsewhere. A
code is good for its own step and the one before, for a phone on a slow network opens late what it saw in time. It is
no proof that she is in the room, for a picture can be sent on within that minute: device and distance are kept beside
the scan, and what looks odd is told elsewhere (risks), never refused here.
"""

from __future__ import annotations

import base64
import math
import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduling import checkins, deeds, tickets
from scheduling.enrolments import line
from scheduling.models import Account, ClassCallingOff, ClassPublication, ClassSession, Enrolment, Scan, TrainingClass
from scheduling.refusals import NotFound, NotYourLesson, RollcallClosed, ScreenCodeOld, ScreenCodeUnknown
from scheduling.seals import Keyring

STEP = 45  # seconds that a code stands on the screen
AROUND = timedelta(minutes=60)  # so long before it begins one signs in, and so long after its end out
DIRECTIONS = ("in", "out")
_CODE = re.compile(r"[A-Z2-7]{24}")
_LOW = 1 << 16  # steps that two bytes tell apart: a month of them
_EARTH = 6_371_000  # metres, mean radius


@dataclass(frozen=True)
class Rollcall:
    """What a code calls to: a session of a class, to sign in or out."""

    training_class: TrainingClass
    block: ClassSession
    direction: str


def code(rollcall: Rollcall, *, keys: Keyring, now: datetime) -> str:
    """Give the 24 upper-case base32 characters that stand in the QR at `now`. Raises RollcallClosed(number, opens)."""
    _require_open(rollcall, now)
    head, step = _head(rollcall), _step(now)
    raw = head + (step % _LOW).to_bytes(2) + _tag(rollcall.training_class, head, step, keys)
    return base64.b32encode(raw).decode()


def address(code: str, url: str) -> str:
    """Give the text of the QR: the page below `url`, in capitals, for QR's alphanumeric mode."""
    return f"{url}/K/{code}".upper()


def opened(session: Session, county: str, code: str, *, keys: Keyring, now: datetime) -> Rollcall:
    """Give what a code, in any case, calls to at `now`.

    Raises ScreenCodeUnknown for what is none of ours, ScreenCodeOld for one that stood there earlier, RollcallClosed.
    """
    if not _CODE.fullmatch(code.upper()):
        raise ScreenCodeUnknown
    raw = base64.b32decode(code.upper())
    wanted = (
        select(TrainingClass, ClassSession)
        .join(ClassSession, ClassSession.class_id == TrainingClass.id)
        .where(
            TrainingClass.county == county,
            TrainingClass.number == int.from_bytes(raw[:3]),
            ClassSession.number == int.from_bytes(raw[3:5]),
            ClassSession.cancelled_at.is_(None),
            TrainingClass.id.in_(select(ClassPublication.class_id)),
            TrainingClass.id.not_in(select(ClassCallingOff.class_id)),
        )
    )
    found = session.execute(wanted).one_or_none()
    if found is None or raw[5] >= len(DIRECTIONS):
        raise ScreenCodeUnknown
    rollcall = Rollcall(found[0], found[1], DIRECTIONS[raw[5]])
    here = _step(now)
    age = (here - int.from_bytes(raw[6:8])) % _LOW
    if not secrets.compare_digest(raw[8:], _tag(rollcall.training_class, raw[:6], here - age, keys)):
        raise ScreenCodeUnknown
    if age > 1:
        raise ScreenCodeOld
    _require_open(rollcall, now)
    return rollcall


def own(session: Session, rollcall: Rollcall, ids: Collection[UUID]) -> list[Enrolment]:
    """Give the enrolments of this class among `ids`, those with a seat, by their number in the line."""
    rows = select(Enrolment).where(
        Enrolment.class_id == rollcall.training_class.id,
        Enrolment.id.in_(ids),
        Enrolment.confirmed_at.is_not(None),
        Enrolment.cancelled_at.is_(None),
    )
    return list(session.scalars(rows.order_by(Enrolment.place)))


def sign(
    session: Session,
    rollcall: Rollcall,
    enrolment: Enrolment,
    *,
    id: str,  # noqa: A002  the column's name
    device: str,
    where: tuple[float, float] | None,
    at: datetime,
    keys: Keyring,
    now: datetime,
) -> Scan:
    """Keep that she signed in or out with her own phone, having read the code `at`; the same `id` again is the first.

    `where` is latitude and longitude (WGS 84) as the phone told, None where it did not: only how far off that is, is
    kept, and neither is ever refused. Raises NotYourLesson for another class, or another part of hers.
    """
    parties = select(ClassSession.party).where(
        ClassSession.class_id == rollcall.training_class.id, ClassSession.cancelled_at.is_(None)
    )
    hers = enrolment.class_id == rollcall.training_class.id and enrolment.state == "confirmed"
    if not hers or not enrolment.attends(rollcall.block, max(session.scalars(parties), default=0)):
        raise NotYourLesson
    ticket = tickets.standing(session, enrolment)
    if ticket is None:
        raise NotFound
    return checkins.record(
        session,
        id=id,
        county=rollcall.training_class.county,
        class_session=rollcall.block,
        read=ticket.code,
        way="screen",
        direction=rollcall.direction,
        gate=rollcall.block.room,
        scanned_at=at,
        device=device,
        away_metres=away(rollcall.training_class, where),
        by=None,
        now=now,
        keys=keys,
    )


def away(training_class: TrainingClass, where: tuple[float, float] | None) -> int | None:
    """Give how many metres `where` is from the class's place, on a sphere; None where either is not known."""
    if where is None or training_class.lat is None or training_class.lon is None:
        return None
    (lat, lon), here = map(math.radians, where), math.radians(training_class.lat)
    across = math.sin((lon - math.radians(training_class.lon)) / 2) ** 2 * math.cos(lat) * math.cos(here)
    return round(2 * _EARTH * math.asin(math.sqrt(min(1.0, math.sin((lat - here) / 2) ** 2 + across))))


def fence(
    session: Session,
    training_class: TrainingClass,
    lat: float,
    lon: float,
    metres: int,
    *,
    by: Account | None,
    now: datetime,
) -> None:
    """Say where the class is (degrees, WGS 84) and how far off is still there; the same again changes nothing."""
    _place(session, training_class, (lat, lon, metres), what="class.fenced", by=by, now=now)


def unfence(session: Session, training_class: TrainingClass, *, by: Account | None, now: datetime) -> None:
    """Ask no phone any more where it is; again changes nothing."""
    _place(session, training_class, (None, None, None), what="class.unfenced", by=by, now=now)


def _place(
    session: Session,
    training_class: TrainingClass,
    place: tuple[float | None, float | None, int | None],
    *,
    what: str,
    by: Account | None,
    now: datetime,
) -> None:
    line.lock(session, training_class.id)
    session.refresh(training_class)
    if (training_class.lat, training_class.lon, training_class.fence_metres) == place:
        return
    training_class.lat, training_class.lon, training_class.fence_metres = place
    session.flush()
    deeds.record(session, what, training_class, by=by, now=now, metres=place[2])


def _require_open(rollcall: Rollcall, now: datetime) -> None:
    """Raise RollcallClosed before and after its time: nobody comes to a lesson that is over, one only leaves it."""
    block = rollcall.block
    over = now >= block.ends_at if rollcall.direction == "in" else now > block.ends_at + AROUND
    if over or now < block.starts_at - AROUND:
        raise RollcallClosed(number=block.number, opens=block.starts_at - AROUND)


def _step(now: datetime) -> int:
    return int(now.timestamp()) // STEP


def _head(rollcall: Rollcall) -> bytes:
    numbers = rollcall.training_class.number.to_bytes(3) + rollcall.block.number.to_bytes(2)
    return numbers + DIRECTIONS.index(rollcall.direction).to_bytes(1)


def _tag(training_class: TrainingClass, head: bytes, step: int, keys: Keyring) -> bytes:
    purpose = f"rollcall {training_class.county} {training_class.number} {training_class.key_rotation}"
    return keys.tag(head + step.to_bytes(8), purpose)[:7]
