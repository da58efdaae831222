"""Walk the demo's pages as everybody in Chromium and let axe-core look at each: `walk.py URL AXE.JS`.

Pages are found by following links from each door's first page, one example of each kind of address.
"""

from __future__ import annotations

import re
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page, sync_playwright

from portal.commands.test import chromium

URL, AXE = sys.argv[1], Path(sys.argv[2]).read_text(encoding="utf-8")
PASSWORD = "qinghe-demo"  # noqa: S105  the demo prints it
DRESSES: tuple[tuple[str, ...], ...] = ((), ("elder",), ("contrast",))
WAIT, MOST_PAGES = 120, 40
LOOK = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations
    .map(v => v.id + ": " + v.nodes.slice(0, 3).map(n => n.target.join(" ")).join(" | "))"""


def main() -> int:
    """Walk, print what was found, give the exit code."""
    _await()
    seen = found = 0
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-quic"])
        for who, first, sign_in in PEOPLE:
            context = browser.new_context(locale="zh-CN", bypass_csp=True)
            sign_in(context)
            for address in _addresses(context, first):
                for dress in DRESSES:
                    wrong = _look(context, address, dress)
                    seen, found = seen + 1, found + len(wrong)
                    for line in wrong:
                        print(f"{who} {address} {' '.join(dress) or 'plain'}: {line}")
            context.close()
        browser.close()
    print(f"{seen} looks at pages, {found} violations")
    return 1 if found or not seen else 0


def _await() -> None:
    until = time.monotonic() + WAIT
    while True:
        try:
            urllib.request.urlopen(f"{URL}/readyz", timeout=5).close()  # noqa: S310  our own server
        except (urllib.error.URLError, OSError):
            if time.monotonic() > until:
                raise
            time.sleep(0.5)
        else:
            return


def _nobody(_context: BrowserContext) -> None:
    """Come as a stranger."""


def _staff(username: str):  # noqa: ANN202  a way to sign in
    def sign_in(context: BrowserContext) -> None:
        page = context.new_page()
        page.goto(f"{URL}/signin/staff")
        page.fill("#username", username)
        page.fill("#password", PASSWORD)
        page.locator("main button.button-primary").click()
        _require_in(page)

    return sign_in


def _phone(number: str):  # noqa: ANN202
    def sign_in(context: BrowserContext) -> None:
        page, outbox = context.new_page(), context.new_page()
        page.goto(f"{URL}/signin")
        page.fill("#phone", number)
        page.locator("main button.button-primary").click()
        outbox.goto(f"{URL}/demo/outbox")
        code = re.search(r"验证码(\d{6})", outbox.content())
        assert code, "no code in the outbox"  # noqa: S101  the demo failed
        page.fill("#code", code[1])
        page.locator("main button.button-primary").click()
        _require_in(page)

    return sign_in


def _require_in(page: Page) -> None:
    if "/signin" in page.url:
        message = f"could not sign in: {page.url}"
        raise SystemExit(message)


PEOPLE = (
    ("anyone", "/", _nobody),
    ("desk", "/desk/", _staff("desk")),
    ("admin", "/desk/accounts/", _staff("admin")),
    ("scanner", "/gate/", _staff("scanner")),
    ("enterprise", "/enterprise/", _phone("16000000111")),
    ("school", "/school/", _phone("16000000201")),
)


def _addresses(context: BrowserContext, first: str) -> list[str]:
    """Follow links behind the same door; of addresses alike but for a number or a name, keep one."""
    door, page = first.split("/")[1], context.new_page()
    found: dict[str, str] = {}
    waiting = [first]
    while waiting and len(found) < MOST_PAGES:
        address = waiting.pop(0)
        kind = re.sub(r"[a-z]+-\d+|[0-9a-f]{8}-[0-9a-f-]{27}|\d+|(?<=markets/)[a-z]+|(?<=/t/)\w+", "*", address)
        if kind in found:
            continue
        answer = page.goto(URL + address)
        if answer is None or "text/html" not in answer.headers.get("content-type", ""):
            continue
        found[kind] = address
        for link in page.eval_on_selector_all("a[href]", "all => all.map(a => a.href)"):
            parts = urlsplit(link)
            mine = parts.path.split("/")[1:2] == [door] if door else parts.path.split("/")[1:2] not in STAFF
            if f"{parts.scheme}://{parts.netloc}" == URL and mine and not parts.path.endswith(".ics"):
                waiting.append(parts.path)
    page.close()
    return list(found.values())


STAFF = (["desk"], ["gate"], ["school"], ["enterprise"])


def _look(context: BrowserContext, address: str, dress: tuple[str, ...]) -> list[str]:
    """Open a page in one dress; give axe's violations, and a word when it scrolls sideways at 320 px."""
    for mode in ("elder", "contrast"):
        context.add_cookies([{"name": mode, "value": "on" if mode in dress else "off", "url": URL}])
    page = context.new_page()
    page.set_viewport_size({"width": 320, "height": 720})
    page.goto(URL + address)
    width = page.evaluate("document.documentElement.scrollWidth")
    wrong = [f"scrolls sideways: {width} px"] if width > 320 else []  # noqa: PLR2004
    page.evaluate(AXE)
    wrong += page.evaluate(LOOK)
    if not dress:
        page.set_viewport_size({"width": 1280, "height": 800})
        wrong += [line for line in page.evaluate(LOOK) if line not in wrong]
    page.close()
    return wrong


if __name__ == "__main__":
    sys.exit(main())
