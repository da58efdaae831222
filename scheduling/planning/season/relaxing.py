"""The hard rules as a list, and a problem in which only some of them hold: what `explain` asks its questions with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from scheduling.planning.season.facts import Facts
from scheduling.planning.season.problem import Problem
from scheduling.planning.season.things import Candidate, Enterprise, Staff, Town, Van
from scheduling.planning.season.wants import Campaign
from scheduling.planning.solving import Rule, say

Kept = Callable[[str], bool]

_NO_LIMIT = 10**6


def rules(problem: Problem) -> tuple[Rule, ...]:
    """Give every rule of the problem but `known`, by the keys of `problem`, in words."""
    return tuple(_rules(problem))


def keeping(problem: Problem, kept: frozenset[str]) -> Facts:
    """Give the problem in which just these of its rules hold."""

    def holds(key: str) -> bool:
        return key in kept

    left = replace(
        problem,
        towns=tuple(_town(town, holds) for town in problem.towns),
        candidates=tuple(_candidate(candidate, holds) for candidate in problem.candidates),
        vans=tuple(_van(van, problem.towns, holds) for van in problem.vans),
        staff=tuple(_person(person, holds) for person in problem.staff),
        enterprises=tuple(_enterprise(firm, holds) for firm in problem.enterprises),
        campaigns=tuple(campaign for campaign in problem.campaigns if holds(f"campaign:{campaign.key}")),
        locks=tuple(lock for lock in problem.locks if holds(f"lock:{lock.candidate}")),
        bans=tuple(ban for ban in problem.bans if holds(f"ban:{ban.candidate}")),
        pace=replace(
            problem.pace,
            a_day=problem.pace.a_day if holds("pace.day") else _NO_LIMIT,
            a_week=problem.pace.a_week if holds("pace.week") else _NO_LIMIT,
            season=problem.pace.season if holds("pace.season") else None,
        ),
    )
    return Facts(left, frozenset(rule.key for rule in _rules(problem) if rule.key not in kept))


def _town(town: Town, holds: Kept) -> Town:
    return replace(
        town,
        fairs_min=town.fairs_min if holds(f"least:{town.key}") else 0,
        fairs_max=town.fairs_max if holds(f"most:{town.key}") else None,
    )


def _candidate(candidate: Candidate, holds: Kept) -> Candidate:
    left = replace(candidate, exposed=candidate.exposed and holds("reserve"))
    if not holds("staff.size"):
        left = replace(left, staff_min=0, staff_max=_NO_LIMIT)
    if not holds("enterprise.size"):
        left = replace(left, enterprises_min=0, enterprises_max=_NO_LIMIT)
    return left if holds("staff.leader") else replace(left, leaders_min=0)


def _van(van: Van, towns: tuple[Town, ...], holds: Kept) -> Van:
    if not holds(f"van.range:{van.key}"):
        van = replace(van, minutes=tuple((town.key, 0) for town in towns), range_minutes=0)
    return van if holds(f"van.away:{van.key}") else replace(van, unavailable=())


def _person(person: Staff, holds: Kept) -> Staff:
    return replace(
        person,
        rest_weekdays=person.rest_weekdays if holds("staff.rest") else (),
        unavailable=person.unavailable if holds("staff.away") else (),
        max_days_a_week=person.max_days_a_week if holds("staff.week") else _NO_LIMIT,
    )


def _enterprise(firm: Enterprise, holds: Kept) -> Enterprise:
    return replace(
        firm,
        unavailable=firm.unavailable if holds("enterprise.away") else (),
        max_a_month=firm.max_a_month if holds("enterprise.month") else _NO_LIMIT,
    )


def _rules(problem: Problem) -> Iterator[Rule]:
    facts = Facts(problem)
    yield from {lock.candidate: _lock(facts, lock.candidate) for lock in problem.locks}.values()
    yield from {
        ban.candidate: Rule(f"ban:{ban.candidate}", say("%(fair)s有不许安排的要求", fair=facts.called(ban.candidate)))
        for ban in problem.bans
    }.values()
    yield from (_campaign(campaign) for campaign in problem.campaigns)
    for town in problem.towns:
        if town.fairs_min:
            words = say("%(town)s至少办%(count)s场", town=town.name, count=town.fairs_min)
            yield Rule(f"least:{town.key}", words)
        if town.fairs_max is not None:
            yield Rule(f"most:{town.key}", say("%(town)s最多办%(count)s场", town=town.name, count=town.fairs_max))
    yield from _of_days(problem)
    yield from _of_vans(problem)
    yield Rule("staff.size", say("每场的工作人员要在规定的人数内"))
    yield Rule("staff.leader", say("每场要有够数的带队人员"))
    yield Rule("staff.rest", say("工作人员休息日不上班"))
    yield Rule("staff.away", say("工作人员请假期间不上班"))
    yield Rule("staff.twice", say("一个人一天只去一场"))
    yield Rule("staff.week", say("工作人员一周出勤不超过各自的上限"))
    yield Rule("enterprise.size", say("每场的企业要在规定的家数内"))
    yield Rule("enterprise.away", say("企业来不了的日子不安排"))
    yield Rule("enterprise.twice", say("一家企业一天只去一场"))
    yield Rule("enterprise.month", say("企业一个月参加的场数不超过各自的上限"))


def _of_days(problem: Problem) -> Iterator[Rule]:
    pace = problem.pace
    yield Rule("season", say("只在%(first)s到%(last)s之间办", first=problem.first, last=problem.last))
    yield Rule("gap", say("同一乡镇两场之间至少隔%(days)s天", days=pace.gap_days))
    yield Rule("pace.day", say("一天最多办%(count)s场", count=pace.a_day))
    yield Rule("pace.week", say("一周最多办%(count)s场", count=pace.a_week))
    if pace.season is not None:
        yield Rule("pace.season", say("整季最多办%(count)s场", count=pace.season))
    yield Rule("reserve", say("露天场要有%(days)s天以内的雨天备用日", days=pace.reserve_days))


def _of_vans(problem: Problem) -> Iterator[Rule]:
    yield Rule("van.one", say("要用车的场次派一辆车，不用车的不派"))
    for van in problem.vans:
        words = say("%(van)s单程最远跑%(minutes)s分钟", van=van.name, minutes=van.range_minutes)
        yield Rule(f"van.range:{van.key}", words)
        if van.unavailable:
            words = say("%(van)s有%(count)s天不能出车", van=van.name, count=len(van.unavailable))
            yield Rule(f"van.away:{van.key}", words)
        yield Rule(f"van.trip:{van.key}", say("%(van)s一天只跑一处（备用日也占车）", van=van.name))


def _campaign(campaign: Campaign) -> Rule:
    words = say(
        "%(name)s要在%(first)s到%(last)s之间至少办%(count)s场",
        name=campaign.name,
        first=campaign.first,
        last=campaign.last,
        count=campaign.at_least,
    )
    return Rule(f"campaign:{campaign.key}", words)


def _lock(facts: Facts, candidate: str) -> Rule:
    fixed, fair = facts.locked_at(candidate), facts.called(candidate)
    who = "、".join(facts.name(key) for key in sorted(fixed.vans | fixed.staff | fixed.enterprises))
    words = say("%(fair)s已定要办，已定%(who)s", fair=fair, who=who) if who else say("%(fair)s已定要办", fair=fair)
    return Rule(f"lock:{candidate}", words)
