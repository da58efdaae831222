"""Campaigns: kept by year, and which fairs belong to which.

A fair belongs to a campaign when it is held on one of its days, as one of its kinds and for one of its audiences (where
it names any), or when somebody said so. Days are civil dates in Asia/Shanghai.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, String, and_, cast, delete, or_, select
from sqlalchemy.orm import Session

from scheduling import counters, deeds
from scheduling.models import Account, Campaign, CampaignFair, County, Fair
from scheduling.refusals import CampaignKnown, DaysInDisorder, NotFound

_HERE = ZoneInfo("Asia/Shanghai")
ONE_DAY = timedelta(days=1)


def keep(
    session: Session,
    county: str,
    campaign: Campaign | None,
    *,
    name: str,
    first: date,
    last: date,
    kinds: Iterable[str] = (),
    audiences: Iterable[str] = (),
    sample: bool = False,
    by: Account | None,
    now: datetime,
) -> Campaign:
    """Write a campaign down, or what is different about it. The same again changes nothing.

    `kinds` and `audiences` are keys; none of them: any. `sample` says that the days were not announced (示例).
    Raises DaysInDisorder, CampaignKnown(name, year): one of that name in that year.
    """
    if last < first:
        raise DaysInDisorder
    told = {
        "name": " ".join(name.split()),
        "first": first,
        "last": last,
        "kinds": sorted(set(kinds)),
        "audiences": sorted(set(audiences)),
        "sample": sample,
    }
    session.get_one(County, county, with_for_update={"key_share": True}, populate_existing=True)  # one clerk at a time
    same_name = [row for row in all_of(session, county) if row.name == told["name"] and row.first.year == first.year]
    known = next((row for row in same_name if row is not campaign), None)
    if known is not None:
        if campaign is None and all(getattr(known, key) == value for key, value in told.items()):
            return known
        raise CampaignKnown(name=told["name"], year=first.year)
    if campaign is None:
        key = f"{first.year}-{counters.take(session, county, 'campaign')}"
        campaign = Campaign(county=county, key=key, added_at=now, **told)
        session.add(campaign)
        session.flush()
        deeds.record(session, "campaign.added", campaign, by=by, now=now, key=key)
    elif changed := [key for key, value in told.items() if getattr(campaign, key) != value]:
        for key in changed:
            setattr(campaign, key, told[key])
        session.flush()
        deeds.record(session, "campaign.revised", campaign, by=by, now=now, fields=",".join(changed))
    return campaign


def withdraw(session: Session, campaign: Campaign, *, by: Account | None, now: datetime) -> None:
    """Take a campaign off every list; again: nothing. What was said of fairs stays."""
    session.refresh(campaign, with_for_update={"of": Campaign})
    if campaign.withdrawn_at is None:
        campaign.withdrawn_at = now
        session.flush()
        deeds.record(session, "campaign.withdrawn", campaign, by=by, now=now)


def tag(session: Session, fair: Fair, keys: Collection[str], *, by: Account | None, now: datetime) -> None:
    """Say to which campaigns the fair belongs whatever its day; those it is not said of any more are taken back.

    `keys` that are none of the county's are passed over. The same again changes nothing.
    """
    session.refresh(fair, with_for_update={"of": Fair})
    wanted = {row.id: row.key for row in all_of(session, fair.county) if row.key in keys}
    standing = set(session.scalars(select(CampaignFair.campaign_id).where(CampaignFair.fair_id == fair.id)))
    if wanted.keys() == standing:
        return
    gone = standing - wanted.keys()
    session.execute(delete(CampaignFair).where(CampaignFair.fair_id == fair.id, CampaignFair.campaign_id.in_(gone)))
    for id_ in wanted.keys() - standing:
        session.add(CampaignFair(campaign_id=id_, fair_id=fair.id, by_id=by.id if by else None, at=now))
    fair.changed_at = now
    session.flush()
    deeds.record(session, "fair.campaigns_said", fair, by=by, now=now, campaigns=",".join(sorted(wanted.values())))


# Reading


def all_of(session: Session, county: str, *, since: date | None = None) -> list[Campaign]:
    """Give the county's campaigns, soonest first; with `since`, those that are not over before that day."""
    rows = select(Campaign).where(Campaign.county == county, Campaign.withdrawn_at.is_(None))
    if since is not None:
        rows = rows.where(Campaign.last >= since)
    return list(session.scalars(rows.order_by(Campaign.first, Campaign.key)))


def during(campaigns: Iterable[Campaign], first: date, last: date) -> list[Campaign]:
    """Give those of `campaigns` that have a day from `first` to `last`, both included."""
    return [row for row in campaigns if row.first <= last and row.last >= first]


def find(session: Session, county: str, key: str) -> Campaign:
    """Give one of the county's campaigns. Raises NotFound, for a withdrawn one too."""
    known = select(Campaign).where(Campaign.county == county, Campaign.key == key, Campaign.withdrawn_at.is_(None))
    row = session.scalar(known)
    if row is None:
        raise NotFound
    return row


def of_fair(session: Session, fair: Fair) -> list[tuple[Campaign, bool]]:
    """Give the campaigns the fair belongs to, each with whether it was said (True) or follows from its day."""
    said = set(session.scalars(select(CampaignFair.campaign_id).where(CampaignFair.fair_id == fair.id)))
    rows = all_of(session, fair.county)
    return [(row, row.id in said) for row in rows if row.id in said or _by_day(row, fair)]


def belonging(campaigns: Sequence[Campaign]) -> ColumnElement[bool]:
    """Give the condition for fairs that belong to any of `campaigns`, at least one."""
    said = Fair.id.in_(select(CampaignFair.fair_id).where(CampaignFair.campaign_id.in_([row.id for row in campaigns])))
    return or_(said, *(_on_its_days(row) for row in campaigns))


def for_audiences(keys: Iterable[str]) -> ColumnElement[bool]:
    """Give the condition for fairs meant for any of these audiences, at least one."""
    said = cast(Fair.audiences, String)  # a JSON list of plain keys: one of them stands between its quotes
    return or_(*(said.contains(f'"{key}"', autoescape=True) for key in keys))


def _on_its_days(row: Campaign) -> ColumnElement[bool]:
    after = datetime.combine(row.last + ONE_DAY, time(), _HERE)
    held = and_(Fair.starts_at >= datetime.combine(row.first, time(), _HERE), Fair.starts_at < after)
    if row.kinds:
        held = and_(held, Fair.kind.in_(row.kinds))
    return and_(held, for_audiences(row.audiences)) if row.audiences else held


def _by_day(row: Campaign, fair: Fair) -> bool:
    day = fair.starts_at.astimezone(_HERE).date()
    meant = not row.audiences or bool(set(row.audiences) & set(fair.audiences))
    return row.first <= day <= row.last and meant and (not row.kinds or fair.kind in row.kinds)
