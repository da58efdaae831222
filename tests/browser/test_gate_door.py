"""Before the scanner and beside it: WeChat, phones that cannot, joining anew, and a new version of the app."""

import shutil

import pytest
from playwright.sync_api import expect

from portal import paths
from portal.gate import app as shell
from tests.browser.gate_phones import KEPT, Phone, fair, invitation, joined, shown

__all__ = ["fair", "joined", "shown"]  # fixtures

WECHAT = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 MicroMessenger/8.0.49"
)
NO_WORKER = "delete Navigator.prototype.serviceWorker"


def heading(page):
    return expect(page.get_by_role("heading", level=2))


def test_in_wechat_without_a_service_worker_it_says_how_to_open_a_browser(browser_page, session, fair, shown):
    page = browser_page(user_agent=WECHAT)
    page.add_init_script(NO_WORKER)

    page.goto(f"/gate/join#{invitation(session, f'fair/{fair.number}')}")

    heading(page).to_have_text("请用浏览器打开")
    expect(page.get_by_text("点右上角“…”，选“在浏览器打开”。")).to_be_visible()
    for button in ("开始扫码", "加入"):
        expect(page.get_by_role("button", name=button, exact=True)).to_be_hidden()
    assert "#" in page.url  # what the browser is given has the invitation in it


def test_in_wechat_that_can_it_joins_and_scans(browser_page, session, fair, shown):
    phone = Phone(browser_page(user_agent=WECHAT)).join(invitation(session, f"fair/{fair.number}"))

    phone.page.context.set_offline(True)
    assert phone.again().read(shown[0])["kind"] == "counted"


def test_a_browser_without_service_workers_is_told_it_cannot(browser_page):
    page = browser_page()
    page.add_init_script(NO_WORKER)

    page.goto("/gate/app/")

    heading(page).to_have_text("这里不能离线签到")


def test_a_phone_that_keeps_nothing_is_told_before_it_joins(browser_page, session, fair, shown):
    page = browser_page()
    page.add_init_script("IDBFactory.prototype.open = () => { throw new DOMException('no', 'SecurityError') }")

    page.goto(f"/gate/join#{invitation(session, f'fair/{fair.number}')}")

    heading(page).to_have_text("这部手机不能离线签到")


def test_an_invitation_that_was_used_is_told_beside_the_form_and_what_was_typed_stays(
    browser_page, session, fair, shown
):
    token = invitation(session, f"fair/{fair.number}")
    Phone(browser_page()).join(token)
    page = browser_page()

    page.goto(f"/gate/join#{token}")
    page.get_by_label("给这部手机起个名").fill("南门")
    page.get_by_role("button", name="加入", exact=True).click()

    expect(page.get_by_role("alert")).to_have_text("二维码过期了，或已经用过。请窗口再出一个。")
    expect(page.get_by_label("给这部手机起个名")).to_have_value("南门")


def test_joining_anew_is_refused_while_anything_waits_and_starts_afresh_after(joined, session, fair, shown):
    phone = joined()
    phone.read(shown[0])
    phone.sent()
    phone.page.context.route("**/api/v1/scan-batches", lambda route: route.abort())
    phone.read(shown[1])
    token = invitation(session, f"fair/{fair.number}")

    phone.page.goto("about:blank")
    phone.page.goto(f"/gate/join#{token}")
    heading(phone.page).to_have_text("还有没上传的")
    phone.page.get_by_role("button", name="回去扫码").click()
    expect(phone.page.get_by_role("button", name="开始扫码")).to_be_visible()
    assert phone.pending == 1
    phone.page.context.unroute("**/api/v1/scan-batches")
    phone.page.get_by_role("button", name="未上传").click()
    phone.sent()
    phone.page.goto("about:blank")
    phone.join(token, "南门")

    assert phone.read(shown[0])["kind"] == "counted"  # of what it was before, it knows nothing


