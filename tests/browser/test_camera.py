import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from benchmarks.decoding import pictures
from scheduling import reservations, tickets
from scheduling.models import Scan
from tests.browser import films
from tests.factories import KEYS, NOW, FairFactory

URL = "http://127.0.0.1:8000"


@pytest.fixture
def fair(session):
    return FairFactory(slug="market-7", title="柳河镇赶集招聘", starts_at=NOW)


@pytest.fixture
def shown(session, fair):
    """What a ticket of somebody shows to the camera."""

    def make(name, at=fair):
        reservation = reservations.reserve(session, at, name=name, phone="13600000001", by=None, now=NOW)
        text = tickets.address(tickets.standing(session, reservation), KEYS, URL)
        session.commit()
        return text

    return make


@pytest.fixture
def at_gate(browser_page, sign_in, scanner, fair):
    """The scanner's page of the fair, signed in; `at_gate(browser)` when it has a camera."""

    def come(browser=None, **more):
        page = browser_page(browser=browser, **more)
        sign_in(page, scanner)
        page.goto("/gate/fairs/market-7/")
        return page

    return come


def kept(server) -> list[tuple[str, str]]:
    rows = server.session.execute(select(Scan.way, Scan.read).order_by(Scan.received_at, Scan.id))
    return [tuple(row) for row in rows]


@pytest.mark.parametrize("look", [lambda frame: frame, films.worn], ids=["clean", "worn"])
def test_a_ticket_held_before_the_camera_is_checked_in_once(server, camera, at_gate, shown, look):
    text = shown("王秀兰")
    page = at_gate(camera(films.film([look(films.code(text))] * 20)))

    page.get_by_role("button", name="开始扫码").click()
    expect(page.locator(".verdict-title")).to_have_text("已签到，请进")
    page.wait_for_timeout(1500)

    expect(page.locator(".verdict-name")).to_have_text("王*兰")
    expect(page.locator("[data-count=people]")).to_have_text("1")
    assert kept(server) == [("camera", text)]


@pytest.mark.parametrize(
    ("kind", "grade"),
    [("screen", 2), ("folded", 2), ("blur", 1), ("dim", 2), ("low contrast", 2), ("small", 3)],
    ids=["on a screen", "folded", "blurred", "dim", "pale", "far away"],
)
def test_a_ticket_hard_to_see_is_read_and_nothing_else_is(server, camera, at_gate, shown, kind, grade):
    text = shown("王秀兰")
    page = at_gate(camera(films.seen(text, kind, grade)))

    page.get_by_role("button", name="开始扫码").click()
    expect(page.locator(".verdict-title")).to_have_text("已签到，请进")
    page.wait_for_timeout(700)

    assert {read for _, read in kept(server)} == {text}


def test_where_no_code_is_shown_none_is_read(server, camera, at_gate):
    page = at_gate(camera(films.seen("", pictures.EMPTY, 0)))

    page.get_by_role("button", name="开始扫码").click()
    page.wait_for_timeout(1500)

    assert kept(server) == []


def test_two_tickets_one_after_the_other_are_two_people(server, camera, at_gate, shown):
    texts = [shown("王秀兰"), shown("李四")]
    gap = [films.nothing()] * 5
    page = at_gate(camera(films.film([films.code(texts[0])] * 8 + gap + [films.code(texts[1])] * 8 + gap)))

    page.get_by_role("button", name="开始扫码").click()
    expect(page.locator("[data-count=people]")).to_have_text("2")

    assert sorted(kept(server)) == sorted(("camera", text) for text in texts)


def test_a_ticket_of_another_fair_is_told_and_kept(server, camera, at_gate, shown, session):
    other = FairFactory(title="专场招聘会", starts_at=NOW)
    page = at_gate(camera(films.film([films.code(shown("王秀兰", other))] * 10)))

    page.get_by_role("button", name="开始扫码").click()

    expect(page.locator(".verdict-title")).to_have_text("不是这场的码")
    expect(page.locator("[data-count=people]")).to_have_text("0")
    assert len(kept(server)) == 1


def test_without_a_camera_the_short_code_is_typed(at_gate, shown, session):
    code = re.sub(r"(...)", r"\1 ", session_code(session, shown("王秀兰")))
    page = at_gate()

    page.get_by_label("入口").fill("东门")
    page.get_by_label("报名号").fill(code)
    page.get_by_role("button", name="签到", exact=True).click()
    expect(page.locator(".verdict-title")).to_have_text("已签到，请进")
    page.get_by_role("button", name="签错了，撤销").click()
    expect(page.locator(".verdict-title")).to_have_text("已撤销")
    page.reload()

    expect(page.get_by_label("入口")).to_have_value("东门")
    expect(page.locator("[data-count=people]")).to_have_text("0")


def session_code(session, text) -> str:
    return tickets.opened(session, "990100", text, KEYS).code


def test_the_short_code_works_without_javascript(at_gate, shown, session):
    code = session_code(session, shown("王秀兰"))
    page = at_gate(java_script_enabled=False)

    page.get_by_label("报名号").fill(code)
    page.get_by_role("button", name="签到", exact=True).click()

    expect(page.locator(".verdict-title")).to_have_text("已签到，请进")
    expect(page.get_by_role("button", name="开始扫码")).to_be_hidden()


def test_a_scan_that_was_not_answered_waits_and_is_sent_again_as_the_same(server, at_gate, shown, session):
    code = session_code(session, shown("王秀兰"))
    page = at_gate()
    page.route("**/scans", lose_the_answer)

    page.get_by_label("报名号").fill(code)
    with page.expect_event("requestfailed"):
        page.get_by_role("button", name="签到", exact=True).click()
    expect(page.get_by_text("未上传 1")).to_be_visible()
    assert kept(server) == [("typed", code)]  # the server has it, the phone does not know

    page.unroute("**/scans")
    page.reload()
    expect(page.locator(".verdict-title")).to_have_text("已签到，请进")
    expect(page.get_by_text("未上传")).to_be_hidden()
    assert kept(server) == [("typed", code)]


def lose_the_answer(route) -> None:
    """Let the server have the scan, and its answer be lost on the way."""
    route.fetch()
    route.abort()


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_the_scanner_page_never_scrolls_sideways(at_gate, width):
    page = at_gate(width=width)

    assert page.evaluate("document.documentElement.scrollWidth") <= width
