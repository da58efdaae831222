"""Scans that could not be sent: each waits on the phone, by itself, and none is lost."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from portal import doors
from scheduling.models import Scan
from tests.factories import NOW, ClassFactory, FairFactory, SessionFactory

FAIR = "/gate/fairs/market-7/"
LESSON = "/gate/classes/class-7/sessions/2/"


@pytest.fixture
def at_gate(session, browser_page, sign_in, scanner):
    """A scanner's phone, signed in; `at_gate(address)` opens a page, `at_gate(address, page)` one beside it."""
    FairFactory(slug="market-7", starts_at=NOW)
    SessionFactory(training_class=ClassFactory(slug="class-7"), number=2, starts_at=NOW)
    session.commit()

    def come(address, beside=None):
        if beside is None:
            page = browser_page()
            sign_in(page, scanner)
        else:
            page = beside.context.new_page()
        page.goto(address)
        return page

    return come


def types(page, code):
    page.get_by_label("报名号").fill(code)
    page.get_by_label("报名号").press("Enter")


def waiting(page):
    return expect(page.locator(".gate-state-offline"))


def kept(server) -> list[tuple[str, str]]:
    rows = server.session.execute(select(Scan.direction, Scan.read).order_by(Scan.read))
    return [tuple(row) for row in rows]


def test_two_pages_of_one_place_keep_what_they_could_not_send_and_either_sends_all(server, at_gate):
    coming = at_gate(LESSON)
    leaving = at_gate(f"{LESSON}?direction=out", beside=coming)

    coming.context.set_offline(True)
    for page, code in ((coming, "1"), (leaving, "2"), (coming, "3")):
        types(page, code)
    waiting(coming).to_have_text("未上传 3")
    waiting(leaving).to_have_text("未上传 3")
    leaving.close()
    coming.context.set_offline(False)
    coming.reload()

    waiting(coming).to_be_hidden()
    assert kept(server) == [("in", "1"), ("out", "2"), ("in", "3")]


def test_what_one_page_left_is_sent_by_the_other_without_a_reload(server, at_gate):
    coming = at_gate(LESSON)
    leaving = at_gate(f"{LESSON}?direction=out", beside=coming)

    leaving.route("**/scans", lambda route: route.abort())
    types(leaving, "2")
    waiting(coming).to_have_text("未上传 1")
    leaving.close()

    waiting(coming).to_be_hidden(timeout=10_000)
    assert kept(server) == [("out", "2")]


def test_pages_of_different_places_do_not_mix_their_scans(server, at_gate):
    fair = at_gate(FAIR)
    fair.route("**/scans", lambda route: route.abort())
    types(fair, "1")
    waiting(fair).to_have_text("未上传 1")
    lesson = at_gate(LESSON, beside=fair)
    types(lesson, "2")
    expect(lesson.locator(".verdict-title")).to_have_text("号码输错了")

    waiting(lesson).to_be_hidden()
    waiting(fair).to_have_text("未上传 1")
    assert kept(server) == [("in", "2")]


def test_a_scan_the_server_stumbles_over_waits_and_lets_the_next_one_through(server, at_gate):
    page = at_gate(FAIR, beside=at_gate(FAIR))  # the first page of a phone may not see a 500
    stumble = re.compile("read=111")
    page.route(
        "**/scans",
        lambda route: route.fulfill(status=500) if stumble.search(route.request.post_data) else route.continue_(),
    )

    types(page, "111")
    waiting(page).to_have_text("未上传 1")
    types(page, "222")
    expect(page.locator(".verdict-title")).to_have_text("号码输错了")
    types(page, "333")
    expect(page.locator("[data-count=scans]")).to_have_text("2")

    waiting(page).to_have_text("未上传 1")
    assert kept(server) == [("in", "222"), ("in", "333")]

    page.unroute("**/scans")
    page.reload()
    waiting(page).to_be_hidden()
    assert kept(server) == [("in", "111"), ("in", "222"), ("in", "333")]


def test_whoever_was_signed_out_is_told_and_her_scan_is_sent_once_she_is_back(server, at_gate, sign_in, scanner):
    page = at_gate(FAIR)
    types(page, "111")
    expect(page.locator(".verdict-title")).to_have_text("号码输错了")

    page.context.clear_cookies(name=doors.COOKIE)
    types(page, "222")
    expect(page.locator("[data-show=stale]")).to_be_visible()
    expect(page.locator("#box .notice")).to_be_visible()
    expect(page.locator(".verdict-title")).to_be_hidden()
    waiting(page).to_have_text("未上传 1")

    sign_in(page, scanner)
    page.reload()
    waiting(page).to_be_hidden()
    expect(page.locator("[data-show=stale]")).to_be_hidden()
    assert kept(server) == [("in", "111"), ("in", "222")]


def test_an_undo_that_was_refused_does_not_leave_the_verdict_standing(server, at_gate, session):
    page = at_gate(FAIR)
    page.evaluate(
        """() => document.querySelector("#box").innerHTML =
           '<form method="post" action="/gate/fairs/market-7/scans/nothing-such/annulment">'
           + '<input name="id" value="undo-nothing"><button>撤销</button></form>'"""
    )

    page.get_by_role("button", name="撤销").click()

    expect(page.locator("#box")).to_have_text("没有可以撤销的扫码记录。")
