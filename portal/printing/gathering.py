"""Reading what papers are about: the stalls of a fair, each with what it shows and its pass. Three questions."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING
from uuid import UUID

from portal.printing.facts import Stall
from scheduling import booths, tickets, vacancies
from scheduling.models import Booking, Fair, FairVacancy

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def stalls(session: Session, fair: Fair) -> list[Stall]:
    """Give the booked stalls of a fair by number; of their vacancies those that the public may see."""
    shown: dict[UUID, list[FairVacancy]] = defaultdict(list)
    for row in vacancies.at_fair(session, fair):
        shown[row.vacancy.enterprise_id].append(row)
    passes = tickets.of_bookings(session, fair)
    booked = [(booth, booth.booking) for booth in booths.of_fair(session, fair) if booth.booking]
    return [Stall(booth, each, tuple(shown[each.enterprise_id]), passes.get(each.id)) for booth, each in booked]


def stall(session: Session, booking: Booking) -> Stall:
    """Give the stall of one booking."""
    shown = [
        row for row in vacancies.at_fair(session, booking.fair) if row.vacancy.enterprise_id == booking.enterprise_id
    ]
    return Stall(booking.booth, booking, tuple(shown), tickets.standing(session, booking))
