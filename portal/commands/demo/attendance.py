"""Attendance beyond scanning: leave asked for, granted and refused, and two trainees who sign in by the screen."""

from __future__ import annotations

from datetime import datetime, timedelta

from portal.commands.demo import classes
from portal.commands.demo.scene import Scene
from scheduling import attendance, leaves, rollcalls
from scheduling.attendance import Sheet
from scheduling.models import Account, ClassSession, Enrolment, TrainingClass

PLACE, METRES = (32.5126, 119.0241), 200
NEARBY = (32.5131, 119.0247)  # some eighty metres off: a phone under a roof
_BEFORE = timedelta(hours=15)  # the evening before a session one asks


def settle(scene: Scene, opened: dict[str, TrainingClass]) -> None:
    """Let the running class have a fence, leaves and sign-ins by phone; nothing of it is to come."""
    row, teacher = opened["running"], classes.teacher(scene)
    rollcalls.fence(scene.session, row, *PLACE, METRES, by=teacher, now=scene.ago(3))
    _sign(scene, attendance.sheet(scene.session, row, now=scene.now))
    sheet = attendance.sheet(scene.session, row, now=scene.now)
    missed = [
        (person, one)
        for one in sheet.sessions
        for person in sheet.people
        if sheet.marks[person.id, one.id].kind == "absent"
    ]
    for (person, one), reason in zip(missed, ("private", "sick"), strict=False):
        _leave(scene, person, one, reason, teacher)
    coming = [one for one in sheet.sessions if one.starts_at > scene.now]
    for person, one, reason, decided in zip(
        sheet.people, coming, ("private", "sick", "private"), (False, True, False), strict=False
    ):
        _leave(scene, person, one, reason, teacher if decided else None)


def _sign(scene: Scene, sheet: Sheet) -> None:
    """Let two who were not scanned of late sign in with their phones: one says where it is, one does not."""
    begun = [one for one in reversed(sheet.sessions) if one.starts_at <= scene.now]
    unseen = [(person, one) for one in begun for person in sheet.people if not sheet.marks[person.id, one.id].present]
    for number, ((person, one), where) in enumerate(zip(unseen, (NEARBY, None), strict=False)):
        at = min(one.starts_at + timedelta(minutes=3 + number), scene.now)
        rollcalls.sign(
            scene.session,
            rollcalls.Rollcall(sheet.training_class, one, "in"),
            person,
            id=f"demo-screen-{one.id}-{number}",
            device=scene.keys.blind(f"demo {number}", "device"),
            where=where,
            at=at,
            keys=scene.keys,
            now=at,
        )


def _leave(scene: Scene, person: Enrolment, one: ClassSession, reason: str, teacher: Account | None) -> None:
    asked = _by(scene, one.starts_at - _BEFORE)
    row = leaves.ask(scene.session, person, one, reason, by=None, now=asked)
    if teacher is not None:
        leaves.grant(scene.session, row, by=teacher, now=_by(scene, asked + timedelta(hours=1)))


def _by(scene: Scene, moment: datetime) -> datetime:
    return min(moment, scene.now - timedelta(minutes=1))
