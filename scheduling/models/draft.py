"""Drafts: answers given so far on a form of several pages, sealed, kept for a day."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from scheduling.models.base import CountyRow


class Draft(CountyRow):
    """What somebody typed before the form was finished. Encrypted: it may hold an ID number."""

    __tablename__ = "drafts"

    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    noun: Mapped[str] = mapped_column(String(60))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    expires_at: Mapped[datetime]
