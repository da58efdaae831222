"""Times at which somebody or something is taken for other reasons than ours (占用), and places that are lent out."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduling.models.base import CountyRow
from scheduling.models.county import Township


class Venue(CountyRow):
    """A place where fairs are held that keeps a calendar of its own: a gym, a square. A fair names it by its words."""

    __tablename__ = "venues"

    township_id: Mapped[UUID | None] = mapped_column(ForeignKey("townships.id"))
    name: Mapped[str] = mapped_column(String(100))
    added_at: Mapped[datetime]

    township: Mapped[Township | None] = relationship(lazy="joined")


class BusyTime(CountyRow):
    """From `starts_at` until just before `ends_at` its subject is taken, as a calendar file said that staff took in.

    `subject` is what `deeds.about` calls a venue, a van, a member of the staff, a teacher or a training room. `uid` and
    `occurrence` know the time again in a later file (scheduling/busy/reading.py).
    """

    __tablename__ = "busy_times"
    __table_args__ = (
        UniqueConstraint("subject", "uid", "occurrence"),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        Index(None, "subject", "ends_at"),
    )

    subject: Mapped[str] = mapped_column(String(60))
    uid: Mapped[str] = mapped_column(String(120))
    occurrence: Mapped[str] = mapped_column(String(20), default="")
    title: Mapped[str] = mapped_column(String(120))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    all_day: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime]  # when it was taken in, or last moved
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
