"""What every refusal is, and the one that any act may give."""

from __future__ import annotations

from typing import Any


class Refusal(Exception):  # noqa: N818  a refusal is an answer, not an error
    """The rules say no. `facts` are what the words need; they never hold a full phone or ID number."""

    def __init__(self, **facts: Any) -> None:  # noqa: ANN401  facts are named by each class
        self.facts = facts
        super().__init__(f"{type(self).__name__} {facts}")


class NotFound(Refusal):
    """There is no such thing, or it may not be seen from here. Facts: none."""
