"""What a rule's fields may hold. Each function returns dataclass field metadata with the check to run.

A check takes the field's name and whatever came in (from JSON, a form or code). It returns the value to keep, in
the one form that makes equal rules equal, or raises BadRule.
"""

from datetime import date
from enum import StrEnum
from typing import TypeGuard

from scheduling.planning.lunar import BRANCHES
from scheduling.planning.markets.errors import BadRule

Metadata = dict[str, object]


def number(low: int, high: int, *, optional: bool = False) -> Metadata:
    """Take one whole number, or None where it is optional."""

    def check(field: str, value: object) -> int | None:
        if value is None and optional:
            return None
        if not _is_number(value, low, high):
            raise BadRule("not_a_number", field=field, value=value, low=low, high=high)
        return value

    return {"check": check}


def numbers(low: int, high: int) -> Metadata:
    """Take at least one whole number; kept in order, each once, 0 last because it is read as 十."""

    def check(field: str, value: object) -> tuple[int, ...]:
        if not isinstance(value, list | tuple) or not all(_is_number(item, low, high) for item in value):
            raise BadRule("not_numbers", field=field, value=value, low=low, high=high)
        if not value:
            raise BadRule("empty", field=field)
        return tuple(sorted(set(value), key=lambda item: item or 10))

    return {"check": check}


def choice(choices: type[StrEnum]) -> Metadata:
    """Take one of an enumeration, or its text."""

    def check(field: str, value: object) -> StrEnum:
        if not isinstance(value, str) or value not in list(choices):
            raise BadRule("not_a_choice", field=field, value=value, choices=[str(item) for item in choices])
        return choices(value)

    return {"check": check}


def flag() -> Metadata:
    """Take true or false."""

    def check(field: str, value: object) -> bool:
        if not isinstance(value, bool):
            raise BadRule("not_a_flag", field=field, value=value)
        return value

    return {"check": check}


def civil_date() -> Metadata:
    """Take a date, or its text such as 2026-01-01."""

    def check(field: str, value: object) -> date:
        if type(value) is date:
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            raise BadRule("not_a_date", field=field, value=value) from None

    return {"check": check}


def branches() -> Metadata:
    """Take a text of branches such as 戌辰; kept in their order, each once: 辰戌."""

    def check(field: str, value: object) -> str:
        if not isinstance(value, str) or not set(value) <= set(BRANCHES):
            raise BadRule("not_branches", field=field, value=value)
        if not value:
            raise BadRule("empty", field=field)
        return "".join(branch for branch in BRANCHES if branch in value)

    return {"check": check}


def _is_number(value: object, low: int, high: int) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and low <= value <= high
