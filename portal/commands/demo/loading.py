"""Filling the demo county: its ground, its people, what happened and what is planned, all around `now`.

Everything is done by the acts that the doors use; only counties and townships, which nobody opens on screen, are
written as rows. Deeds of the past are told a `now` of the past.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from portal.commands.demo import (
    adverts,
    allocating,
    attendance,
    campaigns,
    cast,
    classes,
    dossiers,
    fairs,
    firms,
    graduates,
    learners,
    live,
    outcomes,
    people,
    rulings,
    season,
    towns,
    villages,
    visitors,
)
from portal.commands.demo.people import Person
from portal.commands.demo.scene import Scene
from scheduling import accounts
from scheduling.models import Account, County, Enterprise, Fair, Market
from scheduling.seals import Keyring

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

CROWD = 120  # people


def read() -> dict[str, Any]:
    """Read what is made up beforehand: towns, firms, jobs, courses, people, and the sums they come to."""
    county: dict[str, Any] = json.loads(Path(__file__).with_name("county.json").read_text(encoding="utf-8"))
    return county


def load(session: Session, county: str, *, keys: Keyring, now: datetime) -> bool:
    """Fill `county` around `now` (aware), in the caller's transaction; one filled before stays as it is (False)."""
    if any(account.username == cast.DESK.username for account in accounts.staff(session, county)):
        return False
    data = read()
    _found(session, county)
    staff = _staff(session, county, now=now - timedelta(days=500))
    scene = Scene(session, county, keys, now, staff[cast.DESK], staff[cast.SCANNER], Random(county))  # noqa: S311  it guards nothing
    markets = towns.settle(scene, data["townships"])
    hiring = firms.settle(scene, data)
    crowd = people.crowd(CROWD)
    short = [hiring[row["no"]] for row in data["enterprises"] if row["gap"]]
    held = _fairs(scene, markets, short, crowd)
    allocating.ask(scene, held, short)
    rulings.settle(scene, held, short)
    live.settle(scene, held, short, crowd)
    opened = classes.settle(scene, data["courses"], hiring)
    learners.enrol(scene, opened, data["demo_people"], crowd)
    villages.settle(scene, opened, crowd)
    learners.attend(scene, opened)
    attendance.settle(scene, opened)
    allocating.staff(scene, opened)
    dossiers.file(scene, opened)
    dossiers.check(scene, opened)
    graduates.keep_ledger(scene, data, hiring)
    graduates.graduate(scene, opened)
    season.settle(scene, data)
    campaigns.keep(scene)
    adverts.settle(scene, crowd)
    dossiers.shelve(scene, opened)
    return True


def _fairs(scene: Scene, markets: dict[str, Market], hiring: list[Enterprise], crowd: list[Person]) -> list[Fair]:
    """Hold every fair: who stands there, who comes, and what became of it."""
    held = fairs.hold(scene, markets)
    rulings.keep(scene, held)
    shown = [fair for fair in held if fair.state == "published"]
    today = next(fair for fair in shown if fair.starts_at >= scene.at(0, "0:00"))
    for place, fair in enumerate(shown):
        passes = visitors.take_booths(scene, fair, hiring, shift=place * 5 % len(hiring))
        reserved = visitors.reserve(scene, fair, crowd)
        if fair.starts_at <= scene.now:
            visitors.scan(scene, fair, passes, reserved)
        if fairs.over(scene, fair):
            outcomes.note_results(scene, fair, place=place)
    visitors.reserve_for_family(scene, today, shown[shown.index(today) + 1])
    fairs.change(scene, held)
    return held


def _found(session: Session, county: str) -> None:
    if session.get(County, county) is None:
        session.add(County(code=county, name="青禾县"))
        session.flush()


def _staff(session: Session, county: str, *, now: datetime) -> dict[cast.Staff, Account]:
    """Open the bureau's accounts."""
    opened: dict[cast.Staff, Account] = {}
    for each in cast.STAFF:
        opened[each] = accounts.open_staff(
            session,
            county,
            username=each.username,
            name=each.name,
            password=cast.PASSWORD,
            roles=each.roles,
            by=opened.get(cast.ADMIN),
            now=now,
        )
    return opened
