"""The desk's switch: may phones at this event's gate find people by name."""

from __future__ import annotations

from datetime import timedelta

import pytest

from scheduling.models import Deed, GateSearch
from tests.factories import NOW
from tests.gate_world import lay_out

PAGE, SWITCH = "/desk/gate/events/fair/7", "/desk/gate/searches/fair/7"


@pytest.fixture
def world(session):
    lay_out(session)
    session.commit()


def test_it_is_off_until_somebody_allows_it_and_says_what_that_means(desk, session, world):
    page = desk.get(PAGE).text

    assert session.query(GateSearch).count() == 0
    assert "手机丢了，可能被人看到" in page
    assert "允许按姓查找" in page
    assert "不再允许" not in page


def test_it_is_allowed_and_stopped_by_one_button(desk, session, world, clerk):
    allowed = desk.post(SWITCH, data={"allowed": "yes"}, follow_redirects=True)
    assert "允许了。核验手机下次连上网，就能按姓查找。" in allowed.text
    assert "不再允许" in allowed.text
    assert session.query(GateSearch).one().by_id == clerk.id

    stopped = desk.post(SWITCH, data={"allowed": "no"}, follow_redirects=True)
    assert "名单里的姓名就清掉" in stopped.text
    session.rollback()
    assert session.query(GateSearch).count() == 0
    assert {deed.by_id for deed in session.query(Deed).filter(Deed.what.like("gate.search%"))} == {clerk.id}


def test_on_a_lessons_page_it_is_said_that_the_whole_class_is_meant(desk, session, world):
    assert "这个班每次课都一样。" in desk.get("/desk/gate/events/class/3/1").text
    assert "这个班每次课都一样。" not in desk.get(PAGE).text

    desk.post("/desk/gate/searches/class/3/1", data={"allowed": "yes"})
    assert session.query(GateSearch).one().fair_id is None


def test_once_it_is_over_there_is_nothing_to_allow(app, signed_in, clerk, world):
    app.config["CLOCK"] = lambda: NOW + timedelta(hours=4)
    try:
        assert "按姓查找" not in signed_in(clerk).get(PAGE).text
    finally:
        app.config["CLOCK"] = lambda: NOW


@pytest.mark.parametrize("name", ["fair/99", "class/3/9", "x", "fair/7/1"])
def test_there_is_no_such_event(desk, world, name):
    assert desk.post(f"/desk/gate/searches/{name}", data={"allowed": "yes"}).status_code == 404
