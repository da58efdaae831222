"""No place, enterprise, van or member of the staff is at two fairs at once: what stands is looked at first."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from portal.errors import wording
from scheduling import booths, deeds, diaries, fairs
from scheduling.models import Fair, FairCallingOff, FairDuty, Plan, PlanVersion, StaffMember, Van
from scheduling.planning.clashes import Engagement
from scheduling.refusals import (
    EnterpriseElsewhere,
    PlaceTaken,
    StaffElsewhere,
    VanElsewhere,
)
from tests.factories import (
    COUNTY,
    NOW,
    BoothFactory,
    EnterpriseFactory,
    FairFactory,
    TownshipFactory,
    approve,
)
from tests.scheduling.fair_examples import AT, planned, published

HOUR = timedelta(hours=1)


def said(refused) -> str:
    return wording(refused.value)[1]


# Places


def test_a_place_holds_one_fair_at_a_time(session, app):
    planned(session)

    with pytest.raises(PlaceTaken) as refused:
        planned(session, title="零工早市", starts_at=AT + 2 * HOUR, ends_at=AT + 4 * HOUR)

    with app.test_request_context():
        assert said(refused) == "“柳河镇集市入口”11月27日 周五 8:30–11:30已有“柳河镇赶集招聘”，请换个时间或地点。"


@pytest.mark.parametrize(
    "other",
    [
        {"starts_at": AT + 3 * HOUR, "ends_at": AT + 5 * HOUR},
        {"place": "文化站"},
        {"place": ""},
        {"kind": "livestream"},
    ],
    ids=["afterwards", "elsewhere", "nowhere yet", "on air from there"],
)
def test_a_fair_at_another_time_or_place_is_planned(session, other):
    planned(session)
    planned(session, title="第二场", place="")

    assert planned(session, title="第三场", **other).title == "第三场"


def test_the_same_name_in_another_township_is_another_place(session):
    planned(session, township_id=TownshipFactory().id)

    assert planned(session, township_id=TownshipFactory().id, title="第二场").title == "第二场"


def test_spaces_make_no_other_place(session):
    planned(session)

    with pytest.raises(PlaceTaken):
        planned(session, title="第二场", place=" 柳河镇 集市入口")


def test_a_fair_called_off_frees_its_place(session):
    fairs.call_off(session, planned(session), reason="大雪", by=None, now=NOW)

    assert planned(session, title="第二场").title == "第二场"


def move_fair(session, fair, starts_at, ends_at, place):
    fairs.move(session, fair, starts_at=starts_at, ends_at=ends_at, place=place, reason="修路", by=None, now=NOW)


def test_a_fair_is_not_moved_onto_another(session):
    fair = published(session, place="文化站")
    planned(session)

    with pytest.raises(PlaceTaken):
        move_fair(session, fair, AT, AT + HOUR, "柳河镇集市入口")


def test_a_draft_is_not_revised_onto_another(session):
    draft = planned(session, place="广场")
    planned(session, title="第二场")

    with pytest.raises(PlaceTaken):
        fairs.revise(session, draft, place="柳河镇集市入口", by=None, now=NOW)


def test_a_fair_may_be_moved_within_its_own_hours_and_reworded_where_two_stand(session):
    fair = published(session)

    move_fair(session, fair, AT + HOUR, AT + 3 * HOUR, fair.place)
    FairFactory(number=99, place=fair.place, starts_at=fair.starts_at)  # from before there were diaries
    fairs.revise(session, fair, description="九点半开始", by=None, now=NOW)

    assert (fair.starts_at, fair.description) == (AT + HOUR, "九点半开始")


# Enterprises


def book(session, enterprise, **fair):
    return booths.book(session, BoothFactory(fair=FairFactory(**fair)), enterprise, by=None, now=NOW)


def test_an_enterprise_is_not_at_two_fairs_at_once(session, app):
    firm = approve(EnterpriseFactory(name="穗香食品"))
    book(session, firm, title="柳河镇赶集招聘", starts_at=AT)

    with pytest.raises(EnterpriseElsewhere) as refused:
        book(session, firm, title="石桥铺赶集招聘", starts_at=AT + 2 * HOUR)

    with app.test_request_context():
        assert said(refused) == (
            "穗香食品已订了“柳河镇赶集招聘”的展位，11月27日 周五 8:30–11:30，时间重叠。要来这场，请先取消那场。"
        )


def test_an_enterprise_may_go_from_one_fair_to_the_next(session):
    firm = approve(EnterpriseFactory())
    book(session, firm, starts_at=AT)

    assert book(session, firm, starts_at=AT + 3 * HOUR).cancelled_at is None


def test_a_booking_given_back_or_a_fair_called_off_stands_in_nobodys_way(session):
    firm = approve(EnterpriseFactory())
    booths.cancel(session, book(session, firm, starts_at=AT), by=None, now=NOW)
    off = book(session, firm, starts_at=AT).fair
    session.add(FairCallingOff(fair_id=off.id, reason="大雪", at=NOW))
    session.flush()

    assert book(session, firm, starts_at=AT).cancelled_at is None


# Vans and the staff


def duty(session, fair, **whose) -> FairDuty:
    plan = Plan(
        county=COUNTY, number=session.query(Plan).count() + 1, kind="season", title="冬季", problem="{}", at=NOW
    )
    session.add(plan)
    session.flush()
    version = PlanVersion(plan_id=plan.id, number=1, made="by_hand", problem="{}", answer="{}", at=NOW)
    session.add(version)
    session.flush()
    row = FairDuty(fair_id=fair.id, version_id=version.id, at=NOW, **whose)
    session.add(row)
    session.flush()
    return row


def test_a_van_and_the_staff_are_where_their_duties_send_them(session):
    fair = FairFactory(title="柳河镇赶集招聘", starts_at=AT)
    van = Van(county=COUNTY, name="一号车", range_minutes=90, added_at=NOW)
    member = StaffMember(county=COUNTY, name="李专员", added_at=NOW)
    session.add_all([van, member])
    session.flush()
    duties = [duty(session, fair, van_id=van.id), duty(session, fair, staff_id=member.id)]

    sent = diaries.of_van(session, van, AT, AT + HOUR)
    with pytest.raises(VanElsewhere) as refused:
        sent.require_free(AT, AT + HOUR)
    with pytest.raises(StaffElsewhere):
        diaries.of_staff(session, member, AT, AT + HOUR).require_free(AT, AT + HOUR)
    for row in duties:
        row.lifted_at = NOW
    session.flush()

    assert refused.value.facts == {
        "name": "一号车",
        "what": "柳河镇赶集招聘",
        "day": date(2026, 11, 27),
        "hours": "8:30–11:30",
    }
    free = [diaries.of_van(session, van, AT, AT + HOUR), diaries.of_staff(session, member, AT, AT + HOUR)]
    assert [diary.standing for diary in free] == [(), ()]


# A diary itself


def test_a_diary_reads_only_what_touches_the_time_asked_about(session):
    firm = approve(EnterpriseFactory(name="穗香食品"))
    for hours in (0, 3, 6):
        book(session, firm, title=f"第{hours}场", starts_at=AT + hours * HOUR)

    diary = diaries.of_enterprise(session, firm, AT + 3 * HOUR, AT + 6 * HOUR)

    fair = session.query(Fair).filter_by(title="第3场").one()
    starts, ends = AT + 3 * HOUR, AT + 6 * HOUR
    assert diary.standing == (
        Engagement(deeds.about(fair), deeds.about(firm), "enterprise", "穗香食品", "第3场", starts, ends),
    )
