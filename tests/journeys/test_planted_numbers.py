"""ID numbers planted on every road in: none is found in the database, the logs, the pages or the feeds."""

from __future__ import annotations

import io
import logging
import re
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import MetaData, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from portal.database import db
from scheduling import accounts, enrolments, tickets
from scheduling.models import Deed, Draft, Enrolment
from tests.factories import COUNTY, KEYS, NOW, ClassFactory, SessionFactory
from tests.people_files import number_of, person, xlsx
from tests.portal.public.test_enrolments import HERSELF, answer, new
from tests.scheduling.test_enrolments import sign_up

PLANTED = {
    "enrolled by herself": 101,
    "half-way through the form": 102,
    "refused by a rule": 103,
    "enrolled at the desk": 104,
    "in a file that waits": 105,
    "in a file that was taken in": 106,
    "wrong in a file that waits": 107,
    "in a table": 108,
    "revealed": 109,
    "cancelled": 110,
    "transferred": 111,
}

CAT = "import shutil, sys; [shutil.copyfileobj(open(each, 'rb'), sys.stdout.buffer) for each in sys.argv[1:]]"


def number(road: str) -> str:
    return number_of(PLANTED[road])


def step(road: str) -> dict:
    return {"id_number": {"id_number": number(road)}, "name": {"name": "赵明田"}}


def hand_in(client, row, content: bytes) -> None:
    file = FileStorage(io.BytesIO(content), filename="名单.xlsx")
    told = {"agent_name": "郑", "agent_phone": "13900000000", "consent": "y", "commitment": "y", "file": file}
    boundary, body = encode_multipart(told)
    kind = f'multipart/form-data; boundary="{boundary}"'
    assert client.post(f"/courses/{row.slug}/lists/new", data=body, content_type=kind).status_code == 303


@pytest.fixture
def planted(app, session, desk, signed_in, caplog):
    """Every road in is walked once, with the logs at their loudest; gives what pages and logs said."""
    caplog.set_level(logging.DEBUG)
    row, other = ClassFactory(seats=60, title="焊工班"), ClassFactory(seats=60, title="电工班")
    SessionFactory(training_class=row, number=1)
    village = signed_in(accounts.appoint(session, COUNTY, name="郑满堂", phone="13900000000", by=None, now=NOW))
    told = []

    own = app.test_client()
    own.post(answer(own, row, HERSELF | step("enrolled by herself")), data={"commitment": "y"})
    half = app.test_client()
    told.append(half.get(answer(half, row, HERSELF | step("half-way through the form"))))
    told.append(half.get(new(row, "id_number")))

    walk_in = {"name": "钱二", "phone": "13600000004", "education": "junior", "category": "rural", "relation": "self"}
    at_desk = walk_in | {"id_number": number("enrolled at the desk"), "commitment": "y"}
    assert desk.post(f"/desk/classes/{row.slug}/enrolments/new", data=at_desk).status_code == 303

    hand_in(village, row, xlsx([person(PLANTED["in a file that was taken in"])]))
    told.append(village.get(f"/courses/{row.slug}/lists/check"))
    assert village.post(f"/courses/{row.slug}/lists/check", data={"how": "right"}).status_code == 303
    wrong = person(PLANTED["wrong in a file that waits"])
    wrong[1] = "1"
    hand_in(village, row, xlsx([person(PLANTED["in a file that waits"]), wrong]))
    told.append(village.get(f"/courses/{row.slug}/lists/check"))
    cells = dict(zip(("name-0", "phone-0", "id_number-0"), person(PLANTED["in a table"]), strict=False))
    ticks = {"agent_name": "郑", "agent_phone": "13900000000", "consent": "y", "commitment": "y"}
    table = {**cells, **ticks, "education-0": "junior"}
    done = village.post(f"/courses/{other.slug}/lists/table", data=table)
    told.append(village.get(done.location))
    told.append(village.get("/village/"))

    rows = {
        road: sign_up(session, row, at, id_number=number(road))
        for at, road in enumerate(("revealed", "cancelled", "transferred"), 30)
    }
    enrolments.cancel(session, rows["cancelled"], by=None, now=NOW)
    enrolments.transfer(session, rows["transferred"], other, keys=KEYS, by=None, now=NOW)
    session.commit()
    address = f"/desk/classes/{row.slug}/enrolments/{rows['revealed'].id}"
    shown = desk.post(address, data={"reason": "exam"})
    assert number("revealed") in shown.text  # the one page that tells it, once

    for path in (row.slug, other.slug):
        told += [desk.get(f"/desk/classes/{path}{tail}") for tail in ("", "/enrolments", "/roster")]
        told += [own.get(f"/courses/{path}"), own.get(f"/feeds/courses/{path}.ics")]
    told += [desk.get(address), own.get("/courses/"), own.get("/feeds/courses.ics"), own.get("/tickets")]
    token = tickets.token(tickets.standing(session, rows["revealed"]), KEYS)
    told.append(own.get(f"/t/{token}"))
    told.append(half.post(new(row, "id_number"), data={"id_number": number("refused by a rule")[:-1]}))
    assert {page.status_code for page in told[:-1]} == {200}
    return [page.get_data() for page in told[:-1]], caplog.text


def dump() -> bytes:
    """Everything there is in the database: every value of every row, and on SQLite the files themselves."""
    db.session.commit()
    tables = MetaData()
    tables.reflect(db.engine)
    said = []
    with db.engine.connect() as connection:
        for table in tables.sorted_tables:
            for row in connection.execute(select(table)):
                said += [
                    bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode() for value in row
                ]
    if db.engine.dialect.name == "sqlite":
        path = Path(db.engine.url.database)
        files = sorted(path.parent.glob(f"{path.name}*"))
        # By another process: closing a file that SQLite has open here would take its locks away.
        said.append(subprocess.run([sys.executable, "-c", CAT, *files], check=True, stdout=subprocess.PIPE).stdout)
    return b"\0".join(said)


def spelt(text: str) -> list[bytes]:
    """The ways a number may stand somewhere: as text of one or two bytes, in hex, without its check character."""
    return [text.encode(), text[:17].encode(), text.encode("utf-16-le"), text.encode().hex().encode()]


def found(where: bytes) -> set[str]:
    return {road for road in PLANTED if any(each in where for each in spelt(number(road)))}


def test_no_number_stands_in_the_database_the_logs_the_pages_or_the_feeds(session, planted):
    pages, logs = planted

    assert found(dump()) == set()
    assert found(logs.encode()) == set()
    assert found(b"\n".join(pages)) == set()


def test_they_are_there_all_the_same_sealed_and_a_reveal_left_a_deed(session, planted, clerk):
    kept = {KEYS.unseal(row.id_sealed, "id number") for row in session.scalars(select(Enrolment))}
    drafts = "".join(KEYS.unseal(row.sealed, "draft") for row in session.scalars(select(Draft)))

    sealed = {road for road in PLANTED if number(road) in kept or number(road) in drafts}
    assert sealed == set(PLANTED) - {"refused by a rule"}
    deed = session.scalars(select(Deed).where(Deed.what == "enrolment.id_revealed")).one()
    assert (deed.by_id, deed.facts) == (clerk.id, {"reason": "exam"})


def test_a_number_that_was_written_down_would_be_found(session):
    careless = number_of(150)  # one of its own: SQLite's file keeps what was deleted until it needs the room
    sign_up(session, ClassFactory(), 1, household=careless)
    session.commit()

    assert any(each in dump() for each in spelt(careless))
    assert re.fullmatch(r"\d{17}[\dX]", careless)
