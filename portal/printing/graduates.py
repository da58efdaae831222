"""The papers of graduates: the score sheet (成绩单), certificates (证书), the list of who is given one (颁证花名册)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import url_for

from portal import clock, doors, filters
from portal.printing import facts
from portal.printing.papers import in_chinese
from portal.printing.press import Paper
from portal.wording import word
from scheduling import exams
from scheduling.exams import Outcome
from scheduling.models import Certificate, Enrolment, Exam, ExamSeat, TrainingClass

_HIDDEN = "*" * 14


@in_chinese
def score_sheet(training_class: TrainingClass, exam: Exam) -> Paper:
    """Give the 成绩单 of one sitting: what is written down, and empty cells for a pen where nothing is."""
    marks = exams.pass_marks(training_class)
    data = {
        **_frame(training_class),
        "attempt": exam.attempt,
        "when": f"{filters.full_day(exam.starts_at)} {filters.clock(exam.starts_at)}",
        "place": exam.place,
        "examiner": exam.examiner,
        "marks": marks,
        "closed": exam.closed_at is not None,
        "seats": [_seat(training_class, exam, seat) for seat in exam.seats],
    }
    noun = "成绩单" if exam.attempt == 1 else "补考成绩单"
    return Paper("scores", f"{training_class.title} {noun}", data)


@in_chinese
def certificates(held: Sequence[Certificate]) -> Paper:
    """Give certificates of ours, a page each, with the QR of its public page."""
    told = [_certificate(one) for one in held]
    name = f"证书 {told[0]['name']}" if len(told) == 1 else f"{held[0].printed['project']} 证书"
    data = {"host": doors.settings().host_unit, "phone": "", "printed": "", "certificates": told}
    return Paper("certificate", name, data)


@in_chinese
def certificate_list(
    training_class: TrainingClass, graduates: Sequence[tuple[Enrolment, Certificate, Outcome]]
) -> Paper:
    """Give the 颁证花名册: who is given which certificate, with a place to sign. IDs show the last four only."""
    lines = [
        {
            "number": place,
            "name": certificate.printed["name"],
            "id": _HIDDEN + person.id_last4,
            "theory": _score(outcome.theory),
            "practice": _score(outcome.practice),
            "certificate": certificate.number,
            "issuer": certificate.issuer,
            "on": certificate.issued_on.isoformat(),
        }
        for place, (person, certificate, outcome) in enumerate(graduates, 1)
    ]
    return Paper("graduates", f"{training_class.title} 颁证花名册", {**_frame(training_class), "graduates": lines})


def as_printed(one: Certificate) -> dict[str, Any]:
    """Give what stands on a certificate in words, for its paper and for its public page alike."""
    told = one.printed
    return {
        "name": told["name"],
        "id": _HIDDEN + told["id_last4"],
        "project": told["project"] + _level(told),
        "hours": told["hours"],
        "first": _day(date.fromisoformat(told["first"])),
        "last": _day(date.fromisoformat(told["last"])),
        "school": told["school"],
        "kind": told["kind"] or "培训合格证书",
        "number": one.number,
        "issuer": one.issuer,
        "on": _day(one.issued_on),
    }


def _certificate(one: Certificate) -> dict[str, Any]:
    address = facts.here(url_for("public.certificate", token=one.token))
    return {**as_printed(one), "url": address, "qr": facts.picture(address)}


def _seat(training_class: TrainingClass, exam: Exam, seat: ExamSeat) -> dict[str, Any]:
    return {
        "admission": exams.admission(training_class, exam, seat.number),
        "name": seat.enrolment.jobseeker.name,
        "theory": _score(seat.theory),
        "practice": _score(seat.practice),
        "note": word("absent", "exam.outcome") if seat.absent else seat.note,
    }


def _level(told: Mapping[str, str]) -> str:
    """Give the level where the project's name does not say it: 焊工（五级/初级工） does."""
    return f"（{told['level']}）" if told["level"] and told["level"] not in told["project"] else ""


def _score(score: int | None) -> str:
    return "" if score is None else str(score)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _frame(training_class: TrainingClass) -> dict[str, Any]:
    settings = doors.settings()
    return {
        "class": {
            "title": training_class.title,
            "number": training_class.number,
            "filing": training_class.filing_no,
            "school": training_class.school.name if training_class.school else "",
            "course": training_class.course.name,
            "first": _day(training_class.starts_on),
            "last": _day(training_class.ends_on),
            "place": training_class.place,
        },
        "host": settings.host_unit,
        "phone": settings.service_phone,
        "printed": filters.local(clock.now()),
    }
