"""Tours (巡回) of a van (就业大篷车): one day, one van, its stops in the order of their hours."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduling.models.base import CountyRow, Row, at_most_one
from scheduling.models.fair import Fair
from scheduling.models.van import Van


class VanTour(CountyRow):
    """A van goes round on one day. Where and when it stops is what the fairs say that are its stops."""

    __tablename__ = "van_tours"
    __table_args__ = (UniqueConstraint("county", "day", "name"),)

    name: Mapped[str] = mapped_column(String(60))
    day: Mapped[date]
    van_id: Mapped[UUID] = mapped_column(ForeignKey("vans.id"), index=True)
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]

    van: Mapped[Van] = relationship(lazy="joined")


class TourStop(Row):
    """A fair is a stop of a tour, of one at a time. Left: no longer."""

    __tablename__ = "tour_stops"
    __table_args__ = (at_most_one("tour_stops", "standing", "fair_id", where="left_at IS NULL"),)

    tour_id: Mapped[UUID] = mapped_column(ForeignKey("van_tours.id"), index=True)
    fair_id: Mapped[UUID] = mapped_column(ForeignKey("fairs.id"))
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]
    left_at: Mapped[datetime | None]

    tour: Mapped[VanTour] = relationship(lazy="joined")
    fair: Mapped[Fair] = relationship(lazy="joined")
