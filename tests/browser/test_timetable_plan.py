"""A timetable made by a clerk in a browser: teachers and rooms, solved, changed by hand, somebody ill, taught."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.clock import HERE
from scheduling.models import ClassSession
from tests.browser.planners import arrives, fits, lets_it_think
from tests.factories import ClassFactory, CourseFactory, SchoolFactory


@pytest.fixture
def school(session):
    """A school with a class of twelve that has no session yet."""
    row = SchoolFactory(name="青禾县技工学校")
    course = CourseFactory(total_hours=16, theory_hours=8, practice_hours=8, trade="焊工")
    ClassFactory(course=course, school=row, school_id=row.id, seats=12, title="焊工班", slug="welders")
    session.commit()
    return row


def lessons(server) -> list[tuple]:
    rows = server.session.scalars(select(ClassSession).where(ClassSession.cancelled_at.is_(None)))
    return sorted((row.starts_at, row.kind, row.party, row.teacher, row.room) for row in rows)


def test_a_timetable_from_the_teachers_to_the_sessions(server, session, school, browser_page):
    clerk = arrives(session, browser_page())

    clerk.goes_to("/desk/courses/")
    clerk.clicks("老师和教室", exact=False)
    for name, trades in (("魏师傅", "焊工"), ("段师傅", "焊工")):
        registers_a_teacher(clerk, name, trades)
    for room in (
        {"叫什么": "101教室", "坐得下多少人": "40"},
        {"叫什么": "焊接车间", "坐得下多少人": "20", "有几个工位": "6"},
    ):
        registers_a_room(clerk, room)
    fits(clerk)
    clerk.clicks("排课表")
    clerk.sees("焊工班", "还差理论8、实操8课时")
    fits(clerk)
    lets_it_think(clerk, server, "开始排")
    looks_from_every_side(clerk)
    moves_a_lesson(clerk)
    clerk.presses("采用这一版")
    before = lessons(server)
    assert len(before) == 6

    day = next(at for at, _kind, _party, who, _room in before if who == "魏师傅").astimezone(HERE).date()
    falls_ill(clerk, server, "魏师傅", day)
    clerk.presses("采用这一版")
    after = lessons(server)
    assert [each for each in after if each[3] == "魏师傅" and each[0].astimezone(HERE).date() == day] == []
    assert len(after) == 6


def registers_a_teacher(clerk, name, trades):
    clerk.clicks("加一位老师")
    clerk.types({"姓名": name})
    clerk.presses("登记")
    clerk.is_told("能教哪些工种", "请填工种")
    clerk.types({"能教哪些工种": trades})
    clerk.presses("登记")
    clerk.sees(f"{name}登记好了。")


def registers_a_room(clerk, room):
    clerk.clicks("加一间")
    clerk.types(room)
    clerk.presses("登记")
    clerk.sees(f"{room['叫什么']}登记好了。")


def looks_from_every_side(clerk):
    fits(clerk)
    clerk.page.locator(".agenda .lesson").first.wait_for()
    for words in ("按老师看", "按教室看", "焊接车间"):
        clerk.clicks(words)
    clerk.sees("焊工班")
    clerk.page.set_viewport_size({"width": 1280, "height": 900})
    clerk.page.locator(".week-grid .lesson").first.wait_for()
    clerk.page.set_viewport_size({"width": 360, "height": 800})


def moves_a_lesson(clerk):
    clerk.clicks("手工改")
    fits(clerk)
    form = clerk.page.locator("section").filter(has_text="手工调一次课")
    meetings = form.get_by_label("哪次课").locator("option").all_inner_texts()
    form.get_by_label("哪次课").select_option(label=next(one for one in reversed(meetings) if "实操" in one))
    form.get_by_label("在哪里").select_option(label="焊接车间")
    slots = form.get_by_label("改到什么时候").locator("option").all_inner_texts()
    form.get_by_label("改到什么时候").select_option(label=slots[-1])
    clerk.presses("调过去")
    clerk.sees("改好了，成了新的一版。")


def falls_ill(clerk, server, name, day):
    clerk.clicks("手工改")
    form = clerk.page.locator("section").filter(has_text="出了变化")
    form.get_by_label("哪位老师").select_option(label=name)
    form.get_by_label("从哪天").fill((day + timedelta(days=1)).isoformat())
    form.get_by_label("到哪天").fill(day.isoformat())
    clerk.presses("重排")
    clerk.is_told("到哪天", "结束不能早于开始。")
    form = clerk.page.locator("section").filter(has_text="出了变化")
    form.get_by_label("从哪天").fill(day.isoformat())
    lets_it_think(clerk, server, "重排")
