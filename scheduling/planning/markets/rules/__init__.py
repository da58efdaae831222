"""The ten kinds of market rule, each saying whether it holds on a civil date."""

from collections.abc import Mapping
from dataclasses import MISSING, fields
from typing import Final

from scheduling.planning.markets.errors import BadRule
from scheduling.planning.markets.rules.base import Rule
from scheduling.planning.markets.rules.cyclic import Branch, Daily, Interval, Weekly
from scheduling.planning.markets.rules.monthly import Calendar, LunarTail, Parity, SmallMonth, SolarTail, WhichDays
from scheduling.planning.markets.rules.yearly import AnnualLunar, AnnualSolar, RangeLunar

KINDS: Final[dict[str, type[Rule]]] = {
    rule.kind: rule
    for rule in (LunarTail, SolarTail, Weekly, Branch, Parity, Interval, Daily, AnnualLunar, AnnualSolar, RangeLunar)
}

__all__ = [
    "KINDS",
    "AnnualLunar",
    "AnnualSolar",
    "Branch",
    "Calendar",
    "Daily",
    "Interval",
    "LunarTail",
    "Parity",
    "RangeLunar",
    "Rule",
    "SmallMonth",
    "SolarTail",
    "Weekly",
    "WhichDays",
    "rule_from",
]


def rule_from(kind: str, params: Mapping[str, object]) -> Rule:
    """Build a rule from its kind and JSON-shaped parameters: `rule_from("lunar_tail", {"tails": [3, 6, 9]})`.

    `params` may carry the kind itself, as the rows of a published county file do. Raises BadRule.
    """
    if kind not in KINDS:
        raise BadRule("unknown_kind", kind=kind)
    rule = KINDS[kind]
    named = {field.metadata.get("param", field.name): field for field in fields(rule)}
    for param in params:
        if param not in named and param != "kind":
            raise BadRule("unknown_field", kind=kind, field=param)
    for param, field in named.items():
        if param not in params and field.default is MISSING:
            raise BadRule("missing_field", kind=kind, field=param)
    return rule(**{field.name: params[param] for param, field in named.items() if param in params})
