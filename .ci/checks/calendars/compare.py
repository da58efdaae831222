"""Compare what calendars understood with what the pages show: `compare.py ADDRESS client=FILE ...`.

A client's file has a line for each event: UID (or -, where it keeps none), start, end (2026-11-25 08:30, Shanghai),
title, tabs between. icalendar reads the feeds itself. Any difference is printed, and ends with 1.
"""

from __future__ import annotations

import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from urllib.request import Request, urlopen
from zoneinfo import ZoneInfo

import html5lib
from icalendar import Calendar

HERE = ZoneInfo("Asia/Shanghai")
MARKS = ("【已取消】", "【换地点】", "【改期】")
Said = tuple[str, str, str, str]  # UID, start, end, title


def get(address: str) -> bytes:
    """Ask for a page or a feed."""
    with urlopen(Request(address), timeout=30) as answer:  # noqa: S310  our own server
        body: bytes = answer.read()
    return body


def read_feed(address: str) -> Iterator[tuple[Said, str]]:
    """Give each event and the address of its page, as icalendar reads them over HTTP."""
    for event in Calendar.from_ical(get(address)).walk("VEVENT"):
        start, end = (event[name].dt.astimezone(HERE).strftime("%Y-%m-%d %H:%M") for name in ("dtstart", "dtend"))
        yield (str(event["uid"]), start, end, str(event["summary"])), str(event["url"])


def read_lines(path: Path) -> Counter[Said]:
    """Count what a client told."""
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").split("\n") if line)
    return Counter((uid, start, end, title) for uid, start, end, title in rows)


def words(element) -> str:  # noqa: ANN001  whatever html5lib gives
    """Give the text in an element on one line as calendars write it: without controls, a backslash full-width."""
    text = "".join(element.itertext()).replace("\\", "＼")
    return " ".join("".join(c for c in text if c.isspace() or not _unseen(c)).split())


def _unseen(c: str) -> bool:
    return unicodedata.category(c) == "Cc" or c == "\ufeff"


def times(element) -> set[tuple[str, str]]:  # noqa: ANN001
    """Give the (start, end) pairs in an element: `<time datetime>` with hours come in twos."""
    found = [each.get("datetime", "") for each in element.iter("time")]
    said = [datetime.fromisoformat(each).astimezone(HERE).strftime("%Y-%m-%d %H:%M") for each in found if "T" in each]
    return set(zip(said[::2], said[1::2], strict=True))


def page(address: str):  # noqa: ANN201
    """Open a page, and give its main part."""
    document = html5lib.parse(get(address), namespaceHTMLElements=False)
    return document.find(".//main")


def bare(title: str) -> str:
    """Give a title without the mark that calendars show in front."""
    return next((title.removeprefix(mark) for mark in MARKS if title.startswith(mark)), title)


def on_pages(root: str, told: list[tuple[Said, str]]) -> Iterator[str]:
    """Name each difference between the events and the pages about them."""
    now = datetime.now(HERE).strftime("%Y-%m-%d %H:%M")  # noqa: TID251  a script has no portal/clock.py
    listed = {}
    for article in page(f"{root}/fairs/").iter("article"):
        title = article.find(".//a")
        listed[root + title.get("href")] = (words(title), times(article))
    by_page: dict[str, list[Said]] = {}
    for said, address in told:
        by_page.setdefault(address, []).append(said)
    for address, events in by_page.items():
        main = page(address)
        heading, shown = words(main.find(".//h1")), times(main)
        standing = {(start, end) for _, start, end, title in events if not title.startswith(MARKS[0])}
        if address.startswith(f"{root}/fairs/"):
            [(_, start, end, title)] = events
            if heading != bare(title) or shown != {(start, end)}:
                yield f"{address} shows {heading} {shown}, calendars {events}"
            if end > now and listed.pop(address, None) != (bare(title), {(start, end)}):
                yield f"/fairs/ shows {address} otherwise than calendars {events}"
        else:
            if not all(bare(title).startswith(heading) for *_, title in events):
                yield f"{address} is headed {heading}, calendars {events}"
            if not standing <= shown <= {(start, end) for _, start, end, _ in events}:
                yield f"{address} shows {sorted(shown)}, calendars {sorted(standing)}"
    yield from (f"/fairs/ shows {address}, calendars do not" for address in listed)


def main(root: str, *clients: str) -> int:
    """Compare, print, and give the number of differences."""
    told = [each for name in ("fairs", "courses") for each in read_feed(f"{root}/feeds/{name}.ics")]
    expected = Counter(said for said, _ in told)
    differences = list(on_pages(root, told))
    for client in clients:
        name, _, path = client.partition("=")
        heard = read_lines(Path(path))
        keeps_uids = not any(uid == "-" for uid, *_ in heard)
        wanted = expected if keeps_uids else Counter(("-", *rest) for _, *rest in expected.elements())
        differences += [f"{name} misses {each}" for each in (wanted - heard).elements()]
        differences += [f"{name} has too much {each}" for each in (heard - wanted).elements()]
    if not expected:
        differences.append("no events at all")
    print(*differences, sep="\n", end="\n" if differences else "")
    print(f"{expected.total()} events compared in {len(clients) + 1} clients, {len(differences)} differences")
    return len(differences)


if __name__ == "__main__":
    sys.exit(min(main(*sys.argv[1:]), 1))
