"""Who wants to be on air, and the run of show."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from scheduling import livestreams
from scheduling.models import Deed, FairCallingOff, LiveSlot
from scheduling.refusals import EnterpriseNotApproved, FairCalledOff, TimesInDisorder
from tests.factories import EnterpriseFactory, FairFactory, approve


@pytest.fixture
def fair(session):
    return FairFactory(kind="livestream", outdoor=False)


def slot(fair, key, minutes, start=0, **more):
    told = {"kind": "opening", "title": key, "starts_at": fair.starts_at + timedelta(minutes=start), **more}
    return livestreams.Slot(key=key, minutes=minutes, **told)


def shown(session, fair):
    return [(row.position, row.key, row.minutes) for row in livestreams.of_show(session, fair)]


def test_who_asks_again_revises_the_request(session, fair, now):
    firm = approve(EnterpriseFactory())
    first = livestreams.want(session, fair, firm, speaker="钱经理", jobs=["3"], by=None, now=now)

    again = livestreams.want(session, fair, firm, speaker=" 孙主管 ", wanted=15, by=None, now=now + timedelta(hours=1))

    assert again is first
    assert (again.speaker, again.wanted, again.least, again.jobs, again.asked_at) == ("孙主管", 15, 8, ["3"], now)
    assert livestreams.asked(session, fair) == [first]


def test_a_request_may_be_withdrawn(session, fair, now):
    firm = approve(EnterpriseFactory())
    livestreams.want(session, fair, firm, speaker="钱经理", by=None, now=now)

    for _ in range(2):
        livestreams.withdraw(session, fair, firm, by=None, now=now)

    assert livestreams.asked(session, fair) == []
    assert [deed.what for deed in session.scalars(select(Deed))] == ["live.wanted", "live.not_wanted"]


@pytest.mark.parametrize("wrong", [{"least": 20}, {"free_from": 30, "free_until": 30}])
def test_minutes_and_times_must_be_in_order(session, fair, now, wrong):
    told = {
        name: fair.starts_at + timedelta(minutes=value) if name.startswith("free") else value
        for name, value in wrong.items()
    }

    with pytest.raises(TimesInDisorder):
        livestreams.want(session, fair, approve(EnterpriseFactory()), speaker="钱经理", **told, by=None, now=now)


def test_only_an_approved_enterprise_is_on_air_and_not_in_a_show_that_is_off(session, fair, now):
    with pytest.raises(EnterpriseNotApproved):
        livestreams.want(session, fair, EnterpriseFactory(), speaker="钱经理", by=None, now=now)
    session.add(FairCallingOff(fair_id=fair.id, reason="停电", at=now))
    session.flush()
    session.expire(fair)
    with pytest.raises(FairCalledOff):
        livestreams.arrange(session, fair, [], by=None, now=now)


def test_a_run_of_show_is_arranged_once_however_often(session, fair, now):
    show = [slot(fair, "opening", 5), slot(fair, "qa", 10, 5)]

    for _ in range(2):
        livestreams.arrange(session, fair, show, by=None, now=now)

    assert shown(session, fair) == [(1, "opening", 5), (2, "qa", 10)]
    assert session.scalars(select(Deed.what)).all() == ["live.arranged"]


def test_a_later_run_of_show_moves_what_stands_and_drops_what_is_left_out(session, fair, now):
    livestreams.arrange(
        session,
        fair,
        [slot(fair, "opening", 5), slot(fair, "policy", 10, 5), slot(fair, "qa", 10, 15)],
        by=None,
        now=now,
    )
    kept = {row.key: row.id for row in livestreams.of_show(session, fair)}

    livestreams.arrange(session, fair, [slot(fair, "qa", 8), slot(fair, "opening", 5, 8)], by=None, now=now)

    assert shown(session, fair) == [(1, "qa", 8), (2, "opening", 5)]
    assert [row.id for row in livestreams.of_show(session, fair)] == [kept["qa"], kept["opening"]]
    assert session.get(LiveSlot, kept["policy"]).dropped_at == now
