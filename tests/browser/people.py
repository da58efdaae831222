"""People in front of their own screens: they read what is shown, type, click, and notice when something is wrong.

`SONGGANG_SHOTS=folder` keeps a picture of every page they look at, on a phone and on a wide screen.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from playwright.sync_api import ConsoleMessage, Locator, Page, Response, expect
from sqlalchemy import select

from scheduling.models import Notice

PASSWORD = "a password of the tests"
PHONE, DESK = (360, 800), (1280, 900)
SHOTS = os.environ.get("SONGGANG_SHOTS", "")


class Person:
    """Somebody with a browser of her own."""

    def __init__(self, name: str, page: Page) -> None:
        self.name, self.page, self.wrong, self.looks = name, page, [], 0
        page.on("console", self._heard)
        page.on("response", self._answered)

    def goes_to(self, address: str) -> None:
        """Type an address: only the first one, as on a poster or in a message."""
        self.page.goto(address)
        self.looks_at(None)

    def clicks(self, words: str, role: str = "link", *, within: Locator | None = None, exact: bool = True) -> None:
        """Click what says `words`, and look at the page that comes."""
        with self.page.expect_navigation():
            (within or self.page).get_by_role(role, name=words, exact=exact).first.click()
        self.looks_at(None)

    def presses(self, words: str, *, within: Locator | None = None) -> None:
        """Press the button that says `words`, and look at the page that comes."""
        self.clicks(words, "button", within=within)

    def finds(self, words: str) -> None:
        """Go by the menu of an office, which is folded on a phone."""
        menu = self.page.locator("details.menu")
        menu.locator("summary").click()
        self.clicks(words, within=menu)

    def chooses(self, *words: str) -> None:
        """Open what is folded, tick a box or pick one of several: whatever says so."""
        for each in words:
            self.page.get_by_text(each, exact=True).click()

    def types(self, told: dict[str, str]) -> None:
        """Fill in fields by their labels, pick in lists; a label may have （可不填） behind it."""
        for label, text in told.items():
            field = self._field(label)
            if field.evaluate("field => field.tagName") == "SELECT":
                field.select_option(label=text)
            else:
                field.fill(text)

    def sees(self, *words: str) -> None:
        """Find all of these on the page, each where somebody sees it."""
        for each in words:
            expect(self.page.get_by_text(each).filter(visible=True).first).to_be_visible()

    def reads(self, label: str) -> str:
        """Read what stands in a field."""
        return self._field(label).input_value()

    def is_told(self, label: str, words: str) -> None:
        """Read an error beside the field it is about, and again at the top of the page."""
        field = self._field(label)
        expect(field).to_have_attribute("aria-invalid", "true")
        expect(self.page.locator(f"#{field.get_attribute('id')}-error")).to_contain_text(words)
        expect(self.page.get_by_role("alert")).to_contain_text(words)

    def looks_at(self, name: str | None) -> None:
        """Notice what is wrong with this page: it scrolls sideways, a script or the console complains."""
        width = self.page.viewport_size["width"]
        assert self.page.evaluate("document.documentElement.scrollWidth") <= width, self.page.url
        assert self.wrong == [], self.wrong
        if SHOTS:
            self._keeps_a_picture(name)

    def _field(self, label: str) -> Locator:
        return self.page.get_by_label(re.compile(rf"^{re.escape(label)}\s*(（可不填）)?$"))

    def _keeps_a_picture(self, name: str | None) -> None:
        self.looks += 1
        slug = re.sub(r"[^\w-]+", "-", name or self.page.title().split(" · ")[0])
        phone = self.page.viewport_size
        for width, height in (PHONE, DESK):
            self.page.set_viewport_size({"width": width, "height": height})
            path = Path(SHOTS) / f"{self.name}-{self.looks:02}-{slug}-{width}.png"
            self.page.screenshot(path=path, full_page=True)
        self.page.set_viewport_size(phone)

    def _heard(self, said: ConsoleMessage) -> None:
        refused = said.text.startswith("Failed to load resource") and said.location.get("url") == self.page.url
        if said.type == "error" and not refused:  # a page with a 4xx status is an answer, read as such
            self.wrong.append(f"{self.page.url}: {said.text}")

    def _answered(self, answer: Response) -> None:
        if answer.status >= 400 and answer.request.resource_type != "document":
            self.wrong.append(f"{answer.status} {answer.url}")


def staff_signs_in(person: Person, username: str) -> None:
    """Sign in by password."""
    person.goes_to("/signin/staff")
    person.types({"用户名": username, "密码": PASSWORD})
    person.presses("登录")


def signs_in_by_phone(person: Person, phone: str, server) -> None:
    """Sign in with the code that came to `phone`; the page that asks for the number is on screen."""
    person.types({"手机号": phone})
    person.presses("发验证码")
    newest = select(Notice.text).where(Notice.phone == phone).order_by(Notice.created_at.desc(), Notice.id.desc())
    code = re.search(r"\d{6}", server.session.scalars(newest).first())
    person.types({"6位验证码": code[0]})
    person.presses("登录")


def reserves(person: Person, name: str, phone: str) -> None:
    """Reserve a place for oneself; the fair's page is on screen, afterwards the ticket."""
    person.clicks("预约")
    person.chooses("给我自己")
    person.presses("下一步")
    person.types({"来的人叫什么名字？": name})
    person.presses("下一步")
    person.types({"手机号是多少？": phone})
    person.presses("下一步")
    person.presses("确认预约")


def short_code(person: Person) -> str:
    """Read the short code on the ticket on screen."""
    return person.page.locator(".ticket-code strong").inner_text()


def picture(person: Person) -> bytes:
    """Take the picture of the QR on the ticket on screen, as a PNG."""
    return person.page.locator(".ticket-qr svg").screenshot()


def types_the_code(gate: Person, code: str) -> None:
    """Type a short code at the gate."""
    gate.types({"报名号": code})
    gate.page.get_by_role("button", name="签到", exact=True).click()


def says(gate: Person, words: str, *more: str, people: int) -> None:
    """Read what the gate says, and how many people it counted."""
    expect(gate.page.locator(".verdict-title")).to_have_text(words, timeout=15_000)
    for each in more:
        expect(gate.page.locator(".verdict")).to_contain_text(each)
    expect(gate.page.locator("[data-count=people]")).to_have_text(str(people))
    gate.looks_at(words)
