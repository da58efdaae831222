"""What was counted at a fair (domain.md §3 FairResult), each figure with where it came from."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduling import deeds
from scheduling.fairs.plans import lock
from scheduling.models import Account, Fair, FairFigure
from scheduling.refusals import FairCalledOff

FIGURES = (
    "visitors",
    "planned_enterprises",
    "present_enterprises",
    "walk_in_enterprises",
    "no_show_enterprises",
    "positions",
    "headcount",
    "consultations",
    "registered_jobseekers",
    "resumes",
    "intent_people",
    "intent_times",
    "hired_on_site",
    "leaflets",
    "policy_consultations",
    "training_interest",
    "staff",
)
SOURCES = ("scanned", "enterprise_reported", "staff_counted", "estimated")


def record_figure(
    session: Session, fair: Fair, name: str, value: int, source: str, *, by: Account | None, now: datetime
) -> FairFigure:
    """Write down one figure; a later one takes its place, the deeds keep both. Raises FairCalledOff.

    `name` out of FIGURES, `source` out of SOURCES, `value` not negative: anything else is a ValueError.
    """
    if name not in FIGURES or source not in SOURCES or value < 0:
        raise ValueError(f"no such figure: {name} {value} {source}")
    lock(session, fair)
    if fair.calling_off:
        raise FairCalledOff
    figure = session.scalar(select(FairFigure).where(FairFigure.fair_id == fair.id, FairFigure.name == name))
    if figure is not None and (figure.value, figure.source) == (value, source):
        return figure
    if figure is None:
        figure = FairFigure(fair_id=fair.id, name=name)
        session.add(figure)
    figure.value, figure.source, figure.by_id, figure.at = value, source, by.id if by else None, now
    session.flush()
    deeds.record(session, "fair.figure_recorded", fair, by=by, now=now, name=name, value=value, source=source)
    return figure


def figures(session: Session, fair: Fair) -> list[FairFigure]:
    """Give the figures written down so far, in the order of FIGURES."""
    rows = session.scalars(select(FairFigure).where(FairFigure.fair_id == fair.id))
    return sorted(rows, key=lambda figure: FIGURES.index(figure.name))
