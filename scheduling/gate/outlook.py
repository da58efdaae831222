"""Outlook: which events a device should have the lists of just now, for a day without network."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduling.gate.phones import Phone, require_reader
from scheduling.models import ClassSession, TrainingClass

BEHIND, AHEAD = timedelta(hours=12), timedelta(hours=36)


def ahead(session: Session, device: Phone, *, now: datetime) -> list[str]:
    """Name the events of a device: its fairs, and the sessions of its classes from 12 hours ago to 36 hours on.

    Fairs first, then sessions as they come. One query. Raises DeviceOut for one that may not have lists any more.
    """
    for scope in device.scope:
        require_reader(device, scope, now=now)
    fairs = [scope for scope in device.scope if scope.startswith("fair/")]
    numbers = [int(scope.partition("/")[2]) for scope in device.scope if scope.startswith("class/")]
    rows = (
        select(TrainingClass.number, ClassSession.number.label("block"))
        .join(ClassSession, ClassSession.class_id == TrainingClass.id)
        .where(
            TrainingClass.county == device.county,
            TrainingClass.number.in_(numbers),
            ClassSession.cancelled_at.is_(None),
            ClassSession.ends_at > now - BEHIND,
            ClassSession.starts_at < now + AHEAD,
        )
        .order_by(ClassSession.starts_at, TrainingClass.number, ClassSession.number)
    )
    return [*fairs, *(f"class/{row.number}/{row.block}" for row in (session.execute(rows) if numbers else ()))]
