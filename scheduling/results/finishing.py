"""Finishing a fair: its results add up and stand, until somebody opens them again and says why."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduling import booths, deeds, fairs, turnout
from scheduling.models import Account, Fair, FairFinish, Scan
from scheduling.refusals import (
    FairCalledOff,
    FairNotOver,
    FairNotPublished,
    ReasonMissing,
    ResultsContradict,
    ResultsMissing,
)
from scheduling.results.proposing import propose
from scheduling.results.reconciling import Trouble, contradictions, needed


def finish(session: Session, fair: Fair, *, by: Account | None, now: datetime) -> None:
    """Let the fair's results stand, and with them who came and who did not (爽约); again: nothing.

    Raises FairNotPublished, FairCalledOff, FairNotOver, ResultsMissing(figures), ResultsContradict(number).
    """
    turnout.hold(session, fair)
    if fair.finish is not None:
        return
    if fair.calling_off is not None:
        raise FairCalledOff
    if fair.publication is None:
        raise FairNotPublished
    if fair.ends_at > now:
        raise FairNotOver
    lacking, wrong = troubles(session, fair)
    if lacking:
        raise ResultsMissing(figures=",".join(lacking))
    if wrong:
        raise ResultsContradict(number=len(wrong))
    turnout.conclude(session, fair, now=now)
    session.add(FairFinish(fair_id=fair.id, by_id=by.id if by else None, at=now))
    session.flush()
    session.expire(fair, ["finish"])
    deeds.record(session, "fair.finished", fair, by=by, now=now)


def reopen(session: Session, fair: Fair, *, reason: str, by: Account | None, now: datetime) -> None:
    """Open a finished fair's results again; one that is open: nothing. Raises ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing
    booths.lock(session, fair)
    row = session.scalar(select(FairFinish).where(FairFinish.fair_id == fair.id, FairFinish.reopened_at.is_(None)))
    if row is None:
        return
    row.reopened_at, row.reopened_by_id, row.reopened_why = now, by.id if by else None, reason.strip()
    session.flush()
    session.expire(fair, ["finish"])
    deeds.record(session, "fair.reopened", fair, by=by, now=now, reason=reason.strip())


def troubles(session: Session, fair: Fair) -> tuple[list[str], list[Trouble]]:
    """Give what stands between the fair and its finish: figures not written down, and sentences that are not true."""
    figures = {row.name: (row.value, row.source) for row in fairs.figures(session, fair)}
    lacking = [name for name in needed(fair.kind) if name not in figures]
    return lacking, contradictions(figures, propose(session, fair).known)


def late_scans(session: Session, fair: Fair) -> int:
    """Count the scans of a finished fair that arrived after its finish: kept, and counted once it is opened again."""
    if fair.finish is None:
        return 0
    arrived = select(func.count(Scan.id)).where(Scan.fair_id == fair.id, Scan.received_at > fair.finish.at)
    return session.scalar(arrived) or 0


def finishes(session: Session, fair: Fair) -> list[FairFinish]:
    """Give every finish the fair had, the first first: those opened again say why."""
    return list(session.scalars(select(FairFinish).where(FairFinish.fair_id == fair.id).order_by(FairFinish.at)))
