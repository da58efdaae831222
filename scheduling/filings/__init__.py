"""Filing a class (开班备案): what the school writes and promises, what is missing, handing in, what the desk says."""

from scheduling.filings.changing import changes
from scheduling.filings.checking import PAPERS, Paper, Readiness, readiness
from scheduling.filings.dossiers import commit, dossier, fill
from scheduling.filings.handing import approve, give_back, stamp, submit
from scheduling.filings.hours import by_day
from scheduling.filings.listing import Listed, people, people_in_full
from scheduling.filings.reading import Package, filed, package, teachers, waiting

__all__ = [
    "PAPERS",
    "Listed",
    "Package",
    "Paper",
    "Readiness",
    "approve",
    "by_day",
    "changes",
    "commit",
    "dossier",
    "filed",
    "fill",
    "give_back",
    "package",
    "people",
    "people_in_full",
    "readiness",
    "stamp",
    "submit",
    "teachers",
    "waiting",
]
