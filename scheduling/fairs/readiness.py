"""What a fair must have before the public may see it."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from scheduling.models import Booth, Fair

# 《大型群众性活动安全管理条例》(国令第505号): from 1,000 people expected, the police must permit it (domain.md §3).
PERMIT_FROM = 1000


def missing(session: Session, fair: Fair) -> list[str]:
    """Give the keys of what is missing before publishing, in our order: contact, place, booths, rain_plan, permit."""
    laid = select(func.count(Booth.id)).where(Booth.fair_id == fair.id, Booth.removed_at.is_(None))
    has = {
        "contact": bool(fair.contact_name and fair.contact_phone),
        "place": bool(fair.place),
        "booths": fair.kind == "livestream" or bool(session.scalar(laid)),
        "rain_plan": not fair.outdoor or bool(fair.rain_plan and fair.rain_decide_by),
        "permit": (fair.expected_attendance or 0) < PERMIT_FROM or bool(fair.permit_no),
    }
    return [key for key, there in has.items() if not there]
