"""Visitors (散客): people who walk in from the market and say with their own phone that they are here.

A poster has a QR that stands, a screen one that changes every minute. Both hold fair 3 bytes, mode 1, step 4, tag 7:
nothing personal. They are no proof of being there; who came by them is counted apart from who was scanned.
"""

from __future__ import annotations

import base64
import re
import secrets
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduling import deeds, identity, once
from scheduling.attendance.timing import AROUND
from scheduling.models import Fair, Visitor
from scheduling.refusals import HereClosed, HereCodeUnknown
from scheduling.seals import Keyring

STEP = 60  # seconds that a code stands on a screen; it opens the form for five of them
_GOOD = 5
_MODES = ("poster", "screen")
_CODE = re.compile(r"[A-Z2-7]{24}")


def code(fair: Fair, *, screen: bool, keys: Keyring, now: datetime) -> str:
    """Give the 24 upper-case base32 characters behind `/here/`: those of a poster, or those of a screen at `now`."""
    step = _step(now) if screen else 0
    head = _head(fair.number, screen, step)
    return base64.b32encode(head + _tag(fair, head, keys)).decode()


def opened(session: Session, county: str, told: str, *, keys: Keyring, now: datetime) -> tuple[Fair, str]:
    """Give the fair a code stands for and its mode, `poster` or `screen`.

    Raises HereCodeUnknown for what is none of ours or stood on a screen minutes ago, HereClosed when no fair is on.
    """
    if not _CODE.fullmatch(told.upper()):
        raise HereCodeUnknown
    raw = base64.b32decode(told.upper())
    number, mode, step = int.from_bytes(raw[:3]), raw[3], int.from_bytes(raw[4:8])
    fair = session.scalar(select(Fair).where(Fair.county == county, Fair.number == number))
    if fair is None or mode >= len(_MODES) or not secrets.compare_digest(raw[8:], _tag(fair, raw[:8], keys)):
        raise HereCodeUnknown
    if _MODES[mode] == "screen" and not 0 <= _step(now) - step < _GOOD:
        raise HereCodeUnknown
    require_on(fair, now=now)
    return fair, _MODES[mode]


def require_on(fair: Fair, *, now: datetime) -> None:
    """Raise HereClosed unless the fair is on, or begins within three hours."""
    if fair.publication is None or fair.calling_off is not None or not fair.starts_at - AROUND <= now < fair.ends_at:
        raise HereClosed


def say_here(
    session: Session,
    fair: Fair,
    source: str,
    *,
    id: str,  # noqa: A002  the form's
    name: str = "",
    phone: str = "",
    trade: str = "",
    now: datetime,
) -> Visitor:
    """Keep that somebody is here; all she says of herself is hers to say. The same form (`id`) again is the first.

    Raises NotAPhone when a phone is given that is none.
    """
    row, is_new = once.write(
        session,
        Visitor,
        {"form_id": id},
        county=fair.county,
        fair_id=fair.id,
        source=source,
        name=_plain(name, 60),
        phone=identity.phone(phone) if phone.strip() else "",
        trade=_plain(trade, 40),
        at=now,
    )
    if is_new:
        deeds.record(session, "visitor.here", row, by=None, now=now, source=source)
    return row


def _plain(text: str, longest: int) -> str:
    return " ".join("".join(c for c in text if c.isprintable()).split())[:longest]


def _step(now: datetime) -> int:
    return int(now.timestamp()) // STEP


def _head(number: int, screen: bool, step: int) -> bytes:  # noqa: FBT001  one byte of the code
    return number.to_bytes(3) + int(screen).to_bytes(1) + step.to_bytes(4)


def _tag(fair: Fair, head: bytes, keys: Keyring) -> bytes:
    return keys.tag(head, f"here {fair.county} {fair.number} {fair.key_rotation}")[:7]
