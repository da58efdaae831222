"""What an advert says, field by field, and what the lint says of it."""

from __future__ import annotations

from dataclasses import dataclass

from scheduling import lint
from scheduling.models import Vacancy
from scheduling.refusals import AdvertAsks, AdvertBlocked, OverrideMissing

# The fields a company writes in its own words.
WRITTEN = (
    "title",
    "trade",
    "wage_note",
    "contract_type",
    "work_place",
    "shift",
    "rest",
    "experience",
    "certificate",
    "age_note",
    "description",
)


@dataclass(frozen=True)
class Remark:
    """A finding and the field it stands in."""

    field: str
    finding: lint.Finding


def remarks(vacancy: Vacancy) -> list[Remark]:
    """Give what the lint says of the advert as it stands; no wage at all is read as the word 面议."""
    told = [(field, getattr(vacancy, field) or "") for field in WRITTEN]
    told.append(("wage_low", "面议" if vacancy.wage_low is None and vacancy.wage_high is None else ""))
    found = [Remark(field, finding) for field, text in told for finding in lint.findings(text)]
    if vacancy.wage_low is not None or vacancy.wage_high is not None:  # 面议, but the range is told
        found = [remark for remark in found if remark.finding.rule != "wage"]
    return found


def of_level(vacancy: Vacancy, *levels: str) -> list[Remark]:
    """Give the remarks of these levels only."""
    return [remark for remark in remarks(vacancy) if remark.finding.level in levels]


def gravest(vacancy: Vacancy) -> str | None:
    """Give the gravest level among the remarks, or None."""
    return min((remark.finding.level for remark in remarks(vacancy)), key=lint.LEVELS.index, default=None)


def check(vacancy: Vacancy) -> None:
    """Refuse what may not be posted.

    Raises AdvertBlocked(phrases, rule, field) for the first rule of law that is broken, AdvertAsks(phrases) for what
    needs a justification and has none.
    """
    blocked = of_level(vacancy, "block")
    if blocked:
        first = blocked[0]
        alike = [remark for remark in blocked if remark.finding.rule == first.finding.rule]
        raise AdvertBlocked(phrases=_joined(alike), rule=first.finding.rule, field=first.field)
    asked = of_level(vacancy, "ask")
    if asked and not vacancy.justification:
        raise AdvertAsks(phrases=_joined(asked))


def overridden(vacancy: Vacancy, reason: str) -> None:
    """Raise OverrideMissing(phrases) when something blocked or asked would be let pass without a reason."""
    found = of_level(vacancy, "block", "ask")
    if found and not reason:
        raise OverrideMissing(phrases=_joined(found))


def _joined(found: list[Remark]) -> str:
    return "、".join(dict.fromkeys(" ".join(remark.finding.phrase.split()) for remark in found))
