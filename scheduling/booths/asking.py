"""Asking for a booth when many ask at once: one of those wished for, else any, else a place in the line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from scheduling.booths import rules, waiting
from scheduling.booths.bookings import speaks_for, stand
from scheduling.booths.layout import booking_where, lock, of_fair
from scheduling.models import Account, Booking, BoothWait, Enterprise, Fair
from scheduling.refusals import BoothTaken, NotFound, OneBoothEach


def ask(
    session: Session,
    fair: Fair,
    enterprise: Enterprise,
    *,
    wishes: Sequence[int] = (),
    any_other: bool = False,
    by: Account | None,
    now: datetime,
) -> Booking | BoothWait:
    """Give the first free booth of `wishes`, or `any_other`; when none at all is free, a place in the line.

    Asking again gives the booking, or the place, it has. Raises OneBoothEach(number) for another booth than the one it
    has, BoothTaken(number) with the first wish when those are
    taken and others are free but not wanted, NotFound at a fair without booths, and what `book` raises.
    """
    session.refresh(enterprise, with_for_update={"of": Enterprise})
    lock(session, fair)
    own = booking_where(session, Booking.fair_id == fair.id, Booking.enterprise_id == enterprise.id)
    if own is not None:
        if wishes and own.booth.number not in wishes and not any_other:
            raise OneBoothEach(number=own.booth.number)
        return own
    rules.require_open(fair, now=now)
    rules.require_may_book(session, fair, enterprise, own=speaks_for(by, enterprise), now=now)
    laid = of_fair(session, fair)
    if not laid:
        raise NotFound
    free = {booth.number: booth for booth in laid if booth.booking is None}
    chosen = next((number for number in wishes if number in free), None)
    if chosen is None and free:
        if wishes and not any_other:
            raise BoothTaken(number=wishes[0])
        chosen = min(free)
    if chosen is None:
        return waiting.wait(session, fair, enterprise, by=by, now=now)
    return stand(session, fair, free[chosen], enterprise, by=by, now=now)
