"""Somebody at the desk takes in a gym’s calendar: looked through, one line unticked, confirmed; again nothing."""

from __future__ import annotations

import os

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from scheduling import venues
from scheduling.models import BusyTime
from tests.factories import COUNTY, NOW
from tests.scheduling.calendar_files import event, ics

SHOTS = os.environ.get("SONGGANG_SHOTS", "")  # a folder to look at what was seen
FILE = ics(
    *event("RRULE:FREQ=WEEKLY;COUNT=5", uid="w", summary="排练", starts="20261207T090000", ends="20261207T110000"),
    *event(uid="once", summary="职工篮球赛", starts="20261210T140000", ends="20261210T170000"),
    *event("DTSTART;VALUE=DATE:20261224", "DTEND;VALUE=DATE:20261226", uid="days", summary="检修", starts="", ends=""),
    *event("RRULE:FREQ=HOURLY", uid="hourly", summary="巡查"),
)


def looked_at(page: Page, name: str) -> None:
    """Nothing is wider than the screen; a picture is kept where one is wanted."""
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), name
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}-{page.viewport_size['width']}.png", full_page=True)


def hands_in(page: Page, content: bytes) -> None:
    page.get_by_label("日历文件（.ics）").set_input_files(
        {"name": "体育馆.ics", "mimeType": "text/calendar", "buffer": content}
    )
    page.get_by_role("button", name="先看一看").click()


@pytest.mark.parametrize(("width", "script"), [(360, False), (1280, True)])
def test_a_calendar_is_looked_through_unticked_and_taken_in_once(
    server, browser_page, sign_in, clerk, session, width, script
):
    venues.settle(session, COUNTY, name="县体育馆", township_id=None, by=None, now=NOW)
    session.commit()
    page = browser_page(width, java_script_enabled=script)
    sign_in(page, clerk)

    page.goto("/desk/plans/")
    page.get_by_role("main").get_by_role("link", name="场地").click()
    looked_at(page, "venues")
    page.get_by_role("link", name="县体育馆").click()
    hands_in(page, b"<html>sign in</html>")
    expect(page.get_by_role("alert")).to_contain_text("这是一张网页，不是日历")
    looked_at(page, "busy-wrong")

    hands_in(page, FILE)
    expect(page.get_by_role("heading", level=1)).to_have_text("看一下：县体育馆的日历")
    page.get_by_text("排练：重复5次").click()
    looked_at(page, "busy-check")
    page.get_by_label("12月21日 周一 9:00–11:00 排练").uncheck()
    expect(page.locator("tr", has_text="第23行")).to_contain_text("每小时或更快地重复")
    page.get_by_role("button", name="导入勾上的").click()

    expect(page.get_by_text("新占6次")).to_be_visible()
    expect(page.locator("tr", has_text="12月24日 周四–12月25日 周五 全天")).to_contain_text("检修")
    looked_at(page, "busy-taken")
    before = standing(server)
    assert len(before) == 6

    hands_in(page, FILE)
    expect(page.get_by_label("12月21日 周一 9:00–11:00 排练")).to_be_checked()
    looked_at(page, "busy-again")
    page.get_by_label("12月21日 周一 9:00–11:00 排练").uncheck()
    page.get_by_role("button", name="导入勾上的").click()
    expect(page.get_by_role("alert")).to_contain_text("一条也没勾")
    page.get_by_role("link", name="不导入").click()
    assert standing(server) == before


def standing(server) -> list[tuple]:
    server.session.rollback()
    rows = server.session.scalars(select(BusyTime).order_by(BusyTime.starts_at))
    return [(row.id, row.starts_at, row.title) for row in rows]
