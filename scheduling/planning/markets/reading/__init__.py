"""Market rules as published notices write them, read into rules."""

from scheduling.planning.markets.reading.scan import parse_rule_text

__all__ = ["parse_rule_text"]
