"""A class with everything its filing wants, for tests that begin there."""

from __future__ import annotations

from scheduling import courses, filings, schools
from scheduling.models import ClassDossier, ClassFiling, TrainingClass
from tests.factories import NOW, ClassFactory, CourseFactory, SchoolFactory
from tests.scheduling.test_enrolments import sign_up

PHONE = "13900000001"


def a_class(session, *, people: int = 3, since: int = 1, **other) -> TrainingClass:
    """A published class of a welder's course at a school with a teacher and a workshop; its 96 课时 are planned."""
    school = other.pop("school", None) or SchoolFactory(contact_name="周校长", contact_phone=PHONE)
    course = other.pop("course", None) or CourseFactory(trade="焊工", level="五级")
    told = {"by": None, "now": NOW}
    schools.settle_teacher(session, school, name="魏师傅", trades=["焊工"], kinds=["theory", "practice"], **told)
    schools.settle_room(session, school, name="焊接车间", seats=40, stations=30, trades=["焊工"], **told)
    row = ClassFactory(
        **{"school": school, "school_id": school.id, "course": course, "contact_phone": "0990-1234567", **other}
    )
    weekdays, halves = frozenset(range(7)), frozenset({"am", "pm"})
    courses.generate(
        session, row, weekdays=weekdays, halves=halves, teacher="魏师傅", room="焊接车间", by=None, now=NOW
    )
    session.refresh(row)
    for n in range(since, since + people):
        sign_up(session, row, n)
    return row


def written(session, row: TrainingClass, **other) -> ClassDossier:
    """What a school writes of its class."""
    told = {
        "head_teacher": "周班主任",
        "textbook": "《电工教材》第3版",
        "modules": "安全用电 8\n焊接操作 88",
        "exam_scheme": "理论闭卷，实操现场。",
    }
    return filings.fill(session, row, **{**told, **other}, by=None, now=NOW)


def promise(session, row: TrainingClass) -> ClassDossier:
    """The school gives its promise."""
    return filings.commit(session, row, by=None, now=NOW)


def filed(session, row: TrainingClass, *, number: str = "", now=NOW) -> ClassFiling:
    """The class is filed, and approved under `number` when there is one."""
    written(session, row)
    promise(session, row)
    made = filings.submit(session, row, by=None, now=now)
    if number:
        filings.approve(session, row, number=number, by=None, now=now)
    return made
