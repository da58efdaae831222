"""Air time as an enterprise sees it, and what it may do by itself."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from scheduling import booths, livestreams
from scheduling.models import Booking, FairCallingOff, Penalty
from scheduling.refusals import AirTimeClosed, Barred, FairCalledOff
from tests.factories import COUNTY, BoothFactory, EnterpriseFactory, FairFactory, approve
from tests.shows import arranged


@pytest.fixture
def fair(session):
    return FairFactory(kind="livestream", outdoor=False)


@pytest.fixture
def firm(session):
    return approve(EnterpriseFactory())


def listed(session, firm, now):
    return [one.fair for one in livestreams.air_times(session, firm, now=now)]


def test_shows_to_come_come_first_then_those_it_was_in_lately(session, fair, firm, now):
    later = FairFactory(kind="livestream", starts_at=now + timedelta(days=9))
    past = arranged(session, slug="past", starts_at=now - timedelta(days=3))
    FairFactory(kind="livestream", draft=True)
    FairFactory()

    assert listed(session, firm, now) == [fair, later]
    assert listed(session, past.firms[0], now) == [fair, later, past.fair]
    assert listed(session, past.firms[0], now + timedelta(days=70)) == []


def test_it_sees_its_request_its_slot_and_who_asked_for_its_jobs(session, firm, now):
    show = arranged(session)
    own = show.firms[1]
    request = livestreams.want(session, show.fair, own, speaker="钱经理", own=True, by=None, now=now)
    livestreams.leave(session, show.fair, name="李秀英", phone="13600000001", job_no=3, consent=True, by=None, now=now)

    told, others = (livestreams.air_time(session, each, show.fair) for each in (own, firm))

    assert (told.request, told.slot.title, told.locked, told.leads) == (request, "铁山机械", False, 1)
    assert (others.request, others.slot, others.leads) == (None, None, 0)


def test_it_may_ask_for_itself_until_the_show_begins(session, fair, firm, now):
    livestreams.want(session, fair, firm, speaker="钱经理", own=True, by=None, now=now)
    assert livestreams.air_time(session, firm, fair).open(now)

    with pytest.raises(AirTimeClosed):
        livestreams.want(session, fair, firm, speaker="孙主管", own=True, by=None, now=fair.starts_at)
    with pytest.raises(AirTimeClosed):
        livestreams.withdraw(session, fair, firm, own=True, by=None, now=fair.starts_at)
    livestreams.want(session, fair, firm, speaker="孙主管", by=None, now=fair.starts_at)  # the desk still may
    assert not livestreams.air_time(session, firm, fair).open(fair.starts_at)


def test_the_hours_and_penalties_of_the_show_s_policy_hold_for_air_time_too(session, fair, firm, now):
    terms = replace(booths.policies.PRESETS["weekly_hall"], closes_days=1, closes_at=time(17))
    policy = booths.policies.keep(session, COUNTY, None, "直播", terms, by=None, now=now)
    before = BoothFactory(fair=FairFactory(starts_at=now - timedelta(days=1)))
    for each in (fair, before.fair):
        booths.policies.go_by(session, each, policy, by=None, now=now)
    closes = booths.policies.hours(fair, terms).closes

    livestreams.want(session, fair, firm, speaker="钱经理", own=True, by=None, now=closes - timedelta(minutes=1))
    with pytest.raises(AirTimeClosed):
        livestreams.want(session, fair, firm, speaker="孙主管", own=True, by=None, now=closes)
    stayed_away = Booking(fair_id=before.fair.id, booth_id=before.id, enterprise_id=firm.id, booked_at=now)
    session.add(stayed_away)
    session.flush()
    told = {"rule": {}, "effect": "quarter", "until": now + timedelta(days=30), "at": now}
    penalty = Penalty(enterprise_id=firm.id, policy_id=policy.id, booking_id=stayed_away.id, **told)
    session.add(penalty)
    session.flush()
    with pytest.raises(Barred):
        livestreams.want(session, fair, firm, speaker="孙主管", own=True, by=None, now=now)


def test_nobody_asks_for_a_draft_or_a_show_that_is_off(session, fair, firm, now):
    draft = FairFactory(kind="livestream", draft=True)
    with pytest.raises(AirTimeClosed):
        livestreams.want(session, draft, firm, speaker="钱经理", own=True, by=None, now=now)
    session.add(FairCallingOff(fair_id=fair.id, reason="停电", at=now))
    session.flush()
    session.expire(fair)
    with pytest.raises(FairCalledOff):
        livestreams.want(session, fair, firm, speaker="钱经理", own=True, by=None, now=now)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_no_more_for_more(session, queries, firm, now, rows):
    for number in range(rows):
        arranged(session, slug=f"show-{number}")
    session.flush()
    session.expire_all()
    assert firm.county
    with queries() as asked:
        assert len(livestreams.air_times(session, firm, now=now)) == rows

    assert len(asked) == 6
