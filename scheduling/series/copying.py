"""Copying a fair to another day: what it says and its booth plan, not what became of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduling import booths, campaigns, deeds, fairs
from scheduling.models import Account, Booth, Fair
from scheduling.refusals import SameFair

# A permit is given for one event; whether rain stops it is decided anew.
SAID = tuple(name for name in fairs.Details.__annotations__ if name not in {"permit_no", "rain_decide_by"})
_OWN = {"id", "fair_id", "removed_at"}  # of a booth: what another fair's booth does not share


def copy(
    session: Session,
    fair: Fair,
    *,
    starts_at: datetime,
    ends_at: datetime,
    reason_not_market_day: str = "",
    host: str,
    by: Account | None,
    now: datetime,
) -> Fair:
    """Plan the same fair again as a draft at another time (aware): all it says, its booths, policy and campaigns.

    Not copied: the permit, who booked, reserved and came, vacancies, moves, figures. A fair called off may be copied.
    The same copy asked for again is given back as it stands. Raises SameFair, and what `fairs.plan` does.
    """
    said = {name: getattr(fair, name) for name in SAID}
    if fair.rain_decide_by is not None:
        said["rain_decide_by"] = fair.rain_decide_by + (starts_at - fair.starts_at)  # as long before as it was
    twin = fairs.plan(
        session,
        fair.county,
        kind=fair.kind,
        title=fair.title,
        township_id=fair.township_id,
        market=fair.market,
        place=fair.place,
        starts_at=starts_at,
        ends_at=ends_at,
        host=host,
        reason_not_market_day=reason_not_market_day,
        by=by,
        now=now,
        **cast("fairs.Details", said),
    )
    if twin is fair:
        raise SameFair
    if session.scalar(select(Booth.id).where(Booth.fair_id == twin.id).limit(1)) is not None:
        return twin
    laid = booths.of_fair(session, fair)
    session.add_all(Booth(fair_id=twin.id, **_shared(booth)) for booth in laid)
    session.flush()
    policy = booths.policies.of_fair(session, fair)
    if policy is not None:
        booths.policies.go_by(session, twin, policy, by=by, now=now)
    said_of = [campaign.key for campaign, told in campaigns.of_fair(session, fair) if told]
    if said_of:
        campaigns.tag(session, twin, said_of, by=by, now=now)
    deeds.record(session, "fair.copied", twin, by=by, now=now, of=fair.slug, booths=len(laid))
    return twin


def _shared(booth: Booth) -> dict[str, Any]:
    return {column.key: getattr(booth, column.key) for column in Booth.__table__.columns if column.key not in _OWN}
