"""The objective's terms of any plan, whoever made it."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import pairwise

from scheduling.planning.season.facts import Facts
from scheduling.planning.season.problem import Plan, Problem
from scheduling.planning.solving import Term, say


def score(problem: Problem, plan: Plan) -> tuple[Term, ...]:
    """Give all nine terms, in the order of `problem`'s text; amounts are those of plans that keep the rules."""
    facts, weights = Facts(problem), problem.weights
    fairs = [(fair, facts.candidate[fair.candidate]) for fair in plan.fairs]
    waits = {town.key: waits_of(facts, plan, town.key) for town in problem.towns}
    reach = sum(
        facts.curious(facts.town[town]) * facts.wait_counted(facts.town[town], before, day)
        for town, days in fair_days(facts, plan).items()
        for before, day in zip([None, *days], days, strict=False)
    )
    duties = Counter(member for fair, _ in fairs for member in fair.staff)
    showings = Counter(member for fair, _ in fairs for member in fair.enterprises)
    firms = {firm.key: firm for firm in problem.enterprises}
    homes = {person.key: person.home for person in problem.staff}
    seekers = {town.key: dict(town.seekers) for town in problem.towns}
    minutes = {van.key: dict(van.minutes) for van in problem.vans}
    guests = [(firms[member], candidate.town) for fair, candidate in fairs for member in fair.enterprises]
    patience, returns = problem.measures.patience_days, problem.measures.returns_percent
    need = sum(firms[key].need * percent // 100 for key, count in showings.items() for percent in returns[:count])
    match = sum(min(people, seekers[town].get(trade, 0)) for firm, town in guests for trade, people in firm.needs)
    return (
        Term("reach", say("到场群众人数"), weights.reach, reach),
        Term("need", say("缺工岗位展示数（同一企业多次参加逐次折减）"), weights.need, need),
        Term("match", say("缺工岗位与当地求职者对口数"), weights.match, match),
        Term("wish", say("企业去到想去的乡镇次数"), weights.wish, sum(town in firm.prefers for firm, town in guests)),
        Term(
            "wait",
            say("乡镇等候超过%(days)s天的天数", days=patience),
            -weights.wait,
            sum(max(0, wait - patience) for all_waits in waits.values() for wait in all_waits),
        ),
        Term(
            "longest",
            say("等得最久的乡镇等候天数"),
            -weights.longest,
            max((max(all_waits) for all_waits in waits.values()), default=0),
        ),
        Term(
            "balance",
            say("人员出勤负担（越不均衡越高）"),
            -weights.balance,
            sum(n * (n + 1) // 2 for n in duties.values()),
        ),
        Term(
            "home",
            say("人员在家乡值班次数"),
            weights.home,
            sum(homes[member] == candidate.town for fair, candidate in fairs for member in fair.staff),
        ),
        Term(
            "travel",
            say("车辆单程分钟数"),
            -weights.travel,
            sum(minutes[fair.van].get(candidate.town, 0) for fair, candidate in fairs if fair.van),
        ),
    )


def fair_days(facts: Facts, plan: Plan) -> dict[str, list[date]]:
    """Give the days of each town's fairs, in order; towns without a fair too."""
    days: dict[str, list[date]] = {town: [] for town in facts.town}
    for fair in plan.fairs:
        candidate = facts.candidate[fair.candidate]
        days[candidate.town].append(candidate.day)
    return {town: sorted(found) for town, found in days.items()}


def waits_of(facts: Facts, plan: Plan, town: str) -> list[int]:
    """Give a town's waits in days, from its start to the end of the season."""
    days = [facts.start(facts.town[town]), *fair_days(facts, plan)[town], facts.problem.last]
    return [(after - before).days for before, after in pairwise(days)]
