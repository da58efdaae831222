"""What a phone at the gate shows: verdicts for bright sun, what waits in red, nothing that is not on the disk."""

from playwright.sync_api import expect
from sqlalchemy import select

from scheduling.models import GateItem
from tests.browser.gate_phones import at, shows

__all__ = ["at"]  # a fixture


def test_what_waits_stands_in_red_with_its_number_until_it_is_sent(at):
    phone = at("fair/7")
    badge = phone.page.locator(".badge")
    phone.page.context.set_offline(True)
    for who in ("wang", "li", "rotated"):
        phone.read(shows(who))

    expect(badge).to_have_text("3 未上传")
    expect(badge).to_have_css("background-color", "rgb(168, 18, 9)")
    phone.page.context.set_offline(False)
    expect(badge).to_have_text("0 未上传", timeout=20_000)
    expect(badge).to_have_css("background-color", "rgb(11, 59, 34)")


LOOKS = """async () => {
  const { say, words } = await import(document.querySelector("script[type=module]").src);
  const box = document.querySelector("#verdict");
  const light = (colour) => {
    const [r, g, b] = colour.match(/[0-9.]+/g).slice(0, 3).map((part) => part / 255)
      .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  return Object.keys(words).filter((kind) => kind !== "booth").map((kind) => {
    say({ kind, name: "王*芳" }, true);
    const { color, backgroundColor } = getComputedStyle(box);
    const through = backgroundColor === "rgba(0, 0, 0, 0)";
    const behind = through ? getComputedStyle(document.body).backgroundColor : backgroundColor;
    const [low, high] = [light(color), light(behind)].sort((a, b) => a - b);
    const said = box.querySelector("[data-words]");
    const { width, height } = box.querySelector(".icon").getBoundingClientRect();
    return { kind, words: said.textContent, size: parseFloat(getComputedStyle(said).fontSize),
             contrast: (high + 0.05) / (low + 0.05), sign: box.querySelector("path").getAttribute("d").length > 5,
             icon: Math.min(width, height), fits: box.scrollWidth <= box.clientWidth, look: behind };
  });
}"""


def test_every_verdict_has_big_words_a_sign_and_stands_out_in_the_sun(at):
    looks = at("fair/7").page.evaluate(LOOKS)

    assert len(looks) >= 16
    for each in looks:
        assert each["words"], each
        assert each["sign"], each
        assert each["fits"], each
        assert each["size"] >= 34, each
        assert each["icon"] >= 64, each
        assert each["contrast"] >= 7, each  # WCAG 2.2, 1.4.6: what is asked of text for eyes that see badly
    colour = {each["kind"]: each["look"] for each in looks}
    assert len({colour[kind] for kind in ("counted", "duplicate_of", "cancelled")}) == 3


def test_twice_in_a_moment_stays_twice_whatever_the_clocks_say(server, at):
    phone = at("fair/7")
    phone.read(shows("wang"))
    phone.read(shows("wang"))
    phone.sent()

    for _ in range(3):
        phone.page.wait_for_timeout(300)
        expect(phone.page.locator("[data-words]")).to_have_text("已经签过")


def test_an_item_is_on_the_disk_before_its_verdict_is_on_the_screen(server, at):
    phone = at("fair/7")
    phone.page.context.set_offline(True)
    phone.page.evaluate("""() => {
      const { put } = IDBObjectStore.prototype;
      IDBObjectStore.prototype.put = function (...told) {
        if (this.name === "items") throw new DOMException("the disk is full", "QuotaExceededError");
        return put.apply(this, told);
      };
    }""")

    phone.read(shows("wang"))
    expect(phone.page.locator("[data-words]")).to_have_text("没记下！")
    assert phone.pending == 0
    phone.again()
    assert phone.read(shows("wang"))["kind"] == "counted"
    phone.page.context.set_offline(False)
    phone.sent()

    assert server.session.scalars(select(GateItem.seq)).all() == [1]
