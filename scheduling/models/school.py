"""Training schools (承训机构), who teaches there and where."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduling.models.base import CountyRow, Row


class School(CountyRow):
    """A training provider that runs classes for the bureau."""

    __tablename__ = "schools"
    __table_args__ = (UniqueConstraint("county", "name"),)

    name: Mapped[str] = mapped_column(String(100))
    address: Mapped[str] = mapped_column(String(200), default="")
    contact_name: Mapped[str] = mapped_column(String(60), default="")
    contact_phone: Mapped[str] = mapped_column(String(20), default="")


class Teacher(Row):
    """Somebody who teaches at a school: which trades her certificates cover, and whether theory, practice or both."""

    __tablename__ = "teachers"
    __table_args__ = (UniqueConstraint("school_id", "name"),)

    school_id: Mapped[UUID] = mapped_column(ForeignKey("schools.id"))
    name: Mapped[str] = mapped_column(String(60))
    trades: Mapped[list[str]] = mapped_column(default=list)  # 工种 on her certificates
    kinds: Mapped[list[str]] = mapped_column(default=list)  # theory, practice
    weekly_off: Mapped[list[str]] = mapped_column(default=list)  # half-days of the week: "0am" is Monday's morning

    school: Mapped[School] = relationship()
    absences: Mapped[list[TeacherAbsence]] = relationship(order_by="TeacherAbsence.first", lazy="selectin")


class TeacherAbsence(Row):
    """A teacher cannot teach from `first` to `last`, both included: ill, or elsewhere."""

    __tablename__ = "teacher_absences"
    __table_args__ = (
        UniqueConstraint("teacher_id", "first", "last"),
        CheckConstraint("last >= first", name="ends_after_start"),
    )

    teacher_id: Mapped[UUID] = mapped_column(ForeignKey("teachers.id"))
    first: Mapped[date]
    last: Mapped[date]
    reason: Mapped[str] = mapped_column(String(200), default="")
    at: Mapped[datetime]


class TrainingRoom(Row):
    """A classroom, or a workshop with so many stations (工位) for some trades."""

    __tablename__ = "training_rooms"
    __table_args__ = (
        UniqueConstraint("school_id", "name"),
        CheckConstraint("seats > 0", name="seats_positive"),
        CheckConstraint("stations >= 0", name="stations_not_negative"),
    )

    school_id: Mapped[UUID] = mapped_column(ForeignKey("schools.id"))
    name: Mapped[str] = mapped_column(String(60))
    seats: Mapped[int]  # how many fit in
    stations: Mapped[int] = mapped_column(default=0)  # how many can practise at once; 0 is a classroom
    trades: Mapped[list[str]] = mapped_column(default=list)  # what a workshop is fitted for

    school: Mapped[School] = relationship()
