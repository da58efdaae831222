"""What becomes of adverts once they are open: people leave their phones, firms change what they said.

Chance here is its own, so that the rest of the county stays as it was.
"""

from __future__ import annotations

from datetime import timedelta
from random import Random

from portal.commands.demo import cast
from portal.commands.demo.people import Person
from portal.commands.demo.scene import Scene
from scheduling import vacancies
from scheduling.models import Vacancy

ASKED, MOST = 14, 4  # vacancies somebody asked for, people for one of them
FOR_OTHERS = 3  # of so many, one leaves the phone for a relative


def settle(scene: Scene, crowd: list[Person]) -> None:
    """Let people ask for open vacancies, and two firms change an advert: one change waits, one came back."""
    chance = Random(f"{scene.county} adverts")  # noqa: S311  it guards nothing
    opened = vacancies.open_ones(scene.session, scene.county)
    own = [row for row in opened if row.enterprise.contact_phone == cast.ENTERPRISE.phone]
    others = [row for row in opened if row not in own]
    for row in [*own[:2], *chance.sample(others, min(ASKED, len(others)))]:
        _ask(scene, row, chance.sample(crowd, chance.randint(1, MOST)), chance)
    if own:
        _change(scene, own[0])
    if others:
        _change_in_vain(scene, others[0])


def _ask(scene: Scene, row: Vacancy, people: list[Person], chance: Random) -> None:
    approved = row.standing.at if row.standing else scene.now
    for place, person in enumerate(people):
        at = max(approved, scene.now - timedelta(hours=chance.randint(1, 140)))
        relation = "child" if place % FOR_OTHERS == FOR_OTHERS - 1 else "self"
        told = {"name": person.name, "phone": person.phone, "relation": relation}
        vacancies.leave(scene.session, row, **told, consent=True, by=None, now=min(at, scene.now))


def _change(scene: Scene, row: Vacancy) -> None:
    """Raise the wage: the desk has not read it yet."""
    vacancies.revise(
        scene.session,
        row,
        wage_low=(row.wage_low or 0) + 300,
        wage_high=(row.wage_high or 0) + 500,
        rest="每月休四天，法定假日照休",
        by=None,
        now=scene.now - timedelta(hours=3),
    )


def _change_in_vain(scene: Scene, row: Vacancy) -> None:
    """Promise too much: the desk sent it back, the old text stays."""
    vacancies.revise(scene.session, row, wage_high=(row.wage_high or 0) * 3, by=None, now=scene.now - timedelta(days=2))
    reason = "最高工资是原来的三倍，请附工资表，或改回来"
    vacancies.review(scene.session, row, "returned", reason=reason, by=scene.desk, now=scene.now - timedelta(days=1))
