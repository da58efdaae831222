"""Breaches of what staff and enterprises can do."""

from __future__ import annotations

from collections.abc import Iterator

from scheduling.planning.season.checking.lines import Fairs, keys
from scheduling.planning.season.facts import Facts, grouped, monday, month
from scheduling.planning.solving import Breach, say


def of_staff(facts: Facts, fairs: Fairs) -> Iterator[Breach]:
    """Give breaches of staff.size, leader, rest, away, twice, week."""
    leaders = {person.key for person in facts.problem.staff if person.leads}
    for fair, candidate in fairs:
        called, count, leading = facts.called(candidate.key), len(fair.staff), len(leaders.intersection(fair.staff))
        least, most = candidate.staff_min, candidate.staff_max
        if not least <= count <= most:
            words = say(
                "%(fair)s排了%(count)s人，要%(least)s到%(most)s人", fair=called, count=count, least=least, most=most
            )
            yield Breach("staff.size", (candidate.key,), words)
        if leading < candidate.leaders_min:
            least = candidate.leaders_min
            words = say("%(fair)s只有%(count)s人带队，要%(least)s人", fair=called, count=leading, least=least)
            yield Breach("staff.leader", (candidate.key,), words)
    for person in facts.problem.staff:
        own = [(fair, candidate) for fair, candidate in fairs if person.key in fair.staff]
        for _, candidate in own:
            rests = candidate.day.isoweekday() in person.rest_weekdays and candidate.day not in facts.problem.makeup
            if rests:
                words = say("%(who)s%(day)s休息", who=person.name, day=candidate.day)
                yield Breach("staff.rest", (candidate.key,), words)
            if candidate.day in person.unavailable:
                words = say("%(who)s%(day)s请假", who=person.name, day=candidate.day)
                yield Breach("staff.away", (candidate.key,), words)
        yield from _twice(facts, person.name, "staff.twice", own)
        for week, found in grouped(own, lambda fair: monday(fair[1].day)).items():
            if len(found) > person.max_days_a_week:
                words = say(
                    "%(who)s在%(day)s起的一周排了%(count)s场，最多%(most)s场",
                    who=person.name,
                    day=week,
                    count=len(found),
                    most=person.max_days_a_week,
                )
                yield Breach("staff.week", keys(found), words)


def of_enterprises(facts: Facts, fairs: Fairs) -> Iterator[Breach]:
    """Give breaches of enterprise.size, away, twice, month."""
    for fair, candidate in fairs:
        count, least, most = len(fair.enterprises), candidate.enterprises_min, candidate.enterprises_max
        if not least <= count <= most:
            called = facts.called(candidate.key)
            words = say(
                "%(fair)s排了%(count)s家，要%(least)s到%(most)s家", fair=called, count=count, least=least, most=most
            )
            yield Breach("enterprise.size", (candidate.key,), words)
    for firm in facts.problem.enterprises:
        own = [(fair, candidate) for fair, candidate in fairs if firm.key in fair.enterprises]
        for _, candidate in own:
            if candidate.day in firm.unavailable:
                words = say("%(who)s%(day)s来不了", who=firm.name, day=candidate.day)
                yield Breach("enterprise.away", (candidate.key,), words)
        yield from _twice(facts, firm.name, "enterprise.twice", own)
        for found in grouped(own, lambda fair: month(fair[1].day)).values():
            if len(found) > firm.max_a_month:
                words = say(
                    "%(who)s在%(month)s月排了%(count)s场，最多%(most)s场",
                    who=firm.name,
                    month=found[0][1].day.month,
                    count=len(found),
                    most=firm.max_a_month,
                )
                yield Breach("enterprise.month", keys(found), words)


def _twice(facts: Facts, name: str, rule: str, own: Fairs) -> Iterator[Breach]:
    for day, found in grouped(own, lambda fair: fair[1].day).items():
        if len(found) > 1:
            towns = "、".join(facts.town[candidate.town].name for _, candidate in found)
            words = say("%(who)s在%(day)s要去几处：%(towns)s", who=name, day=day, towns=towns)
            yield Breach(rule, keys(found), words)
