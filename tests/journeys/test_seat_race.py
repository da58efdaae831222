"""Many at once for few seats: from four processes, on either database."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from portal.database import db
from scheduling import enrolments, tickets
from scheduling.models import Enrolment, Notice, Ticket, TrainingClass
from tests.conftest import COUNTY, NOW, SECRET
from tests.factories import KEYS, ClassFactory, id_number
from tests.people_files import number_of, xlsx
from tests.people_files import person as villager

PROCESSES = 4


def person(n: int) -> dict:
    return {
        "name": f"赵明{n}",
        "phone": f"136{n:08d}",
        "id_number": id_number(n),
        "education": "junior",
        "category": "rural",
        "relation": "self",
        "agent_name": "",
        "agent_phone": "",
        "consent": False,
        "commitment": True,
    }


@pytest.fixture(scope="module")
def crowd(database_url) -> Iterator[list[subprocess.Popen]]:
    """Four processes, each with an app of its own on the same database."""
    settings = {"SONGGANG_SECRET": SECRET, "DATABASE_URL": database_url, "SONGGANG_COUNTY": COUNTY}
    command = [sys.executable, "-m", "tests.journeys.sign_up_together"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    processes = [subprocess.Popen(command, **pipes) for _ in range(PROCESSES)]
    for process in processes:
        say(process, json.dumps(settings))
        say(process, NOW.isoformat())
    yield processes
    for process in processes:
        process.communicate(timeout=60)


def say(process: subprocess.Popen, words: str) -> None:
    process.stdin.write(words + "\n")
    process.stdin.flush()


@pytest.fixture
def together(crowd, app):
    """Do one act many times at once, spread over four processes: `together("sign_up", [answers, ...])`."""

    def run(act: str, tasks: list[dict]) -> list[list]:
        db.session.commit()
        for number, process in enumerate(crowd):
            say(process, json.dumps({"act": act, "tasks": tasks[number::PROCESSES]}))
        for process in crowd:
            assert process.stdout.readline() == "ready\n"
        for process in crowd:
            say(process, "go")
        return [result for process in crowd for result in json.loads(process.stdout.readline())]

    return run


def states(session, slug: str) -> list[tuple[int, str]]:
    training_class = session.query(TrainingClass).filter_by(slug=slug).one()
    return [(row.place, row.state) for row in enrolments.of_class(session, training_class)]


def test_twenty_four_at_once_for_five_seats(session, together):
    slug = ClassFactory(seats=5).slug

    results = together("sign_up", [{"slug": slug, **person(n)} for n in range(24)])

    assert Counter(result[-1] for result in results) == {"confirmed": 5, "waitlisted": 19}
    assert states(session, slug) == [(n, "confirmed" if n <= 5 else "waitlisted") for n in range(1, 25)]
    training_class = session.query(TrainingClass).one()
    assert (training_class.taken, training_class.queued) == (5, 24)
    assert len({row.serial for row in session.query(Ticket)}) == 24

    seated = enrolments.roster(session, training_class)[:3]
    results = together("cancel", [{"id": str(row.id)} for row in seated] * 2)

    assert [result[-1] for result in results] == ["cancelled"] * 6
    moved_up = [state for _, state in states(session, slug)]
    assert moved_up == ["cancelled"] * 3 + ["confirmed"] * 5 + ["waitlisted"] * 16
    assert session.query(TrainingClass).one().taken == 5
    assert session.query(Notice).filter(Notice.once.endswith("/promoted")).count() == 3


def test_lists_race_with_phones_and_with_people_who_leave_and_nobody_sits_on_anothers_seat(session, together):
    row = ClassFactory(seats=40)
    early = [enrolments.enrol(session, row, **person(n), keys=KEYS, by=None, now=NOW) for n in range(6)]
    lists = [xlsx([villager(n) for n in range(first, first + 25)]) for first in (0, 15)]  # ten stand in both
    leaving, slug = [str(each.id) for each in early[:3]], row.slug
    tasks = [
        *({"does": "hand_in", "slug": slug, "file": content.hex()} for content in (*lists, lists[0])),
        *({"does": "sign_up", "slug": slug, **person(n)} for n in range(6, 26)),
        *({"does": "cancel", "id": id_} for id_ in leaving),
    ]

    results = together("mixed", tasks)

    assert [result for result in results if result[0] in {"error", "refused"}] == []
    handed_in = {tuple(result) for result in results if result[-1] == "list"}
    assert len(handed_in) == 2  # the same file twice is one list
    assert sum(enrolled for _, enrolled, _, _ in handed_in) == 40
    assert sum(known for _, _, known, _ in handed_in) == 10
    session.expire_all()
    people = enrolments.of_class(session, session.query(TrainingClass).one())
    standing = [one for one in people if one.state != "cancelled"]
    assert Counter(one.state for one in standing) == {"confirmed": 40, "waitlisted": 23}
    assert [one.place for one in people] == list(range(1, 67))
    assert len({one.id_blind for one in standing}) == len(standing)
    training_class = session.query(TrainingClass).one()
    assert (training_class.taken, training_class.queued) == (40, 66)
    last_seat = max(one.place for one in standing if one.state == "confirmed")
    assert last_seat < min(one.place for one in standing if one.state == "waitlisted")


def test_a_list_in_which_one_row_is_refused_late_leaves_nothing_half_done(session, together):
    row = ClassFactory(seats=40)
    content = xlsx([villager(n) for n in range(20)])
    others = [{**person(n), "id_number": number_of(n)} for n in range(20)]  # the same people, under other names
    tasks = [
        {"does": "hand_in", "slug": row.slug, "file": content.hex()},
        *({"does": "sign_up", "slug": row.slug, **each} for each in others),
    ]

    results = together("mixed", tasks)

    refused = Counter(result[1] for result in results if result[0] == "refused")
    assert set(refused) <= {"AlreadyEnrolled", "ListNotRight"}
    assert [result for result in results if result[0] == "error"] == []
    session.expire_all()
    people = enrolments.of_class(session, session.query(TrainingClass).one())
    assert (len(people), len({one.id_blind for one in people})) == (20, 20)
    assert session.query(TrainingClass).one().taken == 20


def test_one_person_asking_many_times_at_once_has_one_seat(session, together):
    slug = ClassFactory(seats=5).slug

    results = together("sign_up", [{"slug": slug, **person(1)}] * 24)

    assert {tuple(result) for result in results} == {(str(session.query(Enrolment).one().id), 1, "confirmed")}
    assert (session.query(TrainingClass).one().taken, session.query(Ticket).count()) == (1, 1)


def test_one_answered_form_sent_many_times_at_once_leads_to_one_ticket(session, app, together, phone):
    slug = ClassFactory(seats=5).slug
    form = f"/courses/{slug}/enrolments/new"
    steps = {
        "who": "self",
        **{name: person(1)[name] for name in ("name", "phone", "id_number", "education", "category")},
    }
    app.config["WTF_CSRF_ENABLED"] = True  # as it is outside tests: the processes insist on it
    try:
        for name, value in steps.items():
            page = phone.get(f"{form}?step={name}")
            phone.post(f"{form}?step={name}", data={name: value, "csrf_token": token(page)})
        check = {"commitment": "y", "csrf_token": token(phone.get(f"{form}?step=check"))}
    finally:
        app.config["WTF_CSRF_ENABLED"] = False
    task = {"cookie": phone.get_cookie("songgang").value, "address": f"{form}?step=check", "form": check}

    results = together("post", [task] * 12)

    enrolment = session.query(Enrolment).one()
    ticket = tickets.token(tickets.standing(session, enrolment), app.config["KEYS"])
    assert {tuple(result) for result in results} == {(303, f"/t/{ticket}")}
    assert (session.query(TrainingClass).one().taken, session.query(Ticket).count()) == (1, 1)


def token(page) -> str:
    return re.search(r'name="csrf_token"[^>]* value="([^"]+)"', page.text)[1]


@pytest.fixture
def scratch(app):
    """A table of five seats without any guard."""
    with db.engine.begin() as connection:
        connection.execute(text("CREATE TABLE scratch_seats (seats INTEGER, taken INTEGER)"))
        connection.execute(text("CREATE TABLE scratch_taken (who INTEGER)"))
        connection.execute(text("INSERT INTO scratch_seats VALUES (5, 0)"))
    yield
    with db.engine.begin() as connection:
        connection.execute(text("DROP TABLE scratch_seats"))
        connection.execute(text("DROP TABLE scratch_taken"))


@pytest.mark.parametrize(("act", "oversells"), [("careless", True), ("careful", False)])
def test_looking_before_taking_oversells_where_one_update_does_not(together, scratch, act, oversells):
    results = together(act, [{"who": n} for n in range(24)])

    with db.engine.connect() as connection:
        seated = connection.execute(text("SELECT count(*) FROM scratch_taken")).scalar_one()
    assert Counter(result[0] for result in results)["seated"] == seated
    assert (seated > 5) == oversells