def test_a_reader_who_chooses_another_language_reads_that_alone(browser_page):
    page = browser_page()
    page.goto("/gate/app/")
    heading(page).to_have_text("这部手机还没加入")
    page.evaluate(KEPT)
    page.goto("/")
    page.get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")

    for _ in range(4):  # the new worker takes over once no page of the older is open
        page.goto("/gate/app/")
        heading(page).to_be_visible()
        page.wait_for_timeout(1000)
        page.goto("about:blank")
    page.goto("/gate/app/")

    expect(page.locator("html")).to_have_attribute("lang", "en")
    heading(page).to_have_text("This phone has not joined")


@pytest.fixture
def new_version(server, tmp_path):
    """Put a new version of the app up, with another word on its button: `new_version()`."""
    kept = paths.STATIC
    caches = (shell.version, shell._bytes)

    def put_up() -> None:
        shutil.copytree(kept, tmp_path / "static")
        scanner = tmp_path / "static" / "js" / "gate" / "scanner.js"
        scanner.write_text(scanner.read_text("utf-8") + 'document.body.dataset.newer = "yes";\n', "utf-8")
        _turn_to(tmp_path / "static")

    def _turn_to(folder) -> None:
        paths.STATIC = folder
        for each in caches:
            each.cache_clear()

    yield put_up
    _turn_to(kept)


def found(phone: Phone) -> None:
    """Wait until the phone has fetched the new version whole and keeps it beside the old one."""
    phone.page.evaluate("""async () => {
      const serving = await navigator.serviceWorker.getRegistration();
      await serving.update();
      while (!serving.waiting) await new Promise((done) => setTimeout(done, 50));
    }""")


def runs(phone: Phone, which: str) -> None:
    expect(phone.page.locator("body[data-newer]")).to_have_count(["older", "newer"].index(which))


def test_a_new_version_takes_over_when_no_page_of_the_older_is_open(joined, shown, new_version):
    phone = joined()
    other = Phone(phone.page.context.new_page()).again()
    older = phone.page.evaluate("document.body.dataset.files")
    new_version()
    found(phone)

    phone.again()
    runs(phone, "older")  # the other page is in the middle of something
    other.page.get_by_role("button", name="输报名号").click()
    expect(other.page.get_by_label("报名号")).to_be_visible()
    assert other.read(shown[0])["kind"] == "counted"
    other.page.close()
    phone.page.goto("about:blank")
    phone.again()
    runs(phone, "newer")
    phone.page.get_by_role("button", name="计数", exact=True).click()
    expect(phone.page.get_by_role("button", name="发材料 +1")).to_be_visible()
    phone.page.get_by_role("button", name="返回").click()
    phone.page.context.set_offline(True)

    assert phone.again().read(shown[0])["kind"] == "duplicate_of"  # what was kept by the older is known to the newer
    runs(phone, "newer")
    assert phone.page.evaluate(f"fetch('{older}js/gate/files.js').then(({{ ok }}) => ok)")  # for a page left open


def test_a_page_that_is_idle_and_alone_turns_into_the_new_version_by_itself_or_goes_on_whole(
    joined, shown, new_version
):
    phone = joined()
    new_version()
    found(phone)

    phone.again()
    phone.page.wait_for_timeout(1500)  # the browser waits for the older worker's last event as long as it likes
    phone.page.get_by_role("button", name="计数", exact=True).click()
    expect(phone.page.get_by_role("button", name="发材料 +1")).to_be_visible()
    phone.page.get_by_role("button", name="返回").click()

    assert phone.read(shown[0])["kind"] == "counted"


def test_half_a_new_version_never_takes_over(joined, shown, new_version):
    phone = joined()
    phone.page.context.route("**/js/gate/panels.js", lambda route: route.fulfill(status=200, body="<h1>Wi-Fi</h1>"))
    new_version()

    gone = phone.page.evaluate("""async () => {
      const serving = await navigator.serviceWorker.getRegistration();
      await serving.update();
      const { installing } = serving;
      const over = (done) => (installing.onstatechange = () => installing.state === "redundant" && done());
      if (installing) await new Promise(over);
      return !serving.waiting;
    }""")

    assert gone
    phone.page.context.set_offline(True)
    assert phone.again().read(shown[0])["kind"] == "counted"
    runs(phone, "older")
