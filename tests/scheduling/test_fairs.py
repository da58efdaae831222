from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from scheduling import booths, fairs
from scheduling.models import Deed, Fair, FairFigure
from scheduling.refusals import DecideTooLate, FairNotReady, InThePast, NotAMarketDay, NotFound, TimesInDisorder
from tests.factories import COUNTY, NOW, FairFactory, TownshipFactory
from tests.scheduling.fair_examples import AT, deeds_about, planned, published, willow

__all__ = ["willow"]  # a fixture


# Planning


def test_a_planned_fair_has_a_number_a_slug_and_a_uid_for_good(session, willow):
    fair = planned(session, willow)

    assert (fair.number, fair.slug, fair.uid) == (1, "market-1", f"fair-{fair.id}@rs.example.gov.cn")
    assert (fair.state, fair.sequence, fair.township_id) == ("draft", 0, willow.township_id)


def test_planning_the_same_fair_twice_gives_one(session, willow):
    assert planned(session, willow) is planned(session, willow)
    assert planned(session, willow, title="柳河镇女工专场", kind="specialty_fair", place="文化站").slug == "specialty-2"


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
    assert planned(session, title="厅内", place="文化站大厅", outdoor=False).rain_decide_by is None
    assert planned(session, kind="livestream", outdoor=True).outdoor is False


def test_a_time_for_deciding_that_is_taken_away_is_the_evening_before_again(session):
    fair = planned(session, rain_decide_by=AT - timedelta(hours=2))

    fairs.revise(session, fair, rain_decide_by=None, by=None, now=NOW)

    assert fair.rain_decide_by == datetime(2026, 11, 26, 10, 0, tzinfo=UTC)


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

    assert refused.value.facts == {"missing": "contact,permit,emergency_plan"}


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


def test_a_fair_online_takes_no_room_draws_no_crowd_and_needs_its_link(session):
    here = planned(session, place="人力资源市场", outdoor=False)
    fair = planned(session, title="云聘", place="人力资源市场", online=True, expected_attendance=20_000)
    fairs.revise(session, fair, contact_name="王窗口", contact_phone="0990-1234567", by=None, now=NOW)
    booths.lay_out(session, fair, count=3, by=None, now=NOW)

    assert (fair.starts_at, fair.outdoor, fair.rain_decide_by) == (here.starts_at, False, None)
    assert fairs.missing(session, fair) == ["place"]
    fairs.revise(session, fair, livestream_url="https://yun.example.com/1", outdoor=True, by=None, now=NOW)
    assert (fairs.missing(session, fair), fair.outdoor) == ([], False)


def test_people_ask_for_fairs_they_go_to_or_for_those_they_need_not(session):
    for title, told in (("大厅", {}), ("云聘", {"online": True}), ("直播", {"kind": "livestream"})):
        FairFactory(title=title, **told)

    def shown(*ways):
        return {fair.title for fair in fairs.published(session, COUNTY, now=NOW, ways=ways)}

    assert (shown("onsite"), shown("online")) == ({"大厅"}, {"云聘", "直播"})
    assert shown() == shown("onsite", "online") == {"大厅", "云聘", "直播"}
