"""Booths (展位): laying them out, who stands where, who asked for one, who comes.

One booth, one booking; one enterprise, one booth a fair.
"""

from scheduling.booths.assigning import assign
from scheduling.booths.bookings import (
    Offer,
    book,
    cancel,
    cancel_all,
    find_booking,
    name_attendees,
    of_enterprise,
    offers,
)
from scheduling.booths.layout import MOST, Fittings, find, fit, lay_out, next_number, of_fair, remove
from scheduling.booths.requests import Luck, asked, record_for, want, withdraw

__all__ = [
    "MOST",
    "Fittings",
    "Luck",
    "Offer",
    "asked",
    "assign",
    "book",
    "cancel",
    "cancel_all",
    "find",
    "find_booking",
    "fit",
    "lay_out",
    "name_attendees",
    "next_number",
    "of_enterprise",
    "of_fair",
    "offers",
    "record_for",
    "remove",
    "want",
    "withdraw",
]
