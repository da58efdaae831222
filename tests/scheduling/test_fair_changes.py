from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from scheduling import fairs
from scheduling.models import (
    Booking,
    BoothRequest,
    BoothWait,
    FairCallingOff,
    FairMove,
    LiveRequest,
    Notice,
    Reservation,
)
from scheduling.refusals import (
    FairCalledOff,
    FairNotPublished,
    FairNotReady,
    FairOver,
    InThePast,
    NotAMarketDay,
    ReasonMissing,
    TimesInDisorder,
)
from tests.factories import NOW, BoothFactory, EnterpriseFactory, approve
from tests.scheduling.fair_examples import AT, deeds_about, planned, published, ready, reserve, willow
from tests.shows import arranged

__all__ = ["willow"]  # a fixture


# Publishing


def test_an_empty_draft_lacks_everything(session):
    fair = planned(session, place="", expected_attendance=1000)

    with pytest.raises(FairNotReady) as refused:
        fairs.publish(session, fair, by=None, now=NOW)

    assert refused.value.facts == {"missing": "contact,place,booths,rain_plan,permit,emergency_plan"}
    assert fair.state == "draft"


def test_a_livestream_needs_no_booths(session):
    fair = planned(session, kind="livestream", place="县融媒体中心", contact_name="王", contact_phone="0990-1")

    assert fairs.missing(session, fair) == []


def test_publishing_twice_is_publishing_once(session):
    fair = published(session)
    fairs.publish(session, fair, by=None, now=NOW + timedelta(hours=1))

    assert (fair.publication.at, fair.sequence, fair.state) == (NOW, 0, "published")
    assert deeds_about(session, fair) == ["fair.planned", "fair.published"]


def test_a_fair_that_is_over_is_not_published(session):
    fair = ready(session)

    with pytest.raises(FairOver):
        fairs.publish(session, fair, by=None, now=AT + timedelta(days=1))


# Moving and calling off


def moved(session, fair, **more):
    given = {
        "starts_at": AT + timedelta(days=4),
        "ends_at": AT + timedelta(days=4, hours=3),
        "place": fair.place,
        "reason": "有雨",
        **more,
    }
    return fairs.move(session, fair, by=None, now=NOW, **given)


def test_moving_keeps_what_stood_before_and_grows_the_sequence(session, willow):
    fair = published(session, willow)

    moved(session, fair)
    moved(session, fair)

    row = session.scalars(select(FairMove)).one()
    assert (row.starts_before, row.ends_before, row.place_before) == (AT, AT + timedelta(hours=3), "柳河镇集市入口")
    assert (fair.state, fair.sequence, fair.starts_at) == ("moved", 1, AT + timedelta(days=4))
    assert fair.rain_decide_by == datetime(2026, 11, 30, 10, 0, tzinfo=UTC)


def test_everybody_who_means_to_come_is_told_once_of_each_change(session, willow):
    fair = published(session, willow)
    mine, hers = reserve(fair), reserve(fair, relation="child", agent_name="李四", agent_phone="13900000001")
    gone = reserve(fair, cancelled_at=NOW)
    maker, left = EnterpriseFactory(), EnterpriseFactory()
    first, second = BoothFactory(fair=fair), BoothFactory(fair=fair)
    session.add_all(
        [
            mine,
            hers,
            gone,
            Booking(fair_id=fair.id, booth_id=first.id, enterprise_id=maker.id, booked_at=NOW),
            Booking(fair_id=fair.id, booth_id=second.id, enterprise_id=left.id, booked_at=NOW, cancelled_at=NOW),
        ]
    )
    session.flush()

    moved(session, fair)
    moved(session, fair)
    told = sorted(session.scalars(select(Notice.phone)))
    fairs.call_off(session, fair, reason="大雨", by=None, now=NOW)
    fairs.call_off(session, fair, reason="大雨", by=None, now=NOW)

    expected = sorted([mine.jobseeker.phone, hers.jobseeker.phone, "13900000001", maker.contact_phone])
    assert told == expected
    assert sorted(session.scalars(select(Notice.phone))) == sorted(expected * 2)


def test_a_family_on_one_phone_gets_one_message(session):
    fair = published(session)
    first, second = reserve(fair), reserve(fair)
    second.jobseeker.phone = first.jobseeker.phone
    session.add_all([first, second])
    session.flush()

    fairs.call_off(session, fair, reason="大雨", by=None, now=NOW)

    assert session.scalars(select(Notice.phone)).all() == [first.jobseeker.phone]


