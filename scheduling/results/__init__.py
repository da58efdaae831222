"""Results of fairs: what companies report, what is known already, whether it adds up, and that it stands."""

from scheduling.results.finishing import finish, finishes, late_scans, reopen, troubles
from scheduling.results.firms import lately, report, report_of, reports
from scheduling.results.proposing import Proposal, Proposed, propose
from scheduling.results.reconciling import Known, Trouble, contradictions, needed

__all__ = [
    "Known",
    "Proposal",
    "Proposed",
    "Trouble",
    "contradictions",
    "finish",
    "finishes",
    "late_scans",
    "lately",
    "needed",
    "propose",
    "reopen",
    "report",
    "report_of",
    "reports",
    "troubles",
]
