"""Why a season is planned as it is: each fair's day, van, reserve, and each of its members."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from scheduling.planning.season.checking.lines import Fairs, lines
from scheduling.planning.season.declining import declined
from scheduling.planning.season.facts import Facts
from scheduling.planning.season.problem import Plan, PlannedFair, Problem
from scheduling.planning.season.scoring import fair_days
from scheduling.planning.season.things import Candidate, Enterprise, Staff, Town
from scheduling.planning.solving import Reason, Sentence, say


def reasons(problem: Problem, plan: Plan) -> tuple[Reason, ...]:
    """Say why each fair is (about its candidate's key), why each member is at it (`candidate/member`), why not others.

    The plan must keep `known`.
    """
    facts = Facts(problem)
    fairs = lines(facts, plan)
    return (*_held(facts, plan, fairs), *_members(facts, fairs), *declined(facts, plan))


def _held(facts: Facts, plan: Plan, fairs: Fairs) -> Iterator[Reason]:
    days = fair_days(facts, plan)
    busy = {(fair.van, candidate.day): candidate.town for fair, candidate in fairs if fair.van}
    for fair, candidate in fairs:
        before = [day for day in days[candidate.town] if day < candidate.day]
        town = facts.town[candidate.town]
        last = max(before, default=town.last_visit)
        people = f"{town.population / 10_000:.1f}"
        waited = (
            say("%(town)s还没办过，有%(people)s万人", town=town.name, people=people)
            if last is None
            else say(
                "%(town)s等了%(days)s天，有%(people)s万人",
                town=town.name,
                days=(candidate.day - last).days,
                people=people,
            )
        )
        yield Reason(
            fair.candidate,
            (*_fixed(facts, fair), waited, *_campaigns(facts, candidate), *_van(facts, fair, candidate, busy)),
        )


def _fixed(facts: Facts, fair: PlannedFair) -> list[Sentence]:
    return [say("已定要办")] if fair.candidate in facts.locked else []


def _campaigns(facts: Facts, candidate: Candidate) -> list[Sentence]:
    counting = [one for one in facts.problem.campaigns if one.counts(candidate.town, candidate.day)]
    return [say("算在%(name)s里，至少要办%(count)s场", name=one.name, count=one.at_least) for one in counting]


def _van(facts: Facts, fair: PlannedFair, candidate: Candidate, busy: dict[tuple[str, date], str]) -> list[Sentence]:
    says = []
    if fair.van:
        minutes = facts.minutes[candidate.key]
        own = minutes.get(fair.van, 0)
        words = say("%(van)s单程%(minutes)s分钟", van=facts.name(fair.van), minutes=own)
        if fair.van in facts.locked_at(fair.candidate).vans:
            words = say("已定用%(van)s", van=facts.name(fair.van))
        elif own == min(minutes.values(), default=own):
            words = say("最近的车：%(van)s，单程%(minutes)s分钟", van=facts.name(fair.van), minutes=own)
        says.append(words)
        for van in minutes:
            if minutes[van] < own and (van, candidate.day) in busy:
                town = facts.town[busy[van, candidate.day]].name
                says.append(say("更近的%(van)s当天去%(town)s", van=facts.name(van), town=town))
    if fair.reserve:
        day = facts.candidate[fair.reserve].day
        says.append(say("露天场，遇雨改到%(day)s", day=day))
    return says


def _members(facts: Facts, fairs: Fairs) -> Iterator[Reason]:
    staff = {person.key: person for person in facts.problem.staff}
    firms = {firm.key: firm for firm in facts.problem.enterprises}
    duties = Counter(member for fair, _ in fairs for member in fair.staff)
    for fair, candidate in fairs:
        town, fixed = facts.town[candidate.town], facts.locked_at(fair.candidate)
        for key in fair.staff:
            locked = [say("已定由他去")] if key in fixed.staff else []
            yield Reason(f"{fair.candidate}/{key}", (*locked, *_person(staff[key], candidate, duties)))
        for key in fair.enterprises:
            locked = [say("已定参加")] if key in fixed.enterprises else []
            yield Reason(f"{fair.candidate}/{key}", (*locked, *_firm(firms[key], town)))


def _person(person: Staff, candidate: Candidate, duties: Counter[str]) -> Iterator[Sentence]:
    if person.home == candidate.town:
        yield say("家在本乡镇")
    if person.leads and candidate.leaders_min:
        yield say("能带队")
    mean = f"{sum(duties.values()) / len(duties):.1f}"
    yield say("当天有空，本季共%(count)s场，人均%(mean)s场", count=duties[person.key], mean=mean)


def _firm(firm: Enterprise, town: Town) -> Iterator[Sentence]:
    if town.key in firm.prefers:
        yield say("想去本乡镇")
    seekers = dict(town.seekers)
    for trade, people in sorted(firm.needs, key=lambda need: -need[1]):
        here = seekers.get(trade, 0)
        if here:
            yield say("缺%(trade)s%(people)s人，本地有%(here)s人找这类活", trade=trade, people=people, here=here)
        else:
            yield say("缺%(trade)s%(people)s人", trade=trade, people=people)
    if not firm.needs:
        yield say("没有缺口，凑够家数")
