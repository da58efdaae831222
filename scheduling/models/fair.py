"""Fairs (招聘会): planned, published, moved, called off; what was counted afterwards."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, ColumnElement, ForeignKey, Index, String, Text, UniqueConstraint, false, or_
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduling.models.base import CountyRow, Row, at_most_one
from scheduling.models.county import Township
from scheduling.models.market import Market
from scheduling.models.sought import Sought

KINDS = (
    "market_fair",
    "specialty_fair",
    "regular_fair",
    "irregular_fair",
    "gig_fair",
    "courtyard_fair",
    "roadshow_stop",
    "livestream",
)


class Fair(Sought, CountyRow):
    """One fair on one day. `number` goes into tickets, `uid` into calendars; neither ever changes."""

    SOUGHT: ClassVar[tuple[str, ...]] = ("title", "place", "address")

    __tablename__ = "fairs"
    __table_args__ = (
        UniqueConstraint("county", "number"),
        UniqueConstraint("county", "slug"),
        UniqueConstraint("county", "uid"),
        CheckConstraint("ends_at > starts_at", name="ends_after_start"),
        CheckConstraint("number BETWEEN 1 AND 16777215", name="number_fits_a_ticket"),  # three bytes in the QR
        Index("uq_fairs_series_day", "series_id", "series_day", unique=True),
    )

    number: Mapped[int]
    slug: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(20))
    title: Mapped[str] = mapped_column(String(100))
    township_id: Mapped[UUID | None] = mapped_column(ForeignKey("townships.id"), index=True)
    market_id: Mapped[UUID | None] = mapped_column(ForeignKey("markets.id"), index=True)
    place: Mapped[str] = mapped_column(String(120))
    address: Mapped[str] = mapped_column(String(200), default="")
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]
    description: Mapped[str] = mapped_column(Text, default="")
    contact_name: Mapped[str] = mapped_column(String(60), default="")
    contact_phone: Mapped[str] = mapped_column(String(30), default="")
    audiences: Mapped[list[str]] = mapped_column(default=list)
    livestream_url: Mapped[str] = mapped_column(String(300), default="")
    online: Mapped[bool] = mapped_column(default=False, server_default=false())  # 线上; a livestream always is
    outdoor: Mapped[bool] = mapped_column(default=True)
    rain_plan: Mapped[str] = mapped_column(String(300), default="")
    rain_decide_by: Mapped[datetime | None]
    expected_attendance: Mapped[int | None]
    permit_no: Mapped[str] = mapped_column(String(60), default="")
    emergency_plan: Mapped[str] = mapped_column(String(200), default="", server_default="")  # its number, where it is
    capacity: Mapped[int | None]  # places that can be reserved; None = come as you like
    taken: Mapped[int] = mapped_column(default=0)
    key_rotation: Mapped[int] = mapped_column(default=0)
    uid: Mapped[str] = mapped_column(String(120))
    sequence: Mapped[int] = mapped_column(default=0)  # RFC 5545 §3.8.7.4: grows with time, place or status only
    changed_at: Mapped[datetime]
    series_id: Mapped[UUID | None] = mapped_column(ForeignKey("fair_series.id"))
    series_day: Mapped[date | None]  # the day of its series that it was made for, wherever it is held now

    township: Mapped[Township | None] = relationship(lazy="joined")
    market: Mapped[Market | None] = relationship()
    publication: Mapped[FairPublication | None] = relationship(lazy="joined")
    calling_off: Mapped[FairCallingOff | None] = relationship(lazy="joined")
    finish: Mapped[FairFinish | None] = relationship(
        primaryjoin="and_(FairFinish.fair_id == Fair.id, FairFinish.reopened_at.is_(None))",
        viewonly=True,
        lazy="joined",
    )
    moves: Mapped[list[FairMove]] = relationship(order_by="FairMove.at", lazy="selectin")

    @hybrid_property
    def goes_online(self) -> bool:
        """Whether people take part from where they are: nobody goes to it, no crowd comes, no room is taken."""
        return self.online or self.kind == "livestream"

    @goes_online.inplace.expression
    @classmethod
    def _goes_online(cls) -> ColumnElement[bool]:
        return or_(cls.online, cls.kind == "livestream")

    @property
    def state(self) -> str:
        """`draft`, `published`, `moved` or `called_off`. Being over is a matter of the clock, not a state."""
        if self.calling_off:
            return "called_off"
        if not self.publication:
            return "draft"
        return "moved" if self.moves else "published"


class FairPublication(Row):
    """The fair was published: who and when. Its absence is a draft."""

    __tablename__ = "fair_publications"

    fair_id: Mapped[UUID] = mapped_column(ForeignKey("fairs.id"), unique=True)
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]


class FairCallingOff(Row):
    """The fair was called off (取消)."""

    __tablename__ = "fair_callings_off"

    fair_id: Mapped[UUID] = mapped_column(ForeignKey("fairs.id"), unique=True)
    reason: Mapped[str] = mapped_column(String(300))
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]


class FairMove(Row):
    """A published fair got another time or place (改期、换地点); what stood before is kept."""

    __tablename__ = "fair_moves"

    fair_id: Mapped[UUID] = mapped_column(ForeignKey("fairs.id"), index=True)
    starts_before: Mapped[datetime]
    ends_before: Mapped[datetime]
    place_before: Mapped[str] = mapped_column(String(120))
    reason: Mapped[str] = mapped_column(String(300))
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]


class FairFinish(Row):
    """The fair's results add up and stand (办结); opened again, it has another row once it is finished anew."""

    __tablename__ = "fair_finishes"
    __table_args__ = (at_most_one("fair_finishes", "standing", "fair_id", where="reopened_at IS NULL"),)

    fair_id: Mapped[UUID] = mapped_column(ForeignKey("fairs.id"), index=True)
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]
    reopened_at: Mapped[datetime | None]
    reopened_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    reopened_why: Mapped[str] = mapped_column(String(300), default="")


class FairFigure(Row):
    """One figure of a fair's result (domain.md §3 FairResult) and where it came from."""

    __tablename__ = "fair_figures"
    __table_args__ = (UniqueConstraint("fair_id", "name"),)

    fair_id: Mapped[UUID] = mapped_column(ForeignKey("fairs.id"))
    name: Mapped[str] = mapped_column(String(40))
    value: Mapped[int]
    source: Mapped[str] = mapped_column(String(24))  # scanned, enterprise_reported, staff_counted, estimated
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]
