"""What looks odd (疑点): how a hit was settled, and the phone checks (电话抽查) drawn from a class."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduling.models.base import Row
from scheduling.models.enrolment import Enrolment


class RiskSettlement(Row):
    """Somebody looked at a hit and says why it is all right, or what was done. `hit` is the digest of its rows."""

    __tablename__ = "risk_settlements"
    __table_args__ = (UniqueConstraint("class_id", "rule", "hit"),)

    class_id: Mapped[UUID] = mapped_column(ForeignKey("classes.id"))
    rule: Mapped[str] = mapped_column(String(30))
    hit: Mapped[str] = mapped_column(String(64))
    note: Mapped[str] = mapped_column(String(300))
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]


class PhoneSample(Row):
    """A draw from the roster of a class: anybody can draw it again from `seed` and `roster`, in its order."""

    __tablename__ = "phone_samples"
    __table_args__ = (UniqueConstraint("class_id"),)

    class_id: Mapped[UUID] = mapped_column(ForeignKey("classes.id"))
    seed: Mapped[str] = mapped_column(String(64))
    share: Mapped[int]  # percent asked for when it was drawn
    roster: Mapped[list[str]]  # ids of the enrolments drawn from, by their number in the line
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]

    checks: Mapped[list[PhoneCheck]] = relationship(order_by="PhoneCheck.position")


class PhoneCheck(Row):
    """One call of a sample: whether she was reached, and says she came to class herself."""

    __tablename__ = "phone_checks"
    __table_args__ = (UniqueConstraint("sample_id", "enrolment_id"),)

    sample_id: Mapped[UUID] = mapped_column(ForeignKey("phone_samples.id"))
    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolments.id"))
    position: Mapped[int]
    answer: Mapped[str] = mapped_column(String(12), default="")  # attended, not_attended, not_reached
    note: Mapped[str] = mapped_column(String(300), default="")
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime | None]

    enrolment: Mapped[Enrolment] = relationship(lazy="joined")
