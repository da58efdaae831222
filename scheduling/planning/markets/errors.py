"""How a market rule says no: by a key the portal has words for, with the facts those words need."""

from typing import Final

_MESSAGES: Final = {
    "unknown_kind": "there is no rule kind {kind!r}",
    "unknown_field": "a {kind} rule has no field {field!r}",
    "missing_field": "a {kind} rule needs {field!r}",
    "not_a_number": "{field} must be a whole number from {low} to {high}, not {value!r}",
    "not_numbers": "{field} must be a list of whole numbers from {low} to {high}, not {value!r}",
    "empty": "{field} must not be empty",
    "not_a_choice": "{field} must be one of {choices}, not {value!r}",
    "not_a_flag": "{field} must be true or false, not {value!r}",
    "not_a_date": "{field} must be a date such as 2026-01-01, not {value!r}",
    "not_branches": "{field} must be written with 子丑寅卯辰巳午未申酉戌亥, not {value!r}",
    "no_such_day": "month {month} never has a day {day}",
    "range_backwards": "the range ends on day {last}, before it begins on day {first}",
    "unreadable": "cannot read {part!r}",
    "no_anchor": "{part!r} needs a first day, such as 自2026-01-01起",
    "days_incomplete": "{part!r} lists days that are no whole series such as 3、13、23",
    "mixed_digits": "{part!r} mixes 三 (lunar) and 3 (solar) and does not say 农历 or 公历",
    "gloss_differs": "{part!r} in brackets says something else than the rule before it",
    "cycle_differs": "{part!r} names a cycle that its branches do not make",
}


class BadRule(ValueError):  # noqa: N818  what happened is the name
    """A rule that cannot be. `key` is for the machine, `facts` are what a sentence about it needs."""

    def __init__(self, key: str, **facts: object) -> None:
        super().__init__(_MESSAGES[key].format(**facts))
        self.key = key
        self.facts = facts


class UnreadableRule(BadRule):
    """A rule text that cannot be read for certain. `part` is the words in question, as typed.

    Keys: unreadable, no_anchor, days_incomplete, mixed_digits, gloss_differs, cycle_differs, or the key of the BadRule
    that the words would make.
    """

    def __init__(self, part: str, key: str = "unreadable", **facts: object) -> None:
        super().__init__(key, **{**facts, "part": part})
        self.part = part
