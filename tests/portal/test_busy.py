"""A calendar taken in at the desk or a school: chosen, looked through, unticked, confirmed; mistakes are explained."""

from __future__ import annotations

from io import BytesIO

import pytest
from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from scheduling import accounts, schools, vans, venues
from scheduling.models import BusyTime, Draft
from tests.factories import COUNTY, NOW, AccountFactory, SchoolFactory
from tests.forms import typed
from tests.scheduling.calendar_files import event, ics

WEEKLY = event(
    "RRULE:FREQ=WEEKLY;COUNT=5", uid="weekly", summary="排练", starts="20261207T090000", ends="20261207T110000"
)
ONCE = event(uid="once", summary="<b>球赛</b>", starts="20261210T140000", ends="20261210T170000")
FREE = event("TRANSP:TRANSPARENT", uid="free", summary="提醒", starts="20261211T140000", ends="20261211T150000")
HOURLY = event("RRULE:FREQ=HOURLY", uid="hourly", summary="巡查")
FILE = ics(*WEEKLY, *ONCE, *FREE, *HOURLY)


@pytest.fixture
def gym(session):
    row = venues.settle(session, COUNTY, name="县体育馆", township_id=None, by=None, now=NOW)
    return f"/desk/busy/venue/{row.id}"


@pytest.fixture
def school(session):
    return SchoolFactory()


@pytest.fixture
def wei(session, school):
    told = {"name": "魏师傅", "trades": ["焊工"], "kinds": ["theory"], "by": None, "now": NOW}
    return schools.settle_teacher(session, school, **told)


@pytest.fixture
def office(session, school, signed_in):
    account = AccountFactory(school_id=school.id)
    accounts.grant(session, account, "school", by=None, now=NOW)
    return signed_in(account)


def hand_in(client, page, content, name="calendar.ics"):
    """Choose a file and press the button; the body is made here, for a client's own lies in a temporary file."""
    file = FileStorage(BytesIO(content), filename=name, content_type="text/calendar")
    boundary, body = encode_multipart({"file": file})
    return client.post(page, data=body, content_type=f'multipart/form-data; boundary="{boundary}"')


def titles(session):
    return sorted(session.scalars(select(BusyTime.title)))


def test_a_file_is_shown_first_and_only_what_stays_ticked_is_taken_in(desk, session, gym):
    answer = hand_in(desk, gym, FILE)
    page = desk.get(answer.location)

    assert (answer.status_code, answer.location, titles(session)) == (303, f"{gym}/check", [])
    shown = (
        "排练：重复5次",
        "12月7日 周一 9:00–11:00",
        "&lt;b&gt;球赛",
        "有空",
        "巡查",
        "每小时或更快地重复",
    )
    assert [words for words in shown if words not in page.text] == []
    ticked = typed(page)
    assert sorted(ticked["keep"]) == ["0", "1", "3", "4", "5", "6"]  # not what its owner calls free
    ticked["keep"].remove("3")
    done = desk.post(answer.location, data=ticked)
    assert (done.location, titles(session)) == (gym, ["<b>球赛</b>", "排练", "排练", "排练", "排练"])
    assert session.scalars(select(Draft)).all() == []
    assert "新占5次" in desk.get(gym).text


def test_the_same_file_again_changes_nothing(desk, session, gym):
    for _time in range(2):
        check = hand_in(desk, gym, ics(*ONCE)).location
        page = desk.get(check)
        if "导入勾上的" in page.text:
            desk.post(check, data=typed(page))

    assert "全都已经导入过" in page.text
    assert titles(session) == ["<b>球赛</b>"]


def test_a_time_in_another_year_says_so(desk, gym):
    years = [event(uid=str(year), starts=f"{year}1220T090000", ends=f"{year}1220T110000") for year in (2026, 2027)]
    page = desk.get(hand_in(desk, gym, ics(*years[0], *years[1])).location).text

    assert ("12月20日 周日 9:00–11:00" in page, "2027年12月20日 周一 9:00–11:00" in page) == (True, True)
    assert "2026年12月20日" not in page


def test_a_form_sent_twice_is_taken_in_once(desk, session, gym):
    check = hand_in(desk, gym, ics(*ONCE)).location
    ticked = typed(desk.get(check))

    assert [desk.post(check, data=ticked).status_code for _time in range(2)] == [303, 410]
    assert titles(session) == ["<b>球赛</b>"]


def test_as_many_lines_as_may_be_are_ticked_at_once(desk, session, gym):
    days = [
        event("RRULE:FREQ=DAILY;COUNT=399", uid=f"d{hour}", starts=f"20261124T{hour}0000", ends=f"20261124T{hour}3000")
        for hour in range(10, 15)
    ]
    check = hand_in(desk, gym, ics(*(line for lines in days for line in lines))).location

    done = desk.post(check, data=typed(desk.get(check)))

    assert (done.status_code, len(titles(session))) == (303, 1995)


def test_a_cookie_holds_the_way_to_a_few_drafts_only(desk, session):
    for number in range(8):
        row = venues.settle(session, COUNTY, name=f"{number}号厅", township_id=None, by=None, now=NOW)
        last = hand_in(desk, f"/desk/busy/venue/{row.id}", ics(*ONCE)).location

    with desk.session_transaction() as kept:
        assert len([noun for noun in kept if noun.startswith("busy/")]) == 6
    assert desk.get(last).status_code == 200


