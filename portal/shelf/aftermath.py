"""What a class was for and what came of it, as a workbook (XLSX).

Orders, rules let pass, leave, what was objected, jobs, calls: an auditor asks who ordered the class, whom the desk let
in against a rule and why, and who works where now.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from portal.printing.workbook import Sheet
from portal.shelf.tables import moment, opened
from portal.wording import word
from scheduling import claims, courses, enrolments, followups, leaves, placements
from scheduling.models import TrainingClass

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


def aftermath(session: Session, training_class: TrainingClass, *, now: datetime) -> bytes:
    """Give the workbook; asked for in the same minute of the same rows, it has the same bytes."""
    file = io.BytesIO()
    book = opened(file, training_class, now=now)
    names = {one.id: one.jobseeker.name for one in enrolments.of_class(session, training_class)}
    numbers = {share.order.id: f"{share.order.no}号" for share in courses.shares(session, training_class)}
    _orders(Sheet(book, "用工订单", (10, 30, 16, 10, 12, 12)), session, training_class)
    _passes(Sheet(book, "放行", (14, 20, 40, 12, 20)), session, training_class, names)
    _leaves(Sheet(book, "请假", (14, 12, 10, 20, 12, 20)), session, training_class, names)
    _objections(Sheet(book, "公示意见", (20, 60, 20, 60)), session, training_class)
    _jobs(Sheet(book, "就业", (14, 30, 14, 10, 10, 14, 20, 20, 30)), session, training_class, names, numbers)
    _calls(Sheet(book, "回访", (14, 10, 14, 20, 14, 10, 40)), session, training_class, names)
    book.close()
    return file.getvalue()


def _orders(sheet: Sheet, session: Session, training_class: TrainingClass) -> None:
    sheet.add("订单号", "单位", "工种", "要几人", "本班名额", "定了几人", head=True)
    for share in courses.shares(session, training_class):
        order = share.order
        sheet.add(f"{order.no}号", order.enterprise.name, order.trade, order.heads, share.seats, share.people)


def _passes(sheet: Sheet, session: Session, training_class: TrainingClass, names: Mapping[UUID, str]) -> None:
    sheet.add("姓名", "放行的规则", "原因", "谁放行", "时间", head=True)
    for one, who in enrolments.passed_in(session, training_class):
        sheet.add(names.get(one.enrolment_id), word(one.rule, "rule"), one.reason, who, moment(one.at))


def _leaves(sheet: Sheet, session: Session, training_class: TrainingClass, names: Mapping[UUID, str]) -> None:
    blocks = {one.id: one.number for one in training_class.sessions}
    sheet.add("姓名", "课次", "事由", "申请", "结果", "什么时候批的", head=True)
    for one in leaves.of_class(session, training_class):
        sheet.add(
            names.get(one.enrolment_id),
            f"第{blocks[one.session_id]}次" if one.session_id in blocks else None,
            word(one.reason, "leave.reason"),
            moment(one.asked_at),
            word(one.state, "leave.state"),
            moment(one.decided_at),
        )


def _objections(sheet: Sheet, session: Session, training_class: TrainingClass) -> None:
    """Who objected left her number for an answer, not for the shelf: it stays out."""
    claim = claims.of_class(session, training_class)
    sheet.add("时间", "意见", "答复时间", "怎么处理的", head=True)
    for one in claim.objections if claim else ():
        sheet.add(moment(one.at), one.words, moment(one.settled_at), one.settled_how or "还没答复")


def _jobs(
    sheet: Sheet,
    session: Session,
    training_class: TrainingClass,
    names: Mapping[UUID, str],
    numbers: Mapping[UUID, str],
) -> None:
    sheet.add("姓名", "单位", "上岗", "月工资", "订单", "谁登记", "登记", "核实到岗", "撤销", head=True)
    for one in placements.told_of_class(session, training_class):
        sheet.add(
            names.get(one.enrolment_id),
            one.enterprise.name if one.enterprise else one.employer,
            one.started_on.isoformat(),
            one.wage,
            numbers.get(one.order_id) if one.order_id else None,
            word(one.source, "placement.source"),
            moment(one.at),
            moment(one.verified_at),
            f"{moment(one.undone_at)} {one.undone_why}" if one.undone_at else None,
        )


def _calls(sheet: Sheet, session: Session, training_class: TrainingClass, names: Mapping[UUID, str]) -> None:
    sheet.add("姓名", "第几个月", "应回访", "回访", "怎么说", "月工资", "备注", head=True)
    for id_, hers in followups.of_class(session, training_class).items():
        for one in hers:
            told = word(one.answer, "followup.answer") if one.answer else ""
            due = one.due_on.isoformat()
            sheet.add(names.get(id_), one.month, due, moment(one.done_at), told, one.wage, one.note)
