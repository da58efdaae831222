"""Events: what a gate stands before, a fair or one session of a class, named as in a ticket's bytes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, select, tuple_
from sqlalchemy.orm import Session

from scheduling.models import (
    ClassCallingOff,
    ClassPublication,
    ClassSession,
    Fair,
    FairCallingOff,
    FairPublication,
    GateItem,
    Scan,
    TrainingClass,
    Visitor,
)
from scheduling.refusals import NotFound

_FAIR, _CLASS = re.compile(r"fair/([0-9]{1,8})"), re.compile(r"class/([0-9]{1,8})/([0-9]{1,5})")
HoldsEvents = type[Scan] | type[GateItem] | type[Visitor]


@dataclass(frozen=True)
class Event:
    """One event. `name` is `fair/<number>` or `class/<number>/<session>`; times are aware."""

    name: str
    number: int  # of the fair or the class, as in its tickets
    fair_id: UUID | None
    class_id: UUID | None
    session_id: UUID | None
    slug: str
    title: str
    starts_at: datetime
    ends_at: datetime
    rotation: int
    standing: bool  # published and not called off

    @property
    def scope(self) -> str:
        """What a device must be invited to, to scan here: the fair, or the whole class."""
        return f"fair/{self.number}" if self.fair_id else f"class/{self.number}"

    def at(self, kind: HoldsEvents) -> ColumnElement[bool]:
        """Say which rows of `kind` belong to it."""
        return kind.fair_id == self.fair_id if self.fair_id else kind.session_id == self.session_id


def find(session: Session, county: str, name: str) -> Event:
    """Give the published event of this name. Raises NotFound."""
    event = find_all(session, county, [name]).get(name)
    if event is None:
        raise NotFound
    return event


def find_all(session: Session, county: str, names: Iterable[str]) -> dict[str, Event]:
    """Give the published events among `names`, called off ones too. At most two queries; columns only."""
    told = set(names)
    fairs = {int(m[1]) for name in told if (m := _FAIR.fullmatch(name))}
    blocks = {(int(m[1]), int(m[2])) for name in told if (m := _CLASS.fullmatch(name))}
    found = [*(_fairs(session, county, fairs) if fairs else []), *(_blocks(session, county, blocks) if blocks else [])]
    return {event.name: event for event in found if event.name in told}


_FAIRS = (
    select(Fair.id, Fair.number, Fair.slug, Fair.title, Fair.starts_at, Fair.ends_at, Fair.key_rotation)
    .add_columns(FairCallingOff.id.label("off"))
    .join(FairPublication, FairPublication.fair_id == Fair.id)
    .outerjoin(FairCallingOff, FairCallingOff.fair_id == Fair.id)
    .where(Fair.county == bindparam("county"), Fair.number.in_(bindparam("numbers", expanding=True)))
)


def _fairs(session: Session, county: str, numbers: set[int]) -> list[Event]:
    rows = session.connection().execute(_FAIRS, {"county": county, "numbers": list(numbers)})
    return [
        Event(
            name=f"fair/{row.number}",
            number=row.number,
            fair_id=row.id,
            class_id=None,
            session_id=None,
            slug=row.slug,
            title=row.title,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            rotation=row.key_rotation,
            standing=row.off is None,
        )
        for row in rows
    ]


def _blocks(session: Session, county: str, numbers: set[tuple[int, int]]) -> list[Event]:
    rows = (
        select(TrainingClass.id.label("class_id"), TrainingClass.slug, TrainingClass.title, TrainingClass.key_rotation)
        .add_columns(TrainingClass.number.label("class_number"), ClassCallingOff.id.label("off"))
        .add_columns(ClassSession.id, ClassSession.number, ClassSession.starts_at, ClassSession.ends_at)
        .add_columns(ClassSession.cancelled_at)
        .join(ClassSession, ClassSession.class_id == TrainingClass.id)
        .join(ClassPublication, ClassPublication.class_id == TrainingClass.id)
        .outerjoin(ClassCallingOff, ClassCallingOff.class_id == TrainingClass.id)
        .where(TrainingClass.county == county, tuple_(TrainingClass.number, ClassSession.number).in_(numbers))
    )
    return [
        Event(
            name=f"class/{row.class_number}/{row.number}",
            number=row.class_number,
            fair_id=None,
            class_id=row.class_id,
            session_id=row.id,
            slug=row.slug,
            title=row.title,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            rotation=row.key_rotation,
            standing=row.off is None and row.cancelled_at is None,
        )
        for row in session.execute(rows)
    ]
