"""Taking in a list of people: in one transaction all of it, or what is right of it; the same again changes nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduling import deeds, enrolments, notices
from scheduling.enrolments import History, Person
from scheduling.models import Account, ClassOrder, Enrolment, SignupList, TrainingClass, TrainingOrder
from scheduling.refusals import CommitmentMissing, ListNotRight, NotFound
from scheduling.seals import Keyring
from scheduling.signups.checking import Checked, Row, check
from scheduling.signups.lines import Line

STAFF = frozenset({"desk", "admin"})
_TOLD = "“{title}”的名单办好了：录取{seated}人，候补{waiting}人，原来就在的{known}人。本人都会收到短信。【送岗】"


def digest(content: bytes | Sequence[Line], keys: Keyring) -> str:
    """Give the keyed hash by which the same file or table is known again; it tells nothing of what it held."""
    if not isinstance(content, bytes):
        content = json.dumps([one.kept() for one in content], ensure_ascii=False, sort_keys=True).encode()
    return keys.blind(content.hex(), "signup list")


def judged(
    session: Session,
    training_class: TrainingClass,
    lines: Sequence[Line],
    *,
    keys: Keyring,
    by: Account | None,
    now: datetime,
) -> Checked:
    """Check a list as it would be taken in now, without taking it in."""
    orders = orders_of(session, training_class, by)
    return check(
        lines, orders=orders, keys=keys, look=lambda who: enrolments.look(session, training_class, who, now=now)
    )


def take_in(
    session: Session,
    training_class: TrainingClass,
    lines: Sequence[Line],
    *,
    digest: str,
    agent_name: str,
    agent_phone: str,
    consent: bool,
    commitment: bool,
    only_right: bool,
    keys: Keyring,
    by: Account | None,
    now: datetime,
) -> SignupList:
    """Sign up everybody of a list, in its order; the same list again gives the first one and changes nothing.

    `only_right` leaves out the lines that are wrong; otherwise one wrong line means that nobody is signed up. Staff may
    do it after closing. Raises ConsentMissing, NameMissing, NotAPhone, CommitmentMissing, ClassNotOpen,
    ClassOver(day), ListNotRight(wrong).
    """
    agent = enrolments.agent("coordinator", agent_name, agent_phone, consent=consent)
    if not commitment:
        raise CommitmentMissing
    late = by is not None and bool(by.roles & STAFF)

    def hold(people: list[Person]) -> History:
        return enrolments.open_line(session, training_class, people, now=now, late=late)

    enrolments.hold_class(session, training_class)
    before = session.scalar(select(SignupList).filter_by(class_id=training_class.id, digest=digest))
    if before is not None:
        return before
    enrolments.require_open(session, training_class.id, now=now, late=late)
    checked = check(lines, orders=orders_of(session, training_class, by), keys=keys, look=hold)
    right, wrong = checked.right, checked.wrong
    if not right or (wrong and not only_right):
        raise ListNotRight(wrong=len(wrong))
    row = SignupList(
        county=training_class.county,
        class_id=training_class.id,
        digest=digest,
        rows=len(checked.rows),
        enrolled=sum(not each.known for each in right),
        known=sum(each.known for each in right),
        by_id=by.id if by else None,
        at=now,
    )
    session.add(row)
    session.flush()
    seated = _enter(session, training_class, right, row, agent=agent, keys=keys, by=by, now=now)
    deeds.record(session, "list.imported", row, by=by, now=now, rows=row.rows, enrolled=row.enrolled, known=row.known)
    text = _TOLD.format(title=training_class.title, seated=seated, waiting=row.enrolled - seated, known=row.known)
    notices.write(session, row.county, agent[1], text, about=deeds.about(row), once=f"list/{row.id}", now=now)
    return row


def orders_of(session: Session, training_class: TrainingClass, by: Account | None) -> dict[str, UUID]:
    """Give the orders that may be named in a list, by number: those of the class, for staff; others name none."""
    if by is None or not by.roles & STAFF:
        return {}
    rows = select(TrainingOrder.no, TrainingOrder.id).join(ClassOrder, ClassOrder.order_id == TrainingOrder.id)
    rows = rows.where(ClassOrder.class_id == training_class.id, TrainingOrder.withdrawn_at.is_(None))
    return {str(no): id_ for no, id_ in session.execute(rows)}


def find(session: Session, training_class: TrainingClass, id_: UUID, *, by: Account) -> SignupList:
    """Give a list of this class: staff any, others their own. Raises NotFound."""
    row = session.scalar(select(SignupList).filter_by(class_id=training_class.id, id=id_))
    if row is None or (row.by_id != by.id and not by.roles & STAFF):
        raise NotFound
    return row


def people_of(session: Session, row: SignupList) -> list[Enrolment]:
    """Give who came by this list, in the order of their places."""
    return list(session.scalars(select(Enrolment).filter_by(list_id=row.id).order_by(Enrolment.place)))


def of_account(session: Session, account: Account) -> list[tuple[SignupList, TrainingClass]]:
    """Give the newest fifty lists somebody handed in, each with its class. One question."""
    rows = select(SignupList, TrainingClass).join(TrainingClass, TrainingClass.id == SignupList.class_id)
    rows = rows.where(SignupList.by_id == account.id).order_by(SignupList.at.desc(), SignupList.id.desc())
    return [(one, training_class) for one, training_class in session.execute(rows.limit(50))]


def _enter(
    session: Session,
    training_class: TrainingClass,
    right: Sequence[Row],
    row: SignupList,
    *,
    agent: tuple[str, str],
    keys: Keyring,
    by: Account | None,
    now: datetime,
) -> int:
    """Write down everybody who is new, one after the other; give how many have a seat.

    Whoever handed the list in gets one message about all of them, not one for each.
    """
    seated = 0
    for each in right:
        if each.known or each.who is None:
            continue
        enrolment, code = enrolments.enter(
            session,
            training_class,
            each.who,
            keys=keys,
            by=by,
            now=now,
            relation="coordinator",
            agent=agent,
            list_id=row.id,
        )
        seated += enrolment.confirmed_at is not None
        enrolments.say(session, training_class, enrolment, code, now=now, alone=True)
    return seated
