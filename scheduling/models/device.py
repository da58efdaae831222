"""Devices (扫码设备): phones that scan without network, how they were invited and how they were shut out."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from scheduling.models.base import CountyRow, Row


class GateInvitation(CountyRow):
    """Somebody at the desk invites one phone to scan at some events. Only the hash of what the QR says is kept.

    `scope` names fairs and classes as tickets do: `fair/7`, `class/3`.
    """

    __tablename__ = "gate_invitations"

    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    scope: Mapped[list[str]]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class GateDevice(CountyRow):
    """A phone that joined. Its secret is kept as a hash; `last_seq`, `pending` and `seen_at` are its last sign of life.

    After `expires_at` it gets no lists any more; what it still holds is taken from it whenever it comes.
    """

    __tablename__ = "gate_devices"

    invitation_id: Mapped[UUID] = mapped_column(ForeignKey("gate_invitations.id"), unique=True)
    label: Mapped[str] = mapped_column(String(40))
    scope: Mapped[list[str]]
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    joined_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    last_seq: Mapped[int] = mapped_column(default=0)
    pending: Mapped[int] = mapped_column(default=0)
    seen_at: Mapped[datetime]

    revocation: Mapped[GateRevocation | None] = relationship(lazy="joined")


class GateRevocation(Row):
    """A device was shut out: lost, stolen, or in the wrong hands."""

    __tablename__ = "gate_revocations"

    device_id: Mapped[UUID] = mapped_column(ForeignKey("gate_devices.id"), unique=True)
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]
