"""Three phones on a bad day: no network, hotel pages, lost requests, killed tabs, two tabs, a server killed mid-batch.

As a command: `python -m tests.journeys.gate_chaos --scans 500 --kills 20 --seed 1` prints what it saw, and fails when
a scan that was shown as accepted has not exactly one row, anything is left on a phone, a sequence has a gap, a conflict
is told twice or not at all, or another order of uploads gives another attendance. test_gate_chaos.py does it shortly.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from playwright.sync_api import Error, sync_playwright

from portal.app import create_app
from portal.database import db, writing
from scheduling import gate
from scheduling.models import Base, County, GateDevice
from tests.browser.conftest import CHROMIUM, QUIET
from tests.browser.gate_phones import Phone, booked, invitation
from tests.factories import COUNTY, NOW, FairFactory
from tests.journeys.gate_evening import judge

SECRET = "a secret of the tests, long enough to be one"
HOME = Path(__file__).parents[2]
HOTEL = "<!doctype html><title>Free Wi-Fi</title><h1>Please sign in</h1>"
DEVICES = 3


class House:
    """The server and its keeper, who starts it again whenever it died."""

    def __init__(self, folder: Path, kills: int) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.left = folder / "kills"
        self.told = {"database": f"sqlite:///{folder / 'songgang.sqlite3'}", "secret": SECRET, "now": NOW.isoformat()}
        self.told |= {"port": self.port, "kills": str(self.left)}
        self.left.write_text("0")
        self.kills, self.deaths, self.closed = kills, 0, False
        self.running = self._start()
        threading.Thread(target=self._keep, daemon=True).start()

    def _start(self) -> subprocess.Popen:
        script = Path(__file__).with_name("gate_server.py")
        env = {"PYTHONPATH": str(HOME), "PATH": ""}
        return subprocess.Popen([sys.executable, str(script), json.dumps(self.told)], cwd=HOME, env=env)

    def _keep(self) -> None:
        while not self.closed:
            if self.running.poll() is not None and not self.closed:
                self.deaths += 1
                self.running = self._start()
            time.sleep(0.02)

    def up(self) -> None:
        """Wait until it answers."""
        for _ in range(600):
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise TimeoutError("the server does not start")

    def close(self) -> None:
        """End it for good."""
        self.closed = True
        self.running.kill()
        self.running.wait()


@dataclass
class Volunteer:
    """One phone with its faults, and what it said: id → verdict. `sent` are the items that ever left it, by id."""

    phone: Phone
    dice: random.Random
    offline: bool = False
    hotel: bool = False
    fair: bool = False  # whether requests are left alone
    shown: dict[str, dict] = field(default_factory=dict)
    sent: dict[str, dict] = field(default_factory=dict)
    did: Counter = field(default_factory=Counter)

    def meddle(self, route) -> None:
        """Do with a request what such a day does."""
        for item in json.loads(route.request.post_data or "{}").get("items", []):
            self.sent[item["id"]] = item
        chance = 1 if self.fair else self.dice.random()
        try:
            if self.hotel and not self.fair:
                route.fulfill(status=200, content_type="text/html", body=HOTEL)
            elif chance < 0.15:
                route.abort()
            elif chance < 0.3:
                self.lose_the_answer(route)
            else:
                route.continue_()
        except Error:
            self.did["requests of dead pages"] += 1

    def lose_the_answer(self, route) -> None:
        """Let the server have it, and the phone not know."""
        try:
            route.fetch()
        except Error:
            self.did["requests to a dead server"] += 1
        route.abort()

    def scan(self, text: str) -> None:
        """Hold a ticket before it. What it shows must never be lost from here on."""
        said = self.phone.read(text)
        assert said["kind"] != "broken", said
        self.shown[said["id"]] = {**said, "text": text}
        self.did[said["kind"]] += 1

    def upset(self) -> None:
        """Let something happen to the phone."""
        what = self.dice.choice(["airplane", "reload", "kill", "kill while scanning", "second tab", "hotel"])
        self.did[what] += 1
        page, context = self.phone.page, self.phone.page.context
        if what == "airplane":
            self.offline = not self.offline
            context.set_offline(self.offline)
        elif what == "hotel":
            self.hotel = not self.hotel
        elif what == "second tab":
            self.phone = Phone(context.new_page()).again()
            if len(context.pages) > 3:
                page.close()
        elif what == "reload":
            self.phone.again()
        else:
            fresh = context.new_page()
            if what == "kill while scanning":
                page.evaluate(UNSEEN)
            page.close()
            self.phone = Phone(fresh).again()

    def rest(self) -> None:
        """Back in the office: network, no faults, and wait until nothing is left."""
        self.fair, self.hotel = True, False
        self.phone.page.context.set_offline(False)
        self.phone.page.get_by_role("button", name="未上传").click()
        self.phone.sent(90_000)


def prepare(folder: Path, people: int) -> tuple[str, list[str], list[str]]:
    """Make a county with a fair; give the event, what its tickets show, and an invitation for each phone."""
    told = {"SONGGANG_SECRET": SECRET, "DATABASE_URL": f"sqlite:///{folder / 'songgang.sqlite3'}"}
    app = create_app(told)
    with app.app_context():
        Base.metadata.create_all(db.engine)
        db.session.add(County(code=COUNTY, name="青禾县"))
        fair = FairFactory(slug="market-7", starts_at=NOW, title="柳河镇赶集招聘")
        tickets = booked(db.session(), fair, people)
        event = f"fair/{fair.number}"
        return event, tickets, [invitation(db.session(), event) for _ in range(DEVICES)]


def chaos(scans: int, kills: int, seed: int) -> dict[str, object]:
    """Live through the day; give what was seen. Raises AssertionError when anything was lost, doubled or unequal."""
    dice, folder = random.Random(seed), Path(tempfile.mkdtemp(prefix="songgang-chaos-"))
    event, tickets, tokens = prepare(folder, max(20, scans // 3))
    house = House(folder, kills)
    try:
        with sync_playwright() as playwright:
            house.up()
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
            crew = [_volunteer(browser, house, token, random.Random(seed * 10 + n)) for n, token in enumerate(tokens)]
            shutil.copytree(folder, folder.with_name(folder.name + "-before"))
            _day(crew, house, tickets, scans, dice)
            _evening(crew, house, dice)
            browser.close()
        return judge(folder, event, crew, house)
    finally:
        house.close()
        for each in (folder, folder.with_name(folder.name + "-before")):
            shutil.rmtree(each, ignore_errors=True)


def _volunteer(browser, house: House, token: str, dice: random.Random) -> Volunteer:
    context = browser.new_context(base_url=f"http://127.0.0.1:{house.port}", viewport={"width": 360, "height": 740})
    context.set_default_timeout(30_000)
    joined = Phone(context.new_page()).join(token)
    joined.sent()
    one = Volunteer(joined, dice)
    context.route("**/api/v1/scan-batches", one.meddle)
    return one


def _day(crew: list[Volunteer], house: House, tickets: list[str], scans: int, dice: random.Random) -> None:
    house.left.write_text(str(house.kills))
    for n in range(scans):
        one = dice.choice(crew)
        if n == scans * 2 // 3:
            _shut_out(house, crew[-1])
        one.scan(dice.choice(tickets))
        if dice.random() < 0.2:
            one.upset()


def _shut_out(house: House, one: Volunteer) -> None:
    """The desk shuts a device out, and its list is deleted on the phone; what it has must still come."""
    app = create_app({"SONGGANG_SECRET": SECRET, "DATABASE_URL": house.told["database"]})
    with app.app_context():
        id_ = UUID(one.phone.page.evaluate(DEVICE))
        with writing() as session:
            gate.revoke(session, session.get_one(GateDevice, id_), by=None, now=NOW)


def _evening(crew: list[Volunteer], house: House, dice: random.Random) -> None:
    crew[-1].phone.page.evaluate(FORGET)
    dice.shuffle(order := list(crew))
    for one in order:
        one.fair = True
        one.hotel = False
        one.phone.page.context.set_offline(False)
    for _ in range(600):  # what is left of the deaths, while they all send at once
        if int(house.left.read_text()) == 0:
            break
        dice.choice(crew[:-1]).scan("RUBBISH")
        crew[0].phone.page.wait_for_timeout(150)
    for one in order:
        one.rest()


UNSEEN = """() => {
  import(document.querySelector("script[type=module]").src).then(({ read }) => read("RUBBISH", "camera"));
}"""
DEVICE = """async () => {
  const asked = (request) => new Promise((done) => (request.onsuccess = () => done(request.result)));
  const db = await asked(indexedDB.open("songgang gate"));
  const { id } = await asked(db.transaction("facts").objectStore("facts").get("device"));
  db.close();
  return id;
}"""
FORGET = """async () => {
  const asked = (request) => new Promise((done) => (request.onsuccess = () => done(request.result)));
  const db = await asked(indexedDB.open("songgang gate"));
  await asked(db.transaction("lists", "readwrite").objectStore("lists").clear());
  db.close();
}"""


def main() -> None:
    """Run it, and print what it saw."""
    parser = argparse.ArgumentParser(description=__doc__)
    for name, value in (("scans", 500), ("kills", 20), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=value)
    told = parser.parse_args()
    began = time.monotonic()
    seen = chaos(told.scans, told.kills, told.seed)
    for name, value in {**seen, "seconds": round(time.monotonic() - began)}.items():
        sys.stdout.write(f"{name}: {value}\n")


if __name__ == "__main__":
    main()
