"""What the pages of every plan ask of its kind. A kind's own rooms stand in a module beside this one, and add it here.

Its own templates are `desk/plans/<name>/given.html` (what the plan is made from, in short) and
`desk/plans/<name>/plan.html` (what is planned, with the reasons). Both see `plan` and what `given` or `planned` gives.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from flask_babel import LazyString

from scheduling.models import Plan, PlanVersion
from scheduling.planning.solving import Answer

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True)
class Kind:
    """One kind of plan at the desk."""

    name: str  # out of models.plan.KINDS
    words: LazyString  # what is planned: 一季场次
    back: Callable[[Plan], tuple[str, str] | None]  # the page it belongs to: words and address
    given: Callable[[Plan, Any], dict[str, Any]]  # for given.html, from the problem
    planned: Callable[[PlanVersion, Any, Answer[Any]], dict[str, Any]]  # for plan.html, also beside another
    inputs: Callable[[Plan], str]  # the address where what is given is changed
    adjust: Callable[[PlanVersion], str]  # the address where a version is changed by hand
    carry_out: Callable[..., str]  # (session, version, reason=, by=, now=): accepts, acts, and says what was done
    gains: bool = False  # whether its points are gained (the more the better) or taken off
    caught_up: Callable[[Session, Plan], Any] | None = None  # what is given, with what was noted elsewhere since
    mend: Callable[[Plan, str], str] | None = None  # where a rule, by its key, is changed; None: where all inputs are


KINDS: dict[str, Kind] = {}


def add(kind: Kind) -> None:
    """Let the pages know a kind."""
    KINDS[kind.name] = kind
