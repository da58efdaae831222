"""Who learns: enrolments, a waiting list, families that share a phone; and who came to which session."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from portal.commands.demo import classes
from portal.commands.demo.people import Person
from portal.commands.demo.scene import Scene
from scheduling import checkins, courses, enrolments, tickets
from scheduling.models import Account, ClassSession, TrainingClass

COMING = {"over": 8, "running": 10, "open": 9, "full": 11}  # strangers; the family comes on top
CAME, LEFT = 0.9, 0.93
_AGENTS = {  # who signs up the people of county.json that do not do it themselves
    "孙小满": ("parent", "吴桂香", "16000000003"),
    "李春生": ("coordinator", "郑满堂", "16000000005"),
    "周桂兰": ("child", "李春燕", "16000000004"),
}
_TOWNS = ("柳河镇", "石桥铺镇", "城关镇", "大槐树镇", "王楼镇")
_LEARN = {"赵明田": "running", "钱秀英": "full", "孙小满": "open", "李春生": "open", "周桂兰": "full"}


def enrol(scene: Scene, opened: dict[str, TrainingClass], family: list[dict[str, Any]], crowd: list[Person]) -> None:
    """Sign everybody up, each class by other people, in the days between its opening and its closing."""
    start = 0
    for key, count in COMING.items():
        strangers = [(each.name, each.phone, each.id_number) for each in crowd[start : start + count]]
        own = [(each["name"], each["phone"], each["id_no"]) for each in family if _LEARN[each["name"]] == key]
        start += count
        training_class = opened[key]
        # 周桂兰 comes last, so that the full class shows her waiting
        queue = [*own[:1], *strangers, *own[1:]]
        moments = sorted(_meanwhile(scene, training_class) for _ in queue)
        for number, ((name, phone, id_number), moment) in enumerate(zip(queue, moments, strict=True)):
            relation, agent_name, agent_phone = _AGENTS.get(name, ("self", "", ""))
            enrolments.enrol(
                scene.session,
                training_class,
                name=name,
                phone=phone,
                id_number=id_number,
                education=scene.chance.choice(("junior", "junior", "senior", "secondary")),
                household=_TOWNS[number % len(_TOWNS)],
                category=scene.chance.choice(("rural", "rural", "rural", "unemployed", "unsure")),
                relation=relation,
                agent_name=agent_name,
                agent_phone=agent_phone,
                consent=True,
                commitment=True,
                keys=scene.keys,
                by=None,
                now=moment,
            )


def attend(scene: Scene, opened: dict[str, TrainingClass]) -> None:
    """Mark who came: in the class that is over from paper lists, in the running one by scanning in and out."""
    teacher = classes.teacher(scene)
    for key in ("over", "running"):
        passes = [tickets.standing(scene.session, row) for row in enrolments.roster(scene.session, opened[key])]
        for block in courses.find(scene.session, scene.county, opened[key].slug).sessions:
            if block.starts_at > scene.now or block.cancelled_at:
                continue
            for ticket in passes:
                if ticket is None or scene.chance.random() > CAME:
                    continue
                minutes = timedelta(minutes=scene.chance.randrange(-12, 6))
                _mark(scene, block, ticket.code, "in", at=block.starts_at + minutes, paper=key == "over", by=teacher)
                if key == "running" and scene.chance.random() < LEFT:
                    minutes = timedelta(minutes=scene.chance.randrange(8))
                    _mark(scene, block, ticket.code, "out", at=block.ends_at + minutes, paper=False, by=teacher)


def _mark(
    scene: Scene, block: ClassSession, code: str, direction: str, *, at: datetime, paper: bool, by: Account
) -> None:
    if at > scene.now:
        return
    checkins.record(
        scene.session,
        id=str(UUID(int=scene.chance.getrandbits(128))),
        county=scene.county,
        class_session=block,
        read=code,
        way="paper" if paper else "camera",
        direction=direction,
        gate=block.room,
        scanned_at=at,
        by=by,
        now=at,
        keys=scene.keys,
    )


def _meanwhile(scene: Scene, training_class: TrainingClass) -> datetime:
    """Give some time while one could sign up, never one to come."""
    assert training_class.publication is not None  # noqa: S101  nobody signs up for a draft
    since, until = training_class.publication.at, min(training_class.enrol_until, scene.now)
    return since + (until - since) * scene.chance.random()
