"""Laying booths out: new rows in the plan of a fair."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduling import deeds
from scheduling.booths import waiting
from scheduling.booths.layout import MOST
from scheduling.fairs import require_unfinished
from scheduling.models import Account, Booth, Fair
from scheduling.refusals import BoothNumberKnown, FairCalledOff


def lay_out(
    session: Session,
    fair: Fair,
    *,
    count: int,
    columns: int = 6,
    kind: str = "table",
    power: bool = False,
    first: int | None = None,
    by: Account | None,
    now: datetime,
) -> list[Booth]:
    """Add `count` booths to the plan in new rows of `columns`, numbered from `first`, by default after the last one.

    At a published fair those who wait get them at once. Told a `first`, it is safe to ask twice: booths that all stand
    already are given back unchanged. Numbers taken out before are put back. Raises BoothNumberKnown(number) when only
    some of them stand, FairCalledOff, FairFinished.
    """
    waiting.hold(session, [fair])
    if fair.calling_off is not None:
        raise FairCalledOff
    require_unfinished(fair)
    known = {booth.number: booth for booth in session.scalars(select(Booth).where(Booth.fair_id == fair.id))}
    start = max(known, default=0) + 1 if first is None else first
    numbers = range(start, start + min(count, MOST))
    standing = [n for n in numbers if n in known and known[n].removed_at is None]
    if standing:
        if len(standing) < len(numbers):
            raise BoothNumberKnown(number=standing[0])
        return [known[n] for n in numbers]
    row = max((booth.row for booth in known.values() if booth.removed_at is None), default=0) + 1
    laid = []
    for place, number in enumerate(numbers):
        booth = known.get(number) or Booth(fair_id=fair.id, number=number)
        booth.kind, booth.power, booth.removed_at = kind, power, None
        booth.row, booth.column = row + place // columns, place % columns + 1
        laid.append(booth)
    session.add_all(laid)
    session.flush()
    deeds.record(session, "booths.laid_out", fair, by=by, now=now, first=start, count=len(laid))
    waiting.promote(session, fair, now=now)
    return laid
