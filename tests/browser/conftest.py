"""A real server on a free port, on each database, and real Chromium in front of it.

`server` is where it listens, `browser_page(width=360)` opens a page, `sign_in(page, account)` signs it in. A page on
which a script fails, or which asks for something that is not there, fails its test.
"""

from __future__ import annotations

import shutil
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from portal import doors
from portal.database import db, writing
from scheduling import signins
from scheduling.models import Account
from tests.conftest import DATABASES
from tests.factories import NOW
from tests.planned import FULL

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
QUIET = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-dev-shm-usage",
]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Mark what stands here, and say why it is left out where there is no Chromium.

    What runs in a browser runs on one database, by turns: every act and page has tests of its own on both. With
    SONGGANG_TESTS=full, and when a database is asked for with -k, all of it runs on both.
    """
    turns = cycle(DATABASES)
    turn: dict[str, str] = defaultdict(lambda: next(turns))
    dropped = []
    for item in items:
        if Path(__file__).parent not in item.path.parents:
            continue
        item.add_marker(pytest.mark.browser)
        if CHROMIUM is None:
            item.add_marker(pytest.mark.skip(reason="no Chromium: apt install chromium"))
        on = item.callspec.params.get("database_url") if hasattr(item, "callspec") else None
        if on and not FULL and not config.option.keyword and turn[f"{item.path}::{item.originalname}"] != on:
            dropped.append(item)
    if dropped:
        items[:] = [item for item in items if item not in dropped]
        config.hook.pytest_deselected(items=dropped)


@dataclass(frozen=True)
class Server:
    """The running house: its address, the app, and a session for arranging and looking."""

    url: str
    app: Flask

    @property
    def session(self) -> Session:
        """Give a fresh look at the database; whoever writes commits."""
        db.session.rollback()
        db.session.expire_all()
        return db.session()


@pytest.fixture
def server(app: Flask) -> Iterator[Server]:
    """The house behind a real socket, with its CSRF guard on."""
    listening = make_server("127.0.0.1", 0, app, threaded=True)
    listening.daemon_threads = False  # closing waits for what is being answered: the sweeping comes after it
    thread = threading.Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.02})
    app.config["WTF_CSRF_ENABLED"] = True
    thread.start()
    try:
        yield Server(f"http://127.0.0.1:{listening.server_port}", app)
    finally:
        listening.shutdown()
        thread.join()
        listening.server_close()
        app.config["WTF_CSRF_ENABLED"] = False


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The driver, once."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """Chromium, once; every page gets a profile of its own."""
    browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
    yield browser
    browser.close()


@pytest.fixture
def camera(playwright: Playwright, tmp_path: Path) -> Iterator[Callable[[bytes], Browser]]:
    """Chromium whose camera shows a film: `camera(y4m)`."""
    with ExitStack() as opened:

        def show(film: bytes) -> Browser:
            path = tmp_path / f"film-{len(list(tmp_path.iterdir()))}.y4m"
            path.write_bytes(film)
            fake = ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
            browser = playwright.chromium.launch(
                executable_path=CHROMIUM, args=[*QUIET, *fake, f"--use-file-for-fake-video-capture={path}"]
            )
            opened.callback(browser.close)
            return browser

        yield show


@pytest.fixture
def browser_page(server: Server, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """Open a page: `browser_page(width=360)`, also with `browser=camera(film)` or `java_script_enabled=False`.

    What a script throws, and answers of 500 and more, fail the test at its end.
    """
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def open_page(width: int = 360, height: int = 800, browser: Browser | None = None, **more: object) -> Page:
        browser = browser or request.getfixturevalue("chromium")
        context = browser.new_context(
            base_url=server.url, viewport={"width": width, "height": height}, locale="zh-CN", **more
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: wrong.append(f"{page.url}: {error}"))
        page.on(
            "response", lambda answer: wrong.append(f"{answer.status} {answer.url}") if answer.status >= 500 else None
        )
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.fixture
def sign_in(server: Server) -> Callable[[Page, Account], None]:
    """Sign `account` in on `page`: the cookie, as the sign-in page would set it."""

    def sign(page: Page, account: Account) -> None:
        db.session.commit()  # what the test has made: `writing` reads all of it anew
        with writing() as session:  # the server writes meanwhile
            token = signins.begin(session, account, now=NOW)
        page.context.add_cookies([{"name": doors.COOKIE, "value": token, "url": server.url}])

    return sign
