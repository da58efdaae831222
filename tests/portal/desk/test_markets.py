from datetime import date, time

import pytest
from sqlalchemy import select

from scheduling import markets
from scheduling.models import Deed, Market, MarketException
from tests.factories import COUNTY, NOW, MarketFactory, TownshipFactory


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


def test_a_rule_is_saved_only_after_its_days_were_seen(desk, session, clerk, willow):
    asked = desk.post("/desk/markets/liuhe/rules", data={"rule_text": "农历逢二五八"})
    before = session.get(Market, willow.id).rule_text
    saved = desk.post("/desk/markets/liuhe/rules", data={"rule_text": "农历逢二五八", "seen": "农历逢二五八"})

    assert asked.status_code == 200
    assert [day in asked.text for day in ("2026-11-26", "2026-11-30", "十月十八", "十月廿二")] == [True] * 4
    assert before == "农历逢三六九"
    assert (saved.status_code, saved.location) == (303, "/desk/markets/liuhe")
    assert session.get(Market, willow.id).rule_text == "农历逢二五八"
    assert session.scalars(select(Deed).order_by(Deed.id.desc())).first().by_id == clerk.id


@pytest.mark.parametrize("seen", [None, "农历逢一四七"])
def test_a_rule_whose_days_were_not_seen_is_shown_first(desk, session, willow, seen):
    page = desk.post("/desk/markets/liuhe/rules", data={"rule_text": ""} | ({"seen": seen} if seen else {}))

    assert (page.status_code, "没有固定的集日" in page.text) == (200, True)
    assert session.get(Market, willow.id).rule_text == "农历逢三六九"


def test_a_rule_that_cannot_be_read_is_explained_and_kept(desk, session, willow):
    page = desk.post("/desk/markets/liuhe/rules", data={"rule_text": "农历逢三；看情况"})

    assert page.status_code == 422
    assert ("看不懂“看情况”" in page.text, 'value="农历逢三；看情况"' in page.text) == (True, True)


def test_a_different_day_is_added_shown_and_taken_back(desk, session, willow):
    added = desk.post(
        "/desk/markets/liuhe/exceptions", data={"kind": "drop_date", "day": "2026-11-27", "reason": "春节休市"}
    )
    row = session.scalars(select(MarketException)).one()
    shown = desk.get("/desk/markets/liuhe")
    path = f"/desk/markets/liuhe/exceptions/{row.id}/withdrawal"
    refused = desk.post(path, data={"reason": ""})
    answers = [desk.post(path, data={"reason": "照常逢集"}).status_code for _ in range(2)]

    assert (added.status_code, "春节休市" in shown.text, path in shown.text) == (303, True, True)
    assert (refused.status_code, answers) == (422, [303, 303])
    assert session.scalars(select(MarketException)).all() == []
    assert desk.get(path).status_code == 404


@pytest.mark.parametrize(
    ("typed", "status", "words"),
    [
        ({"day": "2026-11-25"}, 422, "柳河镇11月25日 周三本来就不逢集，下一个集是11月27日 周五，请核对日期。"),
        ({"kind": "add_date"}, 422, "柳河镇11月24日 周二本来就逢集，请核对日期。"),
        ({"kind": "move"}, 422, "请选挪到哪天。"),
        ({"kind": ""}, 422, "请选一种。"),
        ({"reason": ""}, 422, "请写明原因。"),
        ({"day": "2200-01-01"}, 422, "请核对年份"),
    ],
)
def test_a_different_day_that_makes_no_sense_is_explained(desk, session, willow, typed, status, words):
    given = {"kind": "drop_date", "day": "2026-11-24", "reason": "修路", **typed}

    page = desk.post("/desk/markets/liuhe/exceptions", data=given)

    assert (page.status_code, words in page.text) == (status, True)
    assert session.scalars(select(MarketException)).all() == []


@pytest.mark.parametrize("typed", ["27日", "2200-01-01"])
def test_where_no_day_moves_what_was_typed_as_the_new_day_is_no_mistake(desk, session, willow, typed):
    given = {"kind": "drop_date", "day": "2026-11-24", "moved_to": typed, "reason": "修路"}

    page = desk.post("/desk/markets/liuhe/exceptions", data=given)

    assert page.status_code == 303
    assert session.scalars(select(MarketException.moved_to)).all() == [None]


def test_an_exception_of_another_market_is_not_found_here(desk, session, willow):
    other = MarketFactory(slug="qingquan")
    row = markets.add_exception(
        session, willow, kind="drop_date", day=date(2026, 11, 24), reason="修路", by=None, now=NOW
    )

    assert desk.get(f"/desk/markets/{other.slug}/exceptions/{row.id}/withdrawal").status_code == 404
    desk.post(f"/desk/markets/{other.slug}/exceptions/{row.id}/withdrawal", data={"reason": "试试"})
    assert len(session.scalars(select(MarketException)).all()) == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_often_for_three_markets_as_for_one(desk, session, queries, rows):
    for _ in range(rows):
        MarketFactory()
    session.commit()

    with queries() as asked:
        page = desk.get("/desk/markets/")

    assert page.status_code == 200
    assert [sum(f"FROM {table}" in one for one in asked) for table in ("markets", "market_rules")] == [1, 1]


def test_a_market_nobody_opened_is_not_found(desk):
    assert [desk.get(f"/desk/markets/none{path}").status_code for path in ("", "/rules", "/exceptions")] == [404] * 3
