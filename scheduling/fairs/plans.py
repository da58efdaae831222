"""Planning a fair and revising what it says."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, TypedDict, Unpack
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduling import counters, deeds, diaries, markets
from scheduling.fairs.readiness import missing
from scheduling.models import Account, Fair, Market
from scheduling.models.base import new_id
from scheduling.refusals import (
    DecideTooLate,
    FairCalledOff,
    FairFinished,
    FairNotReady,
    InThePast,
    NotAMarketDay,
    TimesInDisorder,
)

HERE = ZoneInfo("Asia/Shanghai")
DECIDED_AT = time(18)  # the evening before, unless the desk says otherwise: people set out before dawn
PREFIXES = {
    "market_fair": "market",
    "specialty_fair": "specialty",
    "regular_fair": "regular",
    "irregular_fair": "irregular",
    "gig_fair": "gig",
    "courtyard_fair": "courtyard",
    "roadshow_stop": "roadshow",
    "livestream": "live",
}


class Details(TypedDict, total=False):
    """What a fair says besides what, when and where; all of it may be left out and revised later."""

    address: str
    latitude: float | None
    longitude: float | None
    description: str
    contact_name: str
    contact_phone: str
    audiences: list[str]
    livestream_url: str
    online: bool
    outdoor: bool
    rain_plan: str
    rain_decide_by: datetime | None
    expected_attendance: int | None
    permit_no: str
    emergency_plan: str
    capacity: int | None


class Revision(Details, total=False):
    """What may be revised: everything a fair says, and of a draft also when and where."""

    title: str
    township_id: UUID | None
    place: str
    starts_at: datetime
    ends_at: datetime


_WHEN = {"starts_at", "ends_at"}
_SPOT = {"place", "township_id", "online"}
_WHERE = _SPOT | {"address", "latitude", "longitude"}


def local_day(moment: datetime) -> date:
    """Give the civil date of `moment` in Asia/Shanghai."""
    return moment.astimezone(HERE).date()


def plan(
    session: Session,
    county: str,
    *,
    kind: str,
    title: str,
    township_id: UUID | None,
    market: Market | None,
    place: str,
    starts_at: datetime,
    ends_at: datetime,
    host: str,
    reason_not_market_day: str = "",
    by: Account | None,
    now: datetime,
    **details: Unpack[Details],
) -> Fair:
    """Plan a fair as a draft; the same fair planned again is given back as it stands.

    `kind` out of PREFIXES; times aware; `host` is the host name in its calendar UID, which never changes again.
    Raises TimesInDisorder, InThePast, NotAMarketDay(market, day, next), DecideTooLate, NotFound (township),
    PlaceTaken(name, what, day, hours).
    """
    township = markets.township(session, county, township_id) or (market.township if market else None)
    require_times(starts_at, ends_at, now=now)
    reason = require_market_day(kind, market, starts_at, reason_not_market_day)
    # Whoever plans waits here for whoever else plans: a second tap must find the first one's fair.
    diaries.hold_places(session, county)
    known = select(Fair).where(
        Fair.county == county,
        Fair.kind == kind,
        Fair.title == title,
        Fair.place == place,
        Fair.starts_at == starts_at,
        Fair.ends_at == ends_at,
        ~Fair.calling_off.has(),
    )
    if fair := session.scalar(known):
        return fair
    number, fair_id = counters.take(session, county, "fair"), new_id()
    details["outdoor"] = details.get("outdoor", True) and kind != "livestream" and not details.get("online")
    if details["outdoor"] and details.get("rain_decide_by") is None:
        details["rain_decide_by"] = evening_before(starts_at)
    fair = Fair(
        id=fair_id,
        county=county,
        number=number,
        slug=f"{PREFIXES[kind]}-{number}",
        kind=kind,
        title=title,
        township_id=township.id if township else None,
        market_id=market.id if market else None,
        place=place,
        starts_at=starts_at,
        ends_at=ends_at,
        uid=f"fair-{fair_id}@{host}",
        changed_at=now,
        **details,
    )
    _require_decided(fair)
    require_place(session, fair)
    session.add(fair)
    session.flush()
    deeds.record(session, "fair.planned", fair, by=by, now=now, slug=fair.slug, not_a_market_day=reason or None)
    return fair


def revise(
    session: Session,
    fair: Fair,
    *,
    reason_not_market_day: str = "",
    by: Account | None,
    now: datetime,
    **changes: Unpack[Revision],
) -> None:
    """Change what a fair says; what stands already changes nothing. A published fair's time and place are `move`d.

    SEQUENCE grows when a published fair's address or coordinates change (RFC 5545 §3.8.7.4: a place), never with words.
    Raises FairCalledOff, FairFinished, TimesInDisorder, InThePast, NotAMarketDay, DecideTooLate, PlaceTaken(name, what,
    day, hours), FairNotReady(missing) when a published fair would lack what publishing needs.
    """
    diaries.hold_places(session, fair.county)
    lock(session, fair)
    if fair.calling_off:
        raise FairCalledOff
    require_unfinished(fair)
    changed = _changed(fair, changes)
    if not changed:
        return
    reason = ""
    if changed.keys() & _WHEN:
        starts_at, ends_at = changed.get("starts_at", fair.starts_at), changed.get("ends_at", fair.ends_at)
        require_times(starts_at, ends_at, now=now)
        reason = require_market_day(fair.kind, fair.market, starts_at, reason_not_market_day)
    if "township_id" in changed:
        markets.township(session, fair.county, changed["township_id"])
    for name, value in changed.items():
        setattr(fair, name, value)
    _require_decided(fair)
    if changed.keys() & (_WHEN | _SPOT):
        require_place(session, fair)
    if fair.publication and (lacking := missing(session, fair)):
        raise FairNotReady(missing=",".join(lacking))
    if fair.publication and changed.keys() & _WHERE:
        fair.sequence += 1
    fair.changed_at = now
    session.flush()
    session.expire(fair, ["township"])
    fields = ",".join(sorted(changed))
    deeds.record(session, "fair.revised", fair, by=by, now=now, fields=fields, not_a_market_day=reason or None)


def _changed(fair: Fair, changes: Revision) -> dict[str, Any]:
    """Give what a revision really changes, by name; what cannot be revised is left out."""
    given: dict[str, Any] = dict(changes)
    fixed = _WHEN | _SPOT if fair.publication else set()
    if fair.kind == "livestream":
        fixed |= {"outdoor", "online"}
    given = {name: value for name, value in given.items() if name not in fixed}
    if given.get("online", fair.online):
        given["outdoor"] = False
    if "rain_decide_by" in given and given["rain_decide_by"] is None and given.get("outdoor", fair.outdoor):
        given["rain_decide_by"] = evening_before(given.get("starts_at", fair.starts_at))
    return {name: value for name, value in given.items() if getattr(fair, name) != value}


def evening_before(starts_at: datetime) -> datetime:
    """Give 18:00 in Asia/Shanghai on the day before `starts_at`: when it is decided whether rain stops the fair."""
    return datetime.combine(local_day(starts_at) - timedelta(days=1), DECIDED_AT, HERE)


def lock(session: Session, fair: Fair) -> None:
    """Read the fair again and keep others from changing it until this transaction ends."""
    session.refresh(fair, with_for_update={"of": Fair})


def require_unfinished(fair: Fair) -> None:
    """Raise FairFinished once the fair's results stand: what they were counted from stands with them."""
    if fair.finish is not None:
        raise FairFinished


