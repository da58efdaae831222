"""Devices: inviting a phone to scan, letting it join, knowing it again, shutting it out (docs/gate.md)."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from scheduling import deeds, once
from scheduling.devices import STAYS
from scheduling.gate.phones import hashed
from scheduling.models import (
    Account,
    ClassCallingOff,
    ClassPublication,
    Fair,
    GateDevice,
    GateInvitation,
    GateRevocation,
    TrainingClass,
)
from scheduling.refusals import InvitationGone, NotFound, NothingToScan

INVITED = timedelta(minutes=10)
AHEAD = timedelta(days=14)
_HERE = ZoneInfo("Asia/Shanghai")
_LONGEST = 40


def to_scan(session: Session, county: str, *, now: datetime) -> dict[str, tuple[str, datetime, datetime]]:
    """Give what a phone may be invited to: title, beginning and end, by scope (`fair/7`, `class/3`), the first first.

    Fairs that end within a day before or begin within fourteen after `now`, and classes that run then. Two queries.
    """
    fairs = select(Fair.number, Fair.title, Fair.starts_at, Fair.ends_at).where(
        Fair.county == county,
        Fair.publication.has(),
        ~Fair.calling_off.has(),
        Fair.ends_at > now - STAYS,
        Fair.starts_at < now + AHEAD,
    )
    today = now.astimezone(_HERE).date()
    classes = select(TrainingClass.number, TrainingClass.title, TrainingClass.starts_on, TrainingClass.ends_on).where(
        TrainingClass.county == county,
        TrainingClass.id.in_(select(ClassPublication.class_id)),
        TrainingClass.id.not_in(select(ClassCallingOff.class_id)),
        TrainingClass.ends_on >= today,
        TrainingClass.starts_on <= today + AHEAD,
    )
    found = {f"fair/{row.number}": (row.title, row.starts_at, row.ends_at) for row in session.execute(fairs)}
    for row in session.execute(classes):
        first, last = (datetime.combine(day, at, _HERE) for day, at in ((row[2], time.min), (row[3], time.max)))
        found[f"class/{row.number}"] = (row.title, first, last)
    return dict(sorted(found.items(), key=lambda each: (each[1][1], each[0])))


def titles(session: Session, county: str, scopes: Iterable[str]) -> dict[str, str]:
    """Give the titles of scopes, whenever they are or were, called off ones too. At most two queries."""
    numbers: dict[str, set[int]] = {"fair": set(), "class": set()}
    for kind, _, number in (scope.partition("/") for scope in scopes):
        numbers[kind].add(int(number))
    found: dict[str, str] = {}
    for kind, noun in (("fair", Fair), ("class", TrainingClass)):
        if numbers[kind]:
            rows = select(noun.number, noun.title).where(noun.county == county, noun.number.in_(numbers[kind]))
            found |= {f"{kind}/{number}": title for number, title in session.execute(rows)}
    return found


def invite(
    session: Session, county: str, scope: Iterable[str], *, by: Account | None, now: datetime
) -> tuple[GateInvitation, str]:
    """Invite one phone to scan at the events of `scope`, within ten minutes. Give the row and what its QR says.

    Only a hash of that is kept. Raises NothingToScan when `scope` is empty, or names what is not to be scanned.
    """
    wanted = sorted(set(scope))
    if not wanted or not set(wanted) <= to_scan(session, county, now=now).keys():
        raise NothingToScan
    token = secrets.token_urlsafe(24)
    row = GateInvitation(
        county=county,
        token_hash=hashed(token),
        scope=wanted,
        by_id=by.id if by else None,
        at=now,
        expires_at=now + INVITED,
    )
    session.add(row)
    session.flush()
    deeds.record(session, "device.invited", row, by=by, now=now, scope=" ".join(wanted))
    return row, token


def join(session: Session, county: str, token: str, label: str, *, now: datetime) -> tuple[GateDevice, str]:
    """Use an invitation up and give the device that joined by it, with its secret, of which only a hash is kept.

    Of any number at the same moment one joins: a conditional UPDATE decides. Raises InvitationGone.
    """
    step = (
        update(GateInvitation)
        .where(
            GateInvitation.county == county,
            GateInvitation.token_hash == hashed(token),
            GateInvitation.used_at.is_(None),
            GateInvitation.expires_at > now,
        )
        .values(used_at=now)
        .returning(GateInvitation.id, GateInvitation.scope)
        .execution_options(synchronize_session=False)
    )
    invitation = session.execute(step).one_or_none()
    if invitation is None:
        raise InvitationGone
    ends = [end for scope, (_, _, end) in to_scan(session, county, now=now).items() if scope in invitation.scope]
    secret = secrets.token_urlsafe(32)
    row = GateDevice(
        county=county,
        invitation_id=invitation.id,
        label=_plain(label) or "?",
        scope=invitation.scope,
        secret_hash=hashed(secret),
        joined_at=now,
        seen_at=now,
        expires_at=max(ends, default=now) + STAYS,
        last_seq=0,
        pending=0,
    )
    session.add(row)
    session.flush()
    deeds.record(session, "device.joined", row, by=None, now=now)
    return row, secret


def revoke(session: Session, device: GateDevice, *, by: Account | None, now: datetime) -> None:
    """Shut a device out; again changes nothing. For `phones.GRACE` it may hand in what it has, all of it put aside."""
    row, is_new = once.write(session, GateRevocation, {"device_id": device.id}, by_id=by.id if by else None, at=now)
    if is_new:
        session.expire(device, ["revocation"])
        deeds.record(session, "device.revoked", row, county=device.county, by=by, now=now)


def find(session: Session, county: str, id_: UUID) -> GateDevice:
    """Give a device by its key. Raises NotFound."""
    row = session.scalar(select(GateDevice).where(GateDevice.county == county, GateDevice.id == id_))
    if row is None:
        raise NotFound
    return row


def listed(session: Session, county: str, *, now: datetime) -> list[GateDevice]:
    """Give the devices of the last month, the newest first. One query."""
    recent: ColumnElement[bool] = GateDevice.expires_at > now - timedelta(days=30)
    rows = select(GateDevice).where(GateDevice.county == county, recent)
    return list(session.scalars(rows.order_by(GateDevice.joined_at.desc(), GateDevice.id).limit(200)))


def _plain(label: str) -> str:
    return " ".join("".join(c for c in label if c.isprintable()).split())[:_LONGEST]
