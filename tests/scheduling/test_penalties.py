"""Who booked and did not come: what is concluded, what it costs by the policy, how it is taken back."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from scheduling import attendance, booths, penalties, turnout
from scheduling.booths.policies import PRESETS, Rule
from scheduling.models import Notice, Penalty
from scheduling.refusals import (
    Barred,
    BookingCancelled,
    FairFull,
    FairNotOpen,
    NotFound,
    NotLate,
    PenaltyLifted,
    ReasonMissing,
    WalkInsRefused,
)
from tests.factories import COUNTY, EnterpriseFactory, approve
from tests.scheduling.test_booth_policies import FRIDAY, HALL, ask, fair_by, firm_with_account, kept

OFTEN = replace(HALL, not_in_a_row=False)
CAMPAIGN = replace(PRESETS["campaign"], mode="first_come", opens_days=None)
WEEK = timedelta(weeks=1)
COMES = {"attendees": "钱经理", "phone": "13600000001"}


@pytest.fixture
def witness(session):
    """A firm that always comes, so that somebody was scanning."""
    return firm_with_account()


def held(session, policy, now, keys, *firms, starts_at=FRIDAY, witness=None, count=6):
    """Hold a fair at which `firms` booked and only the witness came; a day later it is settled."""
    fair = fair_by(session, policy, now, starts_at=starts_at, count=count)
    booked = [book(session, fair, firm, now) for firm in firms]
    if witness is not None:
        came = book(session, fair, witness[0], now)
        turnout.vouch(session, came, by=None, now=starts_at, keys=keys)
    settle(session, fair)
    return booked


def book(session, fair, firm, now):
    """Let the desk book: months and rows are its to overrule."""
    return booths.ask(session, fair, firm, any_other=True, by=None, now=now)


def settle(session, fair):
    return turnout.settle(session, COUNTY, now=fair.ends_at + turnout.SYNCED)


def test_missed_once_the_next_hall_fair_is_barred_and_the_one_after_is_not(session, now, keys, witness):
    policy = kept(session, now)
    firm, account = firm_with_account()
    held(session, policy, now, keys, firm, witness=witness)
    following, after = (fair_by(session, policy, now, starts_at=FRIDAY + n * WEEK) for n in (1, 2))

    later = FRIDAY + timedelta(days=2)
    with pytest.raises(Barred):
        ask(session, following, firm, account, later)

    assert ask(session, after, firm, account, later)
    (penalty,) = penalties.of_enterprise(session, firm)
    assert (penalty.effect, penalty.until, penalty.lifted_at) == ("next_fair", None, None)


def test_not_even_the_desk_books_for_who_is_barred(session, now, keys, witness):
    policy = kept(session, now)
    firm, _ = firm_with_account()
    held(session, policy, now, keys, firm, witness=witness)
    following = fair_by(session, policy, now, starts_at=FRIDAY + WEEK)

    with pytest.raises(Barred):
        book(session, following, firm, FRIDAY + timedelta(days=2))


def test_the_enterprise_is_told_why_and_for_how_long(session, now, keys, witness):
    firm, _ = firm_with_account()
    (booking,) = held(session, kept(session, now), now, keys, firm, witness=witness)

    words = session.scalars(select(Notice.text).where(Notice.phone == firm.contact_phone)).all()

    assert booking.status == "no_show"
    assert any(f"11月27日{booking.fair.title}没有按约到场" in text and "下一场不能订展位" in text for text in words)


def test_a_campaign_bars_for_a_year_after_the_second_time(session, now, keys, witness):
    policy = kept(session, now, CAMPAIGN)
    firm, account = firm_with_account()
    held(session, policy, now, keys, firm, witness=witness)
    first = penalties.of_enterprise(session, firm)
    held(session, policy, now, keys, firm, witness=witness, starts_at=FRIDAY + WEEK)
    next_year = fair_by(session, policy, now, starts_at=datetime(2027, 12, 3, 1, tzinfo=UTC))
    long_after = fair_by(session, policy, now, starts_at=datetime(2027, 12, 4, 1, tzinfo=UTC))

    (penalty,) = penalties.of_enterprise(session, firm)

    assert first == []
    assert penalty.until == datetime(2027, 12, 3, 16, tzinfo=UTC)
    assert len(penalties.causes_of(session, [penalty])[penalty.id]) == 2
    with pytest.raises(Barred):
        ask(session, next_year, firm, account, FRIDAY + 2 * WEEK)
    assert ask(session, long_after, firm, account, FRIDAY + 2 * WEEK)


def test_more_than_a_year_apart_two_times_are_not_two(session, now, keys, witness):
    policy = kept(session, now, CAMPAIGN)
    firm, _ = firm_with_account()
    held(session, policy, now, keys, firm, witness=witness)
    held(session, policy, now, keys, firm, witness=witness, starts_at=FRIDAY + timedelta(days=366))

    assert penalties.of_enterprise(session, firm) == []


def test_the_booth_booked_at_the_barred_fair_is_given_to_who_waits(session, now, keys, witness):
    policy = kept(session, now)
    firm, _ = firm_with_account()
    following = fair_by(session, policy, now, starts_at=FRIDAY + WEEK, count=1)
    lost = book(session, following, firm, now)
    waits, _ = firm_with_account()
    book(session, following, waits, now)

    held(session, policy, now, keys, firm, witness=witness)

    assert lost.status == "cancelled_barred"
    assert [row.enterprise for row in booths.of_enterprise(session, waits)] == [waits]


def test_settling_twice_changes_nothing(session, now, keys, witness):
    firm, _ = firm_with_account()
    (booking,) = held(session, kept(session, now), now, keys, firm, witness=witness)

    assert settle(session, booking.fair) == 0
    assert len(session.scalars(select(Penalty)).all()) == 1


def test_where_nobody_was_scanning_nothing_is_concluded(session, now, keys):
    firm, _ = firm_with_account()

    (booking,) = held(session, kept(session, now), now, keys, firm)

    assert booking.status == "approved"


def test_before_phones_have_sent_their_scans_nothing_is_concluded(session, now, keys, witness):
    policy = kept(session, now)
    fair = fair_by(session, policy, now)
    booking = book(session, fair, firm_with_account()[0], now)
    turnout.vouch(session, book(session, fair, witness[0], now), by=None, now=FRIDAY, keys=keys)

    turnout.settle(session, COUNTY, now=fair.ends_at + timedelta(hours=23))

    assert booking.no_show_at is None


def test_a_scan_that_turns_up_later_takes_it_all_back(session, now, keys, witness):
    firm, account = firm_with_account()
    policy = kept(session, now, OFTEN)
    (booking,) = held(session, policy, now, keys, firm, witness=witness)
    following = fair_by(session, policy, now, starts_at=FRIDAY + WEEK)

    turnout.vouch(session, booking, by=None, now=booking.fair.ends_at + turnout.SYNCED, keys=keys)
    settle(session, booking.fair)

    assert booking.no_show_at is None
    assert penalties.of_enterprise(session, firm)[0].lifted_at
    assert ask(session, following, firm, account, FRIDAY + timedelta(days=2))


def test_giving_back_late_counts_where_the_rule_says_so(session, now, keys, witness):
    strict = replace(HALL, penalties=(Rule(1, "calendar_year", "quarter", ("no_show", "late")),))
    policy = kept(session, now, strict)
    fair = fair_by(session, policy, now)
    firm, account = firm_with_account()
    booking = ask(session, fair, firm, account, now)
    turnout.vouch(session, book(session, fair, witness[0], now), by=None, now=FRIDAY, keys=keys)
    booths.cancel(session, booking, by=account, now=FRIDAY - timedelta(hours=2))

    settle(session, fair)

    (penalty,) = penalties.of_enterprise(session, firm)
    assert (booking.status, penalty.until) == ("cancelled_late", datetime(2026, 12, 31, 16, tzinfo=UTC))


def test_giving_back_in_time_costs_nothing(session, now, keys, witness):
    fair = fair_by(session, kept(session, now), now)
    firm, account = firm_with_account()
    booking = ask(session, fair, firm, account, now)
    turnout.vouch(session, book(session, fair, witness[0], now), by=None, now=FRIDAY, keys=keys)
    booths.cancel(session, booking, by=account, now=now)

    settle(session, fair)

    assert (booking.status, penalties.of_enterprise(session, firm)) == ("cancelled_free", [])


def test_an_appeal_that_is_granted_lifts_the_penalty_and_forgives_its_cause(session, now, keys, witness):
    policy = kept(session, now, OFTEN)
    firm, account = firm_with_account()
    held(session, policy, now, keys, firm, witness=witness)
    (penalty,) = penalties.of_enterprise(session, firm)
    following = fair_by(session, policy, now, starts_at=FRIDAY + WEEK)

    row = penalties.appeal(session, penalty, "当天高速封路", by=account, now=now)
    assert penalties.appeal(session, penalty, "再说一遍", by=account, now=now) == row
    assert penalties.is_appealed(penalty)
    penalties.decide(session, penalty, granted=True, answer="已核实封路", by=None, now=now)

    assert (row.granted, penalty.lift_reason) == (True, "已核实封路")
    assert ask(session, following, firm, account, FRIDAY + timedelta(days=2))
    with pytest.raises(PenaltyLifted):
        penalties.appeal(session, penalty, "谢谢", by=account, now=now)


def test_an_appeal_that_is_refused_is_answered_and_may_be_made_again(session, now, keys, witness):
    firm, account = firm_with_account()
    held(session, kept(session, now), now, keys, firm, witness=witness)
    (penalty,) = penalties.of_enterprise(session, firm)
    penalties.appeal(session, penalty, "忘了", by=account, now=now)

    with pytest.raises(ReasonMissing):
        penalties.decide(session, penalty, granted=False, answer=" ", by=None, now=now)
    for _ in range(2):  # a double tap is one answer
        penalties.decide(session, penalty, granted=False, answer="忘记不是理由", by=None, now=now)

    assert penalty.lifted_at is None
    with pytest.raises(NotFound):
        penalties.decide(session, penalty, granted=False, answer="再拒绝一次", by=None, now=now)
    assert penalties.appeal(session, penalty, "有病假条", by=account, now=now).decided_at is None


def test_who_is_late_loses_the_booth_when_a_person_says_so(session, now, keys):
    fair = fair_by(session, kept(session, now), now, count=2)
    here, late = (book(session, fair, firm_with_account()[0], now) for _ in range(2))
    turnout.vouch(session, here, by=None, now=FRIDAY - timedelta(minutes=10), keys=keys)

    with pytest.raises(NotLate):
        turnout.release(session, late, by=None, now=FRIDAY - timedelta(minutes=1))
    assert turnout.of_fair(session, fair, now=FRIDAY).late == [late]
    with pytest.raises(NotLate):
        turnout.release(session, here, by=None, now=FRIDAY)
    turnout.release(session, late, by=None, now=FRIDAY)

    assert (late.status, here.cancelled_at) == ("cancelled_released", None)
    with pytest.raises(BookingCancelled):
        turnout.vouch(session, late, by=None, now=FRIDAY, keys=keys)


def test_a_walk_in_gets_the_first_free_booth_and_counts_as_here(session, now, keys):
    fair = fair_by(session, None, now, count=2)
    book(session, fair, approve(EnterpriseFactory()), now)
    firm = approve(EnterpriseFactory())

    booking = turnout.walk_in(session, fair, firm, **COMES, by=None, now=fair.starts_at, keys=keys)
    again = turnout.walk_in(session, fair, firm, **COMES, by=None, now=fair.starts_at, keys=keys)

    assert (again, booking.status, booking.booth.number) == (booking, "walk_in", 2)
    assert attendance.of_fair(session, fair).enterprises == 1
    with pytest.raises(FairFull):
        turnout.walk_in(session, fair, approve(EnterpriseFactory()), **COMES, by=None, now=fair.starts_at, keys=keys)


def test_where_the_policy_takes_no_walk_ins_it_needs_a_reason(session, now, keys):
    fair = fair_by(session, kept(session, now), now)
    firm = approve(EnterpriseFactory())

    with pytest.raises(WalkInsRefused):
        turnout.walk_in(session, fair, firm, **COMES, by=None, now=FRIDAY, keys=keys)
    assert turnout.walk_in(session, fair, firm, reason="对口企业", **COMES, by=None, now=FRIDAY, keys=keys)


def test_a_walk_in_is_for_the_day_itself(session, now, keys):
    fair = fair_by(session, None, now)

    for moment in (fair.starts_at - timedelta(hours=4), fair.ends_at):
        with pytest.raises(FairNotOpen):
            turnout.walk_in(session, fair, approve(EnterpriseFactory()), **COMES, by=None, now=moment, keys=keys)
