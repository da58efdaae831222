"""Whether the figures of a fair add up: a pure function of what was written down and what is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Figure = tuple[int, str]  # value, source


@dataclass(frozen=True)
class Known:
    """What figures are held against: counted at the gate, booked, and reported by companies in sum (None: none has)."""

    visitors: int = 0
    enterprises: int = 0
    planned: int = 0  # enterprises that had a booth before, by their bookings
    walked_in: int = 0
    missed: int = 0  # marked as not having come (爽约)
    intent_people: int | None = None
    intent_times: int | None = None
    hired_on_site: int | None = None
    absent: int = 0  # enterprises that report intents, where others were seen to come and they were not


@dataclass(frozen=True)
class Trouble:
    """One sentence that is not true of the figures: its key, and the numbers in it."""

    key: str
    facts: Mapping[str, int]


ALWAYS = ("positions", "headcount", "registered_jobseekers", "intent_people", "intent_times", "hired_on_site")
WITH_BOOTHS = ("planned_enterprises", "present_enterprises", "walk_in_enterprises", "no_show_enterprises", "visitors")

# What cannot be more than what: a person is counted at most once where times are counted every time.
_AT_MOST = (
    ("visitors", "visits"),
    ("intent_people", "intent_times"),
    ("hired_on_site", "intent_people"),
    ("positions", "headcount"),
    ("trades", "positions"),
    ("walk_in_enterprises", "present_enterprises"),
    ("no_show_enterprises", "planned_enterprises"),
)


def needed(kind: str) -> tuple[str, ...]:
    """Name the figures that a fair of this kind cannot be finished without."""
    return ALWAYS if kind == "livestream" else (*WITH_BOOTHS, *ALWAYS)


def contradictions(figures: Mapping[str, Figure], known: Known) -> list[Trouble]:
    """Give what is not true of these figures, each by itself. A figure that was not written down is in no trouble."""
    value = {name: number for name, (number, _source) in figures.items()}
    found = [
        Trouble(f"{less}_over_{more}", {"less": value[less], "more": value[more]})
        for less, more in _AT_MOST
        if less in value and more in value and value[less] > value[more]
    ]
    return [
        *_enterprises(value),
        *found,
        *_against_the_gate(figures, known),
        *_against_bookings(figures, known),
        *_against_reports(figures, known),
    ]


def _enterprises(value: Mapping[str, int]) -> list[Trouble]:
    names = ("planned_enterprises", "present_enterprises", "walk_in_enterprises", "no_show_enterprises")
    if not all(name in value for name in names):
        return []
    planned, present, walk_in, no_show = (value[name] for name in names)
    if present + no_show == planned + walk_in:
        return []
    facts = {"planned": planned, "present": present, "walk_in": walk_in, "no_show": no_show}
    return [Trouble("enterprises", {**facts, "here": present + no_show, "there": planned + walk_in})]


def _against_the_gate(figures: Mapping[str, Figure], known: Known) -> list[Trouble]:
    """Hold figures against the scans: whoever was scanned was there, and what says it was scanned is what was."""
    found = []
    for name, scanned in (("visitors", known.visitors), ("present_enterprises", known.enterprises)):
        if name not in figures:
            continue
        value, source = figures[name]
        if value < scanned:
            found.append(Trouble(f"{name}_below_scans", {"value": value, "scanned": scanned}))
        elif name == "visitors" and source == "scanned" and value != scanned:
            found.append(Trouble("visitors_not_scanned", {"value": value, "scanned": scanned}))
    return found


def _against_bookings(figures: Mapping[str, Figure], known: Known) -> list[Trouble]:
    """Hold the enterprises against their bookings: there may be more than those, never fewer."""
    booked = (
        ("planned_enterprises", known.planned),
        ("walk_in_enterprises", known.walked_in),
        ("no_show_enterprises", known.missed),
    )
    return [
        Trouble(f"{name}_below_bookings", {"value": figures[name][0], "booked": number})
        for name, number in booked
        if name in figures and figures[name][0] < number
    ]


def _against_reports(figures: Mapping[str, Figure], known: Known) -> list[Trouble]:
    """Hold what is said to come from companies against their sum; people may be fewer, for one may go to two booths."""
    found = []
    for name in ("intent_people", "intent_times", "hired_on_site"):
        value, source = figures.get(name, (0, ""))
        told = getattr(known, name)
        if source != "enterprise_reported" or told is None:
            continue
        if value > told or (value < told and name == "intent_times"):
            found.append(Trouble(f"{name}_not_reported", {"value": value, "told": told}))
    if known.absent and any(source == "enterprise_reported" for _value, source in _intents(figures)):
        found.append(Trouble("reported_absent", {"absent": known.absent}))
    return found


def _intents(figures: Mapping[str, Figure]) -> list[Figure]:
    return [figures[name] for name in ("intent_people", "intent_times", "hired_on_site") if name in figures]
