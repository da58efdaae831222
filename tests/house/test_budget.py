"""A first visit costs little: bytes and requests are counted, not time (design.md §4)."""

from __future__ import annotations

import gzip
import re

import pytest

FIRST_VISIT, REQUESTS, SCRIPT = 30 * 1024, 5, 5 * 1024
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


@pytest.mark.parametrize("address", PAGES)
def test_a_first_visit_fits_the_budget(phone, address):
    fetched = parts(phone, address)

    assert len(fetched) <= REQUESTS, fetched
    assert sum(fetched.values()) <= FIRST_VISIT, fetched
    assert sum(size for part, size in fetched.items() if part.endswith(".js")) <= SCRIPT, fetched
