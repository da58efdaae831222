"""Scans (扫码记录): every reading of a ticket, kept as it came."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, false
from sqlalchemy.orm import Mapped, mapped_column

from scheduling.models.base import Base, where_told

EARLY = "early"  # the way of what a phone scanned before the gate opened, as it said itself


class Scan(Base):
    """One reading, never edited; `read` is emptied in time (`retention`). An undo is another scan that annuls this one.

    `read` is what the camera saw or the fingers typed. The ticket is what the server made of it, None when
    it made nothing. `direction` is `in` or `out`; fairs know only `in`.
    """

    __tablename__ = "scans"
    __table_args__ = (
        where_told("ix_scans_fair", "fair_id", "ticket_id"),
        where_told("ix_scans_session", "session_id", "ticket_id"),
    )

    id: Mapped[str] = mapped_column(String(64), primary_key=True)  # made on the phone: sent twice, it is still one row
    county: Mapped[str] = mapped_column(ForeignKey("counties.code"))
    body_hash: Mapped[str] = mapped_column(String(64))
    fair_id: Mapped[UUID | None] = mapped_column(ForeignKey("fairs.id"))
    session_id: Mapped[UUID | None] = mapped_column(ForeignKey("class_sessions.id"))
    ticket_id: Mapped[UUID | None] = mapped_column(ForeignKey("tickets.id"))
    read: Mapped[str] = mapped_column(String(200), default="")
    way: Mapped[str] = mapped_column(String(10))  # camera, typed, link, paper, screen, undo, early
    direction: Mapped[str] = mapped_column(String(4), default="in")
    annuls: Mapped[str | None] = mapped_column(ForeignKey("scans.id"), unique=True)
    gate: Mapped[str] = mapped_column(String(40), default="")
    device: Mapped[str] = mapped_column(String(64), default="", server_default="")  # digest of a trainee's own phone
    away_metres: Mapped[int | None]  # from the class's place, where the phone said; where it was is not kept
    device_id: Mapped[UUID | None] = mapped_column(ForeignKey("gate_devices.id"))  # a phone of the gate, and its
    seq: Mapped[int | None]  # running number there
    timeless: Mapped[bool] = mapped_column(default=False, server_default=false())  # it said no time one can read
    scanned_at: Mapped[datetime]
    received_at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
