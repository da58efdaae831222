"""Markets, fairs and booths: what the rules refuse."""

from scheduling.refusals.base import Refusal


class BadMarketRule(Refusal):
    """The rule cannot be read. Facts: part."""


class NotAMarketDay(Refusal):
    """The market is not held on that day. Facts: market, day, next (the next market day)."""


class MarketExceptionKnown(Refusal):
    """There is an exception for this market and day already. Facts: day."""


class NoMarketThatDay(Refusal):
    """There is no market on that day to drop or move. Facts: market, day, next (the next market day)."""


class MarketDayAlready(Refusal):
    """The market is held on that day anyway. Facts: market, day."""


class OutsideTheCalendar(Refusal):
    """No published lunar calendar vouches for that day. Facts: first, last (years)."""


class TimesInDisorder(Refusal):
    """It would end before it starts."""


class SameFair(Refusal):
    """A copy was asked for at the very time of the fair that is to be copied."""


class InThePast(Refusal):
    """That time is over already."""


class FairNotReady(Refusal):
    """Publishing is blocked. Facts: missing (joined keys: contact, place, booths, rain_plan, permit)."""


class FairNotOpen(Refusal):
    """The fair is not published, called off, or over."""


class FairNotPublished(Refusal):
    """A draft has nobody to tell: it is revised, not moved."""


class FairOver(Refusal):
    """The fair is over."""


class FairBegun(Refusal):
    """The fair has begun: a company gives up its booth through the desk."""


class DecideTooLate(Refusal):
    """Whether rain stops the fair must be decided before it begins."""


class FairCalledOff(Refusal):
    """The fair is called off; nothing more can be done with it."""


class PlaceTaken(Refusal):
    """Another fair is at that place at that time. Facts: name (of the place), what (the fair), day, hours."""


class EnterpriseElsewhere(Refusal):
    """The enterprise has a booth at another fair at that time. Facts: name (its own), what (the fair), day, hours."""


class VanElsewhere(Refusal):
    """The van is sent to another fair at that time. Facts: name (of the van), what (the fair), day, hours."""


class StaffElsewhere(Refusal):
    """She works at another fair at that time. Facts: name, what (the fair), day, hours."""


class FairFull(Refusal):
    """Every place that can be reserved is taken."""


class BoothTaken(Refusal):
    """Another enterprise has this booth. Facts: number."""


class OneBoothEach(Refusal):
    """The enterprise has a booth at this fair already. Facts: number."""


class BoothNumberKnown(Refusal):
    """The fair has a booth of that number already. Facts: number."""


class BoothBooked(Refusal):
    """A booked booth cannot be taken away. Facts: number."""


class BookingCancelled(Refusal):
    """The booking was cancelled."""


class AttendeesMissing(Refusal):
    """Nobody was named who will come."""
