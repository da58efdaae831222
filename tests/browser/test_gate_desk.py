"""The desk's side of a gate in real browsers: a phone is invited by the screen, joins, scans, is watched and closed."""

from __future__ import annotations

import base64
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect
from sqlalchemy import select

from scheduling import tickets
from scheduling.gate import visitors
from scheduling.models import Deed, GateClosing, GateDevice, GateItem, Scan, Visitor
from tests.browser.gate_phones import Phone, booked
from tests.factories import COUNTY, KEYS, NOW, FairFactory

SEEN = """async (picture) => {
  await import("/static/vendor/qr/decode.js");
  const raw = Uint8Array.from(atob(picture), (c) => c.charCodeAt(0));
  const bitmap = await createImageBitmap(new Blob([raw], { type: "image/png" }));
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  const context = canvas.getContext("2d");
  context.drawImage(bitmap, 0, 0);
  return self.decodeQR(context.getImageData(0, 0, bitmap.width, bitmap.height));
}"""


@pytest.fixture
def fair(session):
    return FairFactory(slug="market-7", title="柳河镇赶集招聘", starts_at=NOW)


@pytest.fixture
def shown(session, fair):
    texts = booked(session, fair, 6)
    session.commit()
    return texts


@pytest.fixture
def office(browser_page, sign_in, clerk, shown):
    """The clerk's computer, at the gates."""
    page = browser_page(width=1280)
    sign_in(page, clerk)
    page.goto("/desk/gate/")
    return page


@pytest.fixture
def later(app):
    """Let the clock of the house go on: `later(hours=4)`."""

    def move(**told) -> None:
        app.config["CLOCK"] = lambda: NOW + timedelta(**told)

    yield move
    app.config["CLOCK"] = lambda: NOW


def at_the_fair(office: Page, fair) -> None:
    office.goto("/desk/gate/")
    office.get_by_role("link", name=fair.title).first.click()
    expect(office.get_by_role("heading", level=1)).to_have_text(f"现场核验：{fair.title}")


def invited(office: Page, fair) -> str:
    """Let the desk show its QR; give what a phone's camera reads from the screen, without the address."""
    at_the_fair(office, fair)
    office.get_by_role("button", name="邀请一部手机").click()
    expect(office.get_by_text("10分钟内有效，只能加入一部手机")).to_be_visible()
    picture = office.locator(".invite-code svg").screenshot()
    place, token = office.evaluate(SEEN, base64.b64encode(picture).decode()).split("#")
    assert place.endswith("/gate/join")
    return token


def figure(office: Page, name: str):
    return office.locator(".figure", has_text=name).locator(".figure-value")


def test_a_phone_joins_by_the_screen_once_and_the_desk_sees_it_scan(server, office, fair, shown, browser_page, session):
    token = invited(office, fair)
    phone = Phone(browser_page()).join(token, "东门1号")
    second = browser_page()
    second.goto(f"/gate/join#{token}")
    second.get_by_label("给这部手机起个名").fill("西门")
    second.get_by_role("button", name="加入", exact=True).click()
    expect(second.get_by_role("alert").filter(visible=True)).to_contain_text("二维码过期了，或已经用过")

    at_the_fair(office, fair)
    expect(office.get_by_role("row", name="东门1号")).to_contain_text("刚刚")
    for text in shown[:2]:
        phone.read(text)
    phone.read(tickets.opened(session, COUNTY, shown[2], KEYS).code, "typed")
    phone.page.get_by_role("button", name="人头+1").click()
    phone.sent()

    expect(figure(office, "一共来了")).to_contain_text("4", timeout=15_000)  # the page asks by itself
    expect(figure(office, "在场内")).to_contain_text("3")
    expect(office.locator(".tally-sum", has_text="东门1号")).to_contain_text("3")
    expect(office.get_by_role("row", name="东门1号")).to_contain_text("齐了")
    assert server.session.query(GateDevice).count() == 1


