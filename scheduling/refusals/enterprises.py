"""Enterprises and their vacancies: what the rules refuse."""

from scheduling.refusals.base import Refusal


class NotACreditCode(Refusal):
    """The unified social credit code fails its check character (GB 32100)."""


class EnterpriseNameMissing(Refusal):
    """An enterprise nobody knows yet was given no name."""


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


class AdvertChanged(Refusal):
    """The enterprise changed the advert since the desk read it; what nobody read is not judged."""


class JobsFrozen(Refusal):
    """What an enterprise shows at the fair stands since booking closed. Facts: since (aware), perhaps fair (title)."""


class JobsSettled(Refusal):
    """A change would alter what fairs have settled on showing; it needs a reason. Facts: fairs (titles, joined)."""
