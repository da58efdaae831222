"""The people of a class as the 花名册 lists them: what the ID number says of sex and age, and whom they train for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import select

from scheduling import enrolments, identity, orders
from scheduling.enrolments.lists import PURPOSE
from scheduling.models import Account, Enrolment, TrainingClass, TrainingOrder
from scheduling.refusals import ReasonMissing
from scheduling.seals import Keyring

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

_HIDDEN = "*" * 14


@dataclass(frozen=True)
class Listed:
    """One line of a 花名册. `sex` is `female` or `male`; `age` in full years on the class's first day.

    `id_number` has fourteen stars for all but the last four, unless it was revealed.
    """

    enrolment: Enrolment
    sex: str
    age: int
    id_number: str = field(repr=False)
    employer: str


def people(session: Session, training_class: TrainingClass, *, keys: Keyring) -> list[Listed]:
    """Give the roster in the order they came; ID numbers are masked. Three questions."""
    return [
        _listed(one, training_class, number, _HIDDEN + one.id_last4, employer)
        for one, number, employer in _lines(session, training_class, keys)
    ]


def people_in_full(
    session: Session, training_class: TrainingClass, *, reason: str, keys: Keyring, by: Account, now: datetime
) -> list[Listed]:
    """Give the roster with whole ID numbers: each is revealed by a deed of its own. Raises ReasonMissing.

    Who may ask is decided at the door: the desk, and the class's own school.
    """
    if not reason.strip():
        raise ReasonMissing
    return [
        _listed(
            one,
            training_class,
            number,
            enrolments.reveal_id(session, one, reason=reason, keys=keys, by=by, now=now),
            employer,
        )
        for one, number, employer in _lines(session, training_class, keys)
    ]


def _lines(
    session: Session, training_class: TrainingClass, keys: Keyring
) -> Iterator[tuple[Enrolment, identity.IdNumber, str]]:
    """Give each with a seat, her ID number, and who promised to hire her: her own order's, else all of the class."""
    roster = enrolments.roster(session, training_class)
    own = {one.order_id for one in roster if one.order_id is not None}
    promised = {
        order.id: order.enterprise.name
        for order in session.scalars(select(TrainingOrder).where(TrainingOrder.id.in_(own))).unique()
    }
    shared = "、".join(dict.fromkeys(order.enterprise.name for order in orders.of_class(session, training_class)))
    for one in roster:
        number = identity.id_number(keys.unseal(one.id_sealed, PURPOSE))
        yield one, number, promised.get(one.order_id, shared) if one.order_id else shared


def _listed(
    one: Enrolment, training_class: TrainingClass, number: identity.IdNumber, shown: str, employer: str
) -> Listed:
    sex = "male" if int(number.text[16]) % 2 else "female"  # GB 11643-1999: an odd sequence number is a man's
    return Listed(one, sex, number.age_on(training_class.starts_on), shown, employer)
