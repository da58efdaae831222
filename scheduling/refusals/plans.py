"""Plans, vans and staff: what the rules refuse."""

from scheduling.refusals.base import Refusal


class NothingToPlan(Refusal):
    """There is nothing a plan could be made of. Facts: first, last (dates)."""


class PlanBroken(Refusal):
    """The version breaks hard rules: who carries it out all the same says why. Facts: number."""


class PlanOutdated(Refusal):
    """The days of the plan have begun: what lies behind cannot be carried out any more. Facts: day."""


class VanKnown(Refusal):
    """There is a van of that name already. Facts: name."""


class StaffKnown(Refusal):
    """There is somebody of that name already. Facts: name."""
