from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from scheduling import markets
from scheduling.models import Deed, Fair, FairMove, Holiday, Notice, Reservation
from tests.factories import COUNTY, NOW, BoothFactory, FairFactory, JobseekerFactory, TownshipFactory

TYPED = {
    "title": "柳河镇赶集招聘会",
    "day": "2026-11-27",
    "starts": "08:30",
    "ends": "11:30",
    "place": "柳河镇集市东门口",
    "contact_name": "王窗口",
    "contact_phone": "0990-1234567",
    "outdoor": "y",
    "rain_plan": "改到镇文化站大厅",
    "audiences": ["women", "older"],
    "capacity": "200",
}


@pytest.fixture
def willow(session):
    """柳河镇's market: 农历逢三六九, so the 24th and the 27th of November."""
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


def day_of(page, number: int) -> str:
    """One day's cell of the month."""
    return page.text.split(f'datetime="2026-11-{number:02d}"', 1)[1].split("</td>", 1)[0]


# Planning


def test_the_month_shows_lunar_days_holidays_markets_and_fairs(desk, session, willow):
    session.add(Holiday(county=COUNTY, day=date(2026, 11, 27), name="县庆", works=False))
    FairFactory(title="零工招聘", starts_at=datetime(2026, 11, 27, 1, 0, tzinfo=UTC))

    page = desk.get("/desk/fairs/new?month=2026-11")

    assert page.status_code == 200
    cell = day_of(page, 27)
    assert [word in cell for word in ("县庆", "柳河镇", "零工招聘", "day=2026-11-27")] == [True] * 4
    assert ("廿一" in day_of(page, 29), "没有集" in day_of(page, 29)) == (True, True)
    assert "day=2026-11-18" not in page.text  # the past cannot be chosen


@pytest.mark.parametrize("month", ["nonsense", "2026-13", "1900-01", "2101-01"])
def test_a_month_that_cannot_be_is_this_month(desk, month):
    page = desk.get(f"/desk/fairs/new?month={month}")

    assert (page.status_code, "2026年11月" in page.text) == (200, True)


def test_a_day_leads_to_the_towns_with_a_market_and_a_town_to_the_form(desk, willow):
    towns = desk.get("/desk/fairs/new?day=2026-11-27")
    form = desk.get("/desk/fairs/new?day=2026-11-27&market=liuhe")

    assert "/desk/fairs/new?day=2026-11-27&amp;market=liuhe" in towns.text
    assert 'value="柳河镇赶集招聘会"' in form.text
    assert ('value="2026-11-27"' in form.text, 'value="08:30"' in form.text) == (True, True)


def test_what_was_typed_becomes_a_draft_by_the_clerk(desk, session, clerk, willow):
    page = desk.post("/desk/fairs/new?day=2026-11-27&market=liuhe", data=TYPED)

    fair = session.scalars(select(Fair)).one()
    assert (page.status_code, page.location) == (303, "/desk/fairs/market-1")
    assert (fair.state, fair.market_id, fair.capacity, fair.audiences) == ("draft", willow.id, 200, ["women", "older"])
    assert fair.starts_at == datetime(2026, 11, 27, 0, 30, tzinfo=UTC)
    assert fair.rain_decide_by == datetime(2026, 11, 26, 10, 0, tzinfo=UTC)
    assert fair.uid == f"fair-{fair.id}@127.0.0.1"
    deed = session.scalars(select(Deed).where(Deed.what == "fair.planned")).one()
    assert deed.by_id == clerk.id


def test_a_double_tap_plans_one_fair(desk, session, willow):
    for _ in range(2):
        page = desk.post("/desk/fairs/new?day=2026-11-27&market=liuhe", data=TYPED)

    assert page.location == "/desk/fairs/market-1"
    assert len(session.scalars(select(Fair)).all()) == 1


