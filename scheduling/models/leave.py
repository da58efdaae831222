"""Leave (请假): a trainee asked not to come to a session, and the school said yes or no."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from scheduling.models.base import Row, at_most_one

REASONS = ("private", "sick")  # 事假, 病假


class Leave(Row):
    """One trainee, one session. Undecided until `decided_at`; one that was taken back no longer stands."""

    __tablename__ = "leaves"
    __table_args__ = (at_most_one("leaves", "standing", "enrolment_id", "session_id", where="withdrawn_at IS NULL"),)

    enrolment_id: Mapped[UUID] = mapped_column(ForeignKey("enrolments.id"))
    session_id: Mapped[UUID] = mapped_column(ForeignKey("class_sessions.id"), index=True)
    reason: Mapped[str] = mapped_column(String(12))  # REASONS
    asked_at: Mapped[datetime]
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))  # None: she herself
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    granted: Mapped[bool] = mapped_column(default=False)
    withdrawn_at: Mapped[datetime | None]

    @property
    def state(self) -> str:
        """`asked`, `granted`, `refused` or `withdrawn`."""
        if self.withdrawn_at is not None:
            return "withdrawn"
        if self.decided_at is None:
            return "asked"
        return "granted" if self.granted else "refused"
