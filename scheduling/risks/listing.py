"""What pages ask about hits: of one class, with the notes beside them; and how many each class of the county has."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import select

from scheduling.models import Account, RiskSettlement, TrainingClass
from scheduling.planning.timetable import HERE
from scheduling.refusals import HitChanged
from scheduling.risks.gathering import gathered
from scheduling.risks.hits import Hit
from scheduling.risks.rules import RULES, hits
from scheduling.seals import Keyring

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

LOOKS_BACK = timedelta(days=400)  # the overview shows classes that ended since; an older one has its own page


@dataclass(frozen=True)
class Note:
    """What was written beside a hit, and by whom; None for somebody no longer known."""

    settlement: RiskSettlement
    by: str | None


@dataclass(frozen=True)
class Listed:
    """The hits of a class: those to look at, those with a note, and notes whose rows are others now."""

    open: list[Hit]
    settled: list[tuple[Hit, Note]]
    outdated: list[Note]


@dataclass(frozen=True)
class Overview:
    """One class in the overview: how many hits are open, and how many of those are only told; how many have a note."""

    training_class: TrainingClass
    look: int
    warn: int
    settled: int


def listed(session: Session, training_class: TrainingClass, *, keys: Keyring, now: datetime) -> Listed:
    """Give what looks odd in a class, in the order of the rules."""
    (facts,) = gathered(session, [training_class], keys=keys, now=now)
    notes = _notes(session, [training_class.id])[training_class.id]
    found = hits(facts)
    keyed = {(hit.rule, hit.digest) for hit in found}
    return Listed(
        open=[hit for hit in found if (hit.rule, hit.digest) not in notes],
        settled=[(hit, notes[hit.rule, hit.digest]) for hit in found if (hit.rule, hit.digest) in notes],
        outdated=[note for key, note in notes.items() if key not in keyed],
    )


def find(
    session: Session, training_class: TrainingClass, rule: str, digest: str, *, keys: Keyring, now: datetime
) -> Hit:
    """Give one hit of a class. Raises HitChanged when there is no such hit now."""
    (facts,) = gathered(session, [training_class], keys=keys, now=now)
    for found in RULES[rule](facts) if rule in RULES else ():
        if found.digest == digest:
            return found
    raise HitChanged


def overview(session: Session, county: str, *, keys: Keyring, now: datetime) -> list[Overview]:
    """Give the county's published classes with their counts, the most to look at first. A fixed number of questions."""
    since = now.astimezone(HERE).date() - LOOKS_BACK
    wanted = select(TrainingClass).where(
        TrainingClass.county == county, TrainingClass.publication.has(), TrainingClass.ends_on >= since
    )
    classes = list(session.scalars(wanted.order_by(TrainingClass.starts_on.desc(), TrainingClass.number.desc())))
    notes = _notes(session, [row.id for row in classes])
    rows = []
    for row, facts in zip(classes, gathered(session, classes, keys=keys, now=now), strict=True):
        found = hits(facts)
        open_ones = [hit for hit in found if (hit.rule, hit.digest) not in notes[row.id]]
        look = sum(hit.level == "look" for hit in open_ones)
        rows.append(Overview(row, look, len(open_ones) - look, len(found) - len(open_ones)))
    return sorted(rows, key=lambda each: (-each.look, -each.warn))


def _notes(session: Session, ids: list[UUID]) -> defaultdict[UUID, dict[tuple[str, str], Note]]:
    rows = (
        select(RiskSettlement, Account.name)
        .outerjoin(Account, Account.id == RiskSettlement.by_id)
        .where(RiskSettlement.class_id.in_(ids))
        .order_by(RiskSettlement.at)
    )
    found: defaultdict[UUID, dict[tuple[str, str], Note]] = defaultdict(dict)
    for row, name in session.execute(rows):
        found[row.class_id][row.rule, row.hit] = Note(row, name)
    return found