def test_the_messages_say_when_where_why_and_whom_to_ask(session, willow):
    fair = published(session, willow)
    session.add(reserve(fair))
    session.flush()

    moved(session, fair)
    moved(session, fair, place="镇文化站大厅", reason="还是有雨。")
    fairs.call_off(session, fair, reason="道路不通", by=None, now=NOW)

    told = session.scalars(select(Notice.text).order_by(Notice.id)).all()
    assert told == [
        (
            "【改期】柳河镇赶集招聘时间由11月27日 周五 8:30改为12月1日 周二 8:30–11:30。地点不变：柳河镇集市入口。"
            "原因：有雨。您的预约、展位、申请、候补都还算数。来不了的可以取消，不算爽约。有疑问请打0990-1234567。【送岗】"
        ),
        (
            "【改期】柳河镇赶集招聘地点由柳河镇集市入口改到镇文化站大厅。时间不变：12月1日 周二 8:30–11:30。"
            "原因：还是有雨。您的预约、展位、申请、候补都还算数。有疑问请打0990-1234567。【送岗】"
        ),
        (
            "【已取消】12月1日 周二 8:30–11:30在镇文化站大厅的柳河镇赶集招聘不办了，请不要前往。原因：道路不通。"
            "有疑问请打0990-1234567。【送岗】"
        ),
    ]


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"reason": " "}, ReasonMissing),
        ({"ends_at": AT}, TimesInDisorder),
        ({"starts_at": NOW - timedelta(hours=2), "ends_at": NOW - timedelta(hours=1)}, InThePast),
        ({"starts_at": AT + timedelta(days=1), "ends_at": AT + timedelta(days=1, hours=3)}, NotAMarketDay),
    ],
)
def test_a_move_that_makes_no_sense_is_refused(session, willow, told, refusal):
    fair = published(session, willow)

    with pytest.raises(refusal):
        moved(session, fair, **told)

    assert (fair.sequence, fair.starts_at, fair.moves) == (0, AT, [])


def test_a_draft_is_revised_and_not_moved(session, willow):
    with pytest.raises(FairNotPublished):
        moved(session, planned(session, willow))


def test_calling_off_is_for_good(session, willow):
    fair = published(session, willow)
    fairs.call_off(session, fair, reason="大雨", by=None, now=NOW)
    fairs.call_off(session, fair, reason="大雨 ", by=None, now=NOW)

    assert session.scalars(select(FairCallingOff.reason)).all() == ["大雨"]
    assert (fair.state, fair.sequence) == ("called_off", 1)
    for act in (
        lambda: fairs.call_off(session, fair, reason="道路不通", by=None, now=NOW),
        lambda: moved(session, fair),
        lambda: fairs.revise(session, fair, title="新名", by=None, now=NOW),
        lambda: fairs.publish(session, fair, by=None, now=NOW),
        lambda: fairs.record_figure(session, fair, "visitors", 3, "scanned", by=None, now=NOW),
    ):
        with pytest.raises(FairCalledOff):
            act()


def test_calling_off_needs_a_reason_and_a_fair_that_is_not_over(session):
    fair = published(session)

    with pytest.raises(ReasonMissing):
        fairs.call_off(session, fair, reason="", by=None, now=NOW)
    with pytest.raises(FairOver):
        fairs.call_off(session, fair, reason="大雨", by=None, now=AT + timedelta(days=1))


def test_bookings_and_reservations_stay_when_a_fair_is_called_off(session):
    fair = published(session)
    session.add(reserve(fair))
    session.flush()

    fairs.call_off(session, fair, reason="大雨", by=None, now=NOW)

    assert session.scalars(select(Reservation.cancelled_at)).all() == [None]


def test_who_asked_waits_or_has_air_time_is_told_like_who_has_a_booth(session, now):
    show = arranged(session)
    asks = approve(EnterpriseFactory())
    session.add(LiveRequest(fair_id=show.fair.id, enterprise_id=asks.id, speaker="钱", jobs=[], asked_at=now))
    market = published(session)
    waits, wants, gone = (approve(EnterpriseFactory()) for _ in range(3))
    session.add_all(
        [
            BoothWait(fair_id=market.id, enterprise_id=waits.id, place=1, since=now),
            BoothRequest(fair_id=market.id, enterprise_id=wants.id, asked_at=now),
            BoothRequest(fair_id=market.id, enterprise_id=gone.id, asked_at=now, withdrawn_at=now),
        ]
    )
    session.flush()

    fairs.call_off(session, show.fair, reason="停电", by=None, now=now)
    on_air = sorted(session.scalars(select(Notice.phone)))
    fairs.call_off(session, market, reason="大雨", by=None, now=now)

    assert on_air == sorted(firm.contact_phone for firm in [*show.firms, asks])
    told = sorted(session.scalars(select(Notice.phone).where(Notice.text.contains("大雨"))))
    assert told == sorted([waits.contact_phone, wants.contact_phone])
