"""The generation: one number that becomes another in every transaction that changes what public feeds show.

Whoever keeps the bytes of a feed keeps the number they were made under, and asks for it again before giving them out:
right after a restart and in any number of processes, for it stands in the database and is written in the act's own
transaction. It begins anywhere, so that a number from before a restore means nothing afterwards.
"""

from __future__ import annotations

import secrets
from typing import Any

from sqlalchemy import event
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import ORMExecuteState, Session, UOWTransaction

from scheduling.models import (
    Campaign,
    CampaignFair,
    ClassCallingOff,
    ClassPublication,
    ClassSession,
    Course,
    Enterprise,
    EnterpriseReview,
    Fair,
    FairCallingOff,
    FairMove,
    FairPublication,
    FeedGeneration,
    School,
    Township,
    TrainingClass,
    Vacancy,
    VacancyReview,
)

ASK = "SELECT number FROM feed_generations WHERE id = 1"  # asked of the driver itself: on the way of every request

SHOWN = (
    *(Fair, FairPublication, FairCallingOff, FairMove, Township, Campaign, CampaignFair),
    *(
        TrainingClass,
        ClassPublication,
        ClassCallingOff,
        ClassSession,
        Course,
        School,
        Vacancy,
        VacancyReview,
        Enterprise,
        EnterpriseReview,
    ),
)
_COUNTS = frozenset({"taken", "queued"})  # moved by every sign-up, and in no feed
_MARK = "feeds changed"


def renew(session: Session) -> None:
    """Give the generation another number, in this transaction."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    first = dialect.insert(FeedGeneration).values(id=1, number=secrets.randbits(60))
    more = first.on_conflict_do_update(index_elements=[FeedGeneration.id], set_={"number": FeedGeneration.number + 1})
    session.execute(more)


@event.listens_for(Session, "before_flush")
def _flushes(session: Session, _context: UOWTransaction, _instances: Any) -> None:  # noqa: ANN401  as SQLAlchemy calls
    changed = [row for row in session.dirty if isinstance(row, SHOWN) and session.is_modified(row)]
    if changed or any(isinstance(row, SHOWN) for row in (*session.new, *session.deleted)):
        session.info[_MARK] = True


@event.listens_for(Session, "do_orm_execute")
def _executes(state: ORMExecuteState) -> None:
    if not (state.is_insert or state.is_update or state.is_delete):
        return
    mapper = state.bind_mapper
    if mapper is not None and issubclass(mapper.class_, SHOWN):
        named = {getattr(column, "key", column) for column in getattr(state.statement, "_values", None) or ()}
        if not (named and named <= _COUNTS):
            state.session.info[_MARK] = True


@event.listens_for(Session, "before_commit")
def _commits(session: Session) -> None:
    """Renew as late as can be: on PostgreSQL the next writer of anything shown waits from here to the commit."""
    if session.in_nested_transaction():
        return
    session.flush()
    if session.info.pop(_MARK, False):
        renew(session)


@event.listens_for(Session, "after_rollback")
def _gives_up(session: Session) -> None:
    session.info.pop(_MARK, None)
