"""What a feed of 500 events costs: `.venv/bin/python -m benchmarks.feeds [--seconds 3] [--rounds 5]`. Needs `wrk`.

Four ratios, each from one run in which both sides take turns, on SQLite:

- a kept feed and its 304 against a static answer of the same server (granian, two processes) that stands where the
  kept feed stands and sends as many bytes: for the 304 the five of "hello", for the 200 as many as the feed has, plain
  and packed;
- the first build of 500 events against icalendar alone, fed with the same entries, through `Event.add` as its manual
  has it;
- a build after one of the 500 has changed against the first.
"""

from __future__ import annotations

import argparse
import gc
import os
import re
import secrets
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from icalendar import Calendar, Event
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from portal import serving
from portal.app import create_app
from scheduling import feeds
from scheduling.feeds import blocks, entries, generation, ical, versions
from scheduling.models import Base, County, Fair, FairPublication, Township

COUNTY, EVENTS, NOW = "990100", 500, datetime.now(UTC)  # noqa: TID251  a benchmark has no portal/clock.py
ADDRESS = "/feeds/fairs.ics"
ASKED = feeds.Filters()
VOICE = feeds.Voice(
    word=lambda key, _of: {"market_fair": "赶集招聘", "women": "妇女"}.get(key or "", key or ""),
    page=lambda noun, slug: f"https://rs.example.gov.cn/{noun}s/{slug}",
    phone="0990-1234567",
)


def fill(session: Session) -> None:
    """Make 500 published fairs, as long in words as those of the demo county."""
    session.add(County(code=COUNTY, name="青禾县"))
    session.flush()
    towns = [Township(county=COUNTY, code=f"9901{n:02}", name=f"{n}号镇") for n in range(20)]
    session.add_all(towns)
    session.flush()
    for number in range(1, EVENTS + 1):
        begins = NOW + timedelta(hours=12 * number - 1000)
        fair = Fair(
            county=COUNTY,
            number=number,
            slug=f"fair-{number}",
            kind="market_fair",
            title=f"柳河镇赶集招聘第{number}场",
            township_id=towns[number % 20].id,
            place="集市入口",
            address="柳河镇人民路1号",
            latitude=34.5,
            longitude=115.25,
            starts_at=begins,
            ends_at=begins + timedelta(hours=3),
            audiences=["women"],
            uid=f"fair-{number}@songgang.test",
            description="五十家企业，三百个岗位，带身份证就能来，当场可以登记。" * 2,
            rain_plan="下雨改在镇政府礼堂。",
            changed_at=NOW,
        )
        session.add(fair)
        session.flush()
        session.add(FairPublication(fair_id=fair.id, at=NOW))
    generation.renew(session)
    session.commit()


def by_icalendar(said: Iterable[ical.Entry]) -> bytes:
    """Write the same entries with icalendar and nothing of ours, as its manual does."""
    calendar = Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Songgang//Feeds//ZH")
    for entry in said:
        event = Event()
        event.add("uid", entry.uid)
        event.add("sequence", entry.sequence)
        event.add("dtstamp", entry.changed_at)
        event.add("last-modified", entry.changed_at)
        event.add("dtstart", entry.starts_at.astimezone(ical.ZONE))
        event.add("dtend", entry.ends_at.astimezone(ical.ZONE))
        event.add("summary", entry.title)
        event.add("location", entry.place)
        event.add("status", "CONFIRMED")
        event.add("transp", "OPAQUE")
        event.add("url", entry.page)
        event.add("description", entry.notes)
        event.add("categories", list(entry.categories))
        event.add("geo", entry.point)
        event.add("color", entry.color)
        calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written


