"""What can be wrong with a training order, and with the seats a class keeps for it."""

from scheduling.refusals.base import Refusal


class ModulesDiffer(Refusal):
    """The hours of a course's modules do not add up to its own, or some name none. Facts: hours, total."""


class OrderClosed(Refusal):
    """The order was closed or withdrawn."""


class HeadsMissing(Refusal):
    """Fewer were hired than ordered: closing it needs a note that says why. Facts: heads, hired."""


class MoreThanOrdered(Refusal):
    """More seats than the order wants, or all of its seats in this class are taken. Facts: no, heads."""


class PoolTooLarge(Refusal):
    """The seats kept for orders are more than the class has. Facts: seats, wanted."""


class SeatsGiven(Refusal):
    """People sit on these seats by name already. Facts: no, people."""
