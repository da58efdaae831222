"""The phone sample (电话抽查): a share of a class's roster is drawn, called, and what was said is noted.

The draw can be done again by anybody: sort the ids of the enrolments on the recorded roster (lower case, with hyphens)
by HMAC-SHA-256 with the recorded seed (UTF-8) as key and the id (ASCII) as message, as hexadecimal text; the first
ceil(share × number ÷ 100), at least one, are called, in that order. Nobody can know the order before there is a seed.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduling import deeds, enrolments, once, training_rules
from scheduling.courses.classes import lock
from scheduling.models import Account, PhoneCheck, PhoneSample, TrainingClass
from scheduling.refusals import NotFound, RosterEmpty

ANSWERS = ("attended", "not_attended", "not_reached")
SEED_BYTES = 16
LONGEST_SEED, LONGEST_NOTE = 64, 300


def drawn(roster: Sequence[str], *, seed: str, share: int) -> list[str]:
    """Give which of `roster` (ids) are called, in the order of the calls; `share` in percent, rounded up."""
    number = max(1, -(-len(roster) * share // 100)) if roster else 0
    key = seed.encode()
    return sorted(roster, key=lambda id_: hmac.new(key, id_.encode(), hashlib.sha256).hexdigest())[:number]


def draw(
    session: Session, training_class: TrainingClass, *, seed: str = "", by: Account | None, now: datetime
) -> PhoneSample:
    """Draw from those who have a seat now, by a new random seed or the one given; drawn before, it stays as it is.

    Raises RosterEmpty, ClassCalledOff.
    """
    lock(session, training_class)
    known = find(session, training_class)
    if known is not None:
        return known
    roster = [str(one.id) for one in enrolments.roster(session, training_class)]
    if not roster:
        raise RosterEmpty
    share = training_rules.of(training_class.course).sample_share
    told = {
        "seed": seed.strip()[:LONGEST_SEED] or secrets.token_hex(SEED_BYTES),
        "share": share,
        "roster": roster,
        "by_id": by.id if by else None,
        "at": now,
    }
    row, is_new = once.write(session, PhoneSample, {"class_id": training_class.id}, **told)
    if is_new:
        chosen = drawn(roster, seed=row.seed, share=share)
        for position, id_ in enumerate(chosen, 1):
            session.add(PhoneCheck(sample_id=row.id, enrolment_id=UUID(id_), position=position))
        session.flush()
        facts = {"number": len(chosen), "of": len(roster)}
        deeds.record(session, "sample.drawn", row, county=training_class.county, by=by, now=now, **facts)
        session.expire(row, ["checks"])
    return row


def find(session: Session, training_class: TrainingClass) -> PhoneSample | None:
    """Give the draw of a class, None before there is one."""
    return session.scalar(select(PhoneSample).where(PhoneSample.class_id == training_class.id))


def note(
    session: Session,
    training_class: TrainingClass,
    id_: UUID,
    *,
    answer: str,
    note: str = "",
    by: Account | None,
    now: datetime,
) -> PhoneCheck:
    """Note what was said in one call (out of ANSWERS, else ValueError); called again, the later word stands.

    The deeds keep both answers. Raises NotFound.
    """
    if answer not in ANSWERS:
        raise ValueError(answer)
    wanted = (
        select(PhoneCheck)
        .join(PhoneSample, PhoneSample.id == PhoneCheck.sample_id)
        .where(PhoneSample.class_id == training_class.id, PhoneCheck.id == id_)
    )
    row = session.scalar(wanted.with_for_update(of=PhoneCheck))
    if row is None:
        raise NotFound
    words = note.strip()[:LONGEST_NOTE]
    if (row.answer, row.note) == (answer, words):
        return row
    row.answer, row.note, row.by_id, row.at = answer, words, by.id if by else None, now
    session.flush()
    deeds.record(session, "check.answered", row, county=training_class.county, by=by, now=now, answer=answer)
    return row
