"""Livestreams: what the rules refuse."""

from scheduling.refusals.base import Refusal


class AirTimeClosed(Refusal):
    """The show has begun or is not announced: who wants to be on air rings the desk."""


class ShowLocked(Refusal):
    """The job list of the show is locked; it changes only after unlocking with a reason."""


class ShowNotArranged(Refusal):
    """There is no run of show, or no job in it: nothing to lock."""


class JobsNotReviewed(Refusal):
    """Some jobs of the show are not approved as they stand. Facts: numbers (joined job numbers)."""


class NotShowTime(Refusal):
    """Not the hours around the show: nothing can be put on air. Facts: before (minutes), after (hours)."""


class ShowAhead(Refusal):
    """The show has not begun: there is nothing to count yet."""


class LeadsClosed(Refusal):
    """The show is not published, called off, or over for long: no more leads. Facts: days."""


class NoSuchJobNo(Refusal):
    """The show has no job of that number. Facts: number."""


class FiguresMissing(Refusal):
    """Not one figure was told."""


class FiguresInDisorder(Refusal):
    """More people at once than in all. Facts: field."""


class NotAPicture(Refusal):
    """The file is not a PNG, JPEG or WebP picture, whatever its name says."""


class PictureTooLarge(Refusal):
    """The picture has too many bytes. Facts: most (megabytes)."""
