from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from scheduling import fairs, markets
from scheduling.models import Booking, Deed, Fair, FairCallingOff, FairFigure, FairMove, Notice, Reservation
from scheduling.refusals import (
    DecideTooLate,
    FairCalledOff,
    FairNotPublished,
    FairNotReady,
    FairOver,
    InThePast,
    NotAMarketDay,
    NotFound,
    ReasonMissing,
    TimesInDisorder,
)
from tests.factories import (
    COUNTY,
    NOW,
    BoothFactory,
    EnterpriseFactory,
    FairFactory,
    JobseekerFactory,
    TownshipFactory,
)

AT = datetime(2026, 11, 27, 0, 30, tzinfo=UTC)  # Friday 8:30 in Shanghai, 十月十九: a market day in 柳河镇


@pytest.fixture
def willow(session):
    """柳河镇's market, 农历逢三六九."""
    return markets.open(
        session,
        COUNTY,
        slug="liuhe",
        township=TownshipFactory(name="柳河镇"),
        name="柳河镇",
        term="集",
        rule_text="农历逢三六九",
        opens=time(7),
        closes=time(12),
        by=None,
        now=NOW,
    )


def planned(session, market=None, **more) -> Fair:
    """A market fair on 27 November, 8:30 to 11:30."""
    given = {
        "kind": "market_fair",
        "title": "柳河镇赶集招聘",
        "township_id": None,
        "market": market,
        "place": "柳河镇集市入口",
        "starts_at": AT,
        "ends_at": AT + timedelta(hours=3),
        "host": "rs.example.gov.cn",
        **more,
    }
    return fairs.plan(session, COUNTY, by=None, now=NOW, **given)


def ready(session, market=None, **more) -> Fair:
    """The same with everything publishing needs."""
    told = {"contact_name": "王窗口", "contact_phone": "0990-1234567", "rain_plan": "改到镇文化站大厅"}
    fair = planned(session, market, **told | more)
    BoothFactory(fair=fair)
    return fair


def published(session, market=None, **more) -> Fair:
    fair = ready(session, market, **more)
    fairs.publish(session, fair, by=None, now=NOW)
    return fair


def reserve(fair, **more) -> Reservation:
    seeker = JobseekerFactory()
    row = Reservation(fair_id=fair.id, jobseeker_id=seeker.id, reserved_at=NOW, **more)
    row.jobseeker = seeker
    return row


def deeds_about(session, fair) -> list[str]:
    return list(session.scalars(select(Deed.what).where(Deed.about == f"fairs/{fair.id}").order_by(Deed.id)))


# Planning


def test_a_planned_fair_has_a_number_a_slug_and_a_uid_for_good(session, willow):
    fair = planned(session, willow)

    assert (fair.number, fair.slug, fair.uid) == (1, "market-1", f"fair-{fair.id}@rs.example.gov.cn")
    assert (fair.state, fair.sequence, fair.township_id) == ("draft", 0, willow.township_id)


def test_planning_the_same_fair_twice_gives_one(session, willow):
    assert planned(session, willow) is planned(session, willow)
    assert planned(session, willow, title="柳河镇女工专场", kind="specialty_fair").slug == "specialty-2"


def test_a_market_fair_off_market_day_needs_a_reason_which_the_deed_keeps(session, willow):
    off = {"starts_at": AT + timedelta(days=1), "ends_at": AT + timedelta(days=1, hours=3)}

    with pytest.raises(NotAMarketDay) as refused:
        planned(session, willow, **off)
    fair = planned(session, willow, reason_not_market_day="镇上办物资交流会", **off)

    assert refused.value.facts == {"market": "柳河镇", "day": date(2026, 11, 28), "next": date(2026, 12, 1)}
    facts = session.scalars(select(Deed.facts).where(Deed.about == f"fairs/{fair.id}")).one()
    assert facts == {"slug": "market-1", "not_a_market_day": "镇上办物资交流会"}


def test_the_day_that_counts_is_the_day_in_shanghai(session, willow):
    early = datetime(2026, 11, 26, 22, 30, tzinfo=UTC)  # 6:30 on the 27th in Shanghai

    assert planned(session, willow, starts_at=early).starts_at == early


