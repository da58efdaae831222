"""One process of the race: several threads want the same booth at the same moment. Started by test_booth_race.py."""

from __future__ import annotations

import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier
from uuid import UUID

from sqlalchemy import create_engine, text

from portal.app import create_app
from portal.database import writing
from scheduling import booths
from scheduling.booths import bookings
from scheduling.models import Booth, Enterprise
from scheduling.refusals import Refusal


def main() -> None:
    """Say "ready", wait for "go", race, print the outcome of each enterprise."""
    told = json.loads(sys.argv[1])
    start = Barrier(len(told["enterprises"]))
    race = check_then_insert(told, start) if told["guard"] == "none" else booked(told, start)
    with ThreadPoolExecutor(len(told["enterprises"])) as threads:
        running = [threads.submit(race, enterprise) for enterprise in told["enterprises"]]
        say(json.dumps([outcome.result() for outcome in running]))


def say(line: str) -> None:
    """Tell the test."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def wait(start: Barrier) -> None:
    """Line up inside this process, then with the other processes."""
    if start.wait() == 0:
        say("ready")
        sys.stdin.readline()
    start.wait()


def booked(told: dict, start: Barrier):
    """Book through the act, as a view does; with guard "index" nobody locks the fair."""
    app = create_app({"SONGGANG_SECRET": told["secret"], "DATABASE_URL": told["database"]})
    if told["guard"] == "index":
        bookings.lock = lambda _session, _fair: None

    def race(enterprise: str) -> str:
        with app.app_context():
            wait(start)
            try:
                with writing() as session:
                    booth = session.get_one(Booth, UUID(told["booth"]))
                    firm = session.get_one(Enterprise, UUID(enterprise))
                    booths.book(session, booth, firm, by=None, now=datetime.fromisoformat(told["now"]))
            except Refusal as refusal:
                return type(refusal).__name__
            except Exception as error:  # noqa: BLE001  whatever else it is, the test shall see it
                return repr(error)
            return "booked"

    return race


def check_then_insert(told: dict, start: Barrier):
    """Look whether it is free, then take it: what the guards are there to prevent."""
    engine = create_engine(told["database"])

    def race(enterprise: str) -> str:
        wait(start)
        with engine.begin() as connection:
            if connection.scalar(text("SELECT count(*) FROM scratch_bookings")):
                return "BoothTaken"
        time.sleep(0.01)  # the page is being thought about
        with engine.begin() as connection:
            connection.execute(text("INSERT INTO scratch_bookings VALUES (:firm)"), {"firm": enterprise})
        return "booked"

    return race


if __name__ == "__main__":
    main()
