"""Booths (展位): laying them out, who stands where, who asked for one, who comes.

One booth, one booking; one enterprise, one booth a fair.
"""

from scheduling.booths import policies, rules, waiting
from scheduling.booths.asking import ask
from scheduling.booths.assigning import assign
from scheduling.booths.bookings import (
    book,
    cancel,
    cancel_all,
    find_booking,
    name_attendees,
    of_enterprise,
    past_of,
    stand,
    take_away,
)
from scheduling.booths.drawing import draw, lay_by_hand, squares
from scheduling.booths.laying import lay_out
from scheduling.booths.layout import MOST, Fittings, find, fit, lock, next_number, of_fair, remove
from scheduling.booths.moved import elsewhere, free_until
from scheduling.booths.offering import Offer, offers
from scheduling.booths.requests import Luck, asked, record_for, standing, want, withdraw

__all__ = [
    "MOST",
    "Fittings",
    "Luck",
    "Offer",
    "ask",
    "asked",
    "assign",
    "book",
    "cancel",
    "cancel_all",
    "draw",
    "elsewhere",
    "find",
    "find_booking",
    "fit",
    "free_until",
    "lay_by_hand",
    "lay_out",
    "lock",
    "name_attendees",
    "next_number",
    "of_enterprise",
    "of_fair",
    "offers",
    "past_of",
    "policies",
    "record_for",
    "remove",
    "rules",
    "squares",
    "stand",
    "standing",
    "take_away",
    "waiting",
    "want",
    "withdraw",
]
