"""What all rules share: checked fields, a way back to JSON-shaped parameters, and the one question asked of them."""

from abc import ABC, abstractmethod
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import ClassVar


@dataclass(frozen=True)
class Rule(ABC):
    """One rule of a market. Days are civil dates in Asia/Shanghai."""

    kind: ClassVar[str]

    def __post_init__(self) -> None:
        for field in fields(self):
            self._keep(field.name, field.metadata["check"](field.name, getattr(self, field.name)))
        self._settle()

    @abstractmethod
    def holds_on(self, day: date) -> bool:
        """Say whether there is a market on that day by this rule. Lunar rules raise OutsideCalendar."""

    def as_params(self) -> dict[str, object]:
        """Return what `rule_from` takes beside `kind`, ready for JSON; fields that keep their default are left out."""
        return {
            field.metadata.get("param", field.name): _plain(getattr(self, field.name))
            for field in fields(self)
            if getattr(self, field.name) != field.default
        }

    def _settle(self) -> None:  # noqa: B027  most rules have nothing to settle
        """Refuse fields that contradict one another, and reset one that has no meaning beside the others."""

    def _keep(self, field: str, value: object) -> None:
        object.__setattr__(self, field, value)


def _plain(value: object) -> object:
    match value:
        case tuple():
            return list(value)
        case date():
            return value.isoformat()
        case StrEnum():
            return value.value
    return value