def require_open(session: Session, fair: Fair) -> None:
    """Lock the fair and let it still be changed. Raises FairCalledOff, FairFinished."""
    lock(session, fair)
    if fair.calling_off:
        raise FairCalledOff
    require_unfinished(fair)


def require_market_day(kind: str, market: Market | None, starts_at: datetime, reason: str) -> str:
    """Raise NotAMarketDay(market, day, next) for a market fair off its market's days, unless a reason is given.

    Gives the reason where one was needed, else nothing.
    """
    day = local_day(starts_at)
    if kind != "market_fair" or market is None or markets.is_day(market, day):
        return ""
    if not reason.strip():
        raise NotAMarketDay(market=market.name, day=day, next=markets.next_day(market, day))
    return reason.strip()


def require_times(starts_at: datetime, ends_at: datetime, *, now: datetime) -> None:
    """Raise TimesInDisorder, InThePast, OutsideTheCalendar for times no fair can have."""
    if ends_at <= starts_at:
        raise TimesInDisorder
    if ends_at <= now:
        raise InThePast
    markets.require_known(local_day(starts_at), local_day(ends_at))


def require_place(session: Session, fair: Fair) -> None:
    """Raise PlaceTaken(name, what, day, hours) when another fair is at its place at its time, as it says now.

    What is held online takes no place.
    """
    if fair.online:
        return
    diary = diaries.of_place(
        session,
        fair.county,
        township_id=fair.township_id,
        place=fair.place,
        on_air=fair.kind == "livestream",
        starts=fair.starts_at,
        ends=fair.ends_at,
    )
    diary.require_free(fair.starts_at, fair.ends_at, but=deeds.about(fair))


def _require_decided(fair: Fair) -> None:
    if fair.outdoor and fair.rain_decide_by is not None and fair.rain_decide_by > fair.starts_at:
        raise DecideTooLate
