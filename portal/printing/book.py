"""The attendance book (考勤簿) on paper, with the grid of 青岛's form: filled as it stands, or empty for a pen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from portal import clock, doors, filters
from portal.clock import HERE
from portal.printing.papers import in_chinese
from portal.printing.press import Paper
from portal.wording import word
from scheduling.attendance import CAME, LEAVES, Mark, Sheet
from scheduling.models import ClassSession, Enrolment, TrainingClass

ACROSS, DOWN = 12, 20  # sessions and trainees on one page of A4, so that a pen has room
HALVES = ("上午", "下午", "晚上")
_NOON, _EVENING = 12, 18  # hours


@in_chinese
def attendance_book(sheet: Sheet, *, blank: bool = False) -> Paper:
    """Give the book of a class: every twelve sessions and twenty trainees a page, each added up and signed by itself.

    `blank` leaves marks and sums to the pen; sessions that are not a trainee's own are crossed out in either.
    """
    columns = [sheet.sessions[at : at + ACROSS] for at in range(0, len(sheet.sessions), ACROSS)]
    lines = list(enumerate(sheet.people, 1))
    down = -(-len(lines) // max(1, -(-len(lines) // DOWN)))  # as many on one page as on the next
    rows = [lines[at : at + down] for at in range(0, len(lines), down or 1)]
    pages = [_page(sheet, held, people, blank=blank, last=held is columns[-1]) for held in columns for people in rows]
    data = {
        **_frame(sheet.training_class),
        "blank": blank,
        "sick": sheet.terms.sick_mark,
        "late": sheet.terms.late_minutes,
        "share": sheet.terms.attendance_share,
        "pages": pages,
    }
    return Paper("book", f"{sheet.training_class.title} {'空白' if blank else ''}考勤簿", data)


def _page(
    sheet: Sheet, held: Sequence[ClassSession], people: Sequence[tuple[int, Enrolment]], *, blank: bool, last: bool
) -> dict[str, Any]:
    lines = [_line(sheet, held, number, person, blank=blank, last=last) for number, person in people]
    found = [sheet.marks.get((person.id, one.id)) for _, person in people for one in held]
    return {
        "sessions": [_head(one) for one in held],
        "people": lines,
        "there": [
            "" if blank else _number(sum(bool(line["cells"][at]["there"]) for line in lines)) for at in range(len(held))
        ],
        "last": last,
        "unsigned": 0 if blank else sum("unsigned" in mark.told for mark in found if mark),
    }


def _line(
    sheet: Sheet, held: Sequence[ClassSession], number: int, person: Enrolment, *, blank: bool, last: bool
) -> dict[str, Any]:
    marks = [sheet.marks.get((person.id, one.id)) for one in held]
    kinds = [mark.kind for mark in marks if mark]
    tally = sheet.tallies[person.id]
    return {
        "number": number,
        "name": person.jobseeker.name,
        "cells": [_cell(sheet, mark, blank=blank) for mark in marks],
        "missed": "" if blank else _number(kinds.count("absent")),
        "excused": "" if blank else _number(sum(kind in LEAVES for kind in kinds)),
        "there": "" if blank else _number(sum(kind in CAME for kind in kinds)),
        "hours": f"{tally.attended}/{tally.required}" if last and not blank else "",
        "share": f"{tally.share}%" if last and not blank else "",
    }


def _cell(sheet: Sheet, mark: Mark | None, *, blank: bool) -> dict[str, Any]:
    if mark is None:
        return {"sign": "", "typed": False, "none": True, "there": False}
    typed = not blank and "paper" in mark.told
    return {"sign": "" if blank else sheet.symbol(mark), "typed": typed, "none": False, "there": mark.present}


def _head(one: ClassSession) -> dict[str, str]:
    here = one.starts_at.astimezone(HERE)
    return {
        "number": str(one.number),
        "day": f"{here.month}/{here.day}",
        "half": HALVES[(here.hour >= _NOON) + (here.hour >= _EVENING)],
        "time": filters.clock(one.starts_at),
        "what": f"{word(one.kind, 'session.kind')[:1]}{one.hours}" + (f"·{one.party}组" if one.party else ""),
    }


def _frame(training_class: TrainingClass) -> dict[str, Any]:
    settings = doors.settings()
    told = {
        "title": training_class.title,
        "course": training_class.course.name,
        "school": training_class.school.name if training_class.school else "",
        "place": training_class.place,
        "first": filters.full_day(training_class.starts_on),
        "last": filters.full_day(training_class.ends_on),
        "filing": training_class.filing_no,
    }
    printed = filters.local(clock.now())
    return {"host": settings.host_unit, "phone": settings.service_phone, "printed": printed, "class": told}


def _number(count: int) -> str:
    return str(count) if count else ""
