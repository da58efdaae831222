from datetime import time, timedelta

import pytest
from sqlalchemy import func, select

from scheduling import booths, markets
from scheduling.models import Fair, FairSeries
from tests.factories import COUNTY, NOW, BoothFactory, FairFactory, TownshipFactory
from tests.forms import typed

TYPED = {
    "goes_by": "weekly",
    "weekdays": ["6"],
    "calendar": "solar",
    "first": "2027-01-01",
    "last": "2027-01-31",
    "skip_holidays": "y",
    "kind": "regular_fair",
    "title": "周六固定招聘会",
    "starts": "09:00",
    "ends": "11:30",
    "township": "",
    "place": "县人力资源市场",
    "contact_name": "王窗口",
    "contact_phone": "0990-1234567",
    "booths": "6",
    "market": "",
    "policy": "",
}


@pytest.fixture
def willow(session):
    town = TownshipFactory(name="柳河镇")
    told = {"slug": "liuhe", "township": town, "name": "柳河镇", "term": "集", "rule_text": "农历逢三六九"}
    return markets.open(session, COUNTY, **told, opens=time(7), closes=time(12), by=None, now=NOW)


def ticked(page) -> list[str]:
    return typed(page).get("days", [])


def test_the_days_are_looked_at_before_they_are_made(desk, session):
    markets.seed_holidays(session, COUNTY, by=None, now=NOW)
    look = desk.post("/desk/series/new", data=TYPED | {"weekdays": ["5", "6"]})

    assert look.status_code == 200
    assert session.scalar(select(func.count(Fair.id))) == 0
    assert "这样有10天" in look.text
    offered = [line.split('"')[0] for line in look.text.split('name="days" type="checkbox" value="')[1:]]
    assert "2027-01-01" in look.text
    assert len(offered) in {0, 10}
    assert "2027-01-02" in ticked(look)


def test_holidays_are_named_and_not_ticked_unless_asked_for(desk):
    told = TYPED | {"weekdays": ["6", "7"], "first": "2027-02-01", "last": "2027-02-14"}
    look = desk.post("/desk/series/new", data=told)
    all_the_same = desk.post("/desk/series/new", data=told | {"skip_holidays": ""})

    assert "春节放假" in look.text
    assert "2027年放假安排还没公布" in look.text
    assert ticked(look) == ["2027-02-13", "2027-02-14"]  # 6 and 7 February are 正月初一 and 初二
    assert ticked(all_the_same) == ["2027-02-06", "2027-02-07", "2027-02-13", "2027-02-14"]


def test_what_is_ticked_is_made_once_however_often_it_is_sent(desk, session):
    look = desk.post("/desk/series/new", data=TYPED)
    told = typed(look, days=["2027-01-02", "2027-01-16"])

    answers = [desk.post("/desk/series/new", data=told) for _ in range(2)]

    assert [answer.location for answer in answers] == ["/desk/series/1"] * 2
    rows = session.scalars(select(Fair).order_by(Fair.starts_at)).all()
    assert [fair.series_day.day for fair in rows] == [2, 16]
    assert [len(booths.of_fair(session, fair)) for fair in rows] == [6, 6]
    page = desk.get("/desk/series/1")
    assert ("共2场，草稿2场。" in page.text, page.text.count("齐了")) == (True, 2)


def test_a_rule_changed_after_the_look_is_looked_at_again(desk, session):
    look = desk.post("/desk/series/new", data=TYPED)

    again = desk.post("/desk/series/new", data=typed(look, weekdays=["7"]))

    assert (again.status_code, session.scalar(select(func.count(FairSeries.id)))) == (200, 0)
    assert "2027-01-03" in ticked(again)


