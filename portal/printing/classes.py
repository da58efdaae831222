"""The papers of a class's filing (开班备案): application, roster, timetable, teachers, scheme of examination, promises.

Each takes rows that were read already. What is printed under `at` is the same whenever it is printed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from portal import clock, doors, filters
from portal.clock import HERE
from portal.printing.papers import in_chinese
from portal.printing.press import Paper
from portal.wording import word
from scheduling import training_rules
from scheduling.filings import Listed
from scheduling.models import ClassDossier, ClassFiling, ClassSession, Teacher, TrainingClass

NOON, EVENING = 12, 18  # hours
HALVES = ("上午", "下午", "晚上")
KINDS = ("theory", "practice")


@in_chinese
def application(
    training_class: TrainingClass,
    *,
    dossier: ClassDossier | None,
    filing: ClassFiling | None,
    people: int,
    teachers: Sequence[Teacher],
    at: datetime | None = None,
) -> Paper:
    """Give the 开班申请表 with the fields of 青岛's form; what the house does not know is left for a pen."""
    course, school = training_class.course, training_class.school
    data = {
        **_frame(training_class, at),
        "contact": school.contact_name if school else "",
        "tel": training_class.contact_phone or (school.contact_phone if school else ""),
        "people": people,
        "hours": {"all": course.total_hours, "theory": course.theory_hours, "practice": course.practice_hours},
        "certificate": course.certificate,
        "head": dossier.head_teacher if dossier else "",
        "textbook": dossier.textbook if dossier else "",
        "modules": (dossier.modules.splitlines() if dossier and dossier.modules else course.modules.splitlines()),
        "teachers": [teacher.name for teacher in teachers],
        "promised": filters.full_day(dossier.committed_at) if dossier and dossier.committed_at else "",
        "filed": filters.full_day(filing.filed_at) if filing else "",
        "approved": filters.full_day(filing.decided_at) if filing and filing.approved and filing.decided_at else "",
        "number": filing.number if filing else "",
        "reason": filing.reason if filing and filing.approved else "",
    }
    return Paper("application", f"{training_class.title} 开班申请表", data)


@in_chinese
def roster(
    training_class: TrainingClass, people: Sequence[Listed], *, watermark: str = "", at: datetime | None = None
) -> Paper:
    """Give the 花名册 with the columns of 青岛's form; with whole ID numbers it carries a watermark."""
    lines = [
        {
            "number": number,
            "name": one.enrolment.jobseeker.name,
            "sex": word(one.sex, "person.sex"),
            "education": _education(one.enrolment.education),
            "age": one.age,
            "id": one.id_number,
            "phone": one.enrolment.jobseeker.phone,
            "household": one.enrolment.household,
            "category": word(one.enrolment.category, "person.category"),
            "employer": one.employer,
        }
        for number, one in enumerate(people, 1)
    ]
    data = {**_frame(training_class, at), "people": lines, "watermark": watermark}
    return Paper("roster", f"{training_class.title} 花名册", data)


@in_chinese
def timetable(training_class: TrainingClass, sessions: Sequence[ClassSession], *, at: datetime | None = None) -> Paper:
    """Give the 课程表, a table for each week: days that are taught on across, parts of the day down."""
    weeks: defaultdict[date, list[ClassSession]] = defaultdict(list)
    for one in sessions:
        day = one.starts_at.astimezone(HERE).date()
        weeks[day - timedelta(days=day.weekday())].append(one)
    data = {
        **_frame(training_class, at),
        "weeks": [_week(number, weeks[first]) for number, first in enumerate(sorted(weeks), 1)],
        "lessons": len(sessions),
        "hours": sum(one.hours for one in sessions),
    }
    return Paper("timetable", f"{training_class.title} 课程表", data)


