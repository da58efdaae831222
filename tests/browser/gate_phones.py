"""Phones at the gate: joined in real Chromium, held before tickets without a camera, looked into."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from scheduling import gate, reservations, tickets
from scheduling.models import ClassSession, Fair
from tests.factories import COUNTY, KEYS, NOW, FairFactory, SessionFactory
from tests.gate_world import WORLD, lay_out

URL = "http://127.0.0.1:8000"


def booked(session, fair, people: int, start: int = 0) -> list[str]:
    """Give what the tickets of so many people show to a camera."""
    shown = []
    for n in range(start, start + people):
        row = reservations.reserve(session, fair, name=f"王秀{n:03d}", phone=f"136{n:08d}", by=None, now=NOW)
        shown.append(tickets.address(tickets.standing(session, row), KEYS, URL))
    return shown


def invitation(session, *scope: str) -> str:
    """Give what the QR at the desk says, without its address."""
    _, token = gate.invite(session, COUNTY, scope, by=None, now=NOW)
    session.commit()
    return token


@pytest.fixture
def fair(session) -> Fair:
    """A fair at whose gate phones stand."""
    return FairFactory(slug="market-7", title="柳河镇赶集招聘", starts_at=NOW)


@pytest.fixture
def shown(session, fair) -> list[str]:
    """What the tickets of six people there show to a camera."""
    texts = booked(session, fair, 6)
    session.commit()
    return texts


@pytest.fixture
def joined(session, fair, shown, browser_page) -> Callable[..., Phone]:
    """A phone that joined this fair's gate: `joined()`."""

    def join(label: str = "东门", **more: object) -> Phone:
        return Phone(browser_page(**more)).join(invitation(session, f"fair/{fair.number}"), label)

    return join


@pytest.fixture
def at(session, browser_page) -> Callable[..., Phone]:
    """A phone that joined in the world of the vectors: `at("class/3")`, with `lessons` so far from now, by number."""
    lay_out(session)

    def join(*scope: str, label: str = "东门", lessons: dict[int, timedelta] | None = None) -> Phone:
        lesson = session.scalars(select(ClassSession)).one()
        for number, away in (lessons or {}).items():
            times = {"starts_at": NOW + away, "ends_at": NOW + away + timedelta(hours=3)}
            if number == lesson.number:
                lesson.starts_at, lesson.ends_at = times.values()
            else:
                SessionFactory(training_class=lesson.training_class, class_id=lesson.class_id, number=number, **times)
        return Phone(browser_page()).join(invitation(session, *scope), label)

    return join


def shows(who: str) -> str:
    """Give what the ticket of somebody in the world of the vectors shows to a camera."""
    return f"HTTPS://SG.EXAMPLE/T/{WORLD['tickets'][who]['token']}"


@dataclass
class Phone:
    """One phone in a volunteer's hand, and its page."""

    page: Page

    def join(self, token: str, label: str = "东门") -> Phone:
        """Open the invitation, name the phone, wait until it works without a network."""
        self.page.goto(f"/gate/join#{token}")
        self.page.get_by_label("给这部手机起个名").fill(label)
        self.page.get_by_role("button", name="加入", exact=True).click()
        self.page.locator("[data-kind]").wait_for()
        self.page.evaluate(KEPT)
        return self

    def again(self) -> Phone:
        """Open the page anew, as after a tab was killed."""
        self.page.goto("/gate/app/")
        self.page.locator("[data-kind]").wait_for()
        return self

    def read(self, text: str, way: str = "camera") -> dict:
        """Hold a ticket before it; give what it says."""
        return self.page.evaluate(READ, [text, way])

    def says(self, words: str, name: str = "", detail: str = "") -> None:
        """Expect the verdict on its screen, all three lines of it."""
        box = self.page.locator("#verdict")
        for part, text in (("words", words), ("name", name), ("detail", detail)):
            expect(box.locator(f"[data-{part}]")).to_have_text(text)

    def press(self, *names: str) -> None:
        """Press buttons, one after the other."""
        for name in names:
            self.page.get_by_role("button", name=name, exact=True).click()

    def looks_for(self, typed: str) -> Locator:
        """Look for somebody by name; give whom it shows."""
        self.press("输报名号", "没带码，按姓查找")
        self.page.get_by_label("姓，或单位名").fill(typed)
        return self.page.locator("[data-found] button")

    def finds(self, typed: str, who: str) -> Locator:
        """Find somebody by name; give the button that confirms that it is she."""
        self.looks_for(typed).filter(has_text=who).first.click()
        expect(self.page.locator("[data-sure]")).to_contain_text(who)
        return self.page.locator("dialog[open] .go")

    def settings(self) -> None:
        """Open what stands behind the event's name: event, entrance, sound, files, leaving."""
        self.page.locator("header button").first.click()

    @property
    def pending(self) -> int:
        """How many items it says it still has."""
        return int(self.page.locator("[data-pending]").inner_text())

    def sent(self, timeout: float = 20_000) -> None:
        """Wait until it has nothing left, and says so: the number comes a moment after the verdict."""
        for _ in range(int(timeout / 50)):
            if self.page.evaluate(LEFT) == 0:
                break
            self.page.wait_for_timeout(50)
        expect(self.page.locator("[data-pending]")).to_have_text("0", timeout=timeout)

    def dump(self) -> str:
        """Give everything its database holds, as text; keys as what can be got out of them: nothing."""
        return self.page.evaluate(DUMP)


KEPT = """() => new Promise((done) => {
  if (navigator.serviceWorker.controller) done();
  else navigator.serviceWorker.oncontrollerchange = () => done();
})"""
LEFT = """async () => {
  const { pending } = await import(`${document.body.dataset.files}js/gate/store.js`);
  return pending();
}"""
READ = """async ([text, way]) => {
  const { read } = await import(document.querySelector("script[type=module]").src);
  return read(text, way);
}"""
DUMP = """async () => {
  const asked = (request) => new Promise((done) => (request.onsuccess = () => done(request.result)));
  const parts = (pairs) => [...pairs].map(([key, value]) => `${key}: ${text(value)}`).join("\\n");
  const text = (value) => {
    if (value instanceof CryptoKey) return `key, extractable: ${value.extractable}`;
    if (value instanceof ArrayBuffer) return String.fromCharCode(...new Uint8Array(value));
    if (ArrayBuffer.isView(value)) return text(value.slice().buffer);
    if (value instanceof Map) return parts(value);
    return value && typeof value === "object" ? parts(Object.entries(value)) : `${value}`;
  };
  const db = await asked(indexedDB.open("songgang gate"));
  let all = "";
  for (const name of db.objectStoreNames) {
    const store = db.transaction(name).objectStore(name);
    all += `\\n${name}\\n${text(await asked(store.getAll()))}\\n${text(await asked(store.getAllKeys()))}`;
  }
  db.close();
  return all;
}"""
