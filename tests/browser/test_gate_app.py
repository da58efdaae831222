"""The scanner as an app: it starts and works without a network, loses nothing, and holds nobody's name in clear."""

import json
import random
import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from scheduling import gate, tickets
from scheduling.gate import searching
from scheduling.models import GateItem, Scan, Visitor
from tests.browser.gate_phones import Phone, fair, joined, shown
from tests.factories import COUNTY, KEYS, NOW

__all__ = ["fair", "joined", "shown"]  # fixtures

HOTEL = "<!doctype html><title>Free Wi-Fi</title><h1>Please sign in</h1>"


def kept(server) -> list[str]:
    return sorted(server.session.scalars(select(Scan.read)))


def sequence(server) -> list[int]:
    return sorted(server.session.scalars(select(GateItem.seq)))


def test_after_one_visit_it_starts_and_scans_without_a_network(server, joined, shown):
    phone = joined()

    phone.page.context.set_offline(True)
    phone.again()
    verdicts = [phone.read(text)["kind"] for text in (*shown[:2], shown[0])]
    expect(phone.page.locator("[data-show=away]")).to_be_visible()
    assert (verdicts, phone.pending, kept(server)) == (["counted", "counted", "duplicate_of"], 3, [])

    phone.page.context.set_offline(False)
    phone.sent()
    assert kept(server) == sorted([shown[0], *shown[:2]])
    assert sequence(server) == [1, 2, 3]


def test_what_was_shown_as_accepted_survives_a_killed_tab(server, joined, shown):
    phone = joined()
    phone.page.context.set_offline(True)
    context = phone.page.context

    for text in shown[:4]:
        assert phone.read(text)["kind"] == "counted"
        phone.page.close()
        phone = Phone(context.new_page()).again()
    assert phone.pending == 4
    assert phone.read(shown[0])["kind"] == "duplicate_of"

    context.set_offline(False)
    phone.sent()
    assert sequence(server) == [1, 2, 3, 4, 5]


def test_two_tabs_count_on_from_one_another_and_one_of_them_sends(server, joined, shown):
    phone = joined()
    phone.page.context.set_offline(True)
    other = Phone(phone.page.context.new_page()).again()

    assert phone.read(shown[0])["kind"] == "counted"
    assert other.read(shown[0])["kind"] == "duplicate_of"
    assert other.read(shown[1])["kind"] == "counted"
    phone.page.context.set_offline(False)
    phone.sent()
    other.sent()

    assert sequence(server) == [1, 2, 3]
    assert len(kept(server)) == 3


def test_a_hotels_sign_in_page_is_no_network_and_no_receipt(server, joined, shown):
    phone = joined()
    phone.page.context.route(
        "**/api/v1/**", lambda route: route.fulfill(status=200, content_type="text/html", body=HOTEL)
    )

    phone.read(shown[0])
    expect(phone.page.locator("[data-show=away]")).to_be_visible()
    assert (phone.pending, kept(server)) == (1, [])

    phone.page.context.unroute("**/api/v1/**")
    phone.page.get_by_role("button", name="未上传").click()
    phone.sent()
    assert kept(server) == [shown[0]]


def test_a_third_of_all_requests_lost_either_way_loses_and_doubles_nothing(server, joined, shown):
    phone, dice = joined(), random.Random(7)

    def lossy(route) -> None:
        chance = dice.random()
        if chance < 0.15:
            route.abort()
        elif chance < 0.3:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    phone.page.context.route("**/api/v1/**", lossy)
    for text in shown * 3:
        phone.read(text)
    phone.page.context.unroute("**/api/v1/**")
    phone.page.get_by_role("button", name="未上传").click()
    phone.sent(40_000)

    assert sequence(server) == list(range(1, 19))
    assert kept(server) == sorted(shown * 3)


def test_its_database_holds_no_name_no_phone_and_no_ticket_in_clear(joined, shown, fair, session):
    code = tickets.opened(session, COUNTY, shown[1], KEYS).code
    searching.allow(session, COUNTY, gate.find_event(session, COUNTY, f"fair/{fair.number}"), by=None, now=NOW)
    session.commit()
    phone = joined()
    phone.page.context.set_offline(True)
    phone.read(shown[0])
    phone.finds("王", "王***1").click()
    phone.says("已签到，请进", "王***1")
    phone.page.get_by_role("button", name="没报名").click()
    phone.page.get_by_label("姓名").fill("欧阳秘密")
    phone.page.get_by_label("手机号").fill("13912345678")
    phone.page.get_by_role("button", name="登记，请进").click()
    expect(phone.page.locator("[data-words]")).to_have_text("已登记，请进")

    held = phone.dump()

    assert "fair/" in held
    assert "extractable: false" in held
    assert "extractable: true" not in held
    for secret in ("欧阳", "13912345678", "王秀", "王*", "1360000", shown[0][-26:], code):
        assert secret not in held, secret


