"""What the compiled part works on: numbers in arrays, and how it is compiled."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple, TypeAlias, TypeVar

import numpy as np
from numba import njit
from numpy.typing import NDArray

F = TypeVar("F", bound=Callable[..., object])
Numbers: TypeAlias = NDArray[np.int32]


def compiled(function: F) -> F:
    """Compile for speed, kept on disk where there is a place to keep it.

    Without numba's run time, which would count references at each `given.something`: ten times as many moves a second.
    So nothing compiled may allocate; scratch is handed in.
    """
    compiler: Any = partial(njit, nogil=True, error_model="numpy", _nrt=False)
    try:
        made: F = compiler(cache=True)(function)
    except RuntimeError:  # the folder is read-only, and so is the home
        made = compiler()(function)
    return made


class Given(NamedTuple):
    """The problem by numbers. Row n of a ragged table is `items[at[n] : at[n + 1]]`."""

    rooms: int
    periods: int  # of a day
    spread: int  # points for a day too few
    moving: int  # points for a further room
    activity: Numbers  # of each meeting
    cost: Numbers  # activity × cell: points for a meeting there, BREACH where none may be
    clash: Numbers  # activity × activity: 1 where they cannot meet at one time (nor two meetings of one)
    clashing_at: Numbers  # the same, ragged
    clashing: Numbers
    groups_at: Numbers  # of each activity, ragged
    groups: Numbers
    attends: Numbers  # activity × group: 1 or 0
    lonely: Numbers  # of each group: points for a meeting without a neighbour
    min_days: Numbers
    isolation: Numbers  # see `isolation`


class State(NamedTuple):
    """Where the meetings are, and the counts that follow from it."""

    cell: Numbers  # of each meeting
    holder: Numbers  # of each cell: its meeting, or -1
    clashes: Numbers  # activity × time: meetings there that it clashes with
    in_room: Numbers  # activity × room
    on_day: Numbers  # activity × day
    days: Numbers  # of each activity
    attended: Numbers  # group × time
    bits: NDArray[np.uint64]  # group × day: bit 2 + period for each that is attended
    random: NDArray[np.uint64]  # one word


def isolation() -> Numbers:
    """Give the change of isolated meetings when one comes between others, by five bits of which it is the middle."""
    table = []
    for bits in range(32):
        before, left, _, right, after = (bits >> n & 1 for n in range(5))
        table.append((not left and not right) - (left and not before) - (right and not after))
    return np.array(table, np.int32)
