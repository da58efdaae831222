"""What leaves the house: posters, sheets, lists, passes, scripts and sign-up sheets as PDF, results as XLSX."""

from portal.printing.book import attendance_book
from portal.printing.claim_book import claim_book
from portal.printing.facts import Stall
from portal.printing.filing import PAPERS as CLASS_PAPERS
from portal.printing.filing import paper as class_paper
from portal.printing.filing import roster_in_full
from portal.printing.gathering import stall, stalls
from portal.printing.graduates import as_printed, certificate_list, certificates, score_sheet
from portal.printing.papers import (
    broadcast_script,
    fair_poster,
    here_sheet,
    job_sheets,
    passes,
    posters,
    run_of_show,
    sign_up_sheet,
    stall_list,
)
from portal.printing.press import Paper, answer, folders, missing, pdf
from portal.printing.workbook import Results, results_book

__all__ = [
    "CLASS_PAPERS",
    "Paper",
    "Results",
    "Stall",
    "answer",
    "as_printed",
    "attendance_book",
    "broadcast_script",
    "certificate_list",
    "certificates",
    "claim_book",
    "class_paper",
    "fair_poster",
    "folders",
    "here_sheet",
    "job_sheets",
    "missing",
    "passes",
    "pdf",
    "posters",
    "results_book",
    "roster_in_full",
    "run_of_show",
    "score_sheet",
    "sign_up_sheet",
    "stall",
    "stall_list",
    "stalls",
]
