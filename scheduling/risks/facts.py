"""What the rules look at: one class, frozen. Times are aware; names are masked before they come here."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import NamedTuple

from scheduling.planning.timetable import HERE
from scheduling.training_rules import Terms


@dataclass(frozen=True)
class Trainee:
    """Somebody who has, or had, a seat in the class. `person` is the keyed hash of her ID number.

    `age` is in full years on the class's first day, None where her number cannot be read. `seated_at` is when she got
    her seat, `left_at` when she gave it up or lost it.
    """

    id: str
    place: int
    name: str
    person: str
    phone: str
    age: int | None
    seated_at: datetime
    left_at: datetime | None = None


@dataclass(frozen=True)
class Lesson:
    """A session that is held. `taught_at` names the school, or the building where there is none; `title` the class."""

    id: str
    class_id: str
    title: str
    number: int
    starts_at: datetime
    ends_at: datetime
    hours: int
    kind: str = "theory"
    party: int = 0
    teacher: str = ""
    room: str = ""
    heads: int = 0  # how many come to it

    @property
    def day(self) -> date:
        """The day it is held on, in Shanghai."""
        return self.starts_at.astimezone(HERE).date()


class Stamp(NamedTuple):
    """One reading that stands: of a trainee, at a session, `in` or `out`, by `way`; the first of its kind counts."""

    id: str
    trainee: str
    lesson: str
    direction: str
    at: datetime
    way: str = "camera"
    device: str = ""
    away_metres: int | None = None


@dataclass(frozen=True)
class Seat:
    """A seat that one of the trainees has in another class."""

    person: str
    class_id: str
    title: str
    trade: str
    level: str
    starts_on: date
    ends_on: date
    subsidised: bool = True


@dataclass(frozen=True)
class Sitting:
    """One examination of the class, and who is on its roster (ids of trainees)."""

    id: str
    attempt: int
    starts_at: datetime
    seated: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Answer:
    """A phone check in which somebody says she did not come."""

    id: str
    trainee: str
    note: str = ""


@dataclass(frozen=True)
class Facts:
    """One class and all its rules look at. `approved_at` is when its filing was approved, None where it was not.

    `elsewhere` are lessons of other classes at the same school at the same time; `stations` what its workshops hold.
    """

    class_id: str
    title: str
    trade: str
    level: str
    special: bool  # 特种作业: another authority issues the certificate
    min_age: int
    max_age: int | None
    hours: int
    subsidised: bool
    starts_on: date
    ends_on: date
    fence_metres: int | None
    terms: Terms
    now: datetime
    trainees: tuple[Trainee, ...] = ()
    lessons: tuple[Lesson, ...] = ()
    stamps: tuple[Stamp, ...] = ()
    seats: tuple[Seat, ...] = ()
    elsewhere: tuple[Lesson, ...] = ()
    stations: dict[str, int] = field(default_factory=dict)
    holidays: dict[date, str] = field(default_factory=dict)
    sittings: tuple[Sitting, ...] = ()
    answers: tuple[Answer, ...] = ()
    approved_at: datetime | None = None

    @property
    def begins_at(self) -> datetime:
        """When the first lesson begins; the first day's midnight where none is planned."""
        midnight = datetime.combine(self.starts_on, datetime.min.time(), HERE)
        return min((one.starts_at for one in self.lessons), default=midnight)

    @property
    def on_roster(self) -> tuple[Trainee, ...]:
        """Those who have a seat now."""
        return tuple(one for one in self.trainees if one.left_at is None)

    def counted(self, direction: str) -> dict[tuple[str, str], Stamp]:
        """Give the reading that counts by (trainee, lesson): the first of its direction."""
        first: dict[tuple[str, str], Stamp] = {}
        for one in sorted(self.stamps, key=lambda each: (each.at, each.id)):
            if one.direction == direction:
                first.setdefault((one.trainee, one.lesson), one)
        return first


def minute(moment: datetime) -> str:
    """Give hour and minute in Shanghai: 8:05."""
    here = moment.astimezone(HERE)
    return f"{here.hour}:{here.minute:02d}"


def seconds(span: timedelta) -> int:
    """Give whole seconds."""
    return int(span.total_seconds())
