"""Examinations (结业考核): sittings, who may sit, scores, who passed. Who examines did not teach (考培分离)."""

from scheduling.exams.outcomes import PARTS, Outcome, SeatAt, last_sat, outcome, outcome_of, outcomes
from scheduling.exams.reaching import lacking, reach
from scheduling.exams.scoring import Score, close, correct, pass_marks, record
from scheduling.exams.sittings import admission, draw_roster, due, find, of_class, plan, revise, roster_due, seat

__all__ = [
    "PARTS",
    "Outcome",
    "Score",
    "SeatAt",
    "admission",
    "close",
    "correct",
    "draw_roster",
    "due",
    "find",
    "lacking",
    "last_sat",
    "of_class",
    "outcome",
    "outcome_of",
    "outcomes",
    "pass_marks",
    "plan",
    "reach",
    "record",
    "revise",
    "roster_due",
    "seat",
]
