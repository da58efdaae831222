"""The offline scanner's own camera: what is held before it is shown in big words, kept and sent; without one, typed."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from benchmarks.decoding import pictures
from scheduling import tickets
from scheduling.models import Scan
from tests.browser import films
from tests.browser.gate_phones import Phone, booked, fair, joined, shown
from tests.factories import COUNTY, KEYS, NOW, FairFactory

__all__ = ["fair", "joined", "shown"]  # fixtures

GAP = [films.nothing()] * 5


def kept(server) -> list[tuple[str, str]]:
    rows = server.session.execute(select(Scan.way, Scan.read).order_by(Scan.read))
    return [tuple(row) for row in rows]


def starts(phone: Phone) -> Phone:
    phone.page.get_by_role("button", name="开始扫码").click()
    return phone


def says(phone: Phone, words: str, timeout: float = 15_000) -> None:
    expect(phone.page.locator("#verdict [data-words]")).to_have_text(words, timeout=timeout)


def people(phone: Phone):
    return expect(phone.page.locator("dialog [data-total=people]"))


@pytest.mark.parametrize(
    ("kind", "grade"),
    [("screen", 2), ("folded", 2), ("blur", 1), ("dim", 2), ("low contrast", 2), ("small", 3)],
    ids=["on a screen", "a folded slip", "blurred", "dim", "pale", "far away"],
)
def test_what_is_held_before_it_is_counted_in_big_words_and_sent(server, camera, joined, shown, kind, grade):
    phone = joined(browser=camera(films.seen(shown[0], kind, grade)))

    starts(phone)
    says(phone, "已签到，请进")
    expect(phone.page.locator("#verdict [data-name]")).to_have_text("王***0")
    assert phone.page.locator("#verdict [data-words]").evaluate("it => parseFloat(getComputedStyle(it).fontSize)") >= 34
    phone.sent()

    assert kept(server) == [("camera", shown[0])]


def test_where_no_code_is_shown_none_is_read(server, camera, joined):
    phone = starts(joined(browser=camera(films.seen("", pictures.EMPTY, 0))))

    phone.page.wait_for_timeout(1500)

    says(phone, "请对准二维码")
    assert (phone.pending, kept(server)) == (0, [])


def test_rapidly_one_after_another_goes_in_without_a_touch(server, camera, joined, shown):
    first, second = ([films.code(text)] * 8 for text in shown[:2])
    phone = starts(joined(browser=camera(films.film([*first, *GAP, *second, *GAP]))))

    people(phone).to_have_text("2")
    phone.sent()

    assert kept(server) == sorted(("camera", text) for text in shown[:2])
    expect(phone.page.get_by_role("button", name="下一位")).to_be_hidden()


def test_one_at_a_time_waits_for_the_thumb(server, camera, joined, shown):
    first, second = ([films.code(text)] * 8 for text in shown[:2])
    phone = joined(browser=camera(films.film([*first, *GAP, *second, *GAP])))
    page = phone.page
    phone.settings()
    rapid = page.get_by_label("连续扫")
    expect(rapid).to_be_checked()
    rapid.uncheck()
    page.get_by_role("button", name="好", exact=True).click()

    starts(phone)
    says(phone, "已签到，请进")
    page.wait_for_timeout(2500)  # both came by again
    people(phone).to_have_text("1")
    page.get_by_role("button", name="下一位").click()

    people(phone).to_have_text("2")
    phone.sent()
    assert kept(server) == sorted(("camera", text) for text in shown[:2])


def test_a_ticket_of_another_fair_is_told_apart(server, camera, joined, session):
    other = FairFactory(title="专场招聘会", starts_at=NOW)
    [text] = booked(session, other, 1)
    session.commit()
    phone = starts(joined(browser=camera(films.film([films.code(text)] * 10))))

    says(phone, "不是这场的码")
    phone.sent()

    people(phone).to_have_text("0")
    assert kept(server) == [("camera", text)]


TORCH = """() => {
  const { getCapabilities } = MediaStreamTrack.prototype;
  MediaStreamTrack.prototype.getCapabilities = function () { return { ...getCapabilities.call(this), torch: true }; };
  window.lit = [];
  MediaStreamTrack.prototype.applyConstraints = async ({ advanced }) => lit.push(advanced[0].torch);
}"""
SENSES = """() => {
  window.felt = [];
  const { start } = OscillatorNode.prototype;
  OscillatorNode.prototype.start = function (at) { felt.push(this.frequency.value); return start.call(this, at); };
  navigator.vibrate = (how) => felt.push(how);
}"""


def test_a_torch_is_offered_where_there_is_one(camera, joined, shown):
    film = films.film([films.nothing()] * 5)
    without = starts(joined(browser=camera(film)))
    expect(without.page.locator(".view")).to_be_visible()
    expect(without.page.get_by_role("button", name="手电筒")).to_be_hidden()

    phone = joined(browser=camera(film))
    phone.page.add_init_script(f"({TORCH})()")
    button = starts(phone.again()).page.get_by_role("button", name="手电筒")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(button).to_have_attribute("aria-pressed", "false")

    assert phone.page.evaluate("lit") == [True, False]


def felt(phone: Phone, number: int) -> set[int]:
    """Give tones (Hz) and shakes (ms) when there were so many; more would have come within a moment."""
    for _ in range(50):
        if phone.page.evaluate("felt.length") >= number:
            break
        phone.page.wait_for_timeout(100)
    phone.page.wait_for_timeout(200)
    assert phone.page.evaluate("felt.length") == number
    return set(phone.page.evaluate("felt.flat()"))


def test_a_verdict_is_heard_and_felt_unless_it_shall_be_silent(camera, joined, shown):
    phone = joined(browser=camera(films.film([films.nothing()] * 5)))
    phone.page.add_init_script(f"({SENSES})()")
    starts(phone.again())

    phone.read(shown[0])
    assert felt(phone, 3) == {880, 1320, 90}
    phone.read("RUBBISH")
    assert felt(phone, 7) == {220, 180, 150, 300, 80} | {880, 1320, 90}
    phone.settings()
    loud = phone.page.get_by_label("出声")
    expect(loud).to_be_checked()  # the panel is open: what is not shown yet is unchecked, and `uncheck` asks no more
    loud.uncheck()
    phone.page.get_by_role("button", name="好", exact=True).click()
    phone.read(shown[1])

    assert felt(phone, 8) == {220, 180, 150, 300, 80} | {880, 1320, 90}


def test_where_nothing_sounds_or_shakes_it_scans_all_the_same(server, camera, joined, shown):
    phone = joined(browser=camera(films.film([films.code(shown[0])] * 10)))
    phone.page.add_init_script(
        "delete window.AudioContext; delete Navigator.prototype.vibrate; delete Navigator.prototype.wakeLock"
    )

    starts(phone.again())

    says(phone, "已签到，请进")
    phone.sent()
    assert kept(server) == [("camera", shown[0])]


def test_a_camera_that_another_app_takes_away_is_told_and_started_again(server, camera, joined, shown):
    phone = starts(joined(browser=camera(films.film([films.nothing()] * 45 + [films.code(shown[0])] * 10))))
    says(phone, "已签到，请进")

    phone.page.evaluate(
        "document.querySelector('video').srcObject.getVideoTracks()[0].dispatchEvent(new Event('ended'))"
    )
    says(phone, "摄像头没开成")
    expect(phone.page.locator(".view")).to_be_hidden()
    starts(phone)

    says(phone, "已经签过")


def test_a_camera_that_is_refused_is_told_and_the_code_is_typed(server, joined, shown, session):
    phone = joined()  # of a browser that has no camera and grants none
    code = tickets.opened(session, COUNTY, shown[0], KEYS).code

    starts(phone)
    says(phone, "摄像头没开成")
    expect(phone.page.locator("#verdict [data-detail]")).to_contain_text("也可以输报名号")
    expect(phone.page.get_by_role("button", name="开始扫码")).to_be_visible()
    phone.page.get_by_role("button", name="输报名号").click()
    phone.page.get_by_label("报名号").fill(re.sub("(...)", r"\1 ", code))
    phone.page.get_by_role("button", name="签到", exact=True).click()

    says(phone, "已签到，请进")
    phone.sent()
    assert [way for way, _ in kept(server)] == ["typed"]
