"""Leave (请假): a trainee asked not to come to a session, and the school said yes or no."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scheduling.models.base import Row

REASONS = ("private", "sick")  # 事假, 病假


class Leave(Row):
    """One trainee, one session. Undecided until `decided_at`."""

    __tablename__ = "leaves"
    __table_args__ = (UniqueConstraint("enrolment_id", "session_id"),)

    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolments.id"))
    session_id: Mapped[UUID] = mapped_column(ForeignKey("class_sessions.id"), index=True)
    reason: Mapped[str] = mapped_column(String(12))  # REASONS
    asked_at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))  # None: she herself
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    granted: Mapped[bool] = mapped_column(default=False)

    @property
    def state(self) -> str:
        """`asked`, `granted` or `refused`."""
        if self.decided_at is None:
            return "asked"
        return "granted" if self.granted else "refused"
