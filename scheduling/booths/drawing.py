"""A plan of booths drawn by hand, for odd squares: one line a row, numbers, and dots where nothing stands.

1 2 . 3 4
. . . . .
5 6 . 7 8
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduling import deeds
from scheduling.booths import waiting
from scheduling.booths.layout import MOST, booking_where
from scheduling.fairs import require_unfinished
from scheduling.models import Account, Booking, Booth, Fair
from scheduling.refusals import BoothBooked, DrawingTooLarge, DrawingTwice, DrawingUnreadable, FairCalledOff

ROWS, COLUMNS = 40, 20  # the largest square; the page's widest grid has as many columns
LARGEST = 9999  # a booth's number
_EMPTY = frozenset({".", "。", "·", "-", "_", "x", "×", "空"})
_BETWEEN = re.compile(r"[\s,，、|]+")


class Placed(Protocol):
    """Whatever stands on a square of the ground."""

    @property
    def row(self) -> int: ...  # noqa: D102
    @property
    def column(self) -> int: ...  # noqa: D102


T = TypeVar("T", bound=Placed)


def read(drawing: str) -> dict[int, tuple[int, int]]:
    """Give the row and column (from 1) of each booth's number in the drawing. Full-width signs are read as plain ones.

    Raises DrawingUnreadable(row, part), DrawingTwice(number), DrawingTooLarge(booths, rows, columns).
    """
    lines = unicodedata.normalize("NFKC", drawing).strip("\r\n").splitlines()
    found: dict[int, tuple[int, int]] = {}
    for row, line in enumerate(lines, 1):
        for column, part in enumerate((each for each in _BETWEEN.split(line) if each), 1):
            if part.lower() in _EMPTY:
                continue
            number = int(part) if part.isascii() and part.isdigit() else 0
            if not 1 <= number <= LARGEST:
                raise DrawingUnreadable(row=row, part=part[:10])
            if number in found:
                raise DrawingTwice(number=number)
            found[number] = row, column
    if len(found) > MOST or any(row > ROWS or column > COLUMNS for row, column in found.values()):
        raise DrawingTooLarge(booths=MOST, rows=ROWS, columns=COLUMNS)
    return found


def draw(booths: Sequence[Booth]) -> str:
    """Give the plan as it would be drawn; what `read` makes of it is the plan again."""
    names = [["." if booth is None else str(booth.number) for booth in line] for line in squares(booths)]
    width = max((len(name) for line in names for name in line), default=1)
    return "\n".join(" ".join(name.rjust(width) for name in line) for line in names)


def squares(placed: Sequence[T]) -> list[list[T | None]]:
    """Give the ground row by row, each to its last square that is taken: None where nothing stands, empty rows too.

    Of two on one square the later goes to the next free one of the row: nothing that was laid is ever left out.
    """
    at: dict[tuple[int, int], T] = {}
    for each in placed:
        column = each.column
        while (each.row, column) in at:
            column += 1
        at[each.row, column] = each
    last: dict[int, int] = {}
    for row, column in at:
        last[row] = max(column, last.get(row, 0))
    rows = range(min(last, default=1), max(last, default=0) + 1)
    return [[at.get((row, column)) for column in range(1, last.get(row, 0) + 1)] for row in rows]


def lay_by_hand(
    session: Session,
    fair: Fair,
    drawing: str,
    *,
    kind: str = "table",
    power: bool = False,
    by: Account | None,
    now: datetime,
) -> list[Booth]:
    """Make the drawing the fair's plan: booths in it stand on their squares, new ones are added, others taken out.

    New ones are of `kind` and have `power`; those there already stay as they are. At a published fair those who wait
    get new ones at once. The same drawing again changes nothing. Raises what `read` raises, BoothBooked(number) for one
    that is left out, FairCalledOff, FairFinished.
    """
    wanted = read(drawing)
    waiting.hold(session, [fair])
    if fair.calling_off is not None:
        raise FairCalledOff
    require_unfinished(fair)
    known = {booth.number: booth for booth in session.scalars(select(Booth).where(Booth.fair_id == fair.id))}
    laid = {number for number, booth in known.items() if booth.removed_at is None}
    gone = [known[number] for number in sorted(laid - wanted.keys())]
    booked = booking_where(session, Booking.booth_id.in_([booth.id for booth in gone])) if gone else None
    if booked is not None:
        raise BoothBooked(number=booked.booth.number)
    for booth in gone:
        booth.removed_at = now
    changed = len(gone) + sum(_placed(session, fair, known, number, place) for number, place in wanted.items())
    for number in wanted.keys() - laid:
        known[number].kind, known[number].power = kind, power
    session.flush()
    if changed:
        deeds.record(session, "booths.drawn", fair, by=by, now=now, count=len(wanted), removed=len(gone))
        waiting.promote(session, fair, now=now)
    return [known[number] for number in sorted(wanted)]


def _placed(session: Session, fair: Fair, known: dict[int, Booth], number: int, place: tuple[int, int]) -> bool:
    """Put the booth of this number on its square, a new row where there was none; give whether that is a change."""
    booth = known.get(number)
    if booth is None:
        known[number] = booth = Booth(fair_id=fair.id, number=number)
        session.add(booth)
    elif booth.removed_at is None and (booth.row, booth.column) == place:
        return False
    (booth.row, booth.column), booth.removed_at = place, None
    return True
