"""Rows written once, whoever else writes the same at the same moment: the database says who was first."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from scheduling.models import Row
from scheduling.models.base import new_id

R = TypeVar("R", bound=Row)


def write(session: Session, kind: type[R], unique: Mapping[str, Any], **more: Any) -> tuple[R, bool]:  # noqa: ANN401  columns
    """Give the row of `kind` with these `unique` columns, written with `more` when it is new, and whether it is.

    `unique` names the columns of one of the table's unique constraints.
    """
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    added = dialect.insert(kind).values(id=new_id(), **unique, **more)
    added = added.on_conflict_do_nothing(index_elements=[getattr(kind, name) for name in unique])
    is_new = session.scalar(added.returning(kind.id)) is not None
    row = session.scalars(select(kind).where(*(getattr(kind, name) == value for name, value in unique.items()))).one()
    return row, is_new
