"""What the platform counted, typed in after the show: a minute's work, for there is no interface to ask."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, defer

from scheduling import deeds
from scheduling.fairs import require_unfinished
from scheduling.models import Account, Fair, LivePicture, LiveStats
from scheduling.models.live_stats import FIGURES
from scheduling.pictures import look
from scheduling.refusals import FiguresInDisorder, FiguresMissing, NotFound, ShowAhead


def note_stats(
    session: Session,
    fair: Fair,
    figures: Mapping[str, int | None],
    *,
    replay_url: str = "",
    picture: bytes = b"",
    by: Account | None,
    now: datetime,
) -> LiveStats:
    """Note the figures of a show (keys of FIGURES) and where it can be seen again; once more: instead of what stood.

    No `picture` leaves the one that was given before. What is told already changes nothing. Raises ShowAhead,
    FairFinished, FiguresMissing, FiguresInDisorder(field), NotAPicture, PictureTooLarge(most).
    """
    session.refresh(fair, with_for_update={"of": Fair})
    if now < fair.starts_at:
        raise ShowAhead
    require_unfinished(fair)
    told = {name: figures.get(name) for name in FIGURES}
    if all(value is None for value in told.values()) and not replay_url:
        raise FiguresMissing
    peak, views = told["peak"], told["views"]
    if peak is not None and views is not None and peak > views:
        raise FiguresInDisorder(field="peak")
    seen = look(picture) if picture else None
    row = stats_of(session, fair) or LiveStats(fair_id=fair.id)
    kept = {**told, "replay_url": replay_url.strip()[:300]}
    changed = row.at is None or any(getattr(row, name) != value for name, value in kept.items())
    if changed:
        for name, value in kept.items():
            setattr(row, name, value)
        row.by_id, row.at = by.id if by else None, now
        session.add(row)
        session.flush()
    if seen is not None:
        changed = _keep(session, row, picture, now=now, kind=seen.kind, width=seen.width, height=seen.height) or changed
    if changed:
        deeds.record(session, "live.stats_noted", row, county=fair.county, by=by, now=now)
    return row


def stats_of(session: Session, fair: Fair) -> LiveStats | None:
    """Give the figures of a show, None when nobody noted any. One question."""
    return session.scalar(select(LiveStats).where(LiveStats.fair_id == fair.id))


def has_picture(session: Session, stats: LiveStats) -> LivePicture | None:
    """Give the picture of the figures without its bytes, None when there is none. One question."""
    query = select(LivePicture).where(LivePicture.stats_id == stats.id)
    return session.scalar(query.options(defer(LivePicture.content)))


def picture_of(session: Session, fair: Fair) -> LivePicture:
    """Give the picture the figures were read from. Raises NotFound."""
    query = select(LivePicture).join(LiveStats, LiveStats.id == LivePicture.stats_id)
    row = session.scalar(query.where(LiveStats.fair_id == fair.id))
    if row is None:
        raise NotFound
    return row


def _keep(session: Session, stats: LiveStats, content: bytes, *, now: datetime, **seen: str | int) -> bool:
    """Keep the picture instead of the one before; give whether it is another one."""
    row = session.scalar(select(LivePicture).where(LivePicture.stats_id == stats.id)) or LivePicture(stats_id=stats.id)
    if row.content == content:
        return False
    for name, value in {**seen, "content": content, "at": now}.items():
        setattr(row, name, value)
    session.add(row)
    session.flush()
    return True
