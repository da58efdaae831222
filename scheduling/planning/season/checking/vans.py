"""Breaches of what vans can do, and of reserve days."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from scheduling.planning.season.checking.lines import Fairs
from scheduling.planning.season.facts import Facts, grouped
from scheduling.planning.season.problem import PlannedFair
from scheduling.planning.season.things import Candidate, Van
from scheduling.planning.solving import Breach, Sentence, say


def of_vans(facts: Facts, fairs: Fairs) -> Iterator[Breach]:
    """Give breaches of van.one, van.range, van.away, van.trip."""
    for fair, candidate in fairs:
        if (fair.van is not None) != candidate.needs_van:
            words = say("%(fair)s要派一辆车") if candidate.needs_van else say("%(fair)s不用派车")
            yield Breach("van.one", (fair.candidate,), Sentence(words.text, (("fair", facts.called(fair.candidate)),)))
    for van in facts.problem.vans:
        served = _served(facts, van, fairs)
        yield from _of_van(facts, van, served)


def of_reserves(facts: Facts, fairs: Fairs) -> Iterator[Breach]:
    """Give breaches of reserve."""
    held = {fair.candidate for fair, _ in fairs}
    for fair, candidate in fairs:
        words = _reserve(facts, fair, candidate, held)
        if words is not None:
            yield Breach("reserve", (fair.candidate,), words)
    for key, sharing in grouped((fair for fair, _ in fairs if fair.reserve), lambda fair: fair.reserve or "").items():
        if len({fair.reserve_van for fair in sharing}) > 1:
            words = say("备用日%(day)s由几场合用，要派同一辆车", day=facts.called(key))
            yield Breach("reserve", tuple(fair.candidate for fair in sharing), words)


def _served(facts: Facts, van: Van, fairs: Fairs) -> list[Candidate]:
    """Give the candidates the van goes to, as a fair's van or a reserve van, each once."""
    going = (candidate for fair, candidate in fairs if fair.van == van.key)
    kept = (facts.candidate.get(fair.reserve or "") for fair, _ in fairs if fair.reserve_van == van.key)
    return list({candidate.key: candidate for candidate in chain(going, kept) if candidate}.values())


def _of_van(facts: Facts, van: Van, served: list[Candidate]) -> Iterator[Breach]:
    minutes = dict(van.minutes)
    for candidate in served:
        called = facts.called(candidate.key)
        if minutes.get(candidate.town, van.range_minutes + 1) > van.range_minutes:
            words = say("%(van)s跑不到%(fair)s", van=van.name, fair=called)
            yield Breach(f"van.range:{van.key}", (candidate.key,), words)
        if candidate.day in van.unavailable:
            words = say("%(van)s那天不能出车：%(fair)s", van=van.name, fair=called)
            yield Breach(f"van.away:{van.key}", (candidate.key,), words)
    for day, trips in grouped(served, lambda candidate: candidate.day).items():
        if len(trips) > 1:
            towns = "、".join(facts.town[candidate.town].name for candidate in trips)
            words = say("%(van)s在%(day)s要去几处：%(towns)s", van=van.name, day=day, towns=towns)
            yield Breach(f"van.trip:{van.key}", tuple(candidate.key for candidate in trips), words)


def _reserve(facts: Facts, fair: PlannedFair, candidate: Candidate, held: set[str]) -> Sentence | None:
    called = facts.called(fair.candidate)
    if not candidate.exposed:
        free = fair.reserve is None and fair.reserve_van is None
        return None if free else say("%(fair)s不是露天场，不用备用日", fair=called)
    reserve = facts.candidate.get(fair.reserve or "")
    if reserve is None:
        return say("%(fair)s是露天场，要有雨天备用日", fair=called)
    days = facts.problem.pace.reserve_days
    if reserve.town != candidate.town or not 1 <= (reserve.day - candidate.day).days <= days:
        return say("%(fair)s的备用日要是同一乡镇%(days)s天以内的集日", fair=called, days=days)
    if reserve.key in held:
        return say("%(fair)s的备用日当天已有一场", fair=called)
    if (fair.reserve_van is not None) != reserve.needs_van:
        return say("%(fair)s的备用日派车不对", fair=called)
    return None
