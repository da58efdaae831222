"""Every way the rules say no: one named class each, with its facts. The words live in `portal/errors.py`."""

from __future__ import annotations

from typing import Any


class Refusal(Exception):  # noqa: N818  a refusal is an answer, not an error
    """The rules say no. `facts` are what the words need; they never hold a full phone or ID number."""

    def __init__(self, **facts: Any) -> None:  # noqa: ANN401  facts are named by each class
        self.facts = facts
        super().__init__(f"{type(self).__name__} {facts}")


class NotFound(Refusal):
    """There is no such thing, or it may not be seen from here. Facts: none."""


# Signing in


class TooOften(Refusal):
    """Tried too often. Facts: minutes until the next try."""


class WrongPassword(Refusal):
    """User name or password is wrong, or the account is closed: the answer does not say which."""


class WrongCode(Refusal):
    """The one-time code is wrong, used or too old."""


class NotAPhone(Refusal):
    """Not a mainland mobile number (11 digits from 1)."""


class WeakPassword(Refusal):
    """The password is too short. Facts: least."""


class UsernameTaken(Refusal):
    """Another account has this user name."""


# Enterprises and vacancies


class NotACreditCode(Refusal):
    """The unified social credit code fails its check character (GB 32100)."""


class EnterpriseKnown(Refusal):
    """An enterprise with this credit code is registered already by somebody else."""


class AccountHasEnterprise(Refusal):
    """The account speaks for another enterprise already. Facts: name (of that one)."""


class NoSuchEnterprise(Refusal):
    """No enterprise has registered with this credit code."""


class EnterpriseNotApproved(Refusal):
    """The desk has not approved the enterprise yet."""


class AgencyPermitMissing(Refusal):
    """An agency must show its human-resources or dispatch permit."""


class ReasonMissing(Refusal):
    """It cannot be done without a reason."""


class WagesInDisorder(Refusal):
    """The lowest wage stands above the highest."""


class AdvertBlocked(Refusal):
    """The advert holds words the law forbids. Facts: phrases (joined), rule (its key), field."""


class AdvertAsks(Refusal):
    """The advert holds words that need a justification. Facts: phrases (joined)."""


class OverrideMissing(Refusal):
    """What the lint found cannot be let pass without a reason. Facts: phrases (joined)."""


class VacancyClosed(Refusal):
    """The vacancy was taken down; a new one can be posted."""


class VacancyNotApproved(Refusal):
    """Only an approved vacancy can be shown at a fair."""


# Markets and fairs


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


# Orders, classes, enrolments


class PromiseMissing(Refusal):
    """An order needs the promise to hire."""


class OrderWithdrawn(Refusal):
    """The order was withdrawn."""


class OrderInUse(Refusal):
    """A class trains for the order already: only the desk may still withdraw it. Facts: title (of the class)."""


class CourseKnown(Refusal):
    """There is a course of that name already, with other figures. Facts: name."""


class SchoolKnown(Refusal):
    """There is a school of that name already. Facts: name."""


class ClassCalledOff(Refusal):
    """The class is called off; nothing more can be done with it."""


class TooManySeats(Refusal):
    """More seats than the course allows. Facts: cap."""


class ClassNotReady(Refusal):
    """A class without sessions cannot be opened."""


class SessionOverlaps(Refusal):
    """The class has a session at that time already. Facts: number."""


class ClassNotOpen(Refusal):
    """The class is not open for enrolment: not published, called off, or past its closing time."""


class NotAnIdNumber(Refusal):
    """The ID number fails its check character or its date (GB 11643)."""


class TooYoung(Refusal):
    """Under the course's minimum age on the first day. Facts: least, age."""


class TooOld(Refusal):
    """Over the course's maximum age on the first day. Facts: most, age."""


class EducationTooLow(Refusal):
    """The course asks for more schooling. Facts: least (a key of EDUCATIONS)."""


class CommitmentMissing(Refusal):
    """The commitment was not ticked."""


class ConsentMissing(Refusal):
    """Somebody signs up another person without her consent ticked."""


class AlreadyEnrolled(Refusal):
    """The ID number stands on the list already, with another name or phone."""


class AlreadyReserved(Refusal):
    """The person has a reservation, not made by whoever asks. Facts: id (of the reservation)."""


class AlreadySignedUp(Refusal):
    """The person is on the class's list, not put there by whoever asks. Facts: id (of the enrolment)."""


class NameMissing(Refusal):
    """No name was given."""


class AlreadyCancelled(Refusal):
    """It was cancelled before."""


# Tickets and the gate


class NoSuchBooking(Refusal):
    """No booking has this number and these last four digits."""


class CodeMistyped(Refusal):
    """A short code fails its check digit: a digit is wrong, missing or exchanged."""


class TicketRevoked(Refusal):
    """The ticket was revoked: cancelled or re-issued."""


class ScanDiffers(Refusal):
    """The same scan id came with another body. Nothing is told of the first."""


class NothingToUndo(Refusal):
    """There is no such scan here to undo."""
