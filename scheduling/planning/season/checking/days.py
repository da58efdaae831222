"""Breaches of what is asked of market days: season, gaps, pace, each town's share, campaigns."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise

from scheduling.planning.season.checking.lines import Fairs, keys
from scheduling.planning.season.facts import Facts, grouped, in_order, monday
from scheduling.planning.season.things import Candidate
from scheduling.planning.solving import Breach, Sentence, say


def of_days(facts: Facts, fairs: Fairs) -> Iterator[Breach]:
    """Give breaches of season, gap, pace, least, most, campaign."""
    first, last = facts.problem.first, facts.problem.last
    for _, candidate in fairs:
        if not first <= candidate.day <= last:
            yield Breach("season", (candidate.key,), say("%(fair)s不在本季之内", fair=facts.called(candidate.key)))
    yield from _gaps(facts, fairs)
    yield from _pace(facts, fairs)
    yield from _towns(facts, fairs)
    yield from _campaigns(facts, fairs)


def _gaps(facts: Facts, fairs: Fairs) -> Iterator[Breach]:
    gap = facts.problem.pace.gap_days
    for key, candidates in grouped(sorted((c for _, c in fairs), key=in_order), lambda c: c.town).items():
        visit = facts.town[key].last_visit
        if visit and (candidates[0].day - visit).days < gap:
            yield Breach("gap", (candidates[0].key,), _too_soon(facts, candidates[0], visit))
        for before, after in pairwise(candidates):
            if (after.day - before.day).days < gap:
                yield Breach("gap", (before.key, after.key), _too_soon(facts, after, before.day))


def _too_soon(facts: Facts, candidate: Candidate, before: date) -> Sentence:
    return say(
        "%(fair)s离上一场（%(before)s）只有%(days)s天，至少要隔%(gap)s天",
        fair=facts.called(candidate.key),
        before=before,
        days=(candidate.day - before).days,
        gap=facts.problem.pace.gap_days,
    )


def _pace(facts: Facts, fairs: Fairs) -> Iterator[Breach]:
    pace = facts.problem.pace
    for day, found in grouped(fairs, lambda fair: fair[1].day).items():
        if len(found) > pace.a_day:
            words = say("%(day)s排了%(count)s场，最多%(most)s场", day=day, count=len(found), most=pace.a_day)
            yield Breach("pace.day", keys(found), words)
    for week, found in grouped(fairs, lambda fair: monday(fair[1].day)).items():
        if len(found) > pace.a_week:
            words = say("%(day)s起的一周排了%(count)s场，最多%(most)s场", day=week, count=len(found), most=pace.a_week)
            yield Breach("pace.week", keys(found), words)
    if pace.season is not None and len(fairs) > pace.season:
        words = say("整季排了%(count)s场，最多%(most)s场", count=len(fairs), most=pace.season)
        yield Breach("pace.season", keys(fairs), words)


def _towns(facts: Facts, fairs: Fairs) -> Iterator[Breach]:
    held = grouped(fairs, lambda fair: fair[1].town)
    for town in facts.problem.towns:
        found = held[town.key]
        if len(found) < town.fairs_min:
            words = say(
                "%(town)s只排了%(count)s场，至少%(least)s场", town=town.name, count=len(found), least=town.fairs_min
            )
            yield Breach(f"least:{town.key}", keys(found), words)
        if town.fairs_max is not None and len(found) > town.fairs_max:
            words = say(
                "%(town)s排了%(count)s场，最多%(most)s场", town=town.name, count=len(found), most=town.fairs_max
            )
            yield Breach(f"most:{town.key}", keys(found), words)


def _campaigns(facts: Facts, fairs: Fairs) -> Iterator[Breach]:
    for campaign in facts.problem.campaigns:
        found = [fair for fair in fairs if campaign.counts(fair[1].town, fair[1].day)]
        if len(found) < campaign.at_least:
            name, count = campaign.name, len(found)
            words = say("%(name)s只排了%(count)s场，至少%(least)s场", name=name, count=count, least=campaign.at_least)
            yield Breach(f"campaign:{campaign.key}", keys(found), words)
