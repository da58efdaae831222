"""Tickets and the gate: what the rules refuse."""

from scheduling.refusals.base import Refusal


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