def test_without_a_script_the_desk_reads_the_same(office, fair, shown, browser_page, sign_in, clerk):
    phone = Phone(browser_page()).join(invited(office, fair), "东门1号")
    phone.read(shown[0])
    phone.sent()

    plain = browser_page(java_script_enabled=False)
    sign_in(plain, clerk)
    plain.goto(f"/desk/gate/events/fair/{fair.number}")

    expect(figure(plain, "一共来了")).to_contain_text("1")
    assert plain.locator("noscript meta[http-equiv=refresh], meta[http-equiv=refresh]").count() == 1


def test_a_phone_that_is_shut_out_is_told_and_what_it_held_is_put_aside(server, office, fair, shown, browser_page):
    phone = Phone(browser_page()).join(invited(office, fair), "丢了的")
    phone.page.context.set_offline(True)
    phone.read(shown[0])

    office.goto("/desk/gate/")
    office.get_by_role("row", name="丢了的").get_by_role("button", name="停用").click()
    expect(office.get_by_text("停用了“丢了的”")).to_be_visible()
    phone.page.context.set_offline(False)
    phone.sent()

    at_the_fair(office, fair)
    aside = office.get_by_role("table", name="放在一边的记录")
    expect(aside.get_by_role("row", name="丢了的")).to_contain_text("手机已停用")
    expect(figure(office, "一共来了")).to_contain_text("0")
    assert server.session.scalars(select(GateItem.stored)).all() == ["quarantined"]


def test_a_gate_is_closed_when_all_has_come_or_with_a_reason(server, office, fair, shown, browser_page, later):
    east = Phone(browser_page()).join(invited(office, fair), "东门")
    west = Phone(browser_page()).join(invited(office, fair), "西门")
    for phone in (east, west):
        phone.read(shown[0])
        phone.read(shown[1])
        phone.sent()
    west.page.context.route("**/api/v1/**", lambda route: route.abort())
    west.read(shown[2])

    at_the_fair(office, fair)
    both = office.get_by_role("table", name="两部手机都放进的人")
    expect(both.get_by_role("row")).to_have_count(3)
    assert office.get_by_role("button", name="收口").count() == 0
    tell_that_it_still_holds_one(server, west)

    later(hours=4)
    at_the_fair(office, fair)
    office.get_by_role("button", name="收口").click()
    expect(office.locator("#reason-error")).to_contain_text("还有1条记录在手机里没传上来")
    phones = office.get_by_role("table", name="每部手机传齐了没有")
    expect(phones.get_by_role("row", name="西门")).to_contain_text("第3条没到")
    office.get_by_label("为什么现在收口").fill("手机没电了，明天再交")
    office.get_by_role("button", name="收口").click()

    expect(office.get_by_text("缺1条。 手机没电了，明天再交")).to_be_visible()
    assert server.session.query(GateClosing).one().missing == 1


def tell_that_it_still_holds_one(server, phone: Phone) -> None:
    """Be the sign of life that got through before its network went: it made three, and has one left."""
    session = server.session
    row = session.scalars(select(GateDevice).where(GateDevice.label == "西门")).one()
    row.last_seq, row.pending = 3, 1
    session.commit()
    assert phone.pending == 1


def test_a_phones_file_is_handed_in_at_the_desk(server, office, fair, shown, browser_page, tmp_path):
    phone = Phone(browser_page()).join(invited(office, fair), "西门2号")
    phone.page.context.set_offline(True)
    for text in shown[:3]:
        phone.read(text)
    phone.settings()
    with phone.page.expect_download() as saving:
        phone.page.get_by_role("button", name="存成文件").click()
    saving.value.save_as(tmp_path / "items.json")
    assert shown[0].encode() not in (tmp_path / "items.json").read_bytes()

    at_the_fair(office, fair)
    office.get_by_role("link", name="收手机存的文件").click()
    for name, words in (("page.html", "这是一个网页"), ("half.json", "文件只有一半")):
        raw = b"<html>" if name == "page.html" else (tmp_path / "items.json").read_bytes()[:200]
        office.get_by_label("手机存的文件").set_input_files({"name": name, "mimeType": "text/html", "buffer": raw})
        office.get_by_role("button", name="看看里面有什么").click()
        expect(office.locator("#file-error")).to_contain_text(words)
    office.get_by_label("手机存的文件").set_input_files(tmp_path / "items.json")
    office.get_by_role("button", name="看看里面有什么").click()
    expect(office.locator(".summary")).to_contain_text("西门2号")
    office.get_by_role("button", name="确认，收下这3条").click()

    expect(office.get_by_role("heading", name="文件收下了")).to_be_visible()
    expect(figure(office, "记下了")).to_contain_text("3")
    assert sorted(server.session.scalars(select(Scan.read))) == sorted(shown[:3])
    assert server.session.query(Deed).filter_by(what="gate.file_taken").one().by_id is not None
    phone.page.context.set_offline(False)
    phone.sent()
    assert server.session.query(Scan).count() == 3


