"""What was counted at a fair (domain.md §3 FairResult), each figure with where it came from, and the weather."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduling import deeds
from scheduling.fairs.plans import require_open
from scheduling.models import Account, Fair, FairFigure, FairNote

FIGURES = (
    "planned_enterprises",
    "present_enterprises",
    "walk_in_enterprises",
    "no_show_enterprises",
    "positions",
    "headcount",
    "trades",
    "visitors",
    "visits",
    "consultations",
    "registered_jobseekers",
    "resumes",
    "intent_people",
    "intent_times",
    "hired_on_site",
    "leaflets",
    "policy_consultations",
    "training_interest",
    "departments",
    "staff",
    "vehicle_trips",
)
SOURCES = ("scanned", "enterprise_reported", "staff_counted", "estimated")


def record_figure(
    session: Session, fair: Fair, name: str, value: int, source: str, *, by: Account | None, now: datetime
) -> FairFigure:
    """Write down one figure; a later one takes its place, the deeds keep both. Raises FairCalledOff, FairFinished.

    `name` out of FIGURES, `source` out of SOURCES, `value` not negative: anything else is a ValueError.
    """
    if name not in FIGURES or source not in SOURCES or value < 0:
        raise ValueError(f"no such figure: {name} {value} {source}")
    require_open(session, fair)
    figure = _standing(session, fair, name)
    if figure is not None and (figure.value, figure.source) == (value, source):
        return figure
    if figure is None:
        figure = FairFigure(fair_id=fair.id, name=name)
        session.add(figure)
    figure.value, figure.source, figure.by_id, figure.at = value, source, by.id if by else None, now
    session.flush()
    deeds.record(session, "fair.figure_recorded", fair, by=by, now=now, name=name, value=value, source=source)
    return figure


def drop_figure(session: Session, fair: Fair, name: str, *, by: Account | None, now: datetime) -> None:
    """Take a figure away that should not have been written down; the deeds keep it. Where there is none, nothing.

    Raises FairCalledOff, FairFinished.
    """
    require_open(session, fair)
    figure = _standing(session, fair, name)
    if figure is not None:
        value = figure.value
        session.delete(figure)
        session.flush()
        deeds.record(session, "fair.figure_dropped", fair, by=by, now=now, name=name, value=value)


def note(
    session: Session, fair: Fair, *, weather: str, remark: str, by: Account | None, now: datetime
) -> FairNote | None:
    """Write down the weather and a remark; the same again changes nothing. Raises FairCalledOff, FairFinished."""
    require_open(session, fair)
    told = weather.strip(), remark.strip()
    row = note_of(session, fair)
    if told == ((row.weather, row.remark) if row else ("", "")):
        return row
    if row is None:
        row = FairNote(fair_id=fair.id)
        session.add(row)
    (row.weather, row.remark), row.by_id, row.at = told, by.id if by else None, now
    session.flush()
    deeds.record(session, "fair.noted", fair, by=by, now=now, weather=row.weather)
    return row


def figures(session: Session, fair: Fair) -> list[FairFigure]:
    """Give the figures written down so far, in the order of FIGURES."""
    rows = session.scalars(select(FairFigure).where(FairFigure.fair_id == fair.id))
    return sorted(rows, key=lambda figure: FIGURES.index(figure.name))


def note_of(session: Session, fair: Fair) -> FairNote | None:
    """Give the weather and the remark, None where nobody wrote any."""
    return session.scalar(select(FairNote).where(FairNote.fair_id == fair.id))


def _standing(session: Session, fair: Fair, name: str) -> FairFigure | None:
    return session.scalar(select(FairFigure).where(FairFigure.fair_id == fair.id, FairFigure.name == name))
