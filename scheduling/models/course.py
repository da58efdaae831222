"""Courses, the classes opened of them (培训班), and their sessions (课次)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduling.models.base import CountyRow, Row, at_most_one
from scheduling.models.order import TrainingOrder
from scheduling.models.school import School
from scheduling.models.training_rule import TrainingRules


class Course(CountyRow):
    """What is taught: hours of theory and practice, who may come, which certificate. Figures are configuration."""

    __tablename__ = "courses"
    __table_args__ = (
        UniqueConstraint("county", "name"),
        CheckConstraint("theory_hours + practice_hours = total_hours", name="hours_add_up"),
    )

    name: Mapped[str] = mapped_column(String(100))
    trade: Mapped[str] = mapped_column(String(40), default="")
    mode: Mapped[str] = mapped_column(String(20))  # order_based, targeted, subsidised, in_house
    total_hours: Mapped[int]
    theory_hours: Mapped[int]
    practice_hours: Mapped[int]
    min_age: Mapped[int]
    max_age: Mapped[int | None]
    education: Mapped[str] = mapped_column(String(20), default="any")
    class_cap: Mapped[int]
    certificate: Mapped[str] = mapped_column(String(100), default="")
    level: Mapped[str] = mapped_column(String(20), default="", server_default="")
    modules: Mapped[str] = mapped_column(Text, default="", server_default="")  # one a line: 安全用电 8
    rules_id: Mapped[UUID | None] = mapped_column(ForeignKey("training_rules.id"))
    note: Mapped[str] = mapped_column(Text, default="")

    rules: Mapped[TrainingRules | None] = relationship(lazy="joined")


class TrainingClass(CountyRow):
    """One run of a course. `taken` is moved only by conditional UPDATE; `queued` numbers the sign-ups in order."""

    __tablename__ = "classes"
    __table_args__ = (
        UniqueConstraint("county", "number"),
        UniqueConstraint("county", "slug"),
        CheckConstraint("seats >= 0 AND taken >= 0", name="seats_not_negative"),
        CheckConstraint("number BETWEEN 1 AND 16777215", name="number_fits_a_ticket"),
    )

    number: Mapped[int]
    slug: Mapped[str] = mapped_column(String(60))
    course_id: Mapped[UUID] = mapped_column(ForeignKey("courses.id"), index=True)
    school_id: Mapped[UUID | None] = mapped_column(ForeignKey("schools.id"), index=True)
    title: Mapped[str] = mapped_column(String(100))
    place: Mapped[str] = mapped_column(String(120))
    address: Mapped[str] = mapped_column(String(200), default="")
    contact_phone: Mapped[str] = mapped_column(String(30), default="")
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    enrol_until: Mapped[datetime]
    seats: Mapped[int]
    taken: Mapped[int] = mapped_column(default=0)
    queued: Mapped[int] = mapped_column(default=0)
    key_rotation: Mapped[int] = mapped_column(default=0)
    lat: Mapped[float | None]  # the geofence's middle, WGS 84; None: no fence
    lon: Mapped[float | None]
    fence_metres: Mapped[int | None]
    filing_no: Mapped[str] = mapped_column(String(60), default="")  # 开班备案号
    changed_at: Mapped[datetime]

    course: Mapped[Course] = relationship(lazy="joined")
    school: Mapped[School | None] = relationship(lazy="joined")
    publication: Mapped[ClassPublication | None] = relationship(lazy="joined")
    calling_off: Mapped[ClassCallingOff | None] = relationship(lazy="joined")
    sessions: Mapped[list[ClassSession]] = relationship(order_by="ClassSession.starts_at")
    orders: Mapped[list[TrainingOrder]] = relationship(secondary="class_orders", viewonly=True)

    @property
    def state(self) -> str:
        """`draft`, `published` or `called_off`. Being over is a matter of the clock."""
        if self.calling_off:
            return "called_off"
        return "published" if self.publication else "draft"


class ClassPublication(Row):
    """The class was opened for enrolment."""

    __tablename__ = "class_publications"

    class_id: Mapped[UUID] = mapped_column(ForeignKey("classes.id"), unique=True)
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]


class ClassCallingOff(Row):
    """The class will not be held."""

    __tablename__ = "class_callings_off"

    class_id: Mapped[UUID] = mapped_column(ForeignKey("classes.id"), unique=True)
    reason: Mapped[str] = mapped_column(String(300))
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]


class ClassOrder(Row):
    """A class trains for an order; several orders may share a class."""

    __tablename__ = "class_orders"
    __table_args__ = (UniqueConstraint("class_id", "order_id"),)

    class_id: Mapped[UUID] = mapped_column(ForeignKey("classes.id"))
    order_id: Mapped[UUID] = mapped_column(ForeignKey("training_orders.id"), index=True)
    seats: Mapped[int] = mapped_column(default=0, server_default="0")  # kept for it, of the class's seats


class ClassSession(Row):
    """One teaching block. `number` counts from 1 in its class and is never reused; `uid` goes into calendars."""

    __tablename__ = "class_sessions"
    __table_args__ = (
        UniqueConstraint("class_id", "number"),
        UniqueConstraint("uid"),
        at_most_one("class_sessions", "start", "class_id", "party", "starts_at", where="cancelled_at IS NULL"),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        CheckConstraint("hours > 0", name="hours_positive"),
    )

    class_id: Mapped[UUID] = mapped_column(ForeignKey("classes.id"))
    number: Mapped[int]
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]
    hours: Mapped[int]  # 课时, counted hours
    kind: Mapped[str] = mapped_column(String(10))  # theory, practice
    party: Mapped[int] = mapped_column(default=0, server_default="0")  # which rotating part of the class; 0: all of it
    topic: Mapped[str] = mapped_column(String(100), default="")
    teacher: Mapped[str] = mapped_column(String(60), default="")
    room: Mapped[str] = mapped_column(String(60), default="")
    uid: Mapped[str] = mapped_column(String(120))
    sequence: Mapped[int] = mapped_column(default=0)
    moved_from: Mapped[datetime | None]
    changed_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]

    training_class: Mapped[TrainingClass] = relationship(viewonly=True)