def test_counts_walk_ins_and_undoing_reach_the_server(server, joined, shown):
    phone = joined()
    page = phone.page
    page.get_by_role("button", name="人头+1").click()
    page.get_by_role("button", name="人头+1").click()
    expect(page.locator("footer [data-total=heads]")).to_have_text("2")
    page.get_by_role("button", name="计数", exact=True).click()
    page.get_by_role("button", name="发材料 +1").click()
    page.get_by_role("button", name="撤销上一次").click()
    expect(page.locator("dialog [data-total=leaflets]")).to_have_text("0")
    page.get_by_role("button", name="返回").click()
    page.get_by_role("button", name="没报名").click()
    page.get_by_label("姓名").fill("钱多多")
    page.get_by_role("button", name="登记，请进").click()
    expect(page.locator("[data-words]")).to_have_text("已登记，请进")
    phone.read(shown[0])
    page.get_by_role("button", name="签错了，撤销").click()
    expect(page.locator("[data-words]")).to_have_text("已撤销")
    phone.sent()

    rows = server.session.execute(select(GateItem.kind, GateItem.what, GateItem.n).order_by(GateItem.seq))
    assert [tuple(row) for row in rows] == [
        ("count", "heads", 1),
        ("count", "heads", 1),
        ("count", "leaflets", 1),
        ("undo", "", 0),
        ("walk_in", "", 0),
        ("scan", "", 0),
        ("undo", "", 0),
    ]
    assert server.session.scalars(select(Visitor.name)).all() == ["钱多多"]
    assert phone.read(shown[0])["kind"] == "counted"


def test_a_typed_code_is_kept_without_a_network_and_settled_with_one(server, joined, shown, session):
    phone = joined()
    code = tickets.opened(session, COUNTY, shown[0], KEYS).code
    phone.page.context.set_offline(True)
    phone.page.get_by_role("button", name="输报名号").click()
    phone.page.get_by_label("报名号").fill(re.sub("(...)", r"\1 ", code))
    phone.page.get_by_role("button", name="签到", exact=True).click()
    expect(phone.page.locator("[data-words]")).to_have_text("已记下")

    phone.page.context.set_offline(False)

    phone.says("已签到，请进", "王***0")  # whom it stands for, the server said


def test_leaving_and_another_event_are_refused_while_anything_waits(joined, shown):
    phone = joined()
    page = phone.page
    page.context.set_offline(True)
    phone.read(shown[0])

    phone.settings()
    page.get_by_role("button", name="退出这部手机").click()

    expect(page.locator("dialog [data-told]")).to_have_text("还有没上传的，先上传或存成文件。")
    page.get_by_role("button", name="好", exact=True).click()
    assert phone.again().pending == 1
    page.context.set_offline(False)
    phone.sent()
    phone.settings()
    page.get_by_role("button", name="退出这部手机").click()
    expect(page.get_by_text("这部手机还没加入")).to_be_visible()


def test_a_file_of_one_phone_is_handed_in_by_another(server, joined, shown, tmp_path):
    phone, other = joined(), joined("西门")
    phone.page.context.set_offline(True)
    for text in shown[:3]:
        phone.read(text)
    phone.settings()
    with phone.page.expect_download() as saving:
        phone.page.get_by_role("button", name="存成文件").click()
    saving.value.save_as(tmp_path / "items.txt")
    expect(phone.page.locator("dialog [data-told]")).to_contain_text("只有服务器打得开")
    assert json.loads((tmp_path / "items.txt").read_text()).keys() == {"key", "sealed"}

    other.settings()
    other.page.get_by_label("替别的手机上传文件").set_input_files(tmp_path / "items.txt")

    expect(other.page.locator("dialog [data-told]")).to_have_text("已上传 3/3")
    assert kept(server) == sorted(shown[:3])
    phone.page.context.set_offline(False)
    phone.sent()
    assert sequence(server) == [1, 2, 3]


SHARING = """() => {
  Object.defineProperty(Navigator.prototype, "userAgentData", { get: () => ({ mobile: true }) });
  navigator.canShare = () => true;
  window.shared = [];
  navigator.share = async ({ files }) => {
    shared.push(await files[0].text());
    if (window.refuses) throw new DOMException("", refuses);
  };
}"""


def test_on_a_phone_the_file_is_shared_and_saved_where_that_fails(joined, shown):
    phone = joined()
    page, told = phone.page, expect(phone.page.locator("dialog [data-told]"))
    save = page.get_by_role("button", name="存成文件")
    page.add_init_script(f"({SHARING})()")
    phone.again()
    phone.settings()
    save.click()
    told.to_have_text("没有未上传的。")
    page.context.set_offline(True)
    page.get_by_role("button", name="好", exact=True).click()
    phone.read(shown[0])
    phone.settings()

    save.click()
    told.to_contain_text("可以用微信发")
    page.evaluate("window.refuses = 'AbortError'")
    save.click()
    told.to_be_hidden()
    page.evaluate("window.refuses = 'NotAllowedError'")
    with page.expect_download():
        save.click()
    told.to_contain_text("可以用微信发")

    files = [json.loads(text) for text in page.evaluate("shared")]
    assert [file.keys() for file in files] == [{"key", "sealed"}] * 3
    assert len({file["key"] for file in files}) == 3  # a key pair for each


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_it_never_scrolls_sideways(joined, width):
    page = joined(width=width).page

    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_phone_nobody_invited_is_told_what_to_do(browser_page):
    page = browser_page()
    page.goto("/gate/app/")

    expect(page.get_by_role("heading", name="这部手机还没加入")).to_be_visible()
    expect(page.get_by_role("button", name="开始扫码")).to_be_hidden()
