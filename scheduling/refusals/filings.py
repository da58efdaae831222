"""What the filing, the phone sample and the risk list of a class refuse."""

from __future__ import annotations

from scheduling.refusals.base import Refusal


class FilingIncomplete(Refusal):
    """Papers are missing. Facts: papers (keys of filings.PAPERS, by commas)."""


class FilingNumberMissing(Refusal):
    """It is approved under a number, and none was given."""


class FilingGone(Refusal):
    """Nothing waits, or what waits is not what was read any more."""


class RosterEmpty(Refusal):
    """Nobody has a seat, so there is nobody to draw from."""


class HitChanged(Refusal):
    """What looked odd is not there any more, or its rows are others now."""


class NotAnArchive(Refusal):
    """The file is no ZIP that can be read, or too large unpacked."""


class ArchiveOvertaken(Refusal):
    """Something of the class was changed while its file was put together."""
