"""Near (近期场次): the events whose gates the desk looks after: today's, then those to come, then those lately over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduling.models import (
    ClassCallingOff,
    ClassPublication,
    ClassSession,
    Fair,
    FairCallingOff,
    FairPublication,
    GateClosing,
    TrainingClass,
)

BEHIND, AHEAD = timedelta(days=7), timedelta(days=14)
LESSONS = timedelta(days=3)  # fifty classes have a hundred lessons a day
WHENS = ("today", "ahead", "behind")
_HERE = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True)
class Near:
    """One event: `name` and `scope` as in `events.Event`, `when` is one of WHENS. Times are aware."""

    name: str
    scope: str
    title: str
    place: str
    starts_at: datetime
    ends_at: datetime
    closed_at: datetime | None
    when: str


def near(session: Session, county: str, *, kind: str = "", words: str = "", now: datetime) -> list[Near]:
    """Give the published fairs from a week ago to a fortnight ahead and the lessons within three days, today's first.

    `kind` is `fair` or `class`, else both; `words` stand in the title. Those called off have no gate. Two queries,
    columns only.
    """
    found = [
        *(_fairs(session, county, words, now) if kind != "class" else []),
        *(_lessons(session, county, words, now) if kind != "fair" else []),
    ]
    return sorted(found, key=lambda event: _order(event, now))


def _order(event: Near, now: datetime) -> tuple[int, bool, float, str]:
    """Today's that are not over, then today's others, those to come, and those behind, the latest first."""
    at = event.starts_at.timestamp()
    return WHENS.index(event.when), event.ends_at <= now, -at if event.when == "behind" else at, event.name


def _when(starts_at: datetime, ends_at: datetime, now: datetime) -> str:
    today = now.astimezone(_HERE).date()
    if starts_at.astimezone(_HERE).date() <= today <= ends_at.astimezone(_HERE).date():
        return "today"
    return "ahead" if starts_at > now else "behind"


def _fairs(session: Session, county: str, words: str, now: datetime) -> list[Near]:
    rows = (
        select(Fair.number, Fair.title, Fair.place, Fair.starts_at, Fair.ends_at, GateClosing.at)
        .join(FairPublication, FairPublication.fair_id == Fair.id)
        .outerjoin(FairCallingOff, FairCallingOff.fair_id == Fair.id)
        .outerjoin(GateClosing, GateClosing.fair_id == Fair.id)
        .where(
            Fair.county == county,
            FairCallingOff.id.is_(None),
            Fair.ends_at > now - BEHIND,
            Fair.starts_at < now + AHEAD,
            Fair.title.icontains(words, autoescape=True),
        )
    )
    return [
        Near(f"fair/{number}", f"fair/{number}", title, place, start, end, closed, _when(start, end, now))
        for number, title, place, start, end, closed in session.execute(rows)
    ]


def _lessons(session: Session, county: str, words: str, now: datetime) -> list[Near]:
    rows = (
        select(TrainingClass.number, ClassSession.number, TrainingClass.title, ClassSession.room, TrainingClass.place)
        .add_columns(ClassSession.starts_at, ClassSession.ends_at, GateClosing.at)
        .join(ClassSession, ClassSession.class_id == TrainingClass.id)
        .join(ClassPublication, ClassPublication.class_id == TrainingClass.id)
        .outerjoin(ClassCallingOff, ClassCallingOff.class_id == TrainingClass.id)
        .outerjoin(GateClosing, GateClosing.session_id == ClassSession.id)
        .where(
            TrainingClass.county == county,
            ClassCallingOff.id.is_(None),
            ClassSession.cancelled_at.is_(None),
            ClassSession.ends_at > now - LESSONS,
            ClassSession.starts_at < now + LESSONS,
            TrainingClass.title.icontains(words, autoescape=True),
        )
    )
    return [
        Near(
            f"class/{number}/{block}",
            f"class/{number}",
            title,
            room or place,
            start,
            end,
            closed,
            _when(start, end, now),
        )
        for number, block, title, room, place, start, end, closed in session.execute(rows)
    ]
