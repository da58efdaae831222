"""The tables of a class's file as a workbook (XLSX): people, attendance, every reading, phone checks, notes to hits.

What people typed is text and never a formula (`printing.workbook`); ID numbers are masked.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import xlsxwriter

from portal import doors, filters
from portal.printing.workbook import Sheet
from portal.wording import word
from scheduling import archives, attendance, enrolments, risks, samples
from scheduling.models import Enrolment, TrainingClass

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_HIDDEN = "*" * 14


def tables(session: Session, training_class: TrainingClass, *, now: datetime) -> bytes:
    """Give the workbook; asked for in the same minute of the same rows, it has the same bytes."""
    file = io.BytesIO()
    book = opened(file, training_class, now=now)
    everybody = enrolments.of_class(session, training_class)
    _people(Sheet(book, "学员", (8, 14, 16, 22, 14, 20, 16, 20, 20, 14)), everybody)
    _marks(Sheet(book, "考勤", (14, *(7 for _ in training_class.sessions), 10, 10)), session, training_class, now)
    _readings(Sheet(book, "签到记录", (12, 14, 20, 8, 10, 14, 20, 40)), session, training_class, everybody)
    _calls(Sheet(book, "电话抽查", (8, 14, 16, 18, 20, 40)), session, training_class)
    _notes(Sheet(book, "疑点说明", (20, 60, 12, 20, 40)), session, training_class, now)
    book.close()
    return file.getvalue()


def opened(file: io.BytesIO, training_class: TrainingClass, *, now: datetime) -> xlsxwriter.Workbook:
    """Begin a workbook of the class's file: no formulas, no links, and a time that is good for a minute."""
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    created = now.astimezone(UTC).replace(second=0, microsecond=0, tzinfo=None)
    book.set_properties({"title": training_class.title, "created": created})
    return book


def _people(sheet: Sheet, everybody: Iterable[Enrolment]) -> None:
    sheet.add("序号", "姓名", "电话", "身份证号", "学历", "人员类别", "户籍", "录取", "退出", "谁报的", head=True)
    for one in everybody:
        sheet.add(
            one.place,
            one.jobseeker.name,
            one.jobseeker.phone,
            _HIDDEN + one.id_last4,
            word(one.education, "person.category" if one.education == "unsure" else "education"),
            word(one.category, "person.category"),
            one.household,
            moment(one.confirmed_at),
            moment(one.cancelled_at),
            word(one.relation, "relation"),
        )


def _marks(sheet: Sheet, session: Session, training_class: TrainingClass, now: datetime) -> None:
    read = attendance.sheet(session, training_class, now=now)
    sheet.add("姓名", *(f"第{one.number}次" for one in read.sessions), "到课课时", "应到课时", head=True)
    for person in read.people:
        marks = [read.marks.get((person.id, one.id)) for one in read.sessions]
        tally = read.tallies[person.id]
        signs = [read.symbol(mark) if mark else "" for mark in marks]
        sheet.add(person.jobseeker.name, *signs, tally.attended, tally.required)


def _readings(sheet: Sheet, session: Session, training_class: TrainingClass, everybody: Iterable[Enrolment]) -> None:
    names = {one.id: one.jobseeker.name for one in everybody}
    numbers = {one.id: one.number for one in training_class.sessions}
    sheet.add("课次", "姓名", "时间", "进出", "方式", "离上课地点（米）", "收到", "编号", head=True)
    for scan, holder in archives.readings(session, training_class):
        sheet.add(
            f"第{numbers[scan.session_id]}次" if scan.session_id in numbers else "",
            names.get(holder, "") if holder else "",
            moment(scan.scanned_at),
            "签退" if scan.direction == "out" else "签到",
            "撤销" if scan.annuls else word(scan.way, "scan.way"),
            scan.away_metres,
            moment(scan.received_at),
            scan.id,
        )


def _calls(sheet: Sheet, session: Session, training_class: TrainingClass) -> None:
    sample = samples.find(session, training_class)
    sheet.add("次序", "姓名", "电话", "回答", "时间", "备注", head=True)
    for check in sample.checks if sample else ():
        who = check.enrolment.jobseeker
        told = word(check.answer, "check.answer") if check.answer else ""
        sheet.add(check.position, who.name, who.phone, told, moment(check.at), check.note)
    if sample:
        sheet.add(None, "种子", sample.seed)


def _notes(sheet: Sheet, session: Session, training_class: TrainingClass, now: datetime) -> None:
    listed = risks.listed(session, training_class, keys=doors.keys(), now=now)
    sheet.add("规则", "内容", "写的人", "时间", "核实的情况", head=True)
    for hit, note in listed.settled:
        told = note.settlement
        sheet.add(word(hit.rule, "risk.rule"), filters.speak(hit.words), note.by, moment(told.at), told.note)
    for hit in listed.open:
        sheet.add(word(hit.rule, "risk.rule"), filters.speak(hit.words), None, None, "还没核实")


def moment(value: datetime | None) -> str:
    """Give a time as 2026-11-23 8:30, in Shanghai."""
    return f"{filters.iso(value)[:10]} {filters.clock(value)}" if value else ""
