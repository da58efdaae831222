"""A village coordinator, appointed at the desk, who handed in a list of people for the class that is open."""

from __future__ import annotations

from portal.commands.demo import cast
from portal.commands.demo.people import Person
from portal.commands.demo.scene import Scene
from scheduling import accounts, signups
from scheduling.models import TrainingClass
from scheduling.signups import Line

VILLAGERS = slice(70, 74)  # of the crowd: nobody who learns already


def settle(scene: Scene, opened: dict[str, TrainingClass], crowd: list[Person]) -> None:
    """Appoint the coordinator, and take in the list by the act her page uses."""
    caller, training_class = cast.COORDINATOR, opened["open"]
    account = accounts.appoint(
        scene.session, scene.county, name=caller.name, phone=caller.phone, by=scene.desk, now=scene.ago(60)
    )
    lines = [
        Line(
            number,
            {
                "name": each.name,
                "phone": each.phone,
                "id_number": each.id_number,
                "education": "junior",
                "household": "柳河镇",
            },
        )
        for number, each in enumerate(crowd[VILLAGERS], 2)
    ]
    signups.take_in(
        scene.session,
        training_class,
        lines,
        digest=signups.digest(lines, scene.keys),
        agent_name=caller.name,
        agent_phone=caller.phone,
        consent=True,
        commitment=True,
        only_right=True,
        keys=scene.keys,
        by=account,
        now=scene.now,
    )
