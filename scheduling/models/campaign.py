"""Campaigns (春风行动 …): named stretches of days of one year, to which fairs belong."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from scheduling.models.base import CountyRow, Row


class Campaign(CountyRow):
    """A campaign of one year. A fair on its days belongs to it, if its kind and audience are among those named here.

    The national list changes every year (domain.md §7), so each year is a row of its own and nothing is carried over.
    """

    __tablename__ = "campaigns"
    __table_args__ = (UniqueConstraint("county", "key"), CheckConstraint("last >= first", name="ends_after_start"))

    key: Mapped[str] = mapped_column(String(20))  # in addresses, for good: 2027-1
    name: Mapped[str] = mapped_column(String(60))
    first: Mapped[date]
    last: Mapped[date]
    kinds: Mapped[list[str]] = mapped_column(default=list)  # of fairs; none named: any
    audiences: Mapped[list[str]] = mapped_column(default=list)  # one of them is enough; none named: any
    sample: Mapped[bool] = mapped_column(default=False)  # 示例: not announced, put in to plan with
    added_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class CampaignFair(Row):
    """Somebody said that the fair belongs to the campaign, whatever its day and kind; taken back, the row goes."""

    __tablename__ = "campaign_fairs"
    __table_args__ = (UniqueConstraint("campaign_id", "fair_id"),)

    campaign_id: Mapped[UUID] = mapped_column(ForeignKey("campaigns.id"))
    fair_id: Mapped[UUID] = mapped_column(ForeignKey("fairs.id"), index=True)
    by_id: Mapped[UUID | None] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime]
