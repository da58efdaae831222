"""Walk-ins (现场增补): companies that come without a booking, known or not, in under a minute."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from scheduling import booths, deeds, enterprises, fairs, vacancies
from scheduling.models import Account, Booking, Booth, Enterprise, Fair
from scheduling.refusals import (
    BoothTaken,
    EnterpriseNotApproved,
    FairCalledOff,
    FairFull,
    FairNotOpen,
    NoSuchEnterprise,
    OneBoothEach,
    WalkInsRefused,
)
from scheduling.seals import Keyring
from scheduling.turnout.coming import EARLY, vouch

_CHECKED = "现场核对营业执照"


def take_in(
    session: Session,
    fair: Fair,
    *,
    uscc: str,
    name: str,
    attendees: str,
    phone: str,
    papers_seen: bool,
    number: int | None = None,
    reason: str = "",
    job: Mapping[str, Any] | None = None,
    by: Account | None,
    now: datetime,
    keys: Keyring,
) -> Booking:
    """Take in a company that came without a booking, all at once: registered, approved, a booth, here, one vacancy.

    Whoever does it, at the desk or at the gate, has seen its papers (`papers_seen`). `job` is a `vacancies.Card`, empty
    for none; one of that title that it shows already is not shown twice. Raises what `enterprises.register`,
    `walk_in` and `vacancies.post` raise.
    """
    try:
        firm = enterprises.find_by_code(session, fair.county, uscc)
    except NoSuchEnterprise:
        firm = enterprises.register(
            session,
            fair.county,
            uscc=uscc,
            name=name,
            contact_name=attendees,
            contact_phone=phone,
            by=by,
            now=now,
        )
    if firm.state != "approved" and papers_seen:
        enterprises.review(session, firm, "approved", reason=_CHECKED, by=by, now=now)
    booking = walk_in(
        session,
        fair,
        firm,
        number=number,
        attendees=attendees,
        phone=phone,
        reason=reason,
        by=by,
        now=now,
        keys=keys,
    )
    shown = {each.vacancy.title for each in vacancies.shown_at(session, fair, firm)}
    if job and job["title"].strip() not in shown:
        vacancy = vacancies.post(session, firm, **job, by=by, now=now)
        vacancies.review(session, vacancy, "approved", by=by, now=now)
        vacancies.show_at(session, fair, vacancy, by=by, now=now)
    return booking


def walk_in(
    session: Session,
    fair: Fair,
    enterprise: Enterprise,
    *,
    number: int | None = None,
    attendees: str,
    phone: str,
    reason: str = "",
    by: Account | None,
    now: datetime,
    keys: Keyring,
) -> Booking:
    """Give an enterprise that came without a booking a booth, the first free one or `number`, and count it as here.

    Again gives the same booking. Raises EnterpriseNotApproved, FairCalledOff, FairFinished, FairNotOpen (not on its
    day, or over), WalkInsRefused when the policy has none and no reason is given, FairFull without a free booth,
    BoothTaken(number), OneBoothEach(number), EnterpriseElsewhere(name, what, day, hours).
    """
    session.refresh(enterprise, with_for_update={"of": Enterprise})
    booths.lock(session, fair)
    laid = booths.of_fair(session, fair)
    own = next((each.booking for each in laid if each.booking and each.booking.enterprise_id == enterprise.id), None)
    if own is not None and number not in {None, own.booth.number}:
        raise OneBoothEach(number=own.booth.number)
    if own is None:
        _require_walk_in(session, fair, enterprise, reason, now=now)
        booth = _free(laid, number)
        own = booths.stand(session, fair, booth, enterprise, walk_in=True, by=by, now=now)
        booths.name_attendees(session, own, attendees=attendees, phone=phone, by=by, now=now)
        if reason.strip():
            deeds.record(session, "booth.walk_in_allowed", own, county=fair.county, by=by, now=now, reason=reason[:200])
    vouch(session, own, by=by, now=now, keys=keys)
    return own


def _require_walk_in(session: Session, fair: Fair, enterprise: Enterprise, reason: str, *, now: datetime) -> None:
    if enterprise.state != "approved":
        raise EnterpriseNotApproved
    if fair.calling_off is not None:
        raise FairCalledOff
    fairs.require_unfinished(fair)
    if fair.publication is None or not fair.starts_at - EARLY <= now < fair.ends_at:
        raise FairNotOpen
    if not booths.policies.terms_at(session, fair).walk_ins and not reason.strip():
        raise WalkInsRefused


def _free(laid: list[Booth], number: int | None) -> Booth:
    free = [booth for booth in laid if booth.booking is None and number in {None, booth.number}]
    if not free:
        raise FairFull if number is None else BoothTaken(number=number)
    return free[0]
