"""The page behind the QR on a teacher's screen: a trainee signs in or out on her own phone. GET never signs anybody in.

The code changes within a minute or two, but who opened it in time has five more to type her number or to find her
glasses: when this browser read it stands in its own signed cookie, and in nothing that could be sent on.
"""

from __future__ import annotations

import hashlib
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from flask import Response, flash, redirect, request, session, url_for
from flask_babel import gettext as _

from portal import clock, doors, errors, filters
from portal.database import reading, writing
from portal.forms.attendance import RollcallForm
from portal.public import own
from portal.public.door import pages
from scheduling import attendance, codes, identity, limits, tickets
from scheduling import rollcalls as acts
from scheduling.models import Enrolment
from scheduling.refusals import NotYourLesson

FRESH = timedelta(minutes=5)
DEVICE = "songgang_device"  # a long-lived random number: the same phone again, and nothing else
_YEAR = 366 * 24 * 3600


@pages.route("/K/<code>", methods=["GET", "POST"])
@pages.route("/k/<code>", methods=["GET", "POST"])
def rollcall(code: str) -> Any:  # noqa: ANN401  a page or a redirect
    """Ask who is there; POST signs in or out and goes to her ticket. Raises ScreenCodeOld, ScreenCodeUnknown."""
    code, now, form = code.upper(), clock.now(), RollcallForm()
    at, reads = _read(code, now)
    call = acts.opened(reading(), doors.county(), code, keys=doors.keys(), now=at)
    if form.validate_on_submit():
        with errors.beside(form):
            return _signed(form, code, at, reads)
    session["rollcall"] = [code, at.timestamp(), reads]
    people = acts.own(reading(), call, _known())
    return _locating(errors.page("public/rollcalls/sign.html", form=form, call=call, people=people, code=code))


def _read(code: str, now: datetime) -> tuple[datetime, str]:
    """Give when this browser read the code, at most FRESH ago, and a word for that reading; else now and a new one."""
    known, at, reads = session.get("rollcall", ("", 0.0, ""))
    then = datetime.fromtimestamp(at, UTC)
    return (then, reads) if known == code and then <= now <= then + FRESH else (now, secrets.token_hex(8))


def _signed(form: RollcallForm, code: str, at: datetime, reads: str) -> Response:
    """Keep the scan and lead to her ticket. The same reading of the same person is the same scan."""
    typed = not form.who.data
    if typed:
        _knock(form.code.data or "")
    device = _device()
    with writing() as db:
        call = acts.opened(db, doors.county(), code, keys=doors.keys(), now=at)
        person = _typed(db, call, form) if typed else _held(db, call, form.who.data)
        id_ = hashlib.sha256(f"screen {code} {reads} {person.id}".encode()).hexdigest()
        digest = doors.keys().blind(device, "device")
        where = form.where() if call.training_class.fence_metres else None
        scan = acts.sign(
            db, call, person, id=id_, device=digest, where=where, at=at, keys=doors.keys(), now=clock.now()
        )
        verdict = attendance.verdict_of(db, scan)
        ticket = tickets.standing(db, person)
        assert ticket is not None  # noqa: S101  `sign` found it
        token, name = tickets.token(ticket, doors.keys()), identity.masked_name(person.jobseeker.name)
        own.add(person)
    words = _("%(name)s已签到，%(time)s。") if call.direction == "in" else _("%(name)s已签退，%(time)s。")
    flash(words % {"name": name, "time": filters.clock(verdict.at)}, "success")
    answer: Response = _remembered(redirect(url_for(".ticket", token=token), 303), device)
    return answer


def _held(db: Any, call: acts.Rollcall, id_: str) -> Enrolment:  # noqa: ANN401  the session of `writing`
    """Give the enrolment that a button stands for, one this browser knows. Raises NotYourLesson."""
    for person in acts.own(db, call, _known()):
        if person.id.hex == id_:
            return person
    raise NotYourLesson


def _typed(db: Any, call: acts.Rollcall, form: RollcallForm) -> Enrolment:  # noqa: ANN401
    """Give the enrolment of a booking number and the last four. Raises NoSuchBooking, NotYourLesson."""
    ticket = tickets.found(db, doors.county(), form.code.data or "", form.last4.data or "")
    if ticket.enrolment is None or ticket.class_id != call.training_class.id:
        raise NotYourLesson
    return ticket.enrolment


def _known() -> set[UUID]:
    """Give what was signed up from this browser, and what belongs to the phone that is signed in on it."""
    account = doors.who()
    held = tickets.of_phone(reading(), doors.county(), account.phone) if account and account.phone else []
    return {UUID(id_) for id_ in session.get("own", [])} | {row.enrolment_id for row in held if row.enrolment_id}


def _knock(code: str) -> None:
    """Count a try in a transaction of its own. A whole class behind one address types within a few minutes."""
    with writing() as db:
        limits.knock(db, "ticket", codes.plain(code), most=10, minutes=30, now=clock.now())
        limits.knock(db, "rollcall from", request.remote_addr or "", most=240, minutes=30, now=clock.now())


def _device() -> str:
    known = request.cookies.get(DEVICE, "")
    return known if len(known) == len(secrets.token_urlsafe(18)) and known.isascii() else secrets.token_urlsafe(18)


def _remembered(answer: Any, device: str) -> Any:  # noqa: ANN401  a redirect
    settings = doors.settings()
    path = (settings.prefix or "") + "/"
    answer.set_cookie(DEVICE, device, max_age=_YEAR, httponly=True, secure=settings.secure, samesite="Lax", path=path)
    return answer


def _locating(page: tuple[str, int]) -> Response:
    """Let this page ask the phone where it is; no other page may."""
    answer = Response(*page)
    answer.headers["Permissions-Policy"] = "camera=(), geolocation=(self), microphone=()"
    return answer
