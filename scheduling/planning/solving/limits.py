"""How long a planner may think, and how it tells about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class Limits:
    """How long (seconds), from which seed, on how many cores (workers).

    With one worker the same seed and problem give the same plan to the byte: the solver counts its work and stops at
    `seconds` worth of it (`solver.WORK_A_SECOND`), with the clock only as the last stop. With more workers the clock
    alone decides and plans may differ.
    """

    seconds: float = 10.0
    seed: int = 1
    workers: int = 1


@dataclass(frozen=True)
class Progress:
    """How a solve stands: the best plan's value, the bound nothing can beat, and the seconds gone by."""

    value: int | None
    bound: int | None
    seconds: float


Watch: TypeAlias = Callable[[Progress], None]
Cancelled: TypeAlias = Callable[[], bool]


def unwatched(progress: Progress) -> None:
    """Tell nobody."""
    del progress


def never() -> bool:
    """Say that nobody cancels."""
    return False