def test_a_day_without_market_is_refused_beside_the_day_until_a_reason_is_given(desk, session, willow):
    off = TYPED | {"day": "2026-11-28"}

    refused = desk.post("/desk/fairs/new?day=2026-11-27&market=liuhe", data=off)
    taken = desk.post(
        "/desk/fairs/new?day=2026-11-27&market=liuhe", data=off | {"reason_not_market_day": "办物资交流会"}
    )

    assert refused.status_code == 422
    assert "柳河镇这天不逢集，下一个集是12月1日 周二。要照办请写明原因。" in refused.text
    assert 'value="柳河镇集市东门口"' in refused.text
    assert taken.status_code == 303


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"title": ""}, "请填名称。"),
        ({"ends": "08:00"}, "结束时间要晚于开始时间。"),
        ({"day": "2026-11-20"}, "这个时间已经过去了"),
        ({"contact_phone": "call me"}, "电话只能有数字和横线"),
        ({"capacity": "many"}, "整数"),
        ({"rain_decide_by": "2026-11-27T09:00"}, "下雨办不办，要在开始之前定。"),
    ],
)
def test_what_cannot_be_is_explained_and_kept(desk, session, willow, typed, words):
    page = desk.post("/desk/fairs/new?day=2026-11-27&market=liuhe", data=TYPED | typed)

    assert page.status_code == 422
    assert words in page.text
    assert "改到镇文化站大厅" in page.text
    assert session.scalars(select(Fair)).all() == []


def test_a_fair_of_another_kind_needs_no_market(desk, session):
    town = TownshipFactory(name="柳河镇")
    page = desk.post(
        "/desk/fairs/new?day=2026-11-28&kind=other",
        data=TYPED | {"day": "2026-11-28", "kind": "gig_fair", "township": str(town.id)},
    )

    fair = session.scalars(select(Fair)).one()
    assert (page.location, fair.kind, fair.township_id) == ("/desk/fairs/gig-1", "gig_fair", town.id)


# One fair


def draft(**more) -> Fair:
    """A draft with everything but booths."""
    told = {"contact_name": "王窗口", "contact_phone": "0990-1234567", "rain_plan": "改到大厅"}
    return FairFactory(draft=True, rain_decide_by=NOW + timedelta(days=1), **told | more)


def test_the_page_lists_what_is_missing_and_publishes_when_nothing_is(desk, session):
    fair = draft()

    lacking = desk.get(f"/desk/fairs/{fair.slug}")
    refused = desk.post(f"/desk/fairs/{fair.slug}/publication")
    BoothFactory(fair=fair)
    complete = desk.get(f"/desk/fairs/{fair.slug}")
    published = desk.post(f"/desk/fairs/{fair.slug}/publication")

    assert "发布前还缺1样" in lacking.text
    assert (refused.status_code, "还不能发布，缺：展位。" in refused.text) == (409, True)
    assert "齐了，可以发布" in complete.text
    assert (published.status_code, published.location) == (303, f"/desk/fairs/{fair.slug}")
    assert session.get(Fair, fair.id).state == "published"


def test_editing_a_published_fair_does_not_ask_for_its_time(desk, session):
    fair = FairFactory(contact_name="王", contact_phone="0990-1", outdoor=False)
    BoothFactory(fair=fair)

    page = desk.get(f"/desk/fairs/{fair.slug}/edit")
    saved = desk.post(
        f"/desk/fairs/{fair.slug}/edit",
        data={"title": "新名", "contact_name": "王", "contact_phone": "0990-1", "day": "2026-12-24"},
    )

    assert ('name="title"' in page.text, 'name="day"' in page.text) == (True, False)
    assert saved.status_code == 303
    again = session.get(Fair, fair.id)
    assert (again.title, again.starts_at, again.sequence) == ("新名", NOW + timedelta(days=2, minutes=-30), 0)


def test_editing_a_published_fair_into_an_unready_one_is_refused_and_kept(desk, session):
    fair = FairFactory(contact_name="王", contact_phone="0990-1", outdoor=False)
    BoothFactory(fair=fair)

    page = desk.post(
        f"/desk/fairs/{fair.slug}/edit", data={"title": "新名", "contact_name": "", "expected_attendance": "1000"}
    )

    assert page.status_code == 409
    assert ("缺：联系人和电话、安全许可编号" in page.text, 'value="新名"' in page.text) == (True, True)


