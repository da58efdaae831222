"""Placements, follow-ups and the ledger of needs: what the rules refuse."""

from scheduling.refusals.base import Refusal


class AlreadyPlaced(Refusal):
    """A placement of hers stands already, with other words. Facts: name (masked), employer."""


class EmployerMissing(Refusal):
    """Neither an enterprise of ours nor the name of an employer was given."""


class NotOfOrder(Refusal):
    """She was not trained for this order. Facts: no (of the order)."""


class NeedOfAnother(Refusal):
    """The line of the ledger belongs to another enterprise. Facts: no (of the line)."""


class NeedClosed(Refusal):
    """The line of the ledger is closed. Facts: no."""


class NeedFilled(Refusal):
    """Nobody is wanted any more on this line of the ledger. Facts: no, needed."""


class StartedTooEarly(Refusal):
    """She is said to have begun before the class did. Facts: day (the class's first)."""


class HiredMoreThanNeeded(Refusal):
    """More people are said to be hired than are needed."""


class GapUnexplained(Refusal):
    """A line with people still wanted is closed without a note. Facts: gap."""


class FollowUpNotDue(Refusal):
    """The day of the follow-up has not come. Facts: day."""
