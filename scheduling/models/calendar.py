"""Calendars (日历): the links to somebody's own one, and the number that tells whether any public one has changed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scheduling.models.base import Base, CountyRow


class CalendarLink(CountyRow):
    """The address of one private calendar. The token itself is nowhere, only its hash.

    `subject` is what `deeds.about` calls the row whose calendar it is: a ticket, an account, an enterprise, a teacher,
    a training room, a van or a member of the staff.
    """

    __tablename__ = "calendar_links"
    __table_args__ = (UniqueConstraint("token_hash"),)

    token_hash: Mapped[str] = mapped_column(String(64))
    subject: Mapped[str] = mapped_column(String(60), index=True)
    label: Mapped[str] = mapped_column(String(60), default="")
    made_at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))  # None: by whoever holds the ticket
    revoked_at: Mapped[datetime | None]


class FeedGeneration(Base):
    """One row: another number after every change of anything that public calendars and lists of news show."""

    __tablename__ = "feed_generations"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(BigInteger)
