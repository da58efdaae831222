"""Checking a list of people: everything that is wrong with it at once, each with row, column and reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from scheduling import enrolments, identity
from scheduling.enrolments import History, Person
from scheduling.refusals import (
    CategoryUnknown,
    DateInCell,
    EducationUnknown,
    IdAsNumber,
    IdNumberMissing,
    IdOfFifteen,
    OrderUnknown,
    Refusal,
    RowHidden,
    TooLongForCell,
    TwiceInList,
)
from scheduling.seals import Keyring
from scheduling.signups.lines import CATEGORY_WORDS, EDUCATION_WORDS, Line, plain

LONGEST = 60  # characters of a name or a township
_SCIENTIFIC = re.compile(r"\d(\.\d+)?E\+?\d+", re.IGNORECASE)
_SAFE_DIGITS = 15  # a spreadsheet's number keeps so many
_BESIDE = {"education": "education"}  # rule → column; every other rule goes by the ID number


@dataclass(frozen=True)
class Fault:
    """What is wrong in one cell, or in the whole row (`row`)."""

    column: str
    refusal: Refusal


@dataclass(frozen=True)
class Row:
    """One line with what came of it: somebody who can come, who is on the list already, or what is wrong."""

    line: Line
    who: Person | None
    faults: tuple[Fault, ...]
    known: bool = False


@dataclass(frozen=True)
class Checked:
    """A whole list, checked."""

    rows: Sequence[Row]

    @property
    def right(self) -> list[Row]:
        """Those who can be signed up, or are already."""
        return [row for row in self.rows if not row.faults]

    @property
    def wrong(self) -> list[Row]:
        """Those who cannot."""
        return [row for row in self.rows if row.faults]


def check(
    lines: Sequence[Line],
    *,
    orders: Mapping[str, UUID],
    keys: Keyring,
    look: Callable[[list[Person]], History],
) -> Checked:
    """Check every line by itself, against the others, and against what stands; `look` asks the database once.

    `orders` are those that may be named, by number.
    """
    read = [_read(one, orders, keys) for one in lines]
    history = look([who for who, _ in read if who is not None])
    first: dict[str, int] = {}
    return Checked([_row(history, one, who, faults, first) for one, (who, faults) in zip(lines, read, strict=True)])


def _row(history: History, one: Line, who: Person | None, faults: list[Fault], first: dict[str, int]) -> Row:
    """Judge one line; `first` says in which line each ID number stood first."""
    if one.hidden:
        return Row(one, None, (Fault("row", RowHidden()),))
    if who is None:
        return Row(one, None, tuple(faults))
    before = first.setdefault(who.blind, one.number)
    if before != one.number:
        return Row(one, None, (Fault("id_number", TwiceInList(row=before)),))
    speaking_against, known = _judge(history, who)
    return Row(one, None if speaking_against else who, tuple(speaking_against), known=known)


def _judge(history: History, who: Person) -> tuple[list[Fault], bool]:
    """Give what speaks against her, and whether she is on the class's list already."""
    try:
        if enrolments.standing(history, who) is not None:
            return [], True
        reasons = history.reasons(who)
    except Refusal as refusal:
        return [Fault("id_number", refusal)], False
    return [Fault(_BESIDE.get(rule, "id_number"), refusal) for rule, refusal in reasons.items()], False


def _read(one: Line, orders: Mapping[str, UUID], keys: Keyring) -> tuple[Person | None, list[Fault]]:
    """Read each cell; give a person when all of them can be read."""
    told: dict[str, str] = {}
    order: UUID | None = None
    faults = []
    readers: dict[str, Callable[[str], str]] = {
        "name": _name,
        "phone": identity.phone,
        "id_number": lambda text: _id_number(text, odd=one.odd.get("id_number", "")),
        "education": _education,
        "category": _category,
        "household": _household,
    }
    for column, reader in readers.items():
        try:
            told[column] = reader(_said(one, column))
        except Refusal as refusal:
            faults.append(Fault(column, refusal))
    try:
        order = _order(_said(one, "order"), orders)
    except Refusal as refusal:
        faults.append(Fault("order", refusal))
    if faults:
        return None, faults
    return enrolments.person(keys, **told, order_id=order), []


def _said(one: Line, column: str) -> str:
    """Give what a cell says, without the quotation mark that makes Excel keep text. Raises DateInCell."""
    if one.odd.get(column) == "date":
        raise DateInCell
    return one.cells.get(column, "").strip().lstrip("'‘")


def _name(text: str) -> str:
    return identity.name(_short(text))


def _household(text: str) -> str:
    return identity.household(_short(text))


def _short(text: str) -> str:
    if len(text) > LONGEST:
        raise TooLongForCell(most=LONGEST)
    return text


def _id_number(text: str, *, odd: str) -> str:
    code = plain(text)
    if not code:
        raise IdNumberMissing
    if _SCIENTIFIC.fullmatch(code) or (odd == "number" and len(code) > _SAFE_DIGITS):
        raise IdAsNumber
    if re.fullmatch(r"\d{15}", code):
        raise IdOfFifteen
    return identity.id_number(text).text


def _education(text: str) -> str:
    word = re.sub(r"(毕业|肄业|文化|学历)$", "", plain(text))
    if word in EDUCATION_WORDS.values():  # chosen on our page
        return word
    if word not in EDUCATION_WORDS:
        raise EducationUnknown
    return EDUCATION_WORDS[word]


def _category(text: str) -> str:
    word = plain(text)
    if word in CATEGORY_WORDS.values():
        return word
    if word not in CATEGORY_WORDS:
        raise CategoryUnknown
    return CATEGORY_WORDS[word]


def _order(text: str, orders: Mapping[str, UUID]) -> UUID | None:
    number = plain(text)
    if not number:
        return None
    if number not in orders:
        raise OrderUnknown
    return orders[number]
