"""A village coordinator on a phone and at a desk: a table typed in, a file with mistakes, what is right signed up."""

from __future__ import annotations

import os

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from scheduling import accounts
from scheduling.models import Enrolment
from tests.factories import COUNTY, NOW, ClassFactory, CourseFactory
from tests.people_files import person, xlsx

SHOTS = os.environ.get("SONGGANG_SHOTS", "")  # a folder to look at what was seen


@pytest.fixture
def village(session):
    """A class that is open, and somebody appointed for a village."""
    row = ClassFactory(seats=30, course=CourseFactory(name="熔化焊接与热切割作业"), title="焊工冬季班")
    account = accounts.appoint(session, COUNTY, name="柳河村 郑满堂", phone="13900000000", by=None, now=NOW)
    session.commit()
    return row.slug, account


def looked_at(page: Page, name: str) -> None:
    """Nothing is wider than the screen; a picture is kept where one is wanted."""
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), name
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/{name}-{page.viewport_size['width']}.png", full_page=True)


def types_a_row(page: Page, number: int, row: list[str]) -> None:
    group = page.get_by_role("group", name=f"第{number}个人", exact=True)
    for label, value in zip(("姓名", "手机号", "身份证号"), row, strict=False):
        group.get_by_label(label, exact=True).fill(value)
    group.get_by_label("学历", exact=True).select_option("junior")


@pytest.mark.parametrize(("width", "script"), [(360, False), (1280, True)])
def test_a_table_is_typed_put_right_and_signed_up(server, browser_page, sign_in, village, width, script):
    _, account = village
    page = browser_page(width, java_script_enabled=script)
    sign_in(page, account)

    page.goto("/")
    page.get_by_role("link", name="村里报名").click()
    looked_at(page, "village")
    page.get_by_role("link", name="网上填表").click()
    types_a_row(page, 1, person(1))
    types_a_row(page, 2, [*person(2)[:1], "136", *person(2)[2:]])
    page.get_by_role("button", name="再加5行").click()
    expect(page.get_by_role("group", name="第10个人")).to_be_visible()
    types_a_row(page, 6, person(6))
    page.get_by_label("名单上每个人本人都同意报名").check()
    page.get_by_label("情况属实，学员符合条件，会按时上课").check()
    page.get_by_role("button", name="都报上").click()

    expect(page.get_by_role("alert")).to_contain_text("第2个人：请填11位手机号")
    cell = page.get_by_role("group", name="第2个人").get_by_label("手机号")
    expect(cell).to_have_value("136")
    expect(cell).to_have_attribute("aria-describedby", "phone-1-error")
    looked_at(page, "table-wrong")
    cell.fill(person(2)[1])
    page.get_by_role("button", name="都报上").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("名单：焊工冬季班")
    people = server.session.scalars(select(Enrolment).order_by(Enrolment.place)).all()
    assert [(one.jobseeker.name, one.relation, one.state) for one in people] == [
        ("李1", "coordinator", "confirmed"),
        ("李2", "coordinator", "confirmed"),
        ("李6", "coordinator", "confirmed"),
    ]


@pytest.mark.parametrize("width", [360, 1280])
def test_a_file_is_looked_through_with_her_and_what_is_right_is_signed_up(
    server, browser_page, sign_in, village, width
):
    slug, account = village
    rows = [person(n) for n in range(8)]
    rows[1][1], rows[3][2], rows[5][3] = "136", 990101198001010077, "神童"
    rows[6][2] = rows[0][2]
    page = browser_page(width)
    sign_in(page, account)

    page.goto(f"/courses/{slug}/lists/new")
    looked_at(page, "file")
    page.get_by_label("名单文件").set_input_files(
        {"name": "柳河村.xlsx", "mimeType": "application/octet-stream", "buffer": xlsx(rows, title="柳河村报名名单")}
    )
    page.get_by_label("名单上每个人本人都同意报名").check()
    page.get_by_label("情况属实，学员符合条件，会按时上课").check()
    page.get_by_role("button", name="交上去，先检查").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("看一下名单")
    for row, column, words in (
        ("第4行", "手机号（B列）", "请填11位手机号"),
        ("第6行", "身份证号（C列）", "Excel把这个身份证号存成了数字"),
        ("第8行", "学历（D列）", "看不懂这个学历"),
        ("第9行", "身份证号（C列）", "和第3行是同一个身份证号"),
    ):
        line = page.get_by_role("row").filter(has_text=row)
        expect(line).to_contain_text(column)
        expect(line).to_contain_text(words)
    looked_at(page, "check")
    page.get_by_label("先报对的，错的以后再交").check()
    page.get_by_role("button", name="报名").click()

    expect(page.get_by_text("名单办好了。")).to_be_visible()
    looked_at(page, "list")
    people = server.session.scalars(select(Enrolment).order_by(Enrolment.place)).all()
    assert [one.jobseeker.name for one in people] == ["李0", "李2", "李4", "李7"]
