"""The desk's room for phones at the gate: inviting, shutting out, how an event stands, closing it, its table."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta

import pytest

from scheduling import gate
from scheduling.models import Fair, GateClosing, GateInvitation
from tests.factories import COUNTY, NOW, ClassFactory, FairFactory, SessionFactory
from tests.gate_world import hand_in, joined, lay_out
from tests.scheduling.gate.test_reports import item


@pytest.fixture
def world(session):
    lay_out(session)


def test_a_phone_is_invited_and_its_code_is_shown_this_once(desk, session, world):
    page = desk.post("/desk/gate/", data={"scope": ["fair/7", "class/3"]})

    assert (page.status_code, page.headers["Cache-Control"]) == (200, "no-store")
    assert "请用要扫码的手机扫这个码" in page.text
    row = session.query(GateInvitation).one()
    assert row.scope == ["class/3", "fair/7"]
    assert row.token_hash not in page.text
    assert "请用要扫码的手机扫这个码" not in desk.get("/desk/gate/").text


@pytest.mark.parametrize("scope", [[], ["fair/99"], ["fair/7", "everything"]])
def test_what_is_not_on_is_not_to_be_scanned(desk, session, world, scope):
    page = desk.post("/desk/gate/", data={"scope": scope})

    assert page.status_code == 422
    assert session.query(GateInvitation).count() == 0


def test_a_lost_phone_is_shut_out(desk, session, world):
    device, _ = joined(session, label="丢了的")

    page = desk.post(f"/desk/gate/devices/{device.id}/revocation", follow_redirects=True)

    assert "已停用" in page.text
    assert gate.find(session, COUNTY, device.id).revocation is not None


def test_a_phone_is_listed_by_the_title_of_what_it_scans_whenever_that_is_now(desk, session, world):
    joined(session, scope=["fair/7", "class/3"])
    fair = session.query(Fair).filter_by(number=7).one()
    fair.starts_at, fair.ends_at = fair.starts_at + timedelta(days=30), fair.ends_at + timedelta(days=30)
    session.commit()

    page = desk.get("/desk/gate/").text

    assert "焊工一班、柳河镇赶集招聘" in page
    assert "fair/7" not in page


def test_an_event_shows_what_is_missing_and_whom_two_phones_let_in(desk, session, world):
    (east, _), (west, _) = joined(session, label="东门"), joined(session, label="西门")
    hand_in(session, east, [item(1), item(4, "li"), item(5, kind="dance")])
    hand_in(session, west, [item(1, of="b"), item(2, "li", of="b", at="1970-01-01T00:00:00Z", offset=None)])

    page = desk.get("/desk/gate/events/fair/7").text

    assert "缺2条" in page
    assert "2–3" in page
    assert "王*芳" in page
    assert "王秀芳" not in page
    assert "内容不全" in page
    assert "有1条的手机时间不对" in page


def test_an_event_shows_what_was_scanned_before_its_gate_opened(desk, session, world):
    device, _ = joined(session)
    hand_in(session, device, [item(1)], now=NOW - timedelta(days=1))

    page = desk.get("/desk/gate/events/fair/7").text

    assert "有1条是开门前扫的" in page
    assert "手机时间不对" not in page


def test_the_counts_follow_and_the_page_asks_for_itself_without_a_script(desk, session, world):
    device, _ = joined(session)
    hand_in(session, device, [item(1), item(2, kind="walk_in")])

    assert 'http-equiv="refresh"' in desk.get("/desk/gate/events/fair/7").text
    told = desk.get("/desk/gate/counts/fair/7")
    assert told.json["say"] == "来了2人，场内1人"
    assert desk.get("/desk/gate/counts/fair/7", headers={"If-None-Match": told.headers["ETag"]}).status_code == 304


def test_a_gate_is_closed_with_a_reason(app, session, signed_in, clerk, world):
    device, _ = joined(session)
    hand_in(session, device, [item(2)])
    app.config["CLOCK"] = lambda: NOW + timedelta(hours=4)
    try:
        desk = signed_in(clerk)
        refused = desk.post("/desk/gate/events/fair/7", data={"reason": ""})
        closed = desk.post("/desk/gate/events/fair/7", data={"reason": "手机坏了"}, follow_redirects=True)
    finally:
        app.config["CLOCK"] = lambda: NOW

    assert (refused.status_code, "还有1条记录在手机里没传上来" in refused.text) == (409, True)
    assert "缺1条。 手机坏了" in closed.text
    assert session.query(GateClosing).one().by_id == clerk.id


def test_the_table_has_everything_and_no_formula(desk, session, world):
    device, _ = joined(session, label="=1+1")
    hand_in(session, device, [item(1), item(3, kind="dance")])

    answer = desk.get("/desk/gate/reports/fair/7.csv")

    rows = list(csv.reader(io.StringIO(answer.data.decode("utf-8-sig"))))
    assert [row[0] for row in rows] == ["什么", "放在一边", "没传上来"]
    assert [row[1] for row in rows[1:]] == ["'=1+1"] * 2
    assert rows[2][2] == "2–2"


@pytest.mark.parametrize("name", ["fair/99", "class/3/9", "x", "fair/7/1"])
def test_there_is_no_such_event(desk, world, name):
    assert desk.get(f"/desk/gate/events/{name}").status_code == 404
    assert desk.get(f"/desk/gate/counts/{name}").status_code == 404
    assert desk.get(f"/desk/gate/reports/{name}.csv").status_code == 404


def test_a_page_of_an_event_asks_as_often_with_many_rows(desk, session, world, queries):
    device, other = joined(session)[0], joined(session)[0]
    desk.get("/desk/gate/events/fair/7")
    hand_in(session, device, [item(1), item(2, kind="dance")])
    hand_in(session, other, [item(1, of="b")])
    with queries() as few:
        desk.get("/desk/gate/events/fair/7")
    for number, who in enumerate(("li", "found", "rotated", "late", "booth"), 2):
        hand_in(session, device, [item(number + 10, who), item(number + 60, kind="dance")])
        hand_in(session, other, [item(number + 10, who, of="b")])
        joined(session)
    session.commit()
    with queries() as many:
        desk.get("/desk/gate/events/fair/7")

    assert len(many) <= len(few) + 3  # enterprises and booths, where there are any


def test_the_screen_changes_every_minute(app, desk, session, world):
    def drawn(address: str) -> str:
        return re.search(r'stroke="#000" d="([^"]+)"', desk.get(address).text)[1]

    first = drawn("/desk/gate/screens/fair-7")
    app.config["CLOCK"] = lambda: NOW + timedelta(minutes=1)
    try:
        assert drawn("/desk/gate/screens/fair-7") != first
    finally:
        app.config["CLOCK"] = lambda: NOW
    assert "html" in desk.get("/desk/gate/screens/fair-7/now").json


def lesson(number: int, **more):
    row = ClassFactory(number=number, slug=f"class-{number}", title=f"焊工班{number}期", starts_on=NOW.date(), **more)
    return SessionFactory(training_class=row, class_id=row.id, number=2, starts_at=NOW, room="焊接车间")


def test_todays_lessons_stand_among_the_fairs_and_lead_to_their_gate(desk, session, world):
    lesson(11)

    page = desk.get("/desk/gate/").text
    assert 'href="/desk/gate/events/class/11/2">焊工班11期 第2次课</a>' in page
    assert 'href="/desk/gate/events/fair/7"' in page
    event = desk.get("/desk/gate/events/class/11/2").text
    assert "现场核验：焊工班11期 第2次课" in event
    assert "学员凭码签到" in event
    assert "自己签到的大屏" not in event


def test_a_search_narrows_the_gates_and_what_a_phone_is_invited_to(desk, session, world):
    lesson(11)
    lesson(12)

    page = desk.get("/desk/gate/?q=12期&kind=class").text
    assert re.findall(r"/desk/gate/events/([\w/]+)", page) == ["class/12/2"]
    assert re.findall(r'name="scope"[^>]*value="([\w/]+)"', page) == ["class/12"]
    assert "没有找到" in desk.get("/desk/gate/?q=没有这个班").text


def test_many_gates_stand_on_several_pages(desk, session, world):
    for number in range(11, 36):
        lesson(number)

    pages = [desk.get(f"/desk/gate/?kind=class&page={page}").text for page in ("1", "2", "99", "-1", "x")]
    shown = [len(re.findall(r"/desk/gate/events/", page)) for page in pages]
    assert shown[0] == shown[3] == shown[4] == 20
    assert shown[1] == shown[2] < 20
    assert "第1页 共2页" in pages[0]


@pytest.mark.parametrize("rows", [1, 9])
def test_the_list_of_gates_asks_as_often_for_nine_as_for_one(desk, session, queries, rows):
    for number in range(rows):
        lesson(number + 11)
        FairFactory(starts_at=NOW)
        joined(session, scope=[f"class/{number + 11}"])
    desk.get("/desk/gate/")
    with queries() as asked:
        desk.get("/desk/gate/")

    assert len(asked) <= 8


def test_the_report_of_a_lesson_is_a_table_too(desk, session, world):
    lesson(11)

    assert desk.get("/desk/gate/reports/class/11/2.csv").mimetype == "text/csv"
