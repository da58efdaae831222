"""A livestream of eight companies run live from the teleprompter: page and QR follow, people leave leads."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from scheduling import accounts, livestreams
from tests.browser.people import Person
from tests.browser.planners import arrives, fits
from tests.factories import COUNTY, NOW
from tests.shows import MINUTE, NAMES, arranged

STARTS = NOW + timedelta(minutes=10)
COMPANY = "13600000009"


@pytest.fixture
def show(session):
    """Eight enterprises of two jobs each, ten minutes from now, not locked yet."""
    made = arranged(session, firms=8, starts_at=STARTS, livestream_url="https://live.example.com/7")
    made.jobs[1][0].description = "看机床，月薪6000元起，有师傅带。\n" + "两班倒，车间有空调。" * 12
    account = accounts.by_phone(session, COUNTY, COMPANY, now=NOW)
    account.enterprise_id = made.firms[1].id
    accounts.grant(session, account, "enterprise", by=None, now=NOW)
    session.commit()
    made.account = account
    return made


@pytest.fixture
def minute(server, monkeypatch):
    """Let it be so many minutes into the show."""
    return lambda n: monkeypatch.setitem(server.app.config, "CLOCK", lambda: STARTS + n * MINUTE)


def test_a_livestream_of_eight_companies_run_from_the_teleprompter(
    server, session, show, browser_page, sign_in, minute
):
    company = Person("company", browser_page())
    sign_in(company.page, show.account)
    clerk = arrives(session, browser_page(width=1280, height=900))
    locks_the_list(clerk)
    minute(0)
    host, wall = opens_the_screens(clerk)
    viewer = Person("viewer", browser_page())
    viewer.goes_to("/livestreams/live")
    fits(viewer)

    reads_on_until(host, "1号岗位")
    expect(wall.page.locator(".code-no")).to_have_text("1号岗位", timeout=15_000)
    follows(viewer, "穗香食品", "1号")
    wall.looks_at("code")
    leaves_her_phone(viewer)

    goes_on_without_a_network(host, server, show, clerk, wall)
    follows(viewer, "铁山机械", "3号")
    hides_what_platforms_filter(host)

    enters_what_was_written(clerk)
    every_company_has_its_turn(host, server, show)

    sees_who_asked(company)
    signs_off_and_notes_figures(clerk, minute)
    viewer.goes_to("/livestreams/live")
    viewer.sees("播完了", "看回放")
    assert livestreams.channels(server.session, show.fair) == {"scan": 1, "comment": 2}


def test_the_page_says_when_it_is_cut_off_and_catches_up(show, browser_page, minute):
    minute(6)
    viewer = Person("viewer", browser_page())
    page = viewer.page
    page.clock.install()
    viewer.goes_to("/livestreams/live")
    viewer.sees("穗香食品")
    page.context.set_offline(True)
    viewer.wrong.clear()
    for _ in range(5):
        page.clock.run_for(10_000)
    expect(page.locator("[data-stale]")).to_be_visible()
    viewer.sees("穗香食品")

    minute(16)
    page.context.set_offline(False)
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(page.locator(".live-name")).to_have_text("铁山机械")
    expect(page.locator("[data-stale]")).to_be_hidden()


def locks_the_list(clerk):
    clerk.goes_to("/desk/fairs/live/show/")
    clerk.sees("岗位单还没锁定")
    fits(clerk)
    clerk.clicks("去锁定")
    clerk.presses("锁定这16个岗位")
    clerk.sees("主播念的、公众看的，都是这一刻审核通过的内容。")
    fits(clerk)


def opens_the_screens(clerk):
    """Open the teleprompter and the QR, each in a window of its own, as the links do."""
    clerk.clicks("现场")
    people = []
    for words, name in (("提词器", "host"), ("二维码大屏", "wall")):
        with clerk.page.expect_popup() as opened:
            clerk.page.get_by_role("link", name=words).click()
        opened.value.wait_for_load_state()
        people.append(Person(name, opened.value))
    return people


def cue(host) -> str:
    return host.page.locator(".cue.is-on h2").inner_text()


def reads_on_until(host, words):
    """Press → until this is on the teleprompter, and see that it was told."""
    for _ in range(60):
        if words in host.page.locator(".cue.is-on").inner_text().replace("\n", ""):
            break
        host.page.keyboard.press("ArrowRight")
    expect(host.page.locator("[data-line]")).to_have_text("已推送", timeout=10_000)
    assert words in host.page.locator(".cue.is-on").inner_text().replace("\n", "")
    host.looks_at(words)
    size = host.page.locator(".cue.is-on h2").evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
    assert size >= 32


def follows(viewer, firm, number):
    expect(viewer.page.locator(".live-name")).to_have_text(firm, timeout=15_000)
    expect(viewer.page.locator(".live-jobs .is-now")).to_contain_text(number, timeout=15_000)
    viewer.looks_at(firm)


def leaves_her_phone(viewer):
    """Name, phone, one tick: the job number is there already."""
    viewer.clicks("报名 1号岗位", within=viewer.page.locator(".live-jobs .is-now"), exact=False)
    fits(viewer)
    viewer.types({"姓名": "李秀英", "手机号": "136 0000 0011"})
    viewer.presses("提交")
    expect(viewer.page.get_by_role("alert")).to_contain_text("请勾选“同意”")
    assert viewer.reads("姓名") == "李秀英"
    viewer.page.get_by_label("同意把姓名和手机号", exact=False).check()
    viewer.presses("提交")
    viewer.sees("报上了", "穗香食品这几天会打电话来")
    viewer.clicks("回去看直播")


def goes_on_without_a_network(host, server, show, *others):
    """Cut the line of the whole desk: reading goes on; what was reached meanwhile is told when the line is back."""
    host.page.context.set_offline(True)
    for _ in range(3):
        host.page.keyboard.press("ArrowRight")
    assert "3" in host.page.locator(".cue.is-on .cue-no").inner_text()
    expect(host.page.locator("[data-line]")).to_have_text("没网，联上就推送", timeout=10_000)
    last = livestreams.read(server.session, show.fair).last
    assert last.job_no == 1
    host.page.context.set_offline(False)
    host.page.evaluate("dispatchEvent(new Event('online'))")
    expect(host.page.locator("[data-line]")).to_have_text("已推送", timeout=15_000)
    for each in (host, *others):  # the browser complains on the console of every look that failed meanwhile
        each.wrong.clear()
    assert livestreams.read(server.session, show.fair).last.job_no == 3


def hides_what_platforms_filter(host):
    body = host.page.locator(".cue.is-on")
    assert "3500" in body.inner_text()
    assert "6000元" in body.inner_text()
    host.page.get_by_label("不显示工资").check()
    assert "3500" not in body.inner_text()
    assert "6000元" not in body.inner_text()
    assert "看屏幕二维码" in body.inner_text()
    host.looks_at("wages hidden")
    host.page.get_by_label("不显示工资").uncheck()


def enters_what_was_written(clerk):
    clerk.clicks("录报名")
    fits(clerk)
    box = clerk.page.locator("textarea")
    expect(box).to_be_focused()
    clerk.page.keyboard.type("王五 13600000012 3")
    with clerk.page.expect_navigation():
        clerk.page.keyboard.press("Enter")
    expect(box).to_be_focused()
    clerk.sees("记下1条。", "136****0012")
    clerk.page.keyboard.type("赵六 1360000 4")
    with clerk.page.expect_navigation():
        clerk.page.keyboard.press("Enter")
    assert box.input_value() == "赵六 1360000 4"
    clerk.sees("没有11位手机号")
    clerk.looks_at("a bad line")
    box.fill("赵六 13600000013 4")
    with clerk.page.expect_navigation():
        clerk.page.keyboard.press("Enter")
    clerk.sees("记下1条。")


def every_company_has_its_turn(host, server, show):
    """Tap on to the end: each enterprise and each of its jobs comes once, in the order of the show."""
    page, seen = host.page, [cue(host)]
    while not page.locator("[data-step='1']").is_disabled():
        page.locator("[data-step='1']").click()
        seen.append(cue(host))
    assert [words for words in seen if words in NAMES] == list(NAMES[2:])
    assert seen[-1] == "收尾"
    expect(page.locator("[data-line]")).to_have_text("已推送", timeout=15_000)
    assert livestreams.read(server.session, show.fair).last.slot_id == show.slots[-1].id
    page.keyboard.press("PageUp")
    page.keyboard.press(" ")
    assert cue(host) == "收尾"


def sees_who_asked(company):
    company.goes_to("/enterprise/livestreams/")
    company.sees("2人报名")
    company.clicks("送岗到家直播")
    company.sees("您的时段", "3号岗位")
    fits(company)
    company.clicks("看报名名单")
    company.sees("王五", "13600000012", "赵六")
    assert "李秀英" not in company.page.content()
    fits(company)


def signs_off_and_notes_figures(clerk, minute):
    minute(95)
    clerk.clicks("现场")
    clerk.presses("下播")
    clerk.sees("下播了，公众页面写明播完了。")
    clerk.clicks("播后数据")
    fits(clerk)
    assert clerk.reads("扫码报名") == "1"
    clerk.types({"观看人次": "3120", "最高在线": "260", "回放链接": "https://live.example.com/r/7"})
    clerk.presses("保存")
    clerk.sees("记下了。")
    clerk.clicks("报名名单")
    fits(clerk)
    clerk.sees("136****0011")
