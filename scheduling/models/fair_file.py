"""Files of a fair: the emergency plan (应急预案) the police read, and photos (照片) of how it was."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from scheduling.models.base import Row, at_most_one

WHAT = ("emergency_plan", "photo")


class FairFile(Row):
    """One file, known by its bytes. Taken away, it stays as a row; a photo's bytes go at once, a plan's in time."""

    __tablename__ = "fair_files"
    __table_args__ = (
        at_most_one("fair_files", "standing", "fair_id", "what", "digest", where="removed_at IS NULL"),
        Index("ix_fair_files_fair_id_what", "fair_id", "what"),
        CheckConstraint("what IN ('emergency_plan', 'photo')", name="what_known"),
        CheckConstraint("size > 0", name="size_positive"),
    )

    fair_id: Mapped[UUID] = mapped_column(ForeignKey("fairs.id"))
    what: Mapped[str] = mapped_column(String(20))  # WHAT
    kind: Mapped[str] = mapped_column(String(20))  # application/pdf, image/png, image/jpeg, image/webp
    size: Mapped[int]  # bytes
    width: Mapped[int | None]  # pixels; None for a PDF
    height: Mapped[int | None]
    caption: Mapped[str] = mapped_column(String(100), default="")  # what is to be seen, never who
    digest: Mapped[str] = mapped_column(String(64))  # SHA-256 of the bytes: sent twice, it is one file
    content: Mapped[bytes | None] = mapped_column(
        LargeBinary, deferred=True
    )  # whoever lists files carries no megabytes
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]
    removed_at: Mapped[datetime | None]
    removed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