def test_other_kinds_of_fair_may_be_any_day(session, willow):
    fair = planned(
        session, willow, kind="gig_fair", starts_at=AT + timedelta(days=1), ends_at=AT + timedelta(days=1, hours=2)
    )

    assert fair.slug == "gig-1"


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"ends_at": AT}, TimesInDisorder),
        ({"starts_at": NOW - timedelta(days=2), "ends_at": NOW - timedelta(days=1)}, InThePast),
        ({"rain_decide_by": AT + timedelta(minutes=1)}, DecideTooLate),
    ],
)
def test_a_fair_that_cannot_be_is_refused(session, told, refusal):
    with pytest.raises(refusal):
        planned(session, **told)

    session.rollback()
    assert session.scalars(select(Fair)).all() == []


def test_rain_is_decided_the_evening_before_at_six(session):
    assert planned(session).rain_decide_by == datetime(2026, 11, 26, 10, 0, tzinfo=UTC)
    assert planned(session, title="厅内", outdoor=False).rain_decide_by is None
    assert planned(session, kind="livestream").outdoor is False


# Revising


def test_words_move_the_change_time_and_not_the_sequence(session):
    fair = published(session)
    later = NOW + timedelta(hours=1)

    fairs.revise(session, fair, title="柳河镇赶集送岗", description="带身份证", audiences=["women"], by=None, now=later)

    assert (fair.title, fair.sequence, fair.changed_at) == ("柳河镇赶集送岗", 0, later)


def test_saying_what_stands_changes_nothing(session):
    fair = published(session)

    fairs.revise(session, fair, title=fair.title, place="别处", by=None, now=NOW + timedelta(hours=1))

    assert (fair.place, fair.changed_at) == ("柳河镇集市入口", NOW)
    assert deeds_about(session, fair) == ["fair.planned", "fair.published"]


def test_a_new_address_of_a_published_fair_is_a_new_place_for_calendars(session):
    fair = published(session)

    fairs.revise(session, fair, address="柳河镇人民路1号", by=None, now=NOW)

    assert fair.sequence == 1


def test_a_draft_changes_its_day_freely_but_not_off_market_day(session, willow):
    fair = planned(session, willow)

    fairs.revise(
        session, fair, starts_at=AT + timedelta(days=4), ends_at=AT + timedelta(days=4, hours=3), by=None, now=NOW
    )
    with pytest.raises(NotAMarketDay):
        fairs.revise(
            session, fair, starts_at=AT + timedelta(days=5), ends_at=AT + timedelta(days=5, hours=3), by=None, now=NOW
        )

    assert (fair.sequence, fair.starts_at) == (0, AT + timedelta(days=4))


def test_a_published_fair_cannot_lose_what_publishing_needs(session):
    fair = published(session)

    with pytest.raises(FairNotReady) as refused:
        fairs.revise(session, fair, contact_phone="", expected_attendance=1000, by=None, now=NOW)

    assert refused.value.facts == {"missing": "contact,permit"}


# Publishing


def test_an_empty_draft_lacks_everything(session):
    fair = planned(session, place="", expected_attendance=1000)

    with pytest.raises(FairNotReady) as refused:
        fairs.publish(session, fair, by=None, now=NOW)

    assert refused.value.facts == {"missing": "contact,place,booths,rain_plan,permit"}
    assert fair.state == "draft"


