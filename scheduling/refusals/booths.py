"""Booth policies, the waiting list, turnout and penalties: what the rules refuse."""

from scheduling.refusals.base import Refusal


class PolicyNameKnown(Refusal):
    """The county has another policy of that name. Facts: name."""


class BookingNotYet(Refusal):
    """Booking has not opened. Facts: opens (aware)."""


class BookingClosed(Refusal):
    """Booking has closed; the desk may still help. Facts: closes (aware)."""


class BoothsAllocated(Refusal):
    """Booths at this fair are allocated by the bureau: one applies and does not choose."""


class BoothsChosen(Refusal):
    """Booths at this fair are chosen first come first served: there is nothing to apply for."""


class VacancyMissing(Refusal):
    """The policy asks for an approved vacancy, and the enterprise has none."""


class TooManyFairs(Refusal):
    """The enterprise has booked as many of these fairs this month as it may. Facts: most."""


class TwoInARow(Refusal):
    """The enterprise is at the fair just before or after. Facts: fair (title), day."""


class Barred(Refusal):
    """A penalty keeps the enterprise from this fair. Facts: until (aware, or None for one fair), fair, day."""


class PenaltyLifted(Refusal):
    """The penalty was lifted: there is nothing to appeal against."""


class NotLate(Refusal):
    """The booth cannot be taken from it: the policy does not say so, it is not time yet, or it is here."""


class WalkInsRefused(Refusal):
    """The policy takes no walk-ins; with a reason the desk may."""
