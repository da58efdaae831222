"""Reading what the papers of a filing are about, and making each: for desk and school, on screen and on the shelf."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from portal import clock, doors, filters
from portal.printing import classes
from portal.printing.press import Paper
from scheduling import filings
from scheduling.filings import Listed
from scheduling.models import Account, TrainingClass

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

PAPERS = ("application", "roster", "timetable", "teachers", "scheme", "promises")


def paper(
    session: Session,
    training_class: TrainingClass,
    what: str,
    *,
    people: Sequence[Listed] | None = None,
    watermark: str = "",
    at: datetime | None = None,
) -> Paper:
    """Give one paper of the filing, out of PAPERS (else KeyError), as things stand, printed as of `at`.

    `people` is a roster read before, such as one with whole ID numbers; by default ID numbers are masked.
    """
    held = sorted(
        (one for one in training_class.sessions if one.cancelled_at is None), key=lambda one: (one.starts_at, one.party)
    )
    if what == "timetable":
        return classes.timetable(training_class, held, at=at)
    if what == "teachers":
        return classes.teachers(training_class, held, filings.teachers(session, training_class), at=at)
    if what == "scheme":
        return classes.scheme(training_class, filings.dossier(session, training_class), at=at)
    listed = filings.people(session, training_class, keys=doors.keys()) if people is None else people
    if what == "roster":
        return classes.roster(training_class, listed, watermark=watermark, at=at)
    if what == "promises":
        dossier = filings.dossier(session, training_class)
        return classes.promises(training_class, dossier=dossier, people=listed, at=at)
    if what != "application":
        raise KeyError(what)
    return classes.application(
        training_class,
        dossier=filings.dossier(session, training_class),
        filing=next((row for row in filings.filed(session, training_class) if row.state != "returned"), None),
        people=len(listed),
        teachers=filings.teachers(session, training_class),
        at=at,
    )


def roster_in_full(session: Session, training_class: TrainingClass, *, reason: str, by: Account) -> Paper:
    """Give the roster with whole ID numbers, each revealed by a deed; who printed it stands across it.

    Raises ReasonMissing.
    """
    now = clock.now()
    people = filings.people_in_full(session, training_class, reason=reason, keys=doors.keys(), by=by, now=now)
    mark = f"{by.name} {filters.full_day(now)} {filters.clock(now)}"
    return paper(session, training_class, "roster", people=people, watermark=mark, at=now)
