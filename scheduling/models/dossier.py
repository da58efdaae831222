"""The file of a class (班级档案): what the school writes and promises, its filing (开班备案), what is on the shelf."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scheduling.models.base import Row, at_most_one


class ClassDossier(Row):
    """What the school says of its class beside sessions and people, and its promise (机构承诺书) when it gave one."""

    __tablename__ = "class_dossiers"
    __table_args__ = (UniqueConstraint("class_id"),)

    class_id: Mapped[UUID] = mapped_column(ForeignKey("classes.id"))
    head_teacher: Mapped[str] = mapped_column(String(60), default="")  # 班主任
    textbook: Mapped[str] = mapped_column(String(200), default="")
    modules: Mapped[str] = mapped_column(Text, default="")  # 教学计划: one module a line
    exam_scheme: Mapped[str] = mapped_column(Text, default="")  # 考核方案
    committed_at: Mapped[datetime | None]
    committed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]


class ClassFiling(Row):
    """The class was filed: with what (`facts`, as handed in), and what the desk said. At most one is undecided.

    What changes after it was approved is filed again (变更申请), with a word why; approved, it takes the other's place.
    """

    __tablename__ = "class_filings"
    __table_args__ = (
        at_most_one("class_filings", "undecided", "class_id", where="decided_at IS NULL"),
        at_most_one("class_filings", "approved", "class_id", where="approved AND superseded_at IS NULL"),
    )

    class_id: Mapped[UUID] = mapped_column(ForeignKey("classes.id"), index=True)
    facts: Mapped[dict[str, Any]]
    note: Mapped[str] = mapped_column(String(300), default="")  # why it is changed, in the school's words
    filed_at: Mapped[datetime]
    filed_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    decided_at: Mapped[datetime | None]
    decided_by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    approved: Mapped[bool] = mapped_column(default=False)
    number: Mapped[str] = mapped_column(String(60), default="")  # 备案号
    reason: Mapped[str] = mapped_column(String(300), default="")  # why it was returned, or approved with faults in it
    superseded_at: Mapped[datetime | None]  # a later one was approved

    @property
    def state(self) -> str:
        """`submitted`, `approved`, `superseded` or `returned`."""
        if self.decided_at is None:
            return "submitted"
        if self.superseded_at is not None:
            return "superseded"
        return "approved" if self.approved else "returned"


class ClassArchive(Row):
    """The file of a class as it was laid on the shelf: each paper's name and SHA-256, and the digest of all facts."""

    __tablename__ = "class_archives"

    class_id: Mapped[UUID] = mapped_column(ForeignKey("classes.id"), index=True)
    manifest: Mapped[dict[str, Any]]  # {file name: sha256 in hex}
    facts: Mapped[dict[str, Any]]  # {part: sha256 of its rows}: tells which part changed since
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]
