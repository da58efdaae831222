"""One of several processes that act on one class at the same moment; started by test_seat_race.

Reads its settings and the time, and builds its own app. Then, for each round: reads what each thread shall do, says
`ready`, waits for `go`, lets all threads start together and prints one line of JSON with what each came to.
"""

from __future__ import annotations

import json
import sys
import threading
from datetime import datetime
from uuid import UUID

from sqlalchemy import text

from portal.app import create_app
from portal.database import db, writing
from scheduling import courses, enrolments, signups
from scheduling.models import Enrolment
from scheduling.refusals import Refusal

SETTINGS = json.loads(sys.stdin.readline())
APP = create_app(SETTINGS)
NOW = datetime.fromisoformat(sys.stdin.readline().strip())
APP.config.update(CLOCK=lambda: NOW)


def sign_up(answers: dict, _meet: threading.Barrier) -> list:
    """Through the act, in one transaction of its own, as every page does."""
    with APP.app_context(), writing() as session:
        training_class = courses.find(session, SETTINGS["SONGGANG_COUNTY"], answers.pop("slug"))
        row = enrolments.enrol(session, training_class, **answers, keys=APP.config["KEYS"], by=None, now=NOW)
        return [str(row.id), row.place, row.state]


def cancel(answers: dict, _meet: threading.Barrier) -> list:
    """Give a seat back."""
    with APP.app_context(), writing() as session:
        row = session.get_one(Enrolment, UUID(answers["id"]))
        enrolments.cancel(session, row, by=None, now=NOW)
        return [str(row.id), row.place, row.state]


def hand_in(answers: dict, _meet: threading.Barrier) -> list:
    """Take in a whole list in one transaction, as a coordinator's page does; the file is checked before."""
    content = bytes.fromhex(answers["file"])
    lines = signups.read(content).lines
    with APP.app_context(), writing() as session:
        row = signups.take_in(
            session,
            courses.find(session, SETTINGS["SONGGANG_COUNTY"], answers["slug"]),
            lines,
            digest=signups.digest(content, APP.config["KEYS"]),
            agent_name="郑满堂",
            agent_phone="13900000000",
            consent=True,
            commitment=True,
            only_right=True,
            keys=APP.config["KEYS"],
            by=None,
            now=NOW,
        )
        return [str(row.id), row.enrolled, row.known, "list"]


def mixed(answers: dict, meet: threading.Barrier) -> list:
    """Do the act each task names, all at the same moment."""
    return globals()[answers.pop("does")](answers, meet)


def post(answers: dict, _meet: threading.Barrier) -> list:
    """Through the public page, with the browser's own cookie and token."""
    client = APP.test_client()
    client.set_cookie("songgang", answers["cookie"])
    page = client.post(answers["address"], data=answers["form"])
    return [page.status_code, page.location or page.text]


def careless(answers: dict, meet: threading.Barrier) -> list:
    """Look whether a seat is left, then take it: how it must not be done."""
    with APP.app_context():
        with db.engine.connect() as connection:
            seats, taken = connection.execute(text("SELECT seats, taken FROM scratch_seats")).one()
        meet.wait(timeout=60)  # everybody here has looked before anybody takes
        if taken >= seats:
            return ["full"]
        with writing() as session:
            session.execute(text("UPDATE scratch_seats SET taken = taken + 1"))
            session.execute(text("INSERT INTO scratch_taken (who) VALUES (:who)"), answers)
        return ["seated"]


def careful(answers: dict, _meet: threading.Barrier) -> list:
    """The same with one conditional UPDATE."""
    with APP.app_context(), writing() as session:
        step = text("UPDATE scratch_seats SET taken = taken + 1 WHERE taken < seats RETURNING taken")
        if session.scalar(step) is None:
            return ["full"]
        session.execute(text("INSERT INTO scratch_taken (who) VALUES (:who)"), answers)
        return ["seated"]


def together(act: str, tasks: list[dict]) -> list[list]:
    """Do `act` once for each task, all threads starting together; give what each came to."""
    results: list[list] = [[] for _ in tasks]
    start, meet = threading.Barrier(len(tasks)), threading.Barrier(len(tasks))

    def run(number: int, answers: dict) -> None:
        start.wait()
        try:
            results[number] = globals()[act](answers, meet)
        except Refusal as refusal:
            results[number] = ["refused", type(refusal).__name__]
        except Exception as error:  # noqa: BLE001  whatever else goes wrong is told, and fails the test
            results[number] = ["error", repr(error)]

    threads = [threading.Thread(target=run, args=each) for each in enumerate(tasks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    for line in sys.stdin:
        round_ = json.loads(line)
        with APP.app_context():
            db.session.execute(text("SELECT 1"))
        say("ready")
        sys.stdin.readline()
        say(json.dumps(together(round_["act"], round_["tasks"])))
