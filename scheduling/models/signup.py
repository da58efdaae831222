"""Beside an enrolment: seats offered for a time, rules a desk let pass, and lists a coordinator handed in."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scheduling.models.base import CountyRow, Row, at_most_one


class SeatOffer(Row):
    """Who moved up from the waiting line has a seat until `until`, unless she says yes before. One is open at most."""

    __tablename__ = "seat_offers"
    __table_args__ = (at_most_one("seat_offers", "open", "enrolment_id", where="answered_at IS NULL"),)

    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolments.id"), index=True)
    made_at: Mapped[datetime]
    until: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    answer: Mapped[str] = mapped_column(String(12), default="")  # accepted, declined, lapsed


class EnrolmentOverride(Row):
    """A rule said no, and somebody at the desk let her in all the same, saying why."""

    __tablename__ = "enrolment_overrides"
    __table_args__ = (UniqueConstraint("enrolment_id", "rule"),)

    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolments.id"))
    rule: Mapped[str] = mapped_column(String(30))  # too_young, too_old, education, same_level, once_a_year
    reason: Mapped[str] = mapped_column(String(300))
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]


class SignupList(CountyRow):
    """A list of people that was handed in for a class as a table or a file. The same file again is the same list."""

    __tablename__ = "signup_lists"
    __table_args__ = (UniqueConstraint("class_id", "digest"),)

    class_id: Mapped[UUID] = mapped_column(ForeignKey("classes.id"))
    digest: Mapped[str] = mapped_column(String(64))  # SHA-256 of what was handed in, keyed: it holds ID numbers
    rows: Mapped[int]
    enrolled: Mapped[int]
    known: Mapped[int]  # were on the class's list before
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]
