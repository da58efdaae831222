"""Campaigns, series, papers and results of fairs: what the rules refuse."""

from scheduling.refusals.base import Refusal


class DaysInDisorder(Refusal):
    """The last day would come before the first."""


class CampaignKnown(Refusal):
    """There is a campaign of that name in that year, and it says something else. Facts: name, year."""


class NoDayLeft(Refusal):
    """No day of the series was chosen."""


class TooManyDays(Refusal):
    """A series would be too long to look through. Facts: number, most."""


class SizesInDisorder(Refusal):
    """The city's police would permit smaller fairs than the county's."""


class PoliceNotTold(Refusal):
    """A large fair gets another time, and nobody said that the police know. Facts: due."""


class PermitForNewPlace(Refusal):
    """A large fair goes to another place, for which its permit does not hold."""


class DayNotCome(Refusal):
    """What is said to have happened on that day cannot have: the day is still to come."""


class FairNotOver(Refusal):
    """The fair is not over: what came of it cannot be told yet."""


class FairFinished(Refusal):
    """The fair's results stand; whoever must change them opens it again first, and says why."""


class ResultsMissing(Refusal):
    """Figures that finishing needs were not written down. Facts: figures (joined keys)."""


class ResultsContradict(Refusal):
    """Figures contradict one another or what was scanned. Facts: number (how many times)."""


class IntentsInDisorder(Refusal):
    """More people than times of intent: somebody who wants two jobs is one person and two times."""


class HiredInDisorder(Refusal):
    """More people hired on the spot than there were with intent."""
