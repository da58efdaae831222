"""What phones at the gate hand in (上传记录), visitors without a ticket (散客), and gates that were closed (收口)."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from scheduling.models.base import Base, CountyRow, Row, where_told

KINDS = ("scan", "undo", "count", "walk_in")
WHYS = (
    "bad_id",
    "malformed",
    "id_used",
    "unknown_event",
    "out_of_scope",
    "called_off",
    "device_revoked",
    "device_unknown",  # at the desk only: a file of a phone that never joined here
)


class GateItem(Base):
    """One thing a phone did, kept as it came before any rule was looked at; a reading of a ticket is a Scan besides.

    `stored` is `recorded` or `quarantined`, then `why` is one of WHYS and `body` what came, cut. `verdict` is what the
    phone was answered first. `annuls` is the id an undo annuls for good. What its clocks said stands in `told_at`,
    `mono`, `boot` and `offset_ms`.
    """

    __tablename__ = "gate_items"
    __table_args__ = (
        Index("ix_gate_items_device", "device_id", "seq"),
        where_told("ix_gate_items_fair", "fair_id", "kind"),
        where_told("ix_gate_items_session", "session_id", "kind"),
        where_told("ix_gate_items_annuls", "annuls"),
    )

    id: Mapped[str] = mapped_column(String(64), primary_key=True)  # made on the phone
    county: Mapped[str] = mapped_column(ForeignKey("counties.code"))
    body_hash: Mapped[str] = mapped_column(String(64))
    device_id: Mapped[UUID] = mapped_column(ForeignKey("gate_devices.id"))
    carried_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("gate_devices.id"))  # another phone brought it
    seq: Mapped[int | None]
    kind: Mapped[str] = mapped_column(String(10))
    fair_id: Mapped[UUID | None] = mapped_column(ForeignKey("fairs.id"))
    session_id: Mapped[UUID | None] = mapped_column(ForeignKey("class_sessions.id"))
    stored: Mapped[str] = mapped_column(String(12))
    why: Mapped[str] = mapped_column(String(20), default="")
    annuls: Mapped[str | None] = mapped_column(String(64))
    what: Mapped[str] = mapped_column(String(20), default="")  # which counter
    n: Mapped[int] = mapped_column(default=0)  # how many more it counts
    told_at: Mapped[str] = mapped_column(String(40), default="")
    mono: Mapped[int | None] = mapped_column(BigInteger)
    boot: Mapped[str] = mapped_column(String(40), default="")
    offset_ms: Mapped[int | None] = mapped_column(BigInteger)
    body: Mapped[str] = mapped_column(Text, default="")
    verdict: Mapped[dict[str, Any] | None]
    received_at: Mapped[datetime]


class Visitor(CountyRow):
    """Somebody without a ticket: counted at the gate (`gate`), or by her own phone (`poster`, `screen`).

    Name, phone and trade are what she liked to say, often nothing. `item_id` is the item of a phone, `form_id` the
    form she sent: either comes once.
    """

    __tablename__ = "visitors"
    __table_args__ = (
        CheckConstraint("(fair_id IS NULL) <> (session_id IS NULL)", name="at_one_event"),
        Index("ix_visitors_fair", "fair_id", "source"),
    )

    fair_id: Mapped[UUID | None] = mapped_column(ForeignKey("fairs.id"))
    session_id: Mapped[UUID | None] = mapped_column(ForeignKey("class_sessions.id"))
    item_id: Mapped[str | None] = mapped_column(ForeignKey("gate_items.id"), unique=True)
    form_id: Mapped[str | None] = mapped_column(String(64), unique=True)
    source: Mapped[str] = mapped_column(String(8))
    name: Mapped[str] = mapped_column(String(60), default="")
    phone: Mapped[str] = mapped_column(String(20), default="")
    trade: Mapped[str] = mapped_column(String(40), default="")
    at: Mapped[datetime]


class GateClosing(Row):
    """The gate of an event was closed: everything had come in, or `reason` says why it is closed all the same."""

    __tablename__ = "gate_closings"
    __table_args__ = (CheckConstraint("(fair_id IS NULL) <> (session_id IS NULL)", name="of_one_event"),)

    fair_id: Mapped[UUID | None] = mapped_column(ForeignKey("fairs.id"), unique=True)
    session_id: Mapped[UUID | None] = mapped_column(ForeignKey("class_sessions.id"), unique=True)
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]
    missing: Mapped[int]  # items that devices had made and not handed in
    reason: Mapped[str] = mapped_column(String(300), default="")
