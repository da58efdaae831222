"""Penalties (爽约处理): what missed fairs cost an enterprise by the policy's own rules, and its appeal.

They apply by themselves, always with the fairs that count; a bureau member lifts them, with a reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, time
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session, joinedload

from scheduling import booths, deeds, notices
from scheduling.fairs import HERE, local_day
from scheduling.models import (
    Account,
    Booking,
    BoothPolicy,
    Enterprise,
    Fair,
    FairPolicy,
    Penalty,
    PenaltyAppeal,
)
from scheduling.refusals import NotFound, PenaltyLifted, ReasonMissing

MONTHS_A_QUARTER = 3
_TOLD = "{name}：{fairs}没有按约到场，按“{policy}”的规定，{effect}不能订展位。有正当理由可登录送岗申诉。【送岗】"
_EFFECTS = {"next_fair": "下一场", "quarter": "本季度内", "year": "一年内"}
_LIFTED = "{name}：限制订展位的处理已撤销，原因：{reason}。可以照常订展位。【送岗】"
_KEPT = "{name}：您单位的申诉没有通过，原因：{reason}。有疑问请打电话或到窗口。【送岗】"


def apply(session: Session, booking: Booking, *, now: datetime) -> Penalty | None:
    """Apply the policy's rules after this booking was missed or given up late; again gives the same penalty.

    Of several rules that are met the one of most causes applies. Bookings at fairs that are barred now are cancelled,
    and whoever waits there moves up. None where no rule is met.
    """
    fair = session.get_one(Fair, booking.fair_id)
    policy = booths.policies.of_fair(session, fair)
    if policy is None:
        return None
    known = session.scalar(select(Penalty).where(Penalty.booking_id == booking.id, Penalty.policy_id == policy.id))
    if known is not None:
        return known
    met = [
        (rule, causes)
        for rule in booths.policies.terms_of(policy).penalties
        if len(causes := _causes(session, booking, fair, policy, rule)) >= rule.count
    ]
    if not met:
        return None
    rule, causes = max(met, key=lambda each: each[0].count)
    penalty = Penalty(
        enterprise_id=booking.enterprise_id,
        policy_id=policy.id,
        booking_id=booking.id,
        causes=[str(each.id) for each in causes],
        rule={**asdict(rule), "causes": list(rule.causes)},
        effect=rule.effect,
        until=_until(rule.effect, fair.starts_at),
        at=now,
    )
    session.add(penalty)
    session.flush()
    deeds.record(session, "penalty.applied", penalty, county=fair.county, by=None, now=now, effect=rule.effect)
    days = ((local_day(each.fair.starts_at), each.fair.title) for each in causes)
    fairs = "、".join(f"{day.month}月{day.day}日{title}" for day, title in days)
    _tell(session, penalty, _TOLD, fairs=fairs, policy=policy.name, effect=_EFFECTS[rule.effect], now=now)
    _give_up(session, penalty, policy, now=now)
    return penalty


def appeal(session: Session, penalty: Penalty, text: str, *, by: Account | None, now: datetime) -> PenaltyAppeal:
    """Note what the enterprise says; while one is open, the first stands. Raises ReasonMissing, PenaltyLifted."""
    session.refresh(penalty, with_for_update={"of": Penalty})
    said = " ".join(text.split())[:1000]
    if not said:
        raise ReasonMissing
    if penalty.lifted_at is not None:
        raise PenaltyLifted
    open_ = next((each for each in penalty.appeals if each.decided_at is None), None)
    if open_ is not None:
        return open_
    row = PenaltyAppeal(penalty_id=penalty.id, text=said, by_id=by.id if by else None, at=now)
    penalty.appeals.append(row)
    session.flush()
    deeds.record(session, "penalty.appealed", penalty, county=penalty.policy.county, by=by, now=now)
    return row


def decide(
    session: Session, penalty: Penalty, *, granted: bool, answer: str, by: Account | None, now: datetime
) -> None:
    """Answer the open appeal: granted lifts the penalty. Without an appeal the bureau lifts it of itself.

    Again changes nothing. Raises ReasonMissing without an answer, NotFound for a refusal that nobody asked for.
    """
    session.refresh(penalty, with_for_update={"of": Penalty})
    said = " ".join(answer.split())[:300]
    if penalty.lifted_at is not None and granted:
        return
    if not said:
        raise ReasonMissing
    row = next((each for each in penalty.appeals if each.decided_at is None), None)
    if row is None and not granted:
        if any(each.answer == said and not each.granted for each in penalty.appeals):
            return  # the second tap
        raise NotFound
    if row is not None:
        row.granted, row.answer, row.decided_at, row.decided_by_id = granted, said, now, by.id if by else None
    if granted:
        penalty.lifted_at, penalty.lift_reason, penalty.lifted_by_id = now, said, by.id if by else None
    session.flush()
    what = "penalty.lifted" if granted else "penalty.upheld"
    deeds.record(session, what, penalty, county=penalty.policy.county, by=by, now=now)
    _tell(session, penalty, _LIFTED if granted else _KEPT, reason=said, now=now)


def excuse(session: Session, booking: Booking, *, reason: str, now: datetime) -> None:
    """Lift what this booking caused: it was found that somebody came after all."""
    rows = select(Penalty).where(Penalty.booking_id == booking.id, Penalty.lifted_at.is_(None))
    for penalty in session.scalars(rows):
        decide(session, penalty, granted=True, answer=reason, by=None, now=now)


def of_enterprise(session: Session, enterprise: Enterprise) -> list[Penalty]:
    """Give its penalties, lifted ones too, the newest first."""
    rows = select(Penalty).where(Penalty.enterprise_id == enterprise.id)
    return list(session.scalars(rows.order_by(Penalty.at.desc(), Penalty.id.desc())))


def of_county(session: Session, county: str, *, most: int = 200) -> list[Penalty]:
    """Give the county's penalties: those with an open appeal first, then the newest."""
    rows = (
        select(Penalty)
        .join(BoothPolicy, BoothPolicy.id == Penalty.policy_id)
        .where(BoothPolicy.county == county)
        .options(joinedload(Penalty.enterprise))
        .order_by(Penalty.at.desc(), Penalty.id.desc())
        .limit(most)
    )
    return sorted(session.scalars(rows), key=lambda penalty: not is_appealed(penalty))


