"""The run of show: putting one into effect, and reading it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduling import deeds
from scheduling.fairs import require_unfinished
from scheduling.models import Account, Fair, LiveSlot
from scheduling.refusals import FairCalledOff


@dataclass(frozen=True)
class Slot:
    """One item of a run of show. `key` names it for good; an enterprise's has its job numbers from .. to."""

    key: str
    kind: str  # company, opening, policy, qa, closing
    title: str
    starts_at: datetime
    minutes: int
    host: str = ""
    speaker: str = ""
    enterprise_id: UUID | None = None
    first_job_no: int | None = None
    last_job_no: int | None = None


def arrange(
    session: Session, fair: Fair, slots: Sequence[Slot], *, by: Account | None, now: datetime
) -> list[LiveSlot]:
    """Make `slots`, in the order of the show, its run of show; again changes nothing.

    An item of a key that stands is moved and keeps its row; one that is not among them is dropped. Raises
    FairCalledOff, FairFinished.
    """
    session.refresh(fair, with_for_update={"of": Fair})
    if fair.calling_off is not None:
        raise FairCalledOff
    require_unfinished(fair)
    standing = {row.key: row for row in of_show(session, fair)}
    changed = 0
    for key in standing.keys() - {slot.key for slot in slots}:
        standing[key].dropped_at = now
        changed += 1
    for position, slot in enumerate(slots, 1):
        row = standing.get(slot.key) or LiveSlot(fair_id=fair.id)
        told = {**asdict(slot), "position": position}
        if any(getattr(row, name) != value for name, value in told.items()):
            for name, value in told.items():
                setattr(row, name, value)
            session.add(row)
            changed += 1
    session.flush()
    if changed:
        deeds.record(session, "live.arranged", fair, by=by, now=now, count=len(slots))
    return of_show(session, fair)


def of_show(session: Session, fair: Fair) -> list[LiveSlot]:
    """Give the run of show that stands, in its order. One question."""
    rows = select(LiveSlot).where(LiveSlot.fair_id == fair.id, LiveSlot.dropped_at.is_(None))
    return list(session.scalars(rows.order_by(LiveSlot.position)))
