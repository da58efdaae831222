"""Which hard rules a plan breaks, in words: who, what, when. Any plan may be looked at, also one changed by hand."""

from __future__ import annotations

from scheduling.planning.season.checking.asked import of_bans, of_keys, of_locks
from scheduling.planning.season.checking.days import of_days
from scheduling.planning.season.checking.lines import lines
from scheduling.planning.season.checking.members import of_enterprises, of_staff
from scheduling.planning.season.checking.vans import of_reserves, of_vans
from scheduling.planning.season.facts import Facts
from scheduling.planning.season.problem import Plan, Problem
from scheduling.planning.solving import Breach

__all__ = ["breaches"]


def breaches(problem: Problem, plan: Plan) -> tuple[Breach, ...]:
    """Give each breach of a rule, by the keys of `problem`; empty for a plan that may be used."""
    facts = Facts(problem)
    fairs = lines(facts, plan)
    return (
        *of_keys(facts, plan),
        *of_days(facts, fairs),
        *of_locks(facts, fairs),
        *of_bans(facts, fairs),
        *of_vans(facts, fairs),
        *of_reserves(facts, fairs),
        *of_staff(facts, fairs),
        *of_enterprises(facts, fairs),
    )
