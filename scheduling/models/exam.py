"""Examinations (结业考核), scores, certificates (证书)."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduling.models.base import CountyRow, Row, at_most_one
from scheduling.models.enrolment import Enrolment


class Exam(Row):
    """One sitting of a class: attempt 1, or a resit (补考) 2, 3 … Who examines did not teach (考培分离)."""

    __tablename__ = "exams"
    __table_args__ = (UniqueConstraint("class_id", "attempt"),)

    class_id: Mapped[UUID] = mapped_column(ForeignKey("classes.id"))
    attempt: Mapped[int]
    starts_at: Mapped[datetime]
    place: Mapped[str] = mapped_column(String(120))
    examiner: Mapped[str] = mapped_column(String(60), default="")  # 考评员
    roster_at: Mapped[datetime | None]  # 考生名单 was handed in
    closed_at: Mapped[datetime | None]  # scores are final
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]

    seats: Mapped[list[ExamSeat]] = relationship(order_by="ExamSeat.number")


class ExamSeat(Row):
    """Somebody on the roster of a sitting: her number (准考证号), and her scores out of 100 when there are."""

    __tablename__ = "exam_seats"
    __table_args__ = (
        UniqueConstraint("exam_id", "enrolment_id"),
        UniqueConstraint("exam_id", "number"),
        CheckConstraint("theory IS NULL OR theory BETWEEN 0 AND 100", name="theory_in_range"),
        CheckConstraint("practice IS NULL OR practice BETWEEN 0 AND 100", name="practice_in_range"),
    )

    exam_id: Mapped[UUID] = mapped_column(ForeignKey("exams.id"))
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolments.id"), index=True)
    number: Mapped[int]
    theory: Mapped[int | None]
    practice: Mapped[int | None]
    absent: Mapped[bool] = mapped_column(default=False)
    note: Mapped[str] = mapped_column(String(100), default="")
    scored_at: Mapped[datetime | None]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))

    enrolment: Mapped[Enrolment] = relationship(lazy="joined")


class Certificate(CountyRow):
    """A certificate: ours by its serial, or another issuer's by its number (特种作业). `token` opens its page."""

    __tablename__ = "certificates"
    __table_args__ = (
        UniqueConstraint("county", "issuer", "number"),
        UniqueConstraint("token"),
        at_most_one("certificates", "standing", "enrolment_id", where="revoked_at IS NULL"),
    )

    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolments.id"))
    number: Mapped[str] = mapped_column(String(40))  # 证书编号
    issuer: Mapped[str] = mapped_column(String(60))
    outside: Mapped[bool] = mapped_column(default=False)  # issued by somebody else, recorded here
    token: Mapped[str] = mapped_column(String(32))  # random, in the QR: the public page
    issued_on: Mapped[date]
    issued_at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    printed: Mapped[dict[str, Any]]  # what stands on it, as it was that day; its public page shows nothing else
    revoked_at: Mapped[datetime | None]
    revoked_why: Mapped[str] = mapped_column(String(200), default="")

    enrolment: Mapped[Enrolment] = relationship(lazy="joined")