@in_chinese
def teachers(
    training_class: TrainingClass,
    sessions: Sequence[ClassSession],
    known: Sequence[Teacher],
    *,
    at: datetime | None = None,
) -> Paper:
    """Give the list of teachers (师资表): what their certificates cover, what they teach here; the rest for a pen."""
    taught: defaultdict[str, list[ClassSession]] = defaultdict(list)
    for one in sessions:
        taught[one.teacher.strip() or "（没写老师）"].append(one)
    rows = {row.name: row for row in known}
    lines = [
        {
            "name": name,
            "trades": "、".join(rows[name].trades) if name in rows else "没有登记",
            "kinds": "、".join(
                word(kind, "session.kind") for kind in KINDS if name in rows and kind in rows[name].kinds
            ),
            "lessons": len(lessons),
            "hours": sum(one.hours for one in lessons),
        }
        for name, lessons in sorted(taught.items())
    ]
    return Paper("teachers", f"{training_class.title} 师资表", {**_frame(training_class, at), "teachers": lines})


@in_chinese
def scheme(training_class: TrainingClass, dossier: ClassDossier | None, *, at: datetime | None = None) -> Paper:
    """Give the 考核方案 as the school wrote it, and the pass marks of the course's rules."""
    rules = training_rules.of(training_class.course)
    data = {
        **_frame(training_class, at),
        "lines": _lines(dossier.exam_scheme if dossier else ""),
        "pass": {"theory": rules.pass_theory, "practice": rules.pass_practice},
        "resits": rules.resits,
        "share": rules.attendance_share,
        "issuer": rules.outside_issuer,
        "certificate": training_class.course.certificate,
    }
    return Paper("scheme", f"{training_class.title} 考核方案", data)


@in_chinese
def promises(
    training_class: TrainingClass,
    *,
    dossier: ClassDossier | None,
    people: Sequence[Listed],
    at: datetime | None = None,
) -> Paper:
    """Give the promises (承诺书): the school's, and a list on which each trainee's stands with the day she gave it."""
    data = {
        **_frame(training_class, at),
        "committed": filters.full_day(dossier.committed_at) if dossier and dossier.committed_at else "",
        "people": [
            {
                "number": number,
                "name": one.enrolment.jobseeker.name,
                "id": one.id_number,
                "day": filters.full_day(one.enrolment.committed_at),
                "by": "" if one.enrolment.relation == "self" else word(one.enrolment.relation, "relation"),
            }
            for number, one in enumerate(people, 1)
        ],
    }
    return Paper("promises", f"{training_class.title} 承诺书", data)


def _frame(training_class: TrainingClass, at: datetime | None) -> dict[str, Any]:
    settings = doors.settings()
    return {
        "host": settings.host_unit,
        "phone": settings.service_phone,
        "printed": filters.local(at or clock.now()),
        "class": {
            "title": training_class.title,
            "number": training_class.number,
            "course": training_class.course.name,
            "school": training_class.school.name if training_class.school else "",
            "place": training_class.place,
            "address": training_class.address,
            "first": filters.full_day(training_class.starts_on),
            "last": filters.full_day(training_class.ends_on),
            "filing": training_class.filing_no,
        },
    }


def _education(key: str) -> str:
    return word(key, "person.category" if key == "unsure" else "education")


def _lines(text: str) -> list[str]:
    return [line for line in map(str.strip, text.splitlines()) if line]


def _week(number: int, lessons: Sequence[ClassSession]) -> dict[str, Any]:
    days = sorted({one.starts_at.astimezone(HERE).date() for one in lessons})
    held: defaultdict[tuple[str, date], list[dict[str, Any]]] = defaultdict(list)
    for one in sorted(lessons, key=lambda each: (each.starts_at, each.party)):
        here = one.starts_at.astimezone(HERE)
        half = HALVES[(here.hour >= NOON) + (here.hour >= EVENING)]
        held[half, here.date()].append(_lesson(one))
    halves = [half for half in HALVES if any(key[0] == half for key in held)]
    return {
        "number": number,
        "days": [filters.day(day) for day in days],
        "rows": [{"half": half, "cells": [held.get((half, day), []) for day in days]} for half in halves],
    }


def _lesson(one: ClassSession) -> dict[str, Any]:
    return {
        "number": one.number,
        "time": f"{filters.clock(one.starts_at)}–{filters.clock(one.ends_at)}",
        "what": f"{word(one.kind, 'session.kind')} {one.hours}课时" + (f" 第{one.party}组" if one.party else ""),
        "topic": one.topic,
        "who": one.teacher,
        "room": one.room,
    }
