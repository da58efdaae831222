"""The line before the database: what many phones hand in at the same moment goes in together, and each is answered."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event, update

from portal.api.line import Line
from portal.app import create_app
from portal.database import db, writing
from scheduling import gate as acts
from scheduling.models import Deed, GateDevice, GateItem, Scan
from tests.factories import COUNTY, NOW
from tests.gate_phones import scan, world
from tests.gate_world import WORLD, joined

__all__ = ["world"]  # a fixture
MANY = 40


@pytest.fixture
def phones(session, world) -> list[tuple[GateDevice, str]]:
    """Eight phones that have joined: their hashes are what they are known by."""
    made = [joined(session, label=f"{n}号") for n in range(8)]
    session.commit()
    return made


def handed(secret: str, *items: Any) -> acts.Handed:
    return acts.Handed(acts.hashed(secret), acts.read_all(list(items)), {"last_seq": 1, "pending": 0})


class Crowd:
    """Threads that hand in at lines, each within the app."""

    def __init__(self, app: Flask) -> None:
        self.app, self.threads = app, ThreadPoolExecutor(MANY)

    def at(self, line: Line, told: acts.Handed) -> Future[Any]:
        def hand_in() -> Any:
            with self.app.app_context():
                return line.hand_in(told)

        return self.threads.submit(hand_in)


@pytest.fixture
def crowd(app):
    made = Crowd(app)
    yield made
    made.threads.shutdown()


def meanwhile(doing: Callable[[], list[Future[Any]]]) -> tuple[list[Future[Any]], int]:
    """Let a crowd come while the database is being written by somebody else; give what it was told, and the commits."""
    commits: list[object] = []

    def note(connection: object) -> None:
        commits.append(connection)

    with writing() as session:
        session.execute(update(GateDevice).values(pending=0))
        coming = doing()
        while not all(each.running() for each in coming):
            time.sleep(0.01)
        time.sleep(0.3)  # from there into the line it is a step
        event.listen(db.engine, "commit", note)
    for each in coming:
        each.exception()
    event.remove(db.engine, "commit", note)
    return coming, len(commits) - 1


def test_forty_uploads_that_wait_go_in_by_one_commit_or_two_and_each_is_answered_its_own(crowd, session, phones):
    line = Line()
    people = ["wang", "gone", "li"]

    came, commits = meanwhile(
        lambda: [
            crowd.at(line, handed(phones[n % 8][1], scan(n + 1, people[n % 3], event=f"fair/{7 if n % 5 else 99}")))
            for n in range(MANY)
        ],
    )

    results = [each.result()[0] for each in came]
    assert [result.seq for result in results] == list(range(1, MANY + 1))
    assert [result.verdict["kind"] for n, result in enumerate(results) if not n % 5] == ["quarantined"] * 8
    assert {result.verdict["kind"] for n, result in enumerate(results) if n % 5 and n % 3 == 1} == {"cancelled"}
    assert Counter(result.verdict["kind"] for result in results)["counted"] == 2  # wang once, li once
    assert 1 <= commits <= 2
    session.rollback()
    assert session.query(GateItem).count() == MANY
    assert session.query(Scan).count() == MANY - 8
    told = session.query(Deed).filter_by(what="gate.received").all()
    assert sum(deed.facts["items"] for deed in told) == MANY
    rows = session.query(GateItem).all()
    assert {row.seq: row.device_id for row in rows} == {n + 1: phones[n % 8][0].id for n in range(MANY)}


def test_what_one_upload_spoils_is_its_own_affair(crowd, session, phones):
    line = Line()
    spoilt = acts.Handed(acts.hashed(phones[0][1]), ["no item"])  # no road of ours leads here: a fault of the program

    came, _ = meanwhile(
        lambda: [
            crowd.at(line, spoilt if n == 7 else handed(phones[n % 8][1] if n != 9 else "nobody's", scan(n + 1)))
            for n in range(MANY)
        ],
    )

    assert isinstance(came[7].exception(), AttributeError)
    assert came[9].result() is None
    assert all(each.result()[0].stored == "recorded" for n, each in enumerate(came) if n not in {7, 9})
    session.rollback()
    assert session.query(GateItem).count() == MANY - 2
    assert crowd.at(line, handed(phones[0][1], scan(MANY + 1))).result()[0].stored == "recorded"  # the line goes on


def test_two_processes_that_take_in_the_same_at_once_keep_it_once_and_say_the_same(crowd, session, phones):
    """One phone, two tabs; or its file at the desk while it uploads: either may come first, in any order."""
    lines = Line(), Line()
    secret = phones[0][1]
    items = [scan(n, who) for n, who in enumerate(list(WORLD["tickets"])[:4] * 5, 1)]

    for round_ in range(5):
        told = [{**item, "id": f"{round_}{item['id'][1:]}"} for item in items]
        came, _ = meanwhile(
            lambda told=told: [
                crowd.at(lines[0], handed(secret, *told)),
                crowd.at(lines[1], handed(secret, *told[::-1])),
                *(crowd.at(line, handed(secret, item)) for line in lines for item in told[:5]),
            ]
        )
        answered = [result for each in came for result in each.result()]

        by_id: dict[str, set[str]] = {}
        for result in answered:
            by_id.setdefault(result.id, set()).add(str(result.verdict))
            assert result.stored in {"recorded", "already_recorded"}
        assert all(len(said) == 1 for said in by_id.values())
        assert Counter(result.stored for result in answered)["recorded"] == len(told)
    session.rollback()
    assert session.query(GateItem).count() == session.query(Scan).count() == 5 * len(items)


def test_a_database_that_is_away_is_said_and_nothing_is_called_kept():
    app = create_app(
        {
            "SONGGANG_SECRET": "a secret of the tests, long enough to be one",
            "DATABASE_URL": "postgresql+psycopg://nobody@127.0.0.1:1/nothing",
            "SONGGANG_COUNTY": COUNTY,
        }
    )
    app.config["CLOCK"] = lambda: NOW
    client = app.test_client()

    for _ in range(2):  # and the line is not stuck
        answer = client.post("/api/v1/scan-batches", json={"items": [scan()]}, headers={"Authorization": "Bearer x"})
        assert answer.status_code == 503
        assert "results" not in answer.json
