"""A first visit costs little: bytes and requests are counted, not time (design.md §4)."""

from __future__ import annotations

import gzip
import posixpath
import re

import pytest

from portal.gate.app import FILES
from portal.gate.app import PAGES as PARTS

FIRST_VISIT, REQUESTS, SCRIPT = 30 * 1024, 5, 5 * 1024
SCANNER, SCANNER_LATER = 25 * 1024, 15 * 1024
PAGES = (
    "/",
    "/fairs/",
    "/fairs/calendar/",
    "/courses/",
    "/vacancies/",
    "/markets/",
    "/tickets",
    "/help",
    "/policies/",
    "/signin",
    "/feeds/",
)
PART = re.compile(r'<(?:link|script|img)[^>]+(?:href|src)="([^"]+)"')
ELSEWHERE = re.compile(r'<(?:link|script|img|iframe|form)[^>]+(?:href|src|action)="(?:https?:)?//')


def parts(client, address: str) -> dict[str, int]:
    """Give what a first visit to `address` fetches, with compressed sizes."""
    page = client.get(address)
    assert page.status_code == 200
    assert ELSEWHERE.search(page.text.replace('rel="canonical"', "")) is None
    assert "style=" not in re.sub(r"<svg.*?</svg>", "", page.text, flags=re.DOTALL)
    found = {address: len(gzip.compress(page.data))}
    for part in dict.fromkeys(PART.findall(page.text)):
        if not part.endswith((".ics", "webmanifest")):
            with client.get(part) as fetched:
                found[part] = len(gzip.compress(fetched.data))
    return found


def needed(client) -> dict[str, int]:
    """Give what the offline scanner needs until it can say a first verdict: page, style, scripts, worker, decoder.

    What comes after it stands (joining, uploading, panels) is fetched by `import()`, and counted beside it.
    """
    page = client.get("/gate/app/").text
    files = re.search(r'data-files="([^"]+)"', page)[1]
    found, todo = {"/gate/app/": len(gzip.compress(page.encode()))}, [f"{files}js/gate-worker.js", *PART.findall(page)]
    while todo:
        part = todo.pop()
        if part in found or part.endswith((".svg", ".png", ".webmanifest")):
            continue
        text = client.get(part)
        found[part] = len(gzip.compress(text.data))
        folder = part.rpartition("/")[0]
        names = re.findall(r'^(?:import .*from |importScripts\()"(.+?)"', text.text, flags=re.MULTILINE)
        todo += [posixpath.normpath(f"{folder}/{name}") for name in names]
    return found


def test_the_scanner_says_its_first_verdict_within_its_budget(phone):
    found = needed(phone)

    names = {part.rpartition("/")[2] for part in found}
    assert {"scanner.js", "store.js", "tokens.js", "decode.js", "gate-app.css"} <= names
    assert sum(found.values()) <= SCANNER, found


def test_what_the_scanner_fetches_after_it_stands_is_small_too(phone):
    page = phone.get("/gate/app/").text
    files = re.search(r'data-files="([^"]+)"', page)[1]
    first = needed(phone)
    rest = [f"{files}{name}" for name in (*FILES, *PARTS) if name.endswith((".js", ".css", ".html"))]

    later = {part: len(gzip.compress(phone.get(part).data)) for part in rest if part not in first}
    assert sum(later.values()) <= SCANNER_LATER, later


@pytest.mark.parametrize("address", PAGES)
def test_a_first_visit_fits_the_budget(phone, address):
    fetched = parts(phone, address)

    assert len(fetched) <= REQUESTS, fetched
    assert sum(fetched.values()) <= FIRST_VISIT, fetched
    assert sum(size for part, size in fetched.items() if part.endswith(".js")) <= SCRIPT, fetched
