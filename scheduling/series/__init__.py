"""Series of fairs: days by a rule, drafts on them, one fair copied to another day, several published at once."""

from scheduling.series.copying import copy
from scheduling.series.days import Pattern, SeriesDay, candidates
from scheduling.series.making import Made, Shape, make
from scheduling.series.reading import all_of, drafts, fairs_of, find, of_fair, publish, spoken

__all__ = [
    "Made",
    "Pattern",
    "SeriesDay",
    "Shape",
    "all_of",
    "candidates",
    "copy",
    "drafts",
    "fairs_of",
    "find",
    "make",
    "of_fair",
    "publish",
    "spoken",
]
