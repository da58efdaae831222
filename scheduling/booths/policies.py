"""Booth policies (展位规则): what rules there are, three presets, and what they come to for one fair.

Every number here is data: a county's own policies start from a preset and are changed on the desk's page. Sources
(domain.md §4): `market_day` is how towns do it, `weekly_hall` is like 南京鼓楼, `campaign` like 厦门.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime, time, timedelta
from types import MappingProxyType
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduling import deeds
from scheduling.fairs import HERE, local_day, require_unfinished
from scheduling.models import Account, BoothPolicy, Fair, FairPolicy
from scheduling.refusals import FairCalledOff, NotFound, PolicyNameKnown, TimesInDisorder

CAUSES = ("no_show", "late")  # 爽约, 逾期取消
WINDOWS = ("calendar_year", "rolling_12m", "quarter")
EFFECTS = ("next_fair", "quarter", "year")  # 下一场, 本季度内, 一年


@dataclass(frozen=True)
class Rule:
    """After `count` of `causes` within `window` an enterprise stays away for `effect`."""

    count: int
    window: str  # WINDOWS
    effect: str  # EFFECTS
    causes: tuple[str, ...] = ("no_show",)  # of CAUSES


@dataclass(frozen=True)
class Terms:
    """What a policy says; `models.BoothPolicy` tells each field."""

    mode: str = "first_come"
    opens_days: int | None = None
    opens_at: time = time(9)
    closes_days: int | None = None
    closes_at: time = time(17)
    free_days: int | None = None
    free_at: time = time(17)
    checkin_before: int = 60
    checkin_after: int | None = None
    releases_late: bool = False
    most_a_month: int | None = None
    not_in_a_row: bool = False
    needs_vacancies: bool = False
    walk_ins: bool = True
    penalties: tuple[Rule, ...] = ()


OPEN = Terms()  # a fair without a policy
PRESETS: Mapping[str, Terms] = MappingProxyType(
    {
        "market_day": Terms(checkin_before=120),
        "weekly_hall": Terms(
            closes_days=2,
            free_days=1,
            checkin_after=0,
            releases_late=True,
            most_a_month=2,
            not_in_a_row=True,
            needs_vacancies=True,
            walk_ins=False,
            penalties=(Rule(1, "rolling_12m", "next_fair"),),
        ),
        "campaign": Terms(
            mode="allocated",
            opens_days=20,
            closes_days=3,
            free_days=2,
            checkin_after=60,
            releases_late=True,
            needs_vacancies=True,
            penalties=(Rule(2, "rolling_12m", "year"),),
        ),
    }
)


@dataclass(frozen=True)
class Hours:
    """What a policy comes to for one fair: moments, aware."""

    opens: datetime | None  # None: as soon as it is published
    closes: datetime
    free_until: datetime
    checkin_from: datetime
    checkin_until: datetime

    @property
    def waits_until(self) -> datetime:
        """Until when the waiting list moves: nobody is given a booth that she could not give back free of charge."""
        return self.free_until


def hours(fair: Fair, terms: Terms) -> Hours:
    """Work out when what is allowed at this fair; nothing but check-in lies after its beginning."""
    begin = fair.starts_at
    return Hours(
        opens=None if terms.opens_days is None else min(_before(fair, terms.opens_days, terms.opens_at), begin),
        closes=begin if terms.closes_days is None else min(_before(fair, terms.closes_days, terms.closes_at), begin),
        free_until=begin if terms.free_days is None else min(_before(fair, terms.free_days, terms.free_at), begin),
        checkin_from=begin - timedelta(minutes=terms.checkin_before),
        checkin_until=(
            fair.ends_at
            if terms.checkin_after is None
            else min(begin + timedelta(minutes=terms.checkin_after), fair.ends_at)
        ),
    )


def _before(fair: Fair, days: int, at: time) -> datetime:
    return datetime.combine(local_day(fair.starts_at) - timedelta(days=days), at, HERE)


def keep(
    session: Session,
    county: str,
    policy: BoothPolicy | None,
    name: str,
    terms: Terms,
    *,
    by: Account | None,
    now: datetime,
) -> BoothPolicy:
    """Write a policy down, a new one or `policy` anew; the same again changes nothing.

    Raises PolicyNameKnown(name), TimesInDisorder(field) when booking would close before it opens, or a rule is empty.
    """
    name = " ".join(name.split())[:40]
    if _never_open(terms):
        raise TimesInDisorder(field="closes_days")
    known = session.scalar(select(BoothPolicy).where(BoothPolicy.county == county, BoothPolicy.name == name))
    if known is not None and (policy is None or known.id != policy.id):
        if policy is None and terms_of(known) == terms:
            return known
        raise PolicyNameKnown(name=name)
    row = policy or BoothPolicy(county=county)
    if policy is not None and (row.name, terms_of(row)) == (name, terms):
        return row
    row.name = name
    for field in fields(Terms):
        setattr(row, field.name, getattr(terms, field.name))
    row.penalties = [{**asdict(rule), "causes": list(rule.causes)} for rule in terms.penalties]
    session.add(row)
    session.flush()
    deeds.record(session, "policy.kept", row, by=by, now=now, name=name)
    return row


def _never_open(terms: Terms) -> bool:
    if terms.opens_days is None or terms.closes_days is None:
        return False
    return (-terms.closes_days, terms.closes_at) <= (-terms.opens_days, terms.opens_at)


def go_by(session: Session, fair: Fair, policy: BoothPolicy | None, *, by: Account | None, now: datetime) -> None:
    """Let the fair go by this policy, or by none; again changes nothing. Raises FairCalledOff, FairFinished."""
    session.refresh(fair, with_for_update={"of": Fair})
    if fair.calling_off is not None:
        raise FairCalledOff
    row = session.scalar(select(FairPolicy).where(FairPolicy.fair_id == fair.id))
    if (row.policy_id if row else None) == (policy.id if policy else None):
        return
    require_unfinished(fair)
    if row is not None and policy is None:
        session.delete(row)
    elif policy is not None:
        row = row or FairPolicy(fair_id=fair.id)
        row.policy_id, row.at = policy.id, now
        session.add(row)
    session.flush()
    if row is not None and policy is not None:
        session.expire(row, ["policy"])
    deeds.record(session, "fair.policy_set", fair, by=by, now=now, policy=policy.name if policy else None)


def of_fair(session: Session, fair: Fair) -> BoothPolicy | None:
    """Give the policy a fair goes by."""
    row = session.scalar(select(FairPolicy).where(FairPolicy.fair_id == fair.id))
    return row.policy if row else None


def terms_at(session: Session, fair: Fair) -> Terms:
    """Give what the policy of a fair says; a fair without one allows everything."""
    return terms_of(of_fair(session, fair))


def terms_of(policy: BoothPolicy | None) -> Terms:
    """Give what a policy says; without one, that everything is allowed."""
    if policy is None:
        return OPEN
    told = {field.name: getattr(policy, field.name) for field in fields(Terms)}
    rules = (Rule(**{**rule, "causes": tuple(rule["causes"])}) for rule in policy.penalties)
    return replace(Terms(**{**told, "penalties": ()}), penalties=tuple(rules))


def all_of(session: Session, county: str) -> list[BoothPolicy]:
    """Give the county's policies, the oldest first."""
    return list(session.scalars(select(BoothPolicy).where(BoothPolicy.county == county).order_by(BoothPolicy.id)))


def by_id(session: Session, county: str, id_: UUID) -> BoothPolicy:
    """Give the policy of this key; a name may hold what an address cannot. Raises NotFound."""
    row = session.scalar(select(BoothPolicy).where(BoothPolicy.county == county, BoothPolicy.id == id_))
    if row is None:
        raise NotFound
    return row


def find(session: Session, county: str, name: str) -> BoothPolicy:
    """Give the policy of this name. Raises NotFound."""
    row = session.scalar(select(BoothPolicy).where(BoothPolicy.county == county, BoothPolicy.name == name))
    if row is None:
        raise NotFound
    return row
