"""A clerk who lets the computer plan: she asks, looks on, and the solver thinks beside her."""

from __future__ import annotations

from contextlib import contextmanager
from threading import Thread

from scheduling import accounts
from tests.browser.people import PASSWORD, Person, staff_signs_in
from tests.factories import COUNTY, NOW
from tests.thinkers import think


def arrives(session, page) -> Person:
    """Open an account at the bureau, and sign its owner in on `page`."""
    told = {"username": "zhou", "name": "周主任", "password": PASSWORD, "roles": ("desk",), "by": None, "now": NOW}
    accounts.open_staff(session, COUNTY, **told)
    session.commit()
    person = Person("clerk", page)
    staff_signs_in(person, "zhou")
    return person


@contextmanager
def thinking(server):
    """Let a solver think while the page looks on."""

    def work():
        with server.app.app_context():
            think()

    thread = Thread(target=work)
    thread.start()
    try:
        yield
    finally:
        thread.join()


def lets_it_think(clerk: Person, server, button: str) -> None:
    """Press the button that asks for a plan; the page of the run goes to the plan by itself."""
    clerk.presses(button)
    clerk.sees("正在排")
    with thinking(server):
        clerk.page.wait_for_url("**/versions/*")
    clerk.looks_at(None)


def fits(clerk: Person) -> None:
    """Find nothing that scrolls sideways at 320 px, in any mode, and nothing to tap that is lower than a thumb."""
    page = clerk.page
    before = page.viewport_size
    page.set_viewport_size({"width": 320, "height": 700})
    for modes in ("", "elder", "contrast", "elder contrast"):
        page.evaluate("modes => document.documentElement.className = modes", modes)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, (page.url, modes)
    page.evaluate("document.documentElement.className = ''")
    small = page.evaluate(_SMALL)
    assert small == [], small
    page.set_viewport_size(before)


_SMALL = """() => [...document.querySelectorAll(
  'main a, main button, main summary, main select, main input:not([type=hidden])')]
  .filter((e) => e.checkVisibility() && !e.closest('.sr-only'))
  .map((e) => [e.textContent.trim().slice(0, 20) || e.id, e.getBoundingClientRect().height])
  .filter(([, height]) => height < 43.5)"""