def is_appealed(penalty: Penalty) -> bool:
    """Say whether an appeal waits for an answer."""
    return any(row.decided_at is None for row in penalty.appeals)


def find(session: Session, county: str, id_: UUID, *, of: Enterprise | None = None) -> Penalty:
    """Give a penalty; with `of`, only that enterprise's. Raises NotFound."""
    query = select(Penalty).join(BoothPolicy, BoothPolicy.id == Penalty.policy_id)
    query = query.where(BoothPolicy.county == county, Penalty.id == id_)
    row = session.scalar(query.where(Penalty.enterprise_id == of.id) if of else query)
    if row is None:
        raise NotFound
    return row


def causes_of(session: Session, penalties: Sequence[Penalty]) -> dict[UUID, list[Booking]]:
    """Give for each penalty the bookings that count, by the fair's day. One query."""
    ids = {UUID(cause) for penalty in penalties for cause in penalty.causes}
    query = select(Booking).where(Booking.id.in_(ids)).options(joinedload(Booking.fair))
    rows = {row.id: row for row in session.scalars(query)}
    return {
        penalty.id: sorted(
            (rows[UUID(cause)] for cause in penalty.causes if UUID(cause) in rows),
            key=lambda booking: booking.fair.starts_at,
        )
        for penalty in penalties
    }


def _causes(
    session: Session, booking: Booking, fair: Fair, policy: BoothPolicy, rule: booths.policies.Rule
) -> list[Booking]:
    """Give the bookings that count for a rule up to this one; those a lifted penalty was for are forgiven."""
    forgiven = select(Penalty.booking_id).where(
        Penalty.enterprise_id == booking.enterprise_id, Penalty.lifted_at.is_not(None)
    )
    kinds = {"no_show": Booking.no_show_at.is_not(None), "late": Booking.cancelled_why == "late"}
    query = (
        select(Booking)
        .join(Booking.fair)
        .join(FairPolicy, FairPolicy.fair_id == Fair.id)
        .where(
            Booking.enterprise_id == booking.enterprise_id,
            FairPolicy.policy_id == policy.id,
            or_(*(kinds[cause] for cause in rule.causes)),
            and_(Fair.starts_at >= _since(rule.window, fair.starts_at), Fair.starts_at <= fair.starts_at),
            ~Fair.calling_off.has(),
            Booking.id.not_in(forgiven),
        )
        .options(joinedload(Booking.fair))
        .order_by(Fair.starts_at)
    )
    return list(session.scalars(query))


def _since(window: str, moment: datetime) -> datetime:
    """Give when a window began that ends at `moment`, in Asia/Shanghai."""
    day = local_day(moment)
    if window == "rolling_12m":
        return _at_midnight(day.year - 1, day.month, day.day)
    month = 1 if window == "calendar_year" else day.month - (day.month - 1) % MONTHS_A_QUARTER
    return _at_midnight(day.year, month, 1)


def _until(effect: str, moment: datetime) -> datetime | None:
    """Give until when an effect lasts that begins at `moment`; None for the next fair, which no date names."""
    day = local_day(moment)
    if effect == "next_fair":
        return None
    if effect == "year":
        return _at_midnight(day.year + 1, day.month, day.day)
    after = day.month - (day.month - 1) % MONTHS_A_QUARTER + MONTHS_A_QUARTER
    return _at_midnight(day.year + (after - 1) // 12, (after - 1) % 12 + 1, 1)


def _at_midnight(year: int, month: int, day: int) -> datetime:
    leap = (month, day) == (2, 29)
    return datetime.combine(datetime(year, month, 28 if leap else day, tzinfo=HERE), time(), HERE)


def _give_up(session: Session, penalty: Penalty, policy: BoothPolicy, *, now: datetime) -> None:
    """Cancel what it booked at fairs that it may not come to any more."""
    enterprise = session.get_one(Enterprise, penalty.enterprise_id)
    barred = [
        booking
        for booking in booths.of_enterprise(session, enterprise, since=now)
        if booths.policies.of_fair(session, booking.fair) == policy
        and booths.rules.bar_at(session, booking.fair, enterprise, policy) is not None
    ]
    booths.take_away(session, barred, "barred", by=None, now=now)


def _tell(session: Session, penalty: Penalty, words: str, *, now: datetime, **facts: str) -> None:
    firm = session.get_one(Enterprise, penalty.enterprise_id)
    about = deeds.about(penalty)
    once = f"{about}/{len(penalty.appeals)}/{penalty.lifted_at is not None}"
    text = words.format(name=firm.name, **facts)
    notices.write(session, firm.county, firm.contact_phone, text, about=about, once=once, now=now)
