"""Job cards: what an advert says field by field, as data that can be kept, compared and told apart."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any, TypedDict

from scheduling.models import Vacancy
from scheduling.refusals import WagesInDisorder


class Card(TypedDict, total=False):
    """The fields of a job card (domain.md §4). Wages are whole yuan per `pay_unit`; neither of them means 面议."""

    title: str
    trade: str
    headcount: int
    wage_low: int | None
    wage_high: int | None
    pay_unit: str
    settlement: str
    wage_note: str
    contract_type: str
    work_place: str
    shift: str
    rest: str
    insurance: str
    room_and_board: str
    commute: bool
    education: str
    experience: str
    certificate: str
    age_note: str
    accepts_disabled: bool
    accepts_veterans: bool
    accepts_older: bool
    night_work: bool
    description: str
    justification: str


@dataclass(frozen=True)
class Change:
    """One field that says something else now. Values are as Card has them."""

    field: str
    before: Any
    after: Any


def card_of(vacancy: Vacancy) -> dict[str, Any]:
    """Give what the vacancy says, as JSON can keep it."""
    return {field: getattr(vacancy, field) for field in Card.__annotations__}


def draft(card: dict[str, Any]) -> Vacancy:
    """Give a vacancy that says this and is kept nowhere, for reading and checking it."""
    return Vacancy(**{field: value for field, value in card.items() if field in Card.__annotations__})


def newest(vacancy: Vacancy) -> dict[str, Any]:
    """Give what the enterprise said last: a change that was not approved yet, or the advert as it stands."""
    return dict(vacancy.revision.card) if vacancy.revision else card_of(vacancy)


def changes(before: dict[str, Any], after: dict[str, Any]) -> list[Change]:
    """Give the fields that differ, in the order of the card; a field that one of them lacks is passed over."""
    known = [field for field in Card.__annotations__ if field in before and field in after]
    return [Change(field, before[field], after[field]) for field in known if before[field] != after[field]]


def fingerprint(card: dict[str, Any]) -> str:
    """Name what a card says in 32 characters, so that a verdict can tell which text it is about."""
    return hashlib.sha256(json.dumps(card, sort_keys=True).encode()).hexdigest()[:32]


def write(vacancy: Vacancy, card: Card) -> list[str]:
    """Put the card's fields on the vacancy; give the names of those that changed. Raises WagesInDisorder."""
    changed = []
    for field, value in card.items():
        if field not in Card.__annotations__:
            raise TypeError(f"not a field of a job card: {field}")
        kept = value.strip() if isinstance(value, str) else value
        if getattr(vacancy, field) != kept:
            setattr(vacancy, field, kept)
            changed.append(field)
    if vacancy.wage_low is None or vacancy.wage_high is None:  # one figure alone is both
        vacancy.wage_low = vacancy.wage_high = vacancy.wage_high if vacancy.wage_low is None else vacancy.wage_low
    elif vacancy.wage_low > vacancy.wage_high:
        raise WagesInDisorder
    return sorted(changed)
