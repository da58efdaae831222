"""Whether an enterprise may book at a fair, by the policy the fair goes by."""

from __future__ import annotations

from calendar import monthrange
from datetime import datetime, time, timedelta

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from scheduling.booths import policies
from scheduling.fairs import HERE, local_day, require_unfinished
from scheduling.models import Booking, BoothPolicy, Enterprise, Fair, FairPolicy, Penalty, Vacancy, VacancyReview
from scheduling.refusals import (
    Barred,
    BookingClosed,
    BookingNotYet,
    BoothsAllocated,
    BoothsChosen,
    EnterpriseNotApproved,
    FairCalledOff,
    FairNotOpen,
    Refusal,
    TooManyFairs,
    TwoInARow,
    VacancyMissing,
)


def require_open(fair: Fair, *, now: datetime) -> None:
    """Raise FairCalledOff, FairFinished, or FairNotOpen for a fair that is not published or has begun."""
    if fair.calling_off is not None:
        raise FairCalledOff
    require_unfinished(fair)
    if fair.publication is None or now >= fair.starts_at:
        raise FairNotOpen


def require_may_book(session: Session, fair: Fair, enterprise: Enterprise, *, own: bool, now: datetime) -> None:
    """Raise what stands against it; `own`: it asks for itself, and the policy's hours and limits hold.

    The desk may overrule those, never a penalty: that is lifted first, with a reason. Raises EnterpriseNotApproved,
    Barred(until, fair, day), BoothsAllocated, BookingNotYet(opens), BookingClosed(closes), VacancyMissing,
    TooManyFairs(most), TwoInARow(fair, day).
    """
    if _terms(session, fair, enterprise, own=own, now=now).mode == "allocated" and own:
        raise BoothsAllocated


def require_may_move_up(session: Session, fair: Fair, enterprise: Enterprise, *, now: datetime) -> None:
    """Raise what stands against giving a booth to an enterprise that waits: all but the hours, which it asked within.

    Raises EnterpriseNotApproved, Barred(until, fair, day), VacancyMissing, TooManyFairs(most), TwoInARow(fair, day).
    """
    _terms(session, fair, enterprise, own=True, hours=False, now=now)


def require_may_apply(session: Session, fair: Fair, enterprise: Enterprise, *, now: datetime) -> None:
    """Raise what stands against an enterprise's own application where booths are allocated.

    Raises BoothsChosen where they are not, else what `require_may_book` raises.
    """
    if _terms(session, fair, enterprise, own=True, now=now).mode != "allocated":
        raise BoothsChosen


def why_not(session: Session, fair: Fair, enterprise: Enterprise, *, now: datetime) -> Refusal | None:
    """Give what stands against the enterprise's own booking or application now, None when nothing does."""
    try:
        require_open(fair, now=now)
        _terms(session, fair, enterprise, own=True, now=now)
    except Refusal as refusal:
        return refusal
    return None


def _terms(
    session: Session, fair: Fair, enterprise: Enterprise, *, own: bool, hours: bool = True, now: datetime
) -> policies.Terms:
    """Give what the fair's policy says, once nothing of it stands against the enterprise."""
    if enterprise.state != "approved":
        raise EnterpriseNotApproved
    policy = policies.of_fair(session, fair)
    terms = policies.terms_of(policy)
    if policy is None:
        return terms
    bar = bar_at(session, fair, enterprise, policy)
    if bar is not None:
        raise Barred(until=bar.until, fair=fair.title, day=local_day(fair.starts_at))
    if own and hours:
        require_hours(fair, terms, now=now)
    if own:
        _require_limits(session, fair, enterprise, policy, terms)
    return terms


def require_hours(fair: Fair, terms: policies.Terms, *, now: datetime) -> None:
    """Raise BookingNotYet(opens) or BookingClosed(closes) outside the hours of booking."""
    told = policies.hours(fair, terms)
    if told.opens is not None and now < told.opens:
        raise BookingNotYet(opens=told.opens)
    if now >= told.closes:
        raise BookingClosed(closes=told.closes)


def bar_at(session: Session, fair: Fair, enterprise: Enterprise, policy: BoothPolicy) -> Penalty | None:
    """Give the penalty that keeps the enterprise from this fair, None when nothing does."""
    standing = (
        select(Penalty, Fair).join(Booking, Booking.id == Penalty.booking_id).join(Fair, Fair.id == Booking.fair_id)
    )
    standing = standing.where(
        Penalty.enterprise_id == enterprise.id,
        Penalty.policy_id == policy.id,
        Penalty.lifted_at.is_(None),
        Fair.starts_at < fair.starts_at,
        or_(Penalty.until.is_(None), Penalty.until > fair.starts_at),
    )
    for penalty, cause in session.execute(standing.order_by(Penalty.at)):
        if penalty.until is not None or next_after(session, policy, cause.starts_at) == fair:
            return penalty
    return None


def next_after(session: Session, policy: BoothPolicy, moment: datetime) -> Fair | None:
    """Give the first fair under the policy that begins after `moment`, called-off ones and drafts left out."""
    return session.scalar(_under(policy).where(Fair.starts_at > moment).order_by(Fair.starts_at, Fair.id).limit(1))


def _before(session: Session, policy: BoothPolicy, moment: datetime) -> Fair | None:
    rows = _under(policy).where(Fair.starts_at < moment)
    return session.scalar(rows.order_by(Fair.starts_at.desc(), Fair.id.desc()).limit(1))


def _under(policy: BoothPolicy) -> Select[Fair]:
    return (
        select(Fair)
        .join(FairPolicy, FairPolicy.fair_id == Fair.id)
        .where(FairPolicy.policy_id == policy.id, Fair.publication.has(), ~Fair.calling_off.has())
    )


def _require_limits(
    session: Session, fair: Fair, enterprise: Enterprise, policy: BoothPolicy, terms: policies.Terms
) -> None:
    if terms.needs_vacancies and not _has_vacancy(session, enterprise):
        raise VacancyMissing
    standing = select(Booking.fair_id).where(
        Booking.enterprise_id == enterprise.id, or_(Booking.cancelled_at.is_(None), Booking.no_show_at.is_not(None))
    )
    if terms.most_a_month is not None:
        first = local_day(fair.starts_at).replace(day=1)
        begin = datetime.combine(first, time(), HERE)
        end = begin + timedelta(days=monthrange(first.year, first.month)[1])
        month = _under(policy).where(
            Fair.id.in_(standing), Fair.id != fair.id, Fair.starts_at >= begin, Fair.starts_at < end
        )
        if (session.scalar(month.with_only_columns(func.count(Fair.id))) or 0) >= terms.most_a_month:
            raise TooManyFairs(most=terms.most_a_month)
    if terms.not_in_a_row:
        taken = set(session.scalars(standing))
        for other in (_before(session, policy, fair.starts_at), next_after(session, policy, fair.starts_at)):
            if other is not None and other.id in taken:
                raise TwoInARow(fair=other.title, day=local_day(other.starts_at))


def _has_vacancy(session: Session, enterprise: Enterprise) -> bool:
    approved = (
        select(Vacancy.id)
        .join(VacancyReview, VacancyReview.vacancy_id == Vacancy.id)
        .where(
            Vacancy.enterprise_id == enterprise.id,
            Vacancy.closed_at.is_(None),
            VacancyReview.lifted_at.is_(None),
            VacancyReview.verdict == "approved",
        )
    )
    return session.scalar(approved.limit(1)) is not None