def test_nothing_ticked_and_nothing_typed_is_said_beside_the_field(desk):
    look = desk.post("/desk/series/new", data=TYPED)
    none = desk.post("/desk/series/new", data=typed(look, days=None))
    bare = desk.post("/desk/series/new", data={"goes_by": "weekly"})
    tails = desk.post("/desk/series/new", data=TYPED | {"goes_by": "monthly"})
    market = desk.post("/desk/series/new", data=TYPED | {"goes_by": "market"})
    long = desk.post("/desk/series/new", data=TYPED | {"weekdays": ["1", "2", "3", "4", "5"], "last": "2027-12-31"})

    assert (none.status_code, "请至少勾选一天。" in none.text) == (422, True)
    assert (bare.status_code, "请勾选星期几。" in bare.text, "请填名称。" in bare.text) == (422, True, True)
    assert ("请勾选逢几。" in tails.text, "请选一个集。" in market.text) == (True, True)
    assert (long.status_code, "一次最多排120天" in long.text) == (422, True)


def test_a_series_goes_with_a_market(desk, session, willow):
    told = TYPED | {"goes_by": "market", "market": "liuhe", "kind": "market_fair", "place": "集市入口", "outdoor": "y"}
    look = desk.post("/desk/series/new", data=told | {"first": "2026-11-24", "last": "2026-12-01"})

    assert ticked(look) == ["2026-11-24", "2026-11-27", "2026-12-01"]
    assert desk.post("/desk/series/new", data=typed(look)).status_code == 303
    assert {fair.market_id for fair in session.scalars(select(Fair))} == {willow.id}
    assert "柳河镇农历逢三、六、九" in desk.get("/desk/series/").text


def test_a_day_that_cannot_be_had_is_named_and_the_others_are_made(desk, session):
    clash = FairFactory(number=900, title="女工专场", place="县人力资源市场", starts_at=NOW + timedelta(days=40))
    session.commit()
    look = desk.post("/desk/series/new", data=TYPED)

    desk.post("/desk/series/new", data=typed(look))
    page = desk.get("/desk/series/1")

    assert "2027年1月2日 周六没有排：“县人力资源市场”" in page.text
    assert clash.title in page.text
    assert session.scalar(select(func.count(Fair.id))) == 5


def test_several_drafts_are_published_at_once_and_the_others_named(desk, session):
    look = desk.post("/desk/series/new", data=TYPED | {"outdoor": ""})
    desk.post("/desk/series/new", data=typed(look))
    rows = session.scalars(select(Fair).order_by(Fair.starts_at)).all()
    for booth in booths.of_fair(session, rows[1]):
        booths.remove(session, booth, by=None, now=NOW)
    slugs = [fair.slug for fair in rows[:3]]

    answer = desk.post("/desk/series/1/publications", data={"fair": slugs})
    page = desk.get("/desk/series/1")

    assert answer.status_code == 303
    assert "发布了2场" in page.text
    assert "2027年1月9日 周六没有发布：还不能发布，缺：展位。" in page.text
    assert [fair.state for fair in session.scalars(select(Fair).order_by(Fair.starts_at))] == [
        "published",
        "draft",
        "published",
        "draft",
        "draft",
    ]
    assert desk.post("/desk/series/1/publications", data={}).status_code == 303
    assert "请先勾选" in desk.get("/desk/series/1").text


def test_one_fair_is_held_again_on_another_day(desk, session):
    fair = FairFactory(number=900, kind="gig_fair", contact_name="王", contact_phone="0990-1")
    BoothFactory(fair=fair)
    path = f"/desk/fairs/{fair.slug}/copies"

    page = desk.get(path)
    answers = [desk.post(path, data=typed(page, day="2026-12-05")) for _ in range(2)]

    assert "1个展位" in page.text
    twin = session.scalars(select(Fair).where(Fair.id != fair.id)).one()
    assert {answer.location for answer in answers} == {f"/desk/fairs/{twin.slug}"}
    assert (twin.title, twin.state, len(booths.of_fair(session, twin))) == (fair.title, "draft", 1)
    refused = desk.post(path, data=typed(page, day="2026-11-01"))
    assert (refused.status_code, "已经过去" in refused.text) == (422, True)


def test_what_is_no_series_is_not_found(desk):
    assert [desk.get("/desk/series/9").status_code, desk.post("/desk/series/9/publications").status_code] == [404, 404]
