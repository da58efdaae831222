"""The pages of vans and staff: what was typed is kept, what cannot be is explained."""

import pytest
from sqlalchemy import select

from scheduling.models import StaffMember, Van
from tests.factories import TownshipFactory

VAN = {
    "name": "1号大篷车",
    "range_minutes": "60",
    "minutes": "柳河镇 25\n石桥铺镇30",
    "unavailable": "2026-12-01、2026-12-02",
}
MEMBER = {"name": "周带队", "township": "", "leads": "y", "rest_weekdays": ["1", "7"], "max_days_a_week": "3"}


@pytest.fixture(autouse=True)
def towns(session):
    """Two townships."""
    return [TownshipFactory(name=name, code=code) for name, code in (("柳河镇", "990102"), ("石桥铺镇", "990103"))]


def test_a_van_is_typed_in_as_people_speak(desk, session):
    page = desk.post("/desk/vans/new", data=VAN)

    van = session.scalars(select(Van)).one()
    assert (page.status_code, page.location) == (303, "/desk/vans/")
    assert (van.minutes, van.range_minutes) == ({"990102": 25, "990103": 30}, 60)
    assert van.unavailable == ["2026-12-01", "2026-12-02"]
    assert "2个乡镇，共2个" in desk.get("/desk/vans/").text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"name": ""}, "请填名称"),
        ({"minutes": "月亮镇 30"}, "看不懂“月亮镇 30”"),
        ({"minutes": "柳河镇 很远"}, "看不懂“柳河镇 很远”"),
        ({"unavailable": "明天"}, "看不懂“明天”"),
        ({"range_minutes": "0"}, "请填1到600之间的整数"),
    ],
)
def test_what_no_van_can_be_is_explained_and_kept(desk, session, typed, words):
    page = desk.post("/desk/vans/new", data=VAN | typed)

    assert (page.status_code, words in page.text, "石桥铺镇30" in page.text or "minutes" in typed) == (422, True, True)
    assert session.scalars(select(Van)).all() == []


def test_a_second_van_of_the_same_name_is_refused_beside_the_name(desk, session):
    desk.post("/desk/vans/new", data=VAN)

    page = desk.post("/desk/vans/new", data=VAN | {"range_minutes": "90"})

    assert (page.status_code, "已经有一辆车叫“1号大篷车”" in page.text) == (409, True)


def test_a_van_is_shown_as_it_was_typed_and_taken_out_of_service(desk, session):
    desk.post("/desk/vans/new", data=VAN)
    van = session.scalars(select(Van)).one()

    page = desk.get(f"/desk/vans/{van.id}")
    desk.post(f"/desk/vans/{van.id}/retirement")

    assert ("柳河镇 25\n石桥铺镇 30" in page.text, "2026-12-01\n2026-12-02" in page.text) == (True, True)
    assert "还没有大篷车" in desk.get("/desk/vans/").text


def test_somebody_is_written_down_with_their_days(desk, session, towns):
    page = desk.post("/desk/staff/new", data=MEMBER | {"township": str(towns[0].id), "unavailable": "2026-12-24"})

    member = session.scalars(select(StaffMember)).one()
    assert (page.location, member.township_id, member.leads) == ("/desk/staff/", towns[0].id, True)
    assert (member.rest_weekdays, member.unavailable) == (["1", "7"], ["2026-12-24"])
    listed = desk.get("/desk/staff/").text
    assert [words in listed for words in ("周带队", "柳河镇", "周一、周日", "2026-12-24")] == [True] * 4


def test_a_name_twice_is_refused_and_somebody_gone_is_not_listed(desk, session):
    desk.post("/desk/staff/new", data=MEMBER)
    member = session.scalars(select(StaffMember)).one()

    refused = desk.post("/desk/staff/new", data=MEMBER | {"max_days_a_week": "2"})
    desk.post(f"/desk/staff/{member.id}/leaving")

    assert (refused.status_code, "名单上已经有“周带队”" in refused.text) == (409, True)
    assert "周带队" not in desk.get("/desk/staff/").text
