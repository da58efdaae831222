"""Heads (到场人数): how many people came to an event, each once, by the ways they were counted (decision 0020)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from scheduling import attendance, tickets
from scheduling.attendance import Reading
from scheduling.models import Fair, GateItem, Jobseeker, Reservation, Scan, Visitor

STAFF = "gate"  # the source of those whom staff wrote down
_ORDER = (STAFF, "poster", "screen")
Guest = tuple[str, str, str, int]  # source, name, phone, how many say exactly this


@dataclass(frozen=True)
class Heads:
    """People at an event, nobody in two of these: with a ticket, written down by staff, by their own phone.

    `tapped` is what was counted at the entrance without a word: everybody who has no ticket and was not written down.
    Who says by her own phone that she is here walked past there too, so of these two the larger counts. `twice` are
    those who were written down, or said so, though they are counted already.
    """

    ticketed: int
    registered: int
    own: int
    tapped: int
    twice: int = 0

    @property
    def others(self) -> int:
        """Who has no ticket and was not written down."""
        return max(self.own, self.tapped)

    @property
    def total(self) -> int:
        """Everybody, each once."""
        return self.ticketed + self.registered + self.others

    @property
    def source(self) -> str:
        """Where the total comes from, out of fairs.SOURCES; people's own word is an estimate."""
        if self.own > self.tapped:
            return "estimated"
        return "staff_counted" if self.registered or self.tapped else "scanned"


def of_fair(session: Session, fair: Fair) -> Heads:
    """Count the people at a fair. At most four queries."""
    came = entries(attendance.at(session, Scan.fair_id == fair.id))
    return count(session, came, fair_id=fair.id)


def entries(readings: Iterable[Reading]) -> list[Reading]:
    """Give the readings by which somebody came in, one for each person, enterprise and occasion."""
    return [reading for (_, _, direction), reading in attendance.counting(readings).items() if direction == "in"]


def count(
    session: Session, came: Iterable[Reading], *, fair_id: UUID | None = None, session_id: UUID | None = None
) -> Heads:
    """Count the people at an event of whose tickets `came` was read, enterprises left out. At most three queries."""
    holders = {reading.holder for reading in came if reading.kind != tickets.BOOTH}

    def here(kind: type[Visitor | GateItem]) -> ColumnElement[bool]:
        return kind.fair_id == fair_id if fair_id else kind.session_id == session_id

    guests = (
        select(Visitor.source, Visitor.name, Visitor.phone, func.count())
        .where(here(Visitor), or_(Visitor.item_id.is_(None), ~annulled(Visitor)))
        .group_by(Visitor.source, Visitor.name, Visitor.phone)
    )
    told: list[Guest] = [(source, name, phone, number) for source, name, phone, number in session.execute(guests)]
    taps = select(func.sum(GateItem.n)).where(
        here(GateItem),
        GateItem.kind == "count",
        GateItem.what == "heads",
        GateItem.stored == "recorded",
        ~annulled(GateItem),
    )
    known = _reserved(session, fair_id, holders) if fair_id and any(phone for _, _, phone, _ in told) else []
    registered, own, twice = people(told, known)
    return Heads(len(holders), registered, own, max(0, session.scalar(taps) or 0), twice)


def counters(session: Session, where: ColumnElement[bool]) -> dict[str, int]:
    """Sum what was counted by tapping besides heads, by what it is: `where` says of which event's items. One query."""
    rows = (
        select(GateItem.what, func.sum(GateItem.n))
        .where(where, GateItem.kind == "count", GateItem.what != "heads")
        .where(GateItem.stored == "recorded", ~annulled(GateItem))
        .group_by(GateItem.what)
    )
    return {what: int(number) for what, number in session.execute(rows)}


def people(told: Iterable[Guest], known: Iterable[tuple[str, str]]) -> tuple[int, int, int]:
    """Count guests: those staff wrote down, those by their own phone, and those left out because they are counted.

    A name and a phone together are one person, as everywhere here; a family shares a phone, so two names are two. A
    phone without a name is whoever is known by it. `known` are (name, phone) of people counted by their tickets.
    Who left no phone is one person each. Pure, and the order of `told` changes nothing.
    """
    names: dict[str, set[str]] = {}
    for name, phone in known:
        names.setdefault(phone, set()).add(name)
    counted, twice = dict.fromkeys(_ORDER, 0), 0
    for source, name, phone, number in sorted(told, key=_turn):
        new = number if not phone else int(_is_new(names.setdefault(phone, set()), name))
        counted[source] += new
        twice += number - new
    return counted.pop(STAFF), sum(counted.values()), twice


def annulled(kind: type[Visitor | GateItem]) -> ColumnElement[bool]:
    """Say whether a phone undid an item, or a visitor's, at the same event, before it came or after."""
    undo, whose = aliased(GateItem), Visitor.item_id if kind is Visitor else GateItem.id
    same = or_(undo.fair_id == kind.fair_id, undo.session_id == kind.session_id)
    return exists().where(undo.annuls == whose, undo.stored == "recorded", same)


def _turn(guest: Guest) -> tuple[int, bool, str, str]:
    """Staff's word comes before people's own, and who gave a name before who gave none."""
    source, name, phone, _ = guest
    return _ORDER.index(source), not name, phone, name


def _is_new(names: set[str], name: str) -> bool:
    """Note that somebody of this name has a phone; whether she was not known by it."""
    if name in names or (names and not name):
        return False
    if "" in names:
        names.remove("")
        names.add(name)
        return False
    names.add(name)
    return True


def _reserved(session: Session, fair_id: UUID, holders: Collection[UUID | None]) -> list[tuple[str, str]]:
    """Give name and phone of those who came with a ticket, as far as somebody left the same phone."""
    left = select(Visitor.phone).where(and_(Visitor.fair_id == fair_id, Visitor.phone != ""))
    rows = (
        select(Reservation.id, Jobseeker.name, Jobseeker.phone)
        .join(Jobseeker, Jobseeker.id == Reservation.jobseeker_id)
        .where(Reservation.fair_id == fair_id, Jobseeker.phone.in_(left))
    )
    return [(name, phone) for id_, name, phone in session.execute(rows) if id_ in holders]