def timed(work: Callable[[], object]) -> float:
    """Give the seconds a piece of work takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def build(path: Path, rounds: int) -> dict[str, list[float]]:
    """Build in turns: by icalendar alone, for the first time, and after one change."""
    engine = create_engine(f"sqlite:///{path}")
    taken: dict[str, list[float]] = {"icalendar alone": [], "first": [], "after one change": []}
    gc.freeze()  # as the house that serves does
    with Session(engine) as session:
        said = [
            entries.of_fair(fair, VOICE) for fair in versions.fairs_shown(session, versions.fairs(session, now=NOW))
        ]

    def feed() -> None:
        with Session(engine) as session:
            feeds.fairs(session, COUNTY, ASKED, VOICE, now=NOW)

    for number in range(rounds + 1):
        blocks._KEPT.clear()  # noqa: SLF001  as right after a restart
        mine = {"icalendar alone": timed(lambda: by_icalendar(said)), "first": timed(feed)}
        with Session(engine) as session:
            row = session.scalars(select(Fair).where(Fair.number == EVENTS // 2)).one()
            row.title = f"换了名字的第{number}次"
            session.commit()
        mine["after one change"] = timed(feed)
        for name, seconds in mine.items():
            if number:  # the first round warms up
                taken[name].append(seconds)
    return taken


def app() -> Callable[..., Iterable[bytes]]:
    """Give the house with static answers in front, for granian."""
    house = serving.house()
    long = {f"/static-{kind}": os.urandom(int(os.environ[f"BENCH_{kind.upper()}"])) for kind in ("plain", "gzip")}
    answers = {"/hello": b"hello", **long}

    def served(environ: dict[str, str], start: Callable[..., object]) -> Iterable[bytes]:
        body = answers.get(environ["PATH_INFO"])
        if body is None:
            return house(environ, start)
        start("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
        return [body]

    return served


def wrk(address: str, seconds: int, *headers: str) -> float:
    """Give requests a second on 32 connections. Raises RuntimeError when any answer was an error."""
    asked = [word for header in headers for word in ("-H", header)]
    line = ["wrk", "-t1", "-c32", f"-d{seconds}s", *asked, address]
    told = subprocess.run(line, capture_output=True, text=True, check=True).stdout  # noqa: S603
    if "Non-2xx" in told and not any(header.startswith("If-None-Match") for header in headers):
        raise RuntimeError(told)
    [rate] = re.findall(r"Requests/sec:\s+([\d.]+)", told)
    return float(rate)


def fetch(address: str, **headers: str) -> tuple[str, bytes]:
    """Give the tag and the bytes as sent."""
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    asked = urllib.request.Request(address, headers=named)  # noqa: S310  our own server
    with urllib.request.urlopen(asked, timeout=60) as answer:  # noqa: S310  our own server
        return answer.headers["ETag"], answer.read()


def serve(path: Path, seconds: int, rounds: int) -> dict[str, list[float]]:
    """Let wrk ask in turns; give requests a second by what was asked."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    root = f"http://127.0.0.1:{port}"
    os.environ.update(
        DATABASE_URL=f"sqlite:///{path}", SONGGANG_SECRET=secrets.token_hex(32), SONGGANG_URL=root,
        BENCH_PLAIN="1", BENCH_GZIP="1",
    )  # fmt: skip
    with create_app().app_context():
        inside = create_app().test_client()
        sizes = {
            "BENCH_PLAIN": inside.get(ADDRESS),
            "BENCH_GZIP": inside.get(ADDRESS, headers={"Accept-Encoding": "gzip"}),
        }
    os.environ.update({name: str(len(page.data)) for name, page in sizes.items()})
    line = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", "2"]
    line += ["--blocking-threads", "64", "--log-level", "error", "--factory", "--no-ws", "benchmarks.feeds:app"]
    server = subprocess.Popen(line)  # noqa: S603
    try:
        for _ in range(300):
            try:
                fetch(f"{root}/hello")
                break
            except OSError:
                time.sleep(0.1)
        plain, packed = fetch(root + ADDRESS), fetch(root + ADDRESS, Accept_Encoding="gzip")
        print(f"{plain[1].count(b'BEGIN:VEVENT')} events, {len(plain[1])} bytes, {len(packed[1])} packed")
        asked = {
            "hello": (f"{root}/hello",),
            "304": (root + ADDRESS, f"If-None-Match: {plain[0]}"),
            "static, as long": (f"{root}/static-plain",),
            "200": (root + ADDRESS,),
            "static, as long packed": (f"{root}/static-gzip",),
            "200 packed": (root + ADDRESS, "Accept-Encoding: gzip"),
        }
        rates: dict[str, list[float]] = {name: [] for name in asked}
        for number in range(rounds + 1):
            for name, (address, *headers) in asked.items():
                rate = wrk(address, seconds if number else 1, *headers)
                if number:
                    rates[name].append(rate)
        return rates
    finally:
        server.terminate()
        server.wait()


def ratio(over: list[float], under: list[float]) -> float:
    """Give the middle of the ratios of neighbours in time."""
    return statistics.median(one / other for one, other in zip(over, under, strict=True))


def main() -> int:
    """Measure, print, and give how many ratios are not what they should be."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=int, default=3)
    parser.add_argument("--rounds", type=int, default=5)
    told = parser.parse_args()
    if shutil.which("wrk") is None:
        print("wrk is missing: apt-get install wrk")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "feeds.sqlite3"
        engine = create_engine(f"sqlite:///{path}")
        Base.metadata.create_all(engine)
        with Session(engine) as session:
            fill(session)
        taken = build(path, told.rounds)
        rates = serve(path, told.seconds, told.rounds)
    for name, seconds in taken.items():
        print(f"{name:>24}: {statistics.median(seconds) * 1000:8.1f} ms")
    for name, counted in rates.items():
        print(f"{name:>24}: {statistics.median(counted):8.0f} requests/s")
    wanted = (
        ("304 / hello", ratio(rates["304"], rates["hello"]), 0.8, None),
        ("200 / static", ratio(rates["200"], rates["static, as long"]), 0.8, None),
        ("200 / static, packed", ratio(rates["200 packed"], rates["static, as long packed"]), 0.8, None),
        ("first / icalendar alone", ratio(taken["first"], taken["icalendar alone"]), None, 1.1),
        ("after one change / first", ratio(taken["after one change"], taken["first"]), None, 0.05),
    )
    missed = 0
    for name, is_now, least, most in wanted:
        met = (least is None or is_now >= least) and (most is None or is_now <= most)
        missed += not met
        print(f"{name:>24}: {is_now:.3f} ({'≥' if least else '≤'} {least or most}) {'met' if met else 'MISSED'}")
    return missed


if __name__ == "__main__":
    sys.exit(main())