def test_moving_tells_those_who_reserved_and_shows_what_stood_before(desk, session):
    fair = FairFactory()
    seeker = JobseekerFactory()
    session.add(Reservation(fair_id=fair.id, jobseeker_id=seeker.id, reserved_at=NOW))
    typed = {"day": "2026-11-26", "starts": "09:00", "ends": "11:00", "place": "镇文化站", "reason": "有雨"}

    asked = desk.get(f"/desk/fairs/{fair.slug}/moves")
    for _ in range(2):
        moved = desk.post(f"/desk/fairs/{fair.slug}/moves", data=typed)

    assert "1个号码会收到短信" in asked.text
    assert moved.status_code == 303
    assert session.scalars(select(FairMove.reason)).all() == ["有雨"]
    assert session.scalars(select(Notice.phone)).all() == [seeker.phone]
    assert "柳河镇集市入口" in desk.get(f"/desk/fairs/{fair.slug}").text


def test_a_market_fair_is_moved_to_a_market_day_unless_a_reason_is_given(desk, session, willow):
    fair = FairFactory(market=willow, market_id=willow.id, township_id=willow.township_id)
    typed = {"day": "2026-11-28", "starts": "08:30", "ends": "11:30", "place": fair.place, "reason": "有雨"}

    page = desk.post(f"/desk/fairs/{fair.slug}/moves", data=typed)
    answer = desk.post(f"/desk/fairs/{fair.slug}/moves", data={**typed, "reason_not_market_day": "镇里要求"})

    assert (page.status_code, "柳河镇这天不逢集，下一个集是12月1日 周二" in page.text) == (422, True)
    assert answer.status_code == 303


def test_calling_off_asks_why(desk, session):
    fair = FairFactory()

    refused = desk.post(f"/desk/fairs/{fair.slug}/calling-off", data={"reason": ""})
    done = desk.post(f"/desk/fairs/{fair.slug}/calling-off", data={"reason": "道路施工"})

    assert (refused.status_code, "请写明原因。" in refused.text) == (422, True)
    assert done.status_code == 303
    page = desk.get(f"/desk/fairs/{fair.slug}")
    assert ("道路施工" in page.text, "/moves" in page.text) == (True, False)


def test_a_fair_that_is_off_shows_no_form_that_promises_messages(desk, session):
    fair = FairFactory()
    path = f"/desk/fairs/{fair.slug}"
    answers = [desk.post(f"{path}/calling-off", data={"reason": "道路施工"}).status_code for _ in range(2)]

    other = desk.post(f"{path}/calling-off", data={"reason": "大雨"})
    asked = [desk.get(f"{path}{act}") for act in ("/moves", "/calling-off")]
    page = desk.get(path)

    assert answers == [303, 303]
    assert other.status_code == 409
    assert ["已经取消，不能再改" in other.text, "个号码会收到短信" in other.text] == [True, False]
    assert [(each.status_code, each.location) for each in asked] == [(303, path)] * 2
    assert ["已经取消，不能再改" in page.text, "道路施工" in page.text, "大雨" in page.text] == [True, True, False]


def test_a_page_number_beyond_every_fair_is_an_empty_page(desk):
    pages = [desk.get(f"/desk/fairs/?page={number}") for number in ("-1", "99999999999999999999")]

    assert [page.status_code for page in pages] == [200, 200]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_often_for_three_fairs_as_for_one(desk, session, queries, rows):
    for number in range(rows):
        FairFactory(title=f"招聘会{number}", draft=number == 2)
    session.commit()

    with queries() as asked:
        page = desk.get("/desk/fairs/")

    assert page.text.count("招聘会") >= rows
    assert len([one for one in asked if "FROM fairs" in one]) == 1
    assert len(asked) <= 6  # who asks (account, grants), the fairs, their moves, begin


def test_a_fair_nobody_planned_is_not_found(desk):
    paths = ("", "/edit", "/moves", "/calling-off", "/figures")

    assert [desk.get(f"/desk/fairs/market-999{path}").status_code for path in paths] == [404] * 5
