"""A hit: what looks odd, and which rows it is about."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from scheduling.planning.clashes import said
from scheduling.planning.solving.words import Sentence
from scheduling.risks.facts import Lesson, Stamp, Trainee


class Person(NamedTuple):
    """A trainee as a hit names her: the id of her enrolment, her number in the line, her masked name."""

    id: str
    place: int
    name: str


class Block(NamedTuple):
    """A session as a hit names it: its class, its number, when it is held."""

    title: str
    number: int
    when: Sentence


@dataclass(frozen=True)
class Hit:
    """One thing to ask about. `rule` is a key of RULES; `level` is `look` (请核实) or `warn` (留意).

    `rows` are what it came out of, each with what of it mattered: as long as they are the same, so is `digest`, and a
    note stays with the hit.
    """

    rule: str
    level: str
    words: Sentence
    people: tuple[Person, ...] = ()
    lessons: tuple[Block, ...] = ()
    rows: tuple[str, ...] = field(default=(), repr=False)

    @property
    def digest(self) -> str:
        """SHA-256 of rule and rows, in hex."""
        return hashlib.sha256("\n".join([self.rule, *sorted(self.rows)]).encode()).hexdigest()


def hit(
    rule: str,
    words: Sentence,
    *,
    people: Iterable[Trainee] = (),
    lessons: Iterable[Lesson] = (),
    stamps: Iterable[Stamp] = (),
    more: Iterable[str] = (),
    level: str = "look",
) -> Hit:
    """Make a hit whose rows are these people, sessions and readings, and `more` (written table/id=value)."""
    people, lessons = sorted(set(people), key=lambda one: one.place), sorted(set(lessons), key=_in_time)
    return Hit(
        rule,
        level,
        words,
        tuple(Person(one.id, one.place, one.name) for one in people),
        tuple(Block(one.title, one.number, said(one.starts_at, one.ends_at)) for one in lessons),
        (
            *(f"enrolments/{one.id}={one.left_at or ''}" for one in people),
            *(f"class_sessions/{one.id}={one.starts_at.timestamp()}/{one.ends_at.timestamp()}" for one in lessons),
            *(f"scans/{one.id}" for one in stamps),
            *more,
        ),
    )


def _in_time(one: Lesson) -> tuple[float, str]:
    return one.starts_at.timestamp(), one.id
