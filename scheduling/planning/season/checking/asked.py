"""Breaches of what a planner fixed or forbade, and of keys that say nothing."""

from __future__ import annotations

from collections.abc import Iterator

from scheduling.planning.season.checking.lines import Fairs, repeated
from scheduling.planning.season.facts import Facts
from scheduling.planning.season.problem import Plan, PlannedFair
from scheduling.planning.season.wants import Ban, Lock
from scheduling.planning.solving import Breach, Sentence, say


def of_keys(facts: Facts, plan: Plan) -> Iterator[Breach]:
    """Give breaches of known."""
    for fair in plan.fairs:
        called = facts.called(fair.candidate)
        singles = {fair.candidate, fair.van, fair.reserve, fair.reserve_van} - {None}
        strangers = (
            ({fair.candidate, fair.reserve} & singles) - facts.candidate.keys(),
            ({fair.van, fair.reserve_van} & singles) - {van.key for van in facts.problem.vans},
            set(fair.staff) - {person.key for person in facts.problem.staff},
            set(fair.enterprises) - {firm.key for firm in facts.problem.enterprises},
        )
        for key in sorted(str(key) for found in strangers for key in found):
            yield Breach("known", (fair.candidate,), say("%(fair)s写了不存在的“%(key)s”", fair=called, key=key))
        for key in [*repeated(fair.staff), *repeated(fair.enterprises)]:
            words = say("%(fair)s把%(who)s写了两遍", fair=called, who=facts.name(key))
            yield Breach("known", (fair.candidate,), words)
    for key in repeated(fair.candidate for fair in plan.fairs):
        yield Breach("known", (key,), say("%(fair)s排了两场", fair=facts.called(key)))


def of_locks(facts: Facts, fairs: Fairs) -> Iterator[Breach]:
    """Give breaches of lock."""
    for lock in facts.problem.locks:
        rule, about, called = f"lock:{lock.candidate}", (lock.candidate,), facts.called(lock.candidate)
        held = [fair for fair, _ in fairs if fair.candidate == lock.candidate]
        if not held:
            yield Breach(rule, about, say("%(fair)s已定要办，没有排上", fair=called))
            continue
        for key in min((_absent(facts, lock, fair) for fair in held), key=len):
            yield Breach(rule, about, say("%(fair)s已定%(who)s，没有排上", fair=called, who=facts.name(key)))


def of_bans(facts: Facts, fairs: Fairs) -> Iterator[Breach]:
    """Give breaches of ban."""
    for ban in facts.problem.bans:
        if ban.candidate not in facts.candidate:
            continue
        for fair, _ in fairs:
            for words in _forbidden(facts, ban, fair):
                yield Breach(f"ban:{ban.candidate}", (fair.candidate,), words)


def _absent(facts: Facts, lock: Lock, fair: PlannedFair) -> list[str]:
    """Give who is locked and not at the fair, or not in the problem at all."""
    problem = facts.problem
    kinds = (
        ([lock.van] if lock.van else [], [fair.van], problem.vans),
        (lock.staff, fair.staff, problem.staff),
        (lock.enterprises, fair.enterprises, problem.enterprises),
    )
    return [
        key
        for locked, there, known in kinds
        for key in locked
        if key not in there or key not in {thing.key for thing in known}
    ]


def _forbidden(facts: Facts, ban: Ban, fair: PlannedFair) -> Iterator[Sentence]:
    called = facts.called(ban.candidate)
    here, reserved = fair.candidate == ban.candidate, fair.reserve == ban.candidate
    if ban.whole_day and here:
        yield say("%(fair)s不逢集了", fair=called) if ban.called_off else say("%(fair)s不许办", fair=called)
    if ban.whole_day and reserved:
        yield say("%(fair)s不许作备用日", fair=called)
    who = [key for key in (*ban.staff, *ban.enterprises) if here and key in {*fair.staff, *fair.enterprises}]
    vans = [van for van in ban.vans if (here and fair.van == van) or (reserved and fair.reserve_van == van)]
    for key in (*who, *vans):
        yield say("%(fair)s不许派%(who)s", fair=called, who=facts.name(key))
