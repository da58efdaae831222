"""Problems, plans and answers as JSON: the same thing is always the same bytes."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

T = TypeVar("T")


def dumps(thing: Any) -> str:  # noqa: ANN401  any frozen dataclass
    """Write a dataclass as JSON; sets are written in order, so that equal things are equal bytes."""
    return msgspec.json.encode(thing, order="deterministic").decode()


def loads(text: str, kind: type[T]) -> T:
    """Read what `dumps` wrote. Raises ValueError (msgspec.ValidationError) for anything else."""
    return msgspec.json.decode(text, type=kind)