@pytest.mark.parametrize(
    ("told", "lacking"),
    [
        ({"expected_attendance": 999}, []),
        ({"expected_attendance": 1000}, ["permit"]),
        ({"expected_attendance": 1000, "permit_no": "青公治安许〔2026〕7号"}, []),
        ({"outdoor": False, "rain_plan": ""}, []),
    ],
)
def test_what_is_missing_depends_on_what_it_is(session, told, lacking):
    assert fairs.missing(session, ready(session, **told)) == lacking


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
    fairs.call_off(session, fair, reason="还是大雨", by=None, now=NOW)

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

    assert session.scalars(select(Notice.text).order_by(Notice.id)).all() == [
        "【改期】柳河镇赶集招聘时间由11月27日 周五 8:30改为12月1日 周二 8:30–11:30。地点不变：柳河镇集市入口。"
        "原因：有雨。您的预约、展位都还有效。有疑问请打0990-1234567。【送岗】",
        "【改期】柳河镇赶集招聘地点由柳河镇集市入口改到镇文化站大厅。时间不变：12月1日 周二 8:30–11:30。"
        "原因：还是有雨。您的预约、展位都还有效。有疑问请打0990-1234567。【送岗】",
        "【已取消】12月1日 周二 8:30–11:30在镇文化站大厅的柳河镇赶集招聘不办了，请不要前往。原因：道路不通。"
        "有疑问请打0990-1234567。【送岗】",
    ]


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"reason": " "}, ReasonMissing),
        ({"ends_at": AT}, TimesInDisorder),
        ({"starts_at": NOW - timedelta(hours=1)}, InThePast),
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
    fairs.call_off(session, fair, reason="", by=None, now=NOW)

    assert session.scalars(select(FairCallingOff.reason)).all() == ["大雨"]
    assert (fair.state, fair.sequence) == ("called_off", 1)
    for act in (
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


# Figures


def test_a_figure_is_written_once_and_put_right_with_both_in_the_deeds(session, clerk):
    fair = published(session)
    for value in (300, 300, 320):
        fairs.record_figure(session, fair, "visitors", value, "estimated", by=clerk, now=NOW)
    fairs.record_figure(session, fair, "leaflets", 400, "staff_counted", by=clerk, now=NOW)

    rows = [(row.name, row.value, row.source) for row in fairs.figures(session, fair)]
    assert rows == [("visitors", 320, "estimated"), ("leaflets", 400, "staff_counted")]
    assert deeds_about(session, fair)[2:] == ["fair.figure_recorded"] * 3


@pytest.mark.parametrize(("name", "value", "source"), [("cats", 1, "scanned"), ("visitors", -1, "scanned")])
def test_what_is_no_figure_is_an_error(session, name, value, source):
    with pytest.raises(ValueError, match="no such figure"):
        fairs.record_figure(session, FairFactory(), name, value, source, by=None, now=NOW)

    assert session.scalars(select(FairFigure)).all() == []


# Reading


def test_a_draft_is_found_by_the_desk_and_by_nobody_else(session):
    draft = planned(session)

    assert fairs.find(session, COUNTY, "market-1") is draft
    for find, county in ((fairs.find_public, COUNTY), (fairs.find, "990200")):
        with pytest.raises(NotFound):
            find(session, county, "market-1")


def test_filters_join_within_and_narrow_across(session):
    hill, river = TownshipFactory(code="hill"), TownshipFactory(code="river")
    both = FairFactory(kind="gig_fair", township_id=hill.id, audiences=["women", "gig"])
    women = FairFactory(kind="specialty_fair", township_id=river.id, audiences=["women"])
    plain = FairFactory(kind="market_fair", township_id=river.id)
    FairFactory(draft=True)

    def asked(**filters):
        return fairs.published(session, COUNTY, now=NOW, **filters)

    assert asked() == [both, women, plain]
    assert asked(audiences=["gig", "women"]) == [both, women]
    assert asked(audiences=["gig"], townships=["river"]) == []
    assert asked(townships=["hill", "river"], kinds=["market_fair", "gig_fair"]) == [both, plain]
    assert asked(audiences=["%"]) == []
    assert fairs.count(session, COUNTY, now=NOW, townships=["river"]) == 2


def test_past_fairs_come_latest_first_and_upcoming_soonest_first(session):
    days = {number: FairFactory(starts_at=NOW + timedelta(days=number)) for number in (-2, -1, 2, 1)}

    assert fairs.published(session, COUNTY, now=NOW) == [days[1], days[2]]
    assert fairs.published(session, COUNTY, now=NOW, past=True) == [days[-1], days[-2]]
    assert fairs.published(session, COUNTY, now=NOW, past=True, most=1, skip=1) == [days[-2]]
    assert fairs.on_day(session, COUNTY, date(2026, 11, 24)) == [days[1]]


def test_how_a_fair_stands_is_a_matter_of_the_clock(session):
    fair = published(session)

    assert [fairs.standing(fair, now=at) for at in (NOW, AT, AT + timedelta(hours=3))] == [
        "published",
        "running",
        "over",
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_fairs_asks_twice_whatever_its_length(session, queries, rows):
    for _ in range(rows):
        FairFactory(township_id=TownshipFactory().id)
    session.commit()
    session.expire_all()

    with queries() as asked:
        found = fairs.published(session, COUNTY, now=NOW)
        names = [(fair.township.name, fair.state) for fair in found]

    assert (len(names), len([one for one in asked if one.startswith("SELECT")])) == (rows, 2)
