"""Subsidy claims and their public notice: what the rules refuse."""

from scheduling.refusals.base import Refusal


class NothingToClaim(Refusal):
    """Nobody of the class has a certificate."""


class AmountMissing(Refusal):
    """The course's rules name no amount."""


class ClaimContradicts(Refusal):
    """The claim does not add up. Facts: number (of troubles)."""


class ClaimPosted(Refusal):
    """The claim is on public notice: its lines are not worked out anew."""


class ClaimApproved(Refusal):
    """The claim is approved: nothing in it changes."""


class ClaimNotApproved(Refusal):
    """The claim is not approved yet."""


class NoticeMissing(Refusal):
    """The claim was not posted yet."""


class NoticeRunning(Refusal):
    """The notice is still running. Facts: until."""


class NoticeOver(Refusal):
    """The notice is over: objections are taken by the desk. Facts: until."""


class ObjectionsOpen(Refusal):
    """Objections are not settled. Facts: number."""
