"""What is claimed for each trainee, and whether a claim adds up: worked out from the rules, never typed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from scheduling import certificates, enrolments, placements, training_rules
from scheduling.models import SubsidyClaim, SubsidyLine, TrainingClass
from scheduling.refusals import AmountMissing
from scheduling.training_rules import Terms

PERCENT = 100


class WorkedOut(NamedTuple):
    """An amount in whole yuan and a key that says how it came about."""

    yuan: int
    why: str


@dataclass(frozen=True)
class Trouble:
    """One sentence that is not true of the claim: `roster`, `certified` or `amounts`, and how many people differ."""

    key: str
    number: int


def amount(terms: Terms, hours: int) -> WorkedOut:
    """Give what the rules pay for one graduate of so many hours (课时). Raises AmountMissing."""
    if terms.yuan_a_person is not None:
        return WorkedOut(terms.yuan_a_person, "per_person")
    if terms.yuan_an_hour is None:
        raise AmountMissing
    yuan = terms.yuan_an_hour * hours
    if terms.yuan_at_most is not None and yuan > terms.yuan_at_most:
        return WorkedOut(terms.yuan_at_most, "capped")
    return WorkedOut(yuan, "per_hour")


def work_out(
    session: Session, training_class: TrainingClass, *, until: datetime | None = None
) -> dict[UUID, WorkedOut]:
    """Give for everybody on the list what is claimed for her, by enrolment id, in the list's order.

    Only who has a certificate that stands counts. Where the rules pay a share of it to who has no job (交口: 60 %),
    whoever has no placement when the claim is worked out counts with that share, rounded down. With `until`, a
    certificate or a job that came after that moment is left out. Raises AmountMissing.
    """
    terms = training_rules.of(training_class.course)
    full = amount(terms, training_class.course.total_hours)
    certified = {
        id_
        for id_, row in certificates.of_class(session, training_class).items()
        if until is None or row.issued_at <= until
    }
    placed = {
        id_ for id_, row in placements.of_class(session, training_class).items() if until is None or row.at <= until
    }
    found = {}
    for person in enrolments.roster(session, training_class):
        if person.id not in certified:
            found[person.id] = WorkedOut(0, "not_certified")
        elif terms.share_without_job is not None and person.id not in placed:
            found[person.id] = WorkedOut(full.yuan * terms.share_without_job // PERCENT, "without_job")
        else:
            found[person.id] = full
    return found


def total(lines: Iterable[SubsidyLine]) -> int:
    """Give what the lines come to in yuan, struck ones left out."""
    return sum(line.yuan for line in lines if line.struck_at is None)


def troubles(session: Session, training_class: TrainingClass, claim: SubsidyClaim) -> list[Trouble]:
    """Give what of the claim is not as it should be now: a line a trainee, money for who is certified, right amounts.

    A line that was struck is let be. What was posted stays right when somebody is better off since: who found a job or
    passed a resit while the notice runs is owed what was right when it was made, or what is right now.
    """
    should, lines = work_out(session, training_class), {line.enrolment_id: line for line in claim.lines}
    then = work_out(session, training_class, until=claim.made_at) if claim.posted_on else should
    standing = {id_: line for id_, line in lines.items() if line.struck_at is None}
    struck = lines.keys() - standing.keys()
    due, owed = ({id_ for id_, each in found.items() if each.yuan} - struck for found in (then, should))
    paid = {id_ for id_, line in standing.items() if line.yuan}
    wrong = {
        id_ for id_, line in standing.items() if id_ in should and line.yuan not in {should[id_].yuan, then[id_].yuan}
    }
    found = {
        "roster": _differ(should.keys() - struck, standing.keys()),
        "certified": len((due - paid) | (paid - owed)),
        "amounts": len(wrong),
    }
    return [Trouble(key, number) for key, number in found.items() if number]


def _differ(one: Collection[UUID], other: Collection[UUID]) -> int:
    return len(set(one) ^ set(other))
