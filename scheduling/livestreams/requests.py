"""Requests: enterprises that want to be on air, who speaks for them, when and for how long."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict, Unpack

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduling import booths, deeds, fairs
from scheduling.livestreams.locking import lock_of
from scheduling.models import Account, Enterprise, Fair, LiveRequest
from scheduling.refusals import (
    AirTimeClosed,
    Barred,
    EnterpriseNotApproved,
    FairCalledOff,
    ShowLocked,
    TimesInDisorder,
)


class Wanted(TypedDict, total=False):
    """What is asked for; what is left out is as in the model: times aware, minutes, vacancies by 岗位号."""

    free_from: datetime | None
    free_until: datetime | None
    least: int
    wanted: int
    wish: str
    optional: bool
    jobs: list[str]


def want(
    session: Session,
    fair: Fair,
    enterprise: Enterprise,
    *,
    speaker: str,
    own: bool = False,
    by: Account | None,
    now: datetime,
    **asked_for: Unpack[Wanted],
) -> LiveRequest:
    """Note that `enterprise` wants to be on air; again revises it and keeps its place in the queue.

    `own`: it asks for itself, which it may of an announced show until this begins, within the hours of the policy the
    show goes by, if it has one, and not while barred by it. Raises EnterpriseNotApproved, FairCalledOff, FairFinished,
    AirTimeClosed, Barred(until, fair, day), TimesInDisorder (also for a least above the wanted minutes), and ShowLocked
    when it would bring other jobs than before into a show whose list is locked.
    """
    session.refresh(fair, with_for_update={"of": Fair})
    _require_open(fair, own=own, now=now)
    if enterprise.state != "approved":
        raise EnterpriseNotApproved
    if own:
        _require_policy(session, fair, enterprise, now=now)
    since, until = asked_for.get("free_from"), asked_for.get("free_until")
    if (since and until and until <= since) or asked_for.get("wanted", 12) < asked_for.get("least", 8):
        raise TimesInDisorder
    told = {**asked_for, "speaker": speaker.strip()[:60]}
    row = _standing(session, fair, enterprise)
    if (row is None or row.jobs != told.get("jobs", row.jobs)) and lock_of(session, fair) is not None:
        raise ShowLocked
    if row is None:
        row = LiveRequest(fair_id=fair.id, enterprise_id=enterprise.id, asked_at=now)
        session.add(row)
    elif all(getattr(row, name) == value for name, value in told.items()):
        return row
    for name, value in told.items():
        setattr(row, name, value)
    session.flush()
    deeds.record(session, "live.wanted", row, county=fair.county, by=by, now=now)
    return row


def withdraw(
    session: Session, fair: Fair, enterprise: Enterprise, *, own: bool = False, by: Account | None, now: datetime
) -> None:
    """Note that `enterprise` will not be on air after all; again, or where it never asked, changes nothing.

    Raises ShowLocked, FairFinished, and for the enterprise itself (`own`) FairCalledOff and AirTimeClosed.
    """
    session.refresh(fair, with_for_update={"of": Fair})
    row = _standing(session, fair, enterprise)
    if row is not None:
        if own:
            _require_open(fair, own=own, now=now)
        fairs.require_unfinished(fair)
        if lock_of(session, fair) is not None:
            raise ShowLocked
        row.withdrawn_at = now
        session.flush()
        deeds.record(session, "live.not_wanted", row, county=fair.county, by=by, now=now)


def asked(session: Session, fair: Fair) -> list[LiveRequest]:
    """Give the requests that stand, in the order they came, with their enterprises. One question."""
    query = select(LiveRequest).where(LiveRequest.fair_id == fair.id, LiveRequest.withdrawn_at.is_(None))
    return list(session.scalars(query.order_by(LiveRequest.asked_at, LiveRequest.id)))


def _require_open(fair: Fair, *, own: bool, now: datetime) -> None:
    if fair.calling_off is not None:
        raise FairCalledOff
    fairs.require_unfinished(fair)
    if own and (fair.publication is None or now >= fair.starts_at):
        raise AirTimeClosed


def _require_policy(session: Session, fair: Fair, enterprise: Enterprise, *, now: datetime) -> None:
    policy = booths.policies.of_fair(session, fair)
    if policy is None:
        return
    bar = booths.rules.bar_at(session, fair, enterprise, policy)
    if bar is not None:
        raise Barred(until=bar.until, fair=fair.title, day=fairs.local_day(fair.starts_at))
    told = booths.policies.hours(fair, booths.policies.terms_of(policy))
    if (told.opens is not None and now < told.opens) or now >= told.closes:
        raise AirTimeClosed


def _standing(session: Session, fair: Fair, enterprise: Enterprise) -> LiveRequest | None:
    return session.scalar(
        select(LiveRequest).where(
            LiveRequest.fair_id == fair.id,
            LiveRequest.enterprise_id == enterprise.id,
            LiveRequest.withdrawn_at.is_(None),
        )
    )