def test_a_whole_group_is_left_out_at_once_and_nothing_ticked_is_explained(desk, session, gym):
    check = hand_in(desk, gym, ics(*WEEKLY)).location

    answer = desk.post(check, data=typed(desk.get(check), skip="0"))

    assert (answer.status_code, "一条也没勾" in answer.text, titles(session)) == (422, True, [])
    assert typed(answer)["csrf_token"]


def test_a_moved_event_is_shown_with_both_times_and_moves(desk, session, gym):
    desk.post(f"{gym}/check", data=typed(desk.get(hand_in(desk, gym, ics(*ONCE)).location)))
    later = event(uid="once", summary="球赛", starts="20261212T140000", ends="20261212T170000")

    page = desk.get(hand_in(desk, gym, ics(*later)).location)
    desk.post(f"{gym}/check", data=typed(page))

    assert "原来：12月10日 周四 14:00–17:00" in page.text
    assert [one.starts_at.day for one in session.scalars(select(BusyTime))] == [12]


@pytest.mark.parametrize(
    ("content", "status", "words"),
    [
        (b"", 422, "文件是空的"),
        (b"<html></html>", 422, "这是一张网页"),
        (b"PK\x03\x04xl/workbook.xml", 422, "压缩包或Excel表格"),
        (b"name,phone", 422, "这不是日历文件"),
        (ics("BEGIN:VTODO", "END:VTODO"), 422, "可能只有待办"),
        (b"BEGIN:VCALENDAR\r\n" + b"X" * 1024 * 1024, 413, "文件超过1MB"),
        (b"x" * 5 * 1024 * 1024, 413, "文件超过1MB"),
        (ics("BEGIN:VEVENT", "END:VEVENT") * 2001, 422, "超过2000条"),
    ],
)
def test_what_is_no_calendar_is_explained_beside_the_field(desk, session, gym, content, status, words):
    answer = hand_in(desk, gym, content)

    assert (answer.status_code, words in answer.text) == (status, True)
    assert 'id="file-error"' in answer.text
    assert session.scalars(select(Draft)).all() == []


def test_no_file_chosen_is_explained_and_a_huge_one_gets_a_plain_no(desk, gym):
    assert "请选一个文件" in desk.post(gym, data={}, content_type="multipart/form-data").text
    huge = hand_in(desk, gym, b"x" * 9 * 1024 * 1024)
    assert (huge.status_code, "太大" in huge.text) == (413, True)


def test_a_draft_that_is_gone_is_told_of(desk, gym):
    assert (desk.get(f"{gym}/check").status_code, desk.post(f"{gym}/check").status_code) == (410, 410)


def test_ticks_nobody_offered_are_nothing(desk, session, gym):
    check = hand_in(desk, gym, ics(*ONCE)).location

    for keep, drop in (("99", ""), ("-1", "x"), ("９", "0190a4f0-0000-7000-8000-000000000000"), ("9" * 9, "")):
        desk.post(check, data=typed(desk.get(check), keep=keep, drop=drop))

    assert titles(session) == []


def test_one_time_is_deleted_on_its_page(desk, session, gym):
    desk.post(f"{gym}/check", data=typed(desk.get(hand_in(desk, gym, ics(*ONCE)).location)))
    (one,) = session.scalars(select(BusyTime.id))

    assert desk.post(f"{gym}/{one}/removal").location == gym
    assert titles(session) == []
    assert desk.post(f"{gym}/{one}/removal").status_code == 404


def test_a_venue_is_added_and_every_page_leads_to_its_calendar(desk, session, school, wei):
    van = vans.keep(session, COUNTY, None, name="1号", range_minutes=90, minutes={}, by=None, now=NOW)
    answer = desk.post("/desk/venues/", data={"name": "县体育馆", "township": ""})

    assert answer.location in desk.get("/desk/venues/").text
    assert "请填名称" in desk.post("/desk/venues/", data={"name": " ", "township": ""}).text
    for page, kind, row in (
        (f"/desk/vans/{van.id}", "van", van),
        (f"/desk/schools/{school.id}/teaching", "teacher", wei),
        ("/school/busy/", "teacher", wei),
    ):
        door = page.split("/")[1]
        assert f'href="/{door}/busy/{kind}/{row.id}"' in desk.get(page).text
    assert desk.get(f"/desk/busy/enterprise/{van.id}").status_code == 404


def test_a_school_takes_in_calendars_of_its_own_teachers_only(office, session, wei):
    told = {"name": "段师傅", "trades": ["焊工"], "kinds": ["theory"], "by": None, "now": NOW}
    other = schools.settle_teacher(session, SchoolFactory(), **told)
    van = vans.keep(session, COUNTY, None, name="1号", range_minutes=90, minutes={}, by=None, now=NOW)
    page = f"/school/busy/teacher/{wei.id}"

    check = hand_in(office, page, ics(*ONCE)).location
    office.post(check, data=typed(office.get(check)))

    assert session.scalars(select(BusyTime.subject)).all() == [f"teachers/{wei.id}"]
    assert ("魏师傅" in office.get("/school/busy/").text, "段师傅" in office.get("/school/busy/").text) == (True, False)
    for foreign in (f"/school/busy/teacher/{other.id}", f"/school/busy/van/{van.id}"):
        assert office.get(foreign).status_code == hand_in(office, foreign, FILE).status_code == 404
