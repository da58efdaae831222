"""A morning in class: the teacher's screen, a trainee's phone, leave, and the paper book typed in the evening."""

from __future__ import annotations

import io
from datetime import timedelta

import numpy as np
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import expect
from sqlalchemy import select

from portal import doors
from scheduling import accounts, enrolments, leaves, schools, signins, tickets
from scheduling.models import Scan
from tests.browser.people import DESK, PHONE, Person
from tests.factories import COUNTY, NOW, ClassFactory, CourseFactory, SchoolFactory, SessionFactory
from tests.scheduling.test_enrolments import sign_up

NAMES = ("王秀兰", "赵明田", "孙小梅", "周大勇", "买买提·吐尔逊江")
TEACHER = "13900000001"
PLACE = {"latitude": 32.5126, "longitude": 119.0241}


@pytest.fixture
def taught(server):
    """A class of ten half-days, four of them over, one that has begun, with a fence around its school."""
    session = server.session
    school = SchoolFactory(name="青禾县技工学校")
    schools.appoint(session, school, phone=TEACHER, name="周师傅", by=None, now=NOW)
    course = CourseFactory(name="低压电工作业", total_hours=40, theory_hours=16, practice_hours=24)
    row = ClassFactory(school=school, course=course, title="低压电工订单班（第2期）", starts_on=NOW.date())
    row.lat, row.lon, row.fence_metres = PLACE["latitude"], PLACE["longitude"], 200
    for number in range(1, 11):
        days, noon = divmod(number - 1, 2)
        starts = NOW - timedelta(days=2, minutes=20) + timedelta(days=days, hours=5.5 * noon)
        SessionFactory(training_class=row, number=number, starts_at=starts, room="一号实训室", teacher="魏师傅")
    for n, name in enumerate(NAMES, 1):
        sign_up(session, row, n, name=name, now=NOW - timedelta(days=20))
    session.commit()
    return row


@pytest.fixture
def comes(server, browser_page):
    """Somebody with a browser: `comes("teacher", DESK)`."""

    def open_browser(name, size=PHONE, **more) -> Person:
        return Person(name, browser_page(width=size[0], height=size[1], **more))

    return open_browser


@pytest.fixture
def teacher(comes, server, taught):
    """The teacher, signed in on the wide screen of the classroom."""
    person = comes("teacher", DESK)
    session = server.session
    token = signins.begin(session, accounts.by_phone(session, COUNTY, TEACHER, now=NOW), now=NOW)
    session.commit()
    person.page.context.add_cookies([{"name": doors.COOKIE, "value": token, "url": server.url}])
    return person


def the_link_in_the_picture(teacher) -> str:
    """Read the QR off a picture of the screen, as a phone in the back row does."""
    picture = Image.open(io.BytesIO(teacher.page.screenshot())).convert("L").resize((640, 450))
    return zxingcpp.read_barcode(np.asarray(picture)).text


def test_a_morning_in_class(teacher, comes, server, taught):
    trainee = comes("trainee", geolocation=PLACE, permissions=["geolocation"])
    mei = tickets.standing(server.session, enrolments.roster(server.session, taught)[2])

    teacher.goes_to(f"/school/classes/{taught.slug}/attendance")
    teacher.clicks("大屏签到")
    teacher.sees("签到", "第5次课", "人已签到")
    link = the_link_in_the_picture(teacher)
    assert link.startswith(f"{server.app.config['SETTINGS'].url}/K/".upper())

    trainee.goes_to(f"/K/{link.rpartition('/')[2]}")
    trainee.sees("上课签到", "只记离教室多少米")
    trainee.types({"报名号": mei.code, "手机号后4位": "0003"})
    trainee.presses("我到了")
    trainee.sees("孙*梅已签到", "我的课时", "4/40课时")
    expect(teacher.page.locator(".screen-count")).to_have_text("1/5", timeout=15_000)
    teacher.looks_at("screen-one-in")
    scan = server.session.scalars(select(Scan)).one()
    assert (scan.way, scan.direction, scan.away_metres) == ("screen", "in", 0)

    teacher.clicks("签退")
    teacher.sees("人已签退（签到1人）")
    trainee.goes_to(f"/K/{the_link_in_the_picture(teacher).rpartition('/')[2]}")
    trainee.presses("我走了（孙*梅）")
    trainee.sees("孙*梅已签退")

    trainee.clicks("请假")
    trainee.types({"哪次课": trainee.page.locator("#lesson option").nth(2).inner_text()})
    trainee.chooses("病假")
    trainee.presses("向老师请假")
    trainee.sees("请假已经告诉老师", "等老师批")
    teacher.goes_to("/school/leaves/")
    teacher.sees("孙小梅", "等老师批")
    teacher.presses("准假")
    teacher.sees("已准假，短信告诉学员。")
    trainee.goes_to(f"/t/{trainee.page.url.rpartition('/')[2]}")
    trainee.sees("准假了")
    assert [row.state for row in leaves.of_class(server.session, taught)] == ["granted"]

    teacher.goes_to(f"/school/classes/{taught.slug}/attendance")
    teacher.clicks("补录第1次课")
    teacher.sees("补录第1次课")
    for name, mark in zip(NAMES, ("到", "迟到", "到", "病假", "不到"), strict=True):
        teacher.page.get_by_label(name).select_option(label=mark)
    teacher.presses("保存补录")
    teacher.sees("补录了4人。", "这些学员课时危险")
    lines = teacher.page.locator(".book tbody tr")
    assert [lines.nth(n).locator(".sign").first.locator("b").inner_text() for n in range(5)] == [
        "/",
        "¢",
        "/",
        "病",
        "○",
    ]


def test_without_javascript_the_screen_asks_for_itself_and_the_phone_signs_in(teacher, comes, server, taught):
    plain = comes("plain", java_script_enabled=False)
    first = tickets.standing(server.session, enrolments.roster(server.session, taught)[0])

    teacher.goes_to(f"/school/classes/{taught.slug}/sessions/5/screen")
    assert 'http-equiv="refresh"' in teacher.page.content()
    plain.page.goto(f"/k/{the_link_in_the_picture(teacher).rpartition('/')[2].lower()}")
    plain.types({"报名号": first.code, "手机号后4位": "0001"})
    plain.page.get_by_role("button", name="我到了").click()

    expect(plain.page.get_by_text("王*兰已签到")).to_be_visible()
    assert server.session.scalars(select(Scan.away_metres)).one() is None
    teacher.goes_to(f"/school/classes/{taught.slug}/attendance")
    teacher.sees("没给定位")
