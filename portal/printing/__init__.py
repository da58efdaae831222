"""What leaves the house: posters, sheets, lists, passes, scripts and sign-up sheets as PDF, results as XLSX."""

from portal.printing.facts import Stall
from portal.printing.gathering import stall, stalls
from portal.printing.papers import (
    broadcast_script,
    fair_poster,
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
    "Paper",
    "Results",
    "Stall",
    "answer",
    "broadcast_script",
    "fair_poster",
    "folders",
    "job_sheets",
    "missing",
    "passes",
    "pdf",
    "posters",
    "results_book",
    "run_of_show",
    "sign_up_sheet",
    "stall",
    "stall_list",
    "stalls",
]