def test_a_film_is_refused_beside_the_field(office, tmp_path):
    (tmp_path / "film.mp4").write_bytes(b"x" * 20 * 1024 * 1024)
    office.goto("/desk/gate/files/new")

    office.get_by_label("手机存的文件").set_input_files(tmp_path / "film.mp4")
    office.get_by_role("button", name="看看里面有什么").click()

    expect(office.locator("#file-error")).to_contain_text("文件超过10MB")


def test_a_walk_in_says_that_she_is_here_without_a_script_and_the_screen_counts(server, office, fair, browser_page):
    at_the_fair(office, fair)
    office.get_by_role("link", name="自己签到的大屏").click()
    picture = office.locator(".code-picture svg").screenshot()
    address = office.evaluate(SEEN, base64.b64encode(picture).decode())
    guest = browser_page(java_script_enabled=False)
    guest.goto("/HERE/" + address.rpartition("/")[2])
    assert guest.evaluate("document.documentElement.scrollWidth") <= 360
    guest.get_by_role("button", name="我来了", exact=True).click()

    expect(guest.get_by_role("heading", level=1)).to_have_text("记下了，您来过了")
    expect(office.locator(".screen-count")).to_have_text("1", timeout=15_000)
    guest.get_by_role("link", name="同来的人没带手机，替他签到").click()
    guest.get_by_label("姓名").fill("老伴")
    guest.get_by_role("button", name="到了，信息也留下").click()
    expect(office.locator(".screen-count")).to_have_text("2", timeout=15_000)
    assert sorted(server.session.scalars(select(Visitor.name))) == ["", "老伴"]


def test_one_tap_on_the_gates_first_page_makes_the_phone_a_scanner(server, fair, shown, browser_page, sign_in, scanner):
    page = browser_page()
    sign_in(page, scanner)
    page.goto("/gate/")
    page.get_by_role("button", name="用这部手机扫").click()
    page.get_by_label("给这部手机起个名").fill("北门")
    page.get_by_role("button", name="加入", exact=True).click()
    page.locator("[data-kind]").wait_for()

    phone = Phone(page)
    assert phone.read(shown[0])["kind"] == "counted"
    phone.sent()
    assert server.session.scalars(select(GateDevice.label)).all() == ["北门"]


def test_the_gates_first_page_and_the_walk_ins_form_fit_the_smallest_phone(fair, shown, browser_page, sign_in, scanner):
    page = browser_page(width=320)
    sign_in(page, scanner)
    code = visitors.code(fair, screen=False, keys=KEYS, now=NOW)

    for address in ("/gate/", f"/here/{code}", f"/here/{code}?more=1", f"/fairs/{fair.slug}/here"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_the_desks_pages_never_scroll_sideways(office, fair, shown, browser_page, width):
    Phone(browser_page()).join(invited(office, fair), "一个很长很长的入口名字" * 3)
    office.set_viewport_size({"width": width, "height": 800})

    for address in ("", f"events/fair/{fair.number}", "files/new"):
        office.goto(f"/desk/gate/{address}")
        assert office.evaluate("document.documentElement.scrollWidth") <= width, address
