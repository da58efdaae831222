"""What can be searched for in a row: some of its fields as one plain text, kept with every write of the row.

Chinese has no spaces between words, so a search is for a part of the text wherever it stands: 电工 finds 低压电工.
Text and question are both read plain: half-width, small letters, no spaces (docs/decisions/0014).
"""

from __future__ import annotations

import unicodedata
from typing import Any, ClassVar

from sqlalchemy import ColumnElement, Connection, Text, and_, event, inspect
from sqlalchemy.orm import Mapped, Mapper, mapped_column

MOST, LONGEST = 8, 60  # words of one question, characters of a word: more is looked for by nobody


def plain(text: str) -> str:
    """Give `text` as it is compared: full-width letters and digits half-width, capitals small, nothing unseen in it."""
    kept = unicodedata.normalize("NFKC", text).casefold()
    return "".join(c for c in kept if not c.isspace() and unicodedata.category(c)[0] != "C")


class Sought:
    """Mix into a model: `SOUGHT` names its fields, `sought` holds them plain, a line each."""

    SOUGHT: ClassVar[tuple[str, ...]] = ()

    sought: Mapped[str] = mapped_column(Text, default="", server_default="", deferred=True)

    def seek(self) -> str:
        """Give what `sought` has to hold."""
        return "\n".join(plain(getattr(self, field) or "") for field in self.SOUGHT)


def words_in(text: str) -> list[str]:
    """Give the words of a question as they are compared; what has nothing to compare is left out."""
    words = (plain(word)[:LONGEST] for word in text.split())
    return [word for word in words if word][:MOST]


def holds(column: Any, words: list[str]) -> ColumnElement[bool]:  # noqa: ANN401  a column of any model
    """Say in SQL that each of `words` (one at least, from `words_in`) stands in the column; signs mean themselves."""
    return and_(*(column.contains(word, autoescape=True) for word in words))


@event.listens_for(Sought, "before_insert", propagate=True)
def _made(_mapper: Mapper[Any], _connection: Connection, row: Any) -> None:  # noqa: ANN401  whichever model
    row.sought = row.seek()


@event.listens_for(Sought, "before_update", propagate=True)
def _changed(_mapper: Mapper[Any], _connection: Connection, row: Any) -> None:  # noqa: ANN401
    attributes = inspect(row).attrs
    if any(attributes[field].history.has_changes() for field in row.SOUGHT):
        row.sought = row.seek()
