"""What a filing holds, frozen as it was handed in; and what differs since, in plain words (变更要书面申请)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduling import enrolments, identity
from scheduling.filings.dossiers import dossier
from scheduling.models import Enrolment, Teacher, TrainingClass
from scheduling.planning.clashes import said
from scheduling.planning.solving.words import Sentence, say

WRITTEN = ("head_teacher", "textbook", "modules", "exam_scheme")
_CLASS = {
    "school": say("承训机构从“%(was)s”改成“%(now)s”"),
    "place": say("上课地点从“%(was)s”改成“%(now)s”"),
    "starts_on": say("开班日期从%(was)s改成%(now)s"),
    "ends_on": say("结业日期从%(was)s改成%(now)s"),
    "hours": say("总课时从%(was)s改成%(now)s"),
}
_DOSSIER = {
    "head_teacher": say("班主任从“%(was)s”改成“%(now)s”"),
    "textbook": say("教材从“%(was)s”改成“%(now)s”"),
    "modules": say("教学计划改了"),
    "exam_scheme": say("考核方案改了"),
}


def facts(session: Session, training_class: TrainingClass) -> dict[str, Any]:
    """Give what is filed as plain JSON: class, sessions, teachers, dossier, and who is on the roster, by digest.

    Times are ISO 8601 in UTC. No name and no number of a trainee stands in it.
    """
    written = dossier(session, training_class)
    held = [one for one in training_class.sessions if one.cancelled_at is None]
    names = {one.teacher.strip() for one in held}
    known = select(Teacher).where(Teacher.school_id == training_class.school_id).order_by(Teacher.name)
    return {
        "class": {
            "school": training_class.school.name if training_class.school else "",
            "place": training_class.place,
            "starts_on": training_class.starts_on.isoformat(),
            "ends_on": training_class.ends_on.isoformat(),
            "hours": training_class.course.total_hours,
        },
        "sessions": [
            {
                "number": one.number,
                "starts": one.starts_at.astimezone(UTC).isoformat(),
                "ends": one.ends_at.astimezone(UTC).isoformat(),
                "hours": one.hours,
                "kind": one.kind,
                "party": one.party,
                "topic": one.topic,
                "teacher": one.teacher,
                "room": one.room,
            }
            for one in sorted(held, key=lambda each: each.number)
        ],
        "teachers": [
            {"name": row.name, "trades": sorted(row.trades), "kinds": sorted(row.kinds)}
            for row in session.scalars(known)
            if row.name in names
        ],
        "dossier": {name: getattr(written, name) if written else "" for name in WRITTEN},
        "roster": sorted(map(_digest, enrolments.roster(session, training_class))),
    }


def changes(session: Session, training_class: TrainingClass, filed: Mapping[str, Any]) -> list[Sentence]:
    """Say what of the class is another than in `filed`, the facts of a filing; people by their masked names."""
    now = facts(session, training_class)
    people = {_digest(one): one for one in enrolments.of_class(session, training_class)}
    return [
        *_of_words(_CLASS, filed["class"], now["class"]),
        *_of_sessions(filed["sessions"], now["sessions"]),
        *_of_teachers(filed["teachers"], now["teachers"]),
        *_of_words(_DOSSIER, filed["dossier"], now["dossier"]),
        *_of_roster(filed["roster"], now["roster"], people),
    ]


def _digest(one: Enrolment) -> str:
    """Give what stands for a person in a filing: out of the keyed hash of her ID number, so nobody else can make it."""
    return hashlib.sha256(one.id_blind.encode()).hexdigest()[:16]


def _of_words(words: Mapping[str, Sentence], was: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Sentence]:
    for key, sentence in words.items():
        if was[key] != now[key]:
            told = (("was", was[key]), ("now", now[key]))
            yield Sentence(sentence.text, told if "%(" in sentence.text else ())


def _of_sessions(was: Sequence[Mapping[str, Any]], now: Sequence[Mapping[str, Any]]) -> Iterator[Sentence]:
    before, after = ({one["number"]: one for one in each} for each in (was, now))
    for number in sorted(before.keys() | after.keys()):
        old, new = before.get(number), after.get(number)
        if old is None and new is not None:
            yield say("加了第%(number)s次课：%(when)s", number=number, when=_when(new))
        elif new is None and old is not None:
            yield say("取消了第%(number)s次课：%(when)s", number=number, when=_when(old))
        elif old is not None and new is not None:
            yield from _of_session(number, old, new)


def _of_session(number: int, old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Sentence]:
    if (old["starts"], old["ends"]) != (new["starts"], new["ends"]):
        yield say("第%(number)s次课从%(was)s改到%(now)s", number=number, was=_when(old), now=_when(new))
    if old["teacher"] != new["teacher"]:
        yield say(
            "第%(number)s次课的老师从“%(was)s”换成“%(now)s”", number=number, was=old["teacher"], now=new["teacher"]
        )
    if old["room"] != new["room"]:
        yield say("第%(number)s次课的教室从“%(was)s”换成“%(now)s”", number=number, was=old["room"], now=new["room"])
    if any(old[key] != new[key] for key in ("hours", "kind", "party", "topic")):
        yield say("第%(number)s次课的内容、课时改了", number=number)


def _of_teachers(was: Sequence[Mapping[str, Any]], now: Sequence[Mapping[str, Any]]) -> Iterator[Sentence]:
    """Tell of teachers whose papers are others now; who came or went is told by the sessions."""
    before, after = ({one["name"]: one for one in each} for each in (was, now))
    for name in sorted(before.keys() & after.keys()):
        if before[name] != after[name]:
            yield say("老师%(teacher)s的工种、教什么改了", teacher=name)


def _of_roster(was: Sequence[str], now: Sequence[str], people: Mapping[str, Enrolment]) -> Iterator[Sentence]:
    for digest in sorted(set(now) - set(was), key=lambda each: people[each].place):
        yield say("花名册加了%(name)s", name=identity.masked_name(people[digest].jobseeker.name))
    for digest in sorted(set(was) - set(now)):
        one = people.get(digest)
        yield say("花名册少了%(name)s", name=identity.masked_name(one.jobseeker.name) if one else "—")


def _when(one: Mapping[str, Any]) -> Sentence:
    return said(datetime.fromisoformat(one["starts"]), datetime.fromisoformat(one["ends"]))
