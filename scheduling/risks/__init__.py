"""What looks odd in a class (疑点清单): every rule of domain.md §8, each hit with its rows. Nobody is accused.

A hit says what is to be asked about (请核实), and is settled with a note; it stays settled until its rows change.
"""

from scheduling.risks.facts import Answer, Facts, Lesson, Seat, Sitting, Stamp, Trainee
from scheduling.risks.gathering import gathered
from scheduling.risks.hits import Hit, Person
from scheduling.risks.listing import Listed, Overview, find, listed, overview
from scheduling.risks.rules import RULES, hits
from scheduling.risks.settling import settle

__all__ = [
    "RULES",
    "Answer",
    "Facts",
    "Hit",
    "Lesson",
    "Listed",
    "Overview",
    "Person",
    "Seat",
    "Sitting",
    "Stamp",
    "Trainee",
    "find",
    "gathered",
    "hits",
    "listed",
    "overview",
    "settle",
]
