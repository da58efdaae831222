"""What a policy says of a fair: when booking opens and closes, who may, who may not just now."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest

from scheduling import booths
from scheduling.booths import policies
from scheduling.booths.policies import PRESETS, Rule, Terms
from scheduling.models import FairCallingOff
from scheduling.refusals import (
    BookingClosed,
    BookingNotYet,
    BoothsAllocated,
    BoothTaken,
    NotFound,
    OneBoothEach,
    PolicyNameKnown,
    TimesInDisorder,
    TooManyFairs,
    TwoInARow,
    VacancyMissing,
)
from tests.factories import (
    COUNTY,
    AccountFactory,
    BoothFactory,
    EnterpriseFactory,
    FairFactory,
    VacancyFactory,
    approve,
)

FRIDAY = datetime(2026, 11, 27, 1, 0, tzinfo=UTC)  # 9:00 in Shanghai
HALL = PRESETS["weekly_hall"]


def china(day, hour, minute=0):
    return datetime(2026, 11, day, hour - 8, minute, tzinfo=UTC)


def kept(session, now, terms=HALL, name="每周大厅"):
    return policies.keep(session, COUNTY, None, name, terms, by=None, now=now)


def fair_by(session, policy, now, starts_at=FRIDAY, count=3, **more):
    fair = FairFactory(starts_at=starts_at, **more)
    policies.go_by(session, fair, policy, by=None, now=now)
    if count:
        booths.lay_out(session, fair, count=count, by=None, now=now)
    return fair


def firm_with_account(*, hiring=True):
    firm = approve(EnterpriseFactory())
    if hiring:
        approve(VacancyFactory(enterprise=firm))
    return firm, AccountFactory(enterprise_id=firm.id)


def ask(session, fair, firm, by, now):
    return booths.ask(session, fair, firm, any_other=True, by=by, now=now)


def test_the_hours_of_a_weekly_hall_fair_count_back_from_its_friday(session, now):
    told = policies.hours(fair_by(session, kept(session, now), now), HALL)

    assert (told.opens, told.closes, told.free_until) == (None, china(25, 17), china(26, 17))
    assert (told.checkin_from, told.checkin_until) == (china(27, 8), china(27, 9))
    assert told.waits_until == china(26, 17)


def test_a_fair_without_a_policy_is_open_until_it_begins(session):
    fair = FairFactory(starts_at=FRIDAY)

    told = policies.hours(fair, policies.terms_of(policies.of_fair(session, fair)))

    assert (told.opens, told.closes, told.free_until) == (None, FRIDAY, FRIDAY)
    assert told.checkin_until == fair.ends_at


def test_what_a_policy_says_is_kept_and_given_back(session, now):
    rules = (Rule(2, "rolling_12m", "year"), Rule(3, "calendar_year", "quarter", ("no_show", "late")))
    told = replace(PRESETS["campaign"], penalties=rules)

    assert policies.terms_of(kept(session, now, told)) == told


def test_the_same_policy_twice_is_one_and_another_of_its_name_is_refused(session, now):
    first = kept(session, now)

    assert kept(session, now) == first
    with pytest.raises(PolicyNameKnown):
        kept(session, now, PRESETS["market_day"])


@pytest.mark.parametrize("told", [{"closes_days": 5}, {"closes_days": 3, "opens_at": time(17), "closes_at": time(9)}])
def test_booking_cannot_close_before_it_opens(session, now, told):
    with pytest.raises(TimesInDisorder):
        kept(session, now, Terms(opens_days=3, **told))


def test_before_it_opens_and_after_it_closes_the_enterprise_is_told_when(session, now):
    fair = fair_by(session, kept(session, now, replace(HALL, opens_days=3)), now)
    firm, account = firm_with_account()

    with pytest.raises(BookingNotYet) as early:
        ask(session, fair, firm, account, china(24, 8, 59))
    with pytest.raises(BookingClosed) as late:
        ask(session, fair, firm, account, china(25, 17))

    assert (early.value.facts["opens"], late.value.facts["closes"]) == (china(24, 9), china(25, 17))
    assert ask(session, fair, firm, account, china(24, 9)).booth.number == 1


def test_the_desk_books_for_an_enterprise_that_calls_too_late(session, now):
    fair = fair_by(session, kept(session, now), now)
    firm, _ = firm_with_account()

    assert ask(session, fair, firm, AccountFactory(), china(26, 10)).enterprise == firm


def test_without_an_approved_vacancy_nothing_is_booked_where_the_policy_says_so(session, now):
    policy = kept(session, now)
    firm, account = firm_with_account(hiring=False)
    VacancyFactory(enterprise=firm)  # posted, not reviewed

    with pytest.raises(VacancyMissing):
        ask(session, fair_by(session, policy, now), firm, account, now)
    market = fair_by(session, kept(session, now, PRESETS["market_day"], "赶集"), now, starts_at=FRIDAY + timedelta(1))
    assert ask(session, market, firm, account, now)


def test_two_fairs_a_month_and_not_a_third(session, now):
    policy = kept(session, now, replace(HALL, not_in_a_row=False))
    firm, account = firm_with_account()
    fridays = [fair_by(session, policy, now, FRIDAY + timedelta(weeks=week)) for week in range(1, 5)]  # in December
    next_month = fair_by(session, policy, now, FRIDAY + timedelta(weeks=6))

    for fair in fridays[:2]:
        ask(session, fair, firm, account, now)

    with pytest.raises(TooManyFairs):
        ask(session, fridays[2], firm, account, now)
    assert ask(session, next_month, firm, account, now)


def test_a_fair_given_back_in_time_does_not_count(session, now):
    policy = kept(session, now, replace(HALL, not_in_a_row=False))
    firm, account = firm_with_account()
    fridays = [fair_by(session, policy, now, FRIDAY + timedelta(weeks=week)) for week in range(1, 4)]
    first = ask(session, fridays[0], firm, account, now)
    ask(session, fridays[1], firm, account, now)

    booths.cancel(session, first, by=account, now=now)

    assert first.status == "cancelled_free"
    assert ask(session, fridays[2], firm, account, now)


def test_never_two_fairs_in_a_row_whichever_is_booked_first(session, now):
    policy = kept(session, now)
    firm, account = firm_with_account()
    first, second, third = (fair_by(session, policy, now, FRIDAY + timedelta(weeks=week)) for week in (1, 2, 3))
    ask(session, second, firm, account, now)

    for neighbour in (first, third):
        with pytest.raises(TwoInARow) as told:
            ask(session, neighbour, firm, account, now)
        assert told.value.facts["fair"] == second.title

    second.calling_off = FairCallingOff(reason="停电", at=now)
    session.flush()
    assert ask(session, third, firm, account, now)


def test_where_booths_are_allocated_one_applies_and_does_not_choose(session, now):
    fair = fair_by(session, kept(session, now, replace(PRESETS["campaign"], opens_days=None)), now)
    firm, account = firm_with_account()

    with pytest.raises(BoothsAllocated):
        ask(session, fair, firm, account, now)


def test_given_back_after_the_deadline_it_is_late(session, now):
    fair = fair_by(session, kept(session, now), now)
    firm, account = firm_with_account()
    booking = ask(session, fair, firm, account, now)

    booths.cancel(session, booking, by=account, now=china(26, 17))

    assert booking.status == "cancelled_late"


def test_a_fair_goes_by_one_policy_at_a_time_or_by_none(session, now):
    hall, market = kept(session, now), kept(session, now, PRESETS["market_day"], "赶集")
    fair = FairFactory()

    for policy in (hall, market, market, None):
        policies.go_by(session, fair, policy, by=None, now=now)
        assert policies.of_fair(session, fair) == policy


def test_a_booth_that_is_wished_for_and_taken_is_said_while_others_are_free(session, now):
    fair = fair_by(session, None, now)
    one, two = approve(EnterpriseFactory()), approve(EnterpriseFactory())
    booths.ask(session, fair, one, wishes=[2], by=None, now=now)

    with pytest.raises(BoothTaken):
        booths.ask(session, fair, two, wishes=[2], by=None, now=now)
    assert booths.ask(session, fair, two, wishes=[2, 3], by=None, now=now).booth.number == 3


def test_asking_twice_gives_the_same_booth(session, now):
    fair, firm = fair_by(session, None, now), approve(EnterpriseFactory())

    first = booths.ask(session, fair, firm, any_other=True, by=None, now=now)

    assert booths.ask(session, fair, firm, any_other=True, by=None, now=now) == first
    with pytest.raises(OneBoothEach):
        booths.ask(session, fair, firm, wishes=[3], by=None, now=now)


def test_booths_of_another_fair_are_no_use(session, now):
    BoothFactory()
    with pytest.raises(NotFound):
        booths.ask(session, FairFactory(), approve(EnterpriseFactory()), any_other=True, by=None, now=now)
