"""Tours of the vans at the desk, and what their stops say to the public."""

from datetime import timedelta

import pytest

from scheduling import tours, vans
from tests.factories import COUNTY, NOW
from tests.forms import typed
from tests.scheduling.test_tours import DAY, make, stop


@pytest.fixture
def van(session):
    return vans.keep(session, COUNTY, None, name="一号车", range_minutes=90, minutes={}, by=None, now=NOW)


def test_a_tour_is_made_from_the_stops_of_a_day(desk, session, van):
    first, second = stop("甲村", slug="jia"), stop("乙村", 2, slug="yi")
    page = desk.get(f"/desk/tours/new?day={DAY}")
    form = {"day": DAY.isoformat(), "name": "北线", "van": str(van.id), "stops": ["yi", "jia"]}
    answer = desk.post("/desk/tours/new", data=form)
    shown = desk.get(answer.location)

    assert "9:00–10:00 甲村大篷车，甲村" in page.text
    assert answer.status_code == 303
    ((tour, stops),) = tours.of_county(session, COUNTY)
    assert (stops, shown.text.index("甲村") < shown.text.index("乙村")) == ([first, second], True)
    assert ("甲村 → 乙村" in desk.get("/desk/tours/").text, tour.name in desk.get("/desk/tours/").text) == (True, True)
    assert 'href="/desk/tours/"' in desk.get("/desk/vans/").text


def test_what_is_wrong_is_said_and_what_was_typed_is_kept(desk, van):
    stop("甲村", slug="jia", ends_at=NOW + timedelta(days=3, hours=3))
    stop("乙村", 1, slug="yi")
    form = {"day": DAY.isoformat(), "name": "北线", "van": str(van.id)}

    none = desk.post("/desk/tours/new", data=form)
    both = desk.post("/desk/tours/new", data={**form, "stops": ["jia", "yi"]})

    assert (none.status_code, "请至少选一站。" in none.text, 'value="北线"' in none.text) == (422, True, True)
    assert (both.status_code, "时间重叠，一辆车赶不了两站" in both.text) == (422, True)


def test_a_day_without_stops_says_what_to_do_first(desk):
    assert "没有大篷车站点" in desk.get("/desk/tours/new?day=2026-12-31").text


def test_the_way_is_changed(desk, session, van):
    first, second = stop("甲村", slug="jia"), stop("乙村", 2, slug="yi")
    tour = make(session, van, first)
    page = desk.get(f"/desk/tours/{tour.id}")

    answer = desk.post(f"/desk/tours/{tour.id}", data={"stops": ["yi"]})

    assert typed(page)["stops"] == ["jia"]
    assert (answer.status_code, tours.stops_of(session, tour)) == (303, [second])


def test_each_stop_says_to_the_public_which_tour_it_is_on_and_where_the_van_goes_next(phone, session, van):
    make(session, van, stop("甲村", slug="jia"), stop("乙村", 2, slug="yi"), stop("丙村", 4, slug="bing"))

    first, last = phone.get("/fairs/jia").text, phone.get("/fairs/bing").text

    assert "大篷车这天的路线：北线" in first
    assert 'href="/fairs/yi">乙村</a>（下一站）' in first
    assert "甲村（就是这一站）" in first
    assert "（下一站）" not in last
