"""Subsidies (培训补贴): a claim for a class, its lines, the public notice (公示) and what was objected."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduling.models.base import Row
from scheduling.models.enrolment import Enrolment


class SubsidyClaim(Row):
    """The school claims for its class. States are moments: made, posted, approved, paid."""

    __tablename__ = "subsidy_claims"
    __table_args__ = (UniqueConstraint("class_id"),)

    class_id: Mapped[UUID] = mapped_column(ForeignKey("classes.id"))
    made_at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    posted_on: Mapped[date | None]  # 公示, both days included
    posted_until: Mapped[date | None]
    approved_at: Mapped[datetime | None]
    approved_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    paid_at: Mapped[datetime | None]

    lines: Mapped[list[SubsidyLine]] = relationship(order_by="SubsidyLine.id")
    objections: Mapped[list[NoticeObjection]] = relationship(order_by="NoticeObjection.at")


class SubsidyLine(Row):
    """What is claimed for one trainee, in yuan, and out of what (`why`: how the amount came about)."""

    __tablename__ = "subsidy_lines"
    __table_args__ = (
        UniqueConstraint("claim_id", "enrolment_id"),
        CheckConstraint("yuan >= 0", name="yuan_not_negative"),
    )

    claim_id: Mapped[UUID] = mapped_column(ForeignKey("subsidy_claims.id"))
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolments.id"))
    yuan: Mapped[int]
    why: Mapped[str] = mapped_column(String(20))  # a key: per_person, per_hour, capped, not_certified, …
    struck_at: Mapped[datetime | None]  # taken out of the claim
    struck_why: Mapped[str] = mapped_column(String(200), default="")

    enrolment: Mapped[Enrolment] = relationship(lazy="joined")


class NoticeObjection(Row):
    """Somebody objected to a line or the whole of a public notice; the desk settles it and says how."""

    __tablename__ = "notice_objections"

    claim_id: Mapped[UUID] = mapped_column(ForeignKey("subsidy_claims.id"), index=True)
    words: Mapped[str] = mapped_column(Text)
    contact: Mapped[str] = mapped_column(String(40), default="")
    at: Mapped[datetime]
    settled_at: Mapped[datetime | None]
    settled_how: Mapped[str] = mapped_column(String(300), default="")
    settled_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
