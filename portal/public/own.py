"""What was made from this browser: only its own forms lead back to a ticket without the booking number."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import session

from portal import clock, doors
from portal.database import writing
from scheduling import drafts, limits, tickets
from scheduling.diaries.own import Held
from scheduling.models import Enrolment, Reservation
from scheduling.refusals import TooOften

KEPT = 40  # of one browser: a village's coordinator signs up many


def add(thing: Reservation | Enrolment) -> None:
    """Remember in the cookie that it was made here."""
    session["own"] = list(dict.fromkeys([*session.get("own", []), thing.id.hex]))[-KEPT:]


def has(db: Any, thing: Reservation | Enrolment, noun: str) -> bool:  # noqa: ANN401  the session of `writing`
    """Whether it was made here: by the cookie, or by this very form, for of two taps only one has the new cookie."""
    if thing.id.hex in session.get("own", []):
        return True
    ticket = tickets.standing(db, thing)
    done = drafts.read(db, session.get(noun), noun, keys=doors.keys(), now=clock.now()).get("done")
    return ticket is not None and done == tickets.token(ticket, doors.keys())


def told(found: Iterable[Held], phone: str) -> list[Held]:
    """Keep of what stands under `phone` what this browser may know: a number that was only typed proves nothing.

    Who signed her up, and the browser it was made from, know that of it.
    """
    if proves(phone):
        return list(found)
    account, made = doors.who(), session.get("own", [])
    agent = (account.phone if account else None) or "nobody"
    return [each for each in found if each.agent_phone == agent or each.id_.hex in made]


def proves(phone: str) -> bool:
    """Whether whoever asks has been shown to have this phone, or is at the desk: then `told` keeps everything."""
    account = doors.who()
    return account is not None and (account.phone == phone or bool(account.roles & doors.STAFF))


def may_remind(phone: str) -> bool:
    """Count one more message to `phone` that somebody else's browser asked for: three an hour, no more."""
    try:
        with writing() as db:
            limits.knock(db, "told again", phone, most=3, minutes=60, now=clock.now())
    except TooOften:
        return False
    return True
