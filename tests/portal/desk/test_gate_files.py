"""The desk takes in a phone's saved file: chosen, looked at, confirmed; wrong ones are told beside the field."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from flask.testing import FlaskClient

from scheduling import gate
from scheduling.models import Deed, GateDevice, GateItem
from tests.factories import COUNTY, NOW
from tests.gate_world import hand_in, joined, lay_out
from tests.scheduling.gate.test_reports import item
from tests.scheduling.gate.test_saved import UNKNOWN, written


@pytest.fixture
def world(session):
    lay_out(session)


def chosen(desk, raw: bytes, **more):
    head = 'Content-Disposition: form-data; name="file"; filename="songgang-abc123-3.json"'
    body = b"--edge\r\n" + head.encode() + b"\r\n\r\n" + raw + b"\r\n--edge--\r\n"
    return desk.post("/desk/gate/files/new", data=body, content_type="multipart/form-data; boundary=edge", **more)


def confirmed(desk, page: str):
    digest = re.search(r'name="digest"[^>]*value="(\w+)"', page)[1]
    return desk.post("/desk/gate/files/check", data={"digest": digest}, follow_redirects=True)


def test_a_file_is_looked_at_confirmed_and_told_what_became_of_it(desk, session, clerk, world):
    device, _ = joined(session, label="西门1号")
    hand_in(session, device, [item(1)])
    raw = written(device, [item(1), item(2, "li"), item(3, kind="dance"), item(4, event="fair/99")])

    looked = chosen(desk, raw, follow_redirects=True).text
    assert session.query(GateItem).count() == 1
    done = confirmed(desk, looked).text

    assert all(words in looked for words in ("西门1号", "4条（扫码 3、看不出 1）", "没有这场", "确认，收下这4条"))
    assert all(words in done for words in ("西门1号", "内容不全：1条", "没有这场：1条"))
    assert re.findall(r'figure-value">(\d+)', done) == ["1", "1", "2"]
    assert session.query(Deed).filter_by(what="gate.file_taken", by_id=clerk.id).count() == 1
    # a form has a token with the time in it
    pages = [desk.get(f"/desk/gate/files/{room}", follow_redirects=True).text for room in ("check", "done")]
    first, second = (
        re.sub(r'value="[\w-]+\.[\w-]+\.[\w-]+"', "", page) for page in pages
    )  # a form's token has the time
    assert first == second


def test_a_file_of_a_phone_nobody_knows_is_said_to_be_and_kept(desk, session, world):
    looked = chosen(desk, written(UNKNOWN, [item(1)]), follow_redirects=True).text
    done = confirmed(desk, looked).text

    assert "本县没有邀请过这部手机" in looked
    assert "不认识这部手机：1条" in done
    assert session.query(GateItem).one().why == "device_unknown"
    assert "不认识" in desk.get("/desk/gate/").text


def test_a_phone_shut_out_is_said_to_be(desk, session, world):
    device, _ = joined(session)
    gate.revoke(session, device, by=None, now=NOW)

    assert "这部手机已停用" in chosen(desk, written(device, [item(1)]), follow_redirects=True).text


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "这个文件里没有记录"),
        (b"<!doctype html><h1>404</h1>", "这是一个网页，不是签到文件"),
        (b'{"device": {"id": "1"}, "items": [', "文件只有一半"),
        (b'{"sealed": ["AAAA"], "key": "BA"}', "不是本县签到手机存的"),
        (b"PK\x03\x04 a workbook", "这不是签到手机存的文件"),
        (b'{"type": "FeatureCollection"}', "这不是签到手机存的文件"),
    ],
)
def test_what_is_no_file_of_a_phone_is_told_beside_the_field(desk, session, world, raw, words):
    page = chosen(desk, raw)

    assert page.status_code == 422
    assert words in re.search(r'id="file-error">(.*?)</p>', page.text, re.DOTALL)[1]
    assert session.query(GateItem).count() == 0


def test_no_file_at_all_is_asked_for(desk, world):
    page = desk.post("/desk/gate/files/new", data={}, content_type="multipart/form-data")

    assert (page.status_code, "请选一个文件" in page.text) == (422, True)


@pytest.mark.parametrize("megabytes", [11, 50])
def test_a_film_is_not_opened_and_told_beside_the_field(desk, world, megabytes):
    page = chosen(desk, b"x" * megabytes * 1024 * 1024)

    assert page.status_code == 413
    assert "文件超过10MB" in re.search(r'id="file-error">(.*?)</p>', page.text, re.DOTALL)[1]


def test_strangers_are_told_no_more_of_a_film_than_of_anything_else(app, phone, world):
    app.config["WTF_CSRF_ENABLED"] = True  # which reads what is sent before the door asks who it is
    try:
        page = chosen(phone, b"x" * 13 * 1024 * 1024)
    finally:
        app.config["WTF_CSRF_ENABLED"] = False

    assert (page.status_code, "收手机存的文件" in page.text) == (413, False)


def test_what_another_tab_chose_meanwhile_is_shown_and_not_taken(desk, session, world):
    device, _ = joined(session)
    first = chosen(desk, written(device, [item(1)]), follow_redirects=True).text
    chosen(desk, written(device, [item(1), item(2, "li")]))

    page = confirmed(desk, first).text

    assert "确认，收下这2条" in page
    assert session.query(GateItem).count() == 0


@pytest.mark.parametrize("page", ["check", "done"])
def test_without_a_file_the_way_leads_to_choosing_one(desk, world, page):
    assert desk.get(f"/desk/gate/files/{page}").headers["Location"] == "/desk/gate/files/new"


def test_the_event_names_what_a_file_left_aside(desk, session, world):
    confirmed(desk, chosen(desk, written(UNKNOWN, [item(1)]), follow_redirects=True).text)

    page = desk.get("/desk/gate/events/fair/7").text
    assert ("不认识这部手机" in page, "…00dead" in page) == (True, True)
    assert gate.find_event(session, COUNTY, "fair/7").title in page


def test_two_desks_hand_in_the_same_file_at_once_and_it_is_kept_once(app, session, signed_in, clerk, world):
    """On PostgreSQL both write at the same moment; whoever comes second gives way and looks again."""
    raw = written(UNKNOWN, [item(n, kind="walk_in") for n in range(1, 301)])
    desks = [signed_in(clerk) for _ in range(3)]
    for each in desks:
        chosen(each, raw)
    looked = [re.search(r'value="(\w{12})"', each.get("/desk/gate/files/check").text)[1] for each in desks]
    at_once = Barrier(len(desks))

    def confirm(each, digest):
        plain = FlaskClient(app, app.response_class)  # not ours, which commits what a test arranged
        plain._cookies = each._cookies
        at_once.wait()
        return plain.post("/desk/gate/files/check", data={"digest": digest}).status_code

    with ThreadPoolExecutor(len(desks)) as pool:
        answers = list(pool.map(confirm, desks, looked))

    assert answers == [303] * 3
    assert (session.query(GateItem).count(), session.query(GateDevice).count()) == (300, 1)
    assert session.query(Deed).filter_by(what="gate.file_taken").count() == 2
