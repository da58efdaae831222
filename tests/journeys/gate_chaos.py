"""Three phones on a bad day: no network, hotel pages, lost requests, killed tabs, two tabs, a server killed mid-batch.

A fourth stands at another fair, which is called off while that phone holds scans, its bookings are cancelled and the
phone is shut out. As a command: `python -m tests.journeys.gate_chaos --scans 500 --kills 20 --seed 1 --database sqlite`
prints what it saw, and fails when a scan that was shown as accepted has not exactly one row, anything is left on a
phone, a sequence has a gap, a conflict is told twice or not at all, what the fourth held was not put aside, or another
order of uploads gives another attendance. test_gate_chaos.py does it shortly, on each database.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

from playwright.sync_api import Error, sync_playwright
from sqlalchemy import select

from portal.database import db, writing
from scheduling import fairs, gate, reservations
from scheduling.models import Base, County, Fair, GateDevice
from tests.browser.conftest import CHROMIUM, QUIET
from tests.browser.gate_phones import Phone, booked, invitation
from tests.conftest import DATABASES
from tests.factories import COUNTY, NOW, FairFactory
from tests.journeys.gate_evening import judge
from tests.journeys.gate_house import House, Records, opened

HOTEL = "<!doctype html><title>Free Wi-Fi</title><h1>Please sign in</h1>"
DEVICES, HELD = 3, 5


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
    held: set[str] = field(default_factory=set)  # what it had when it was shut out
    did: Counter = field(default_factory=Counter)

    def meddle(self, route) -> None:
        """Do with a request what such a day does."""
        for item in json.loads(route.request.post_data or "{}").get("items", []):
            self.sent[item["id"]] = item
        self.did["requests"] += not self.fair
        chance = 1 if self.fair else self.dice.random()
        try:
            if self.offline:
                route.abort()  # what the driver fetches itself would go through
            elif self.hotel and not self.fair:
                self.did["requests to the hotel"] += 1
                route.fulfill(status=200, content_type="text/html", body=HOTEL)
            elif chance < 0.3:
                self.did["requests failed"] += 1
                route.abort() if chance < 0.15 else self.lose_the_answer(route)
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
        self.fair, self.hotel, self.offline = True, False, False
        self.phone.page.context.set_offline(False)
        self.phone.page.get_by_role("button", name="未上传").click()
        self.phone.sent(90_000)


@dataclass
class Ground:
    """A fair's gate: its event, what its tickets show, and an invitation for each phone."""

    event: str
    tickets: list[str]
    tokens: list[str]


def prepare(url: str, people: int, fairs: int = 1) -> list[Ground]:
    """Make a county with so many fairs."""
    with opened(url):
        Base.metadata.create_all(db.engine)
        db.session.add(County(code=COUNTY, name="青禾县"))
        made = []
        for n in range(fairs):
            fair = FairFactory(slug=f"market-{n + 7}", starts_at=NOW, title="柳河镇赶集招聘")
            tickets, event = booked(db.session(), fair, people, start=n * people), f"fair/{fair.number}"
            made.append(Ground(event, tickets, [invitation(db.session(), event) for _ in range(DEVICES)]))
        return made


def chaos(scans: int, kills: int, seed: int, kind: str = "sqlite") -> dict[str, object]:
    """Live through the day; give what was seen. Raises AssertionError when anything was lost, doubled or unequal."""
    dice = random.Random(seed)
    records = Records(Path(tempfile.mkdtemp(prefix="songgang-chaos-")), kind)
    fair, other = prepare(records.url, max(20, scans // 3), fairs=2)
    house = House(records.folder, records.url, kills)
    try:
        with sync_playwright() as playwright:
            house.up()
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
            tokens = enumerate([*fair.tokens, other.tokens[0]])
            *crew, stray = [_volunteer(browser, house, token, random.Random(seed * 10 + n)) for n, token in tokens]
            with house.still():
                morning = records.copy()
            _day(crew, stray, house, (fair, other), scans, dice)
            _evening([*crew, stray], house, dice)
            browser.close()
        return judge(records, morning, (fair.event, other.event), crew, stray) | {"server deaths": house.deaths}
    finally:
        house.close()
        records.close()


def _volunteer(browser, house: House, token: str, dice: random.Random) -> Volunteer:
    context = browser.new_context(base_url=f"http://127.0.0.1:{house.port}", viewport={"width": 360, "height": 740})
    context.set_default_timeout(30_000)
    joined = Phone(context.new_page()).join(token)
    joined.sent()
    one = Volunteer(joined, dice)
    context.route("**/api/v1/**", one.meddle)
    return one


def _day(
    crew: list[Volunteer],
    stray: Volunteer,
    house: House,
    grounds: tuple[Ground, Ground],
    scans: int,
    dice: random.Random,
) -> None:
    house.left.write_text(str(house.kills))
    fair, other = grounds
    for n in range(scans):
        one = dice.choice(crew)
        if n == scans * 2 // 3:
            _shut_out(house, stray, other)
        if n % (scans // (house.kills or 1) or 1) == 0:
            house.up()  # it takes longer to rise than fifty scans: let it die all through the day
        one.scan(dice.choice(fair.tickets))
        if n % 8 == 0:
            stray.scan(dice.choice(other.tickets))
        if dice.random() < 0.2:
            (one if n % 8 else stray).upset()


def _shut_out(house: House, one: Volunteer, at: Ground) -> None:
    """At the desk: a phone that holds scans is shut out, its fair is called off, all who had booked cancel.

    What it holds, and what it goes on reading unknowing, must still come.
    """
    one.offline = True
    one.phone.page.context.set_offline(True)
    for text in at.tickets[:HELD]:
        one.scan(text)
    one.held = set(list(one.shown)[-HELD:])
    id_ = UUID(one.phone.page.evaluate(DEVICE))
    with opened(house.told["database"]), writing() as session:
        gate.revoke(session, session.get_one(GateDevice, id_), by=None, now=NOW)
        fair = session.scalars(select(Fair).where(Fair.number == int(at.event.partition("/")[2]))).one()
        for reservation in reservations.of_fair(session, fair):
            reservations.cancel(session, reservation, by=None, now=NOW)
        fairs.call_off(session, fair, reason="大雨", by=None, now=NOW)


def _evening(crew: list[Volunteer], house: House, dice: random.Random) -> None:
    crew[-1].phone.page.evaluate(FORGET)
    dice.shuffle(order := list(crew))
    for one in order:
        one.fair, one.hotel, one.offline = True, False, False
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
    parser.add_argument("--database", choices=DATABASES, default="sqlite")
    told = parser.parse_args()
    began = time.monotonic()
    seen = chaos(told.scans, told.kills, told.seed, told.database)
    for name, value in {**seen, "seconds": round(time.monotonic() - began)}.items():
        sys.stdout.write(f"{name}: {value}\n")


if __name__ == "__main__":
    main()
