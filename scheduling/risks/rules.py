"""The rules by name, in the order a reviewer reads them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from scheduling.risks import people, running, signing
from scheduling.risks.facts import Facts
from scheduling.risks.hits import Hit

Rule = Callable[[Facts], Iterator[Hit]]

RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "overlapping": people.overlapping,
        "same_level": people.same_level,
        "too_often": people.too_often,
        "age": people.age,
        "shared_phone": people.shared_phone,
        "shared_device": signing.shared_device,
        "burst": signing.burst,
        "same_minutes": signing.same_minutes,
        "no_sign_out": signing.no_sign_out,
        "out_of_place": signing.out_of_place,
        "back_filled": signing.back_filled,
        "roster_changed": running.roster_changed,
        "replaced_late": running.replaced_late,
        "booked_twice": running.booked_twice,
        "long_day": running.long_day,
        "holiday": running.holiday,
        "before_approval": running.before_approval,
        "exam_too_early": running.exam_too_early,
        "said_no": running.said_no,
    }
)


def hits(facts: Facts) -> list[Hit]:
    """Give every hit of every rule, in their order. A pure function of the facts."""
    return [found for rule in RULES.values() for found in rule(facts)]
