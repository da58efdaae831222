"""How a season is shown: what is given in short, and a plan as months with their fairs and as a list."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from flask import url_for
from flask_babel import gettext as _

from portal import doors
from portal.database import reading
from scheduling import markets
from scheduling.models import Account, Plan, PlanVersion
from scheduling.planning import lunar, season
from scheduling.planning.solving import Answer, Reason, Sentence
from scheduling.plans import season as acts

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Member:
    """Somebody or an enterprise at a fair, and why."""

    name: str
    why: tuple[Sentence, ...]


@dataclass(frozen=True)
class Line:
    """One fair of a plan as people read it."""

    fair: season.PlannedFair
    candidate: season.Candidate
    town: season.Town
    van: str
    staff: tuple[Member, ...]
    enterprises: tuple[Member, ...]
    reserve: season.Candidate | None
    why: tuple[Sentence, ...]


def given(plan: Plan, problem: season.Problem) -> dict[str, Any]:
    """Give what desk/plans/season/given.html shows."""
    inside = [candidate for candidate in problem.candidates if candidate.day <= problem.last]
    names = {candidate.key: candidate for candidate in problem.candidates}
    towns = {town.key: town.name for town in problem.towns}
    locks = {lock.candidate: lock for lock in problem.locks}
    bans = {ban.candidate: ban for ban in problem.bans}
    decided = [(names[key], locks.get(key), bans.get(key)) for key in sorted({*locks, *bans} & names.keys())]
    return {"plan": plan, "problem": problem, "days": len(inside), "decided": decided, "towns": towns}


def planned(version: PlanVersion, problem: season.Problem, answer: Answer[season.Plan]) -> dict[str, Any]:
    """Give what desk/plans/season/plan.html and figures.html show: lines, months, and days looked at but not taken."""
    plan = answer.plan or season.Plan()
    rows = lines(problem, plan, answer.reasons)
    return {
        "lines": rows,
        "months": months(problem, rows, version.plan.county),
        "skipped": _skipped(problem, plan, answer.reasons),
        "towns": {town.key: town.name for town in problem.towns},
        "visited": len({row.town.key for row in rows}),
    }


def lines(problem: season.Problem, plan: season.Plan, reasons: Iterable[Reason] = ()) -> list[Line]:
    """Give the fairs of a plan in order, with names instead of keys; what is not in the problem keeps its key."""
    why = {reason.about: reason.says for reason in reasons}
    names = _names(problem.vans) | _names(problem.staff) | _names(problem.enterprises)
    towns = {town.key: town for town in problem.towns}
    days = {candidate.key: candidate for candidate in problem.candidates}
    return [
        Line(
            fair=fair,
            candidate=days[fair.candidate],
            town=towns[days[fair.candidate].town],
            van=names.get(fair.van or "", ""),
            staff=tuple(Member(names.get(key, key), why.get(f"{fair.candidate}/{key}", ())) for key in fair.staff),
            enterprises=tuple(
                Member(names.get(key, key), why.get(f"{fair.candidate}/{key}", ())) for key in fair.enterprises
            ),
            reserve=days.get(fair.reserve or ""),
            why=why.get(fair.candidate, ()),
        )
        for fair in plan.fairs
        if fair.candidate in days
    ]


def _names(things: Iterable[season.Van | season.Staff | season.Enterprise]) -> dict[str, str]:
    return {thing.key: thing.name for thing in things}


def _skipped(
    problem: season.Problem, plan: season.Plan, reasons: Iterable[Reason]
) -> list[tuple[season.Town, list[tuple[season.Candidate, tuple[Sentence, ...]]]]]:
    """Give the market days without a fair of which is known why, by town."""
    why = {reason.about: reason.says for reason in reasons}
    held = {fair.candidate for fair in plan.fairs}
    left = [each for each in problem.candidates if each.key in why and each.key not in held]
    by_town = [(town, [(each, why[each.key]) for each in left if each.town == town.key]) for town in problem.towns]
    return [(town, days) for town, days in by_town if days]


def months(
    problem: season.Problem, rows: list[Line], county: str
) -> list[tuple[str, int, list[list[SimpleNamespace]]]]:
    """Give each month of the season as components/calendar.html shows it: title, number, weeks with their fairs."""
    holidays = markets.holidays(reading(), county, problem.first - ONE_DAY * 31, problem.last + ONE_DAY * 31)
    marks: defaultdict[date, list[tuple[str, str, str]]] = defaultdict(list)
    for row in rows:
        marks[row.candidate.day].append((row.town.name, f"#fair-{row.candidate.key}", "fair"))
    first, found = problem.first.replace(day=1), []
    while first <= problem.last:
        title = _("%(year)s年%(month)s月", year=first.year, month=first.month)
        found.append(
            (title, first.month, [[_cell(day, holidays, marks[day]) for day in week] for week in _weeks(first)])
        )
        first = _next(first)
    return found


def _weeks(first: date) -> list[list[date]]:
    count = (first.weekday() + (_next(first) - first).days + 6) // 7
    return [[first + ONE_DAY * (number + 7 * week - first.weekday()) for number in range(7)] for week in range(count)]


def _cell(day: date, holidays: lunar.Holidays, marks: list[tuple[str, str, str]]) -> SimpleNamespace:
    published = holidays.on(day)
    return SimpleNamespace(
        day=day,
        lunar=lunar.lunar_day(day).short,
        festival=lunar.festival(day),
        holiday=published.name if published and not published.works else None,
        works=published.works if published else None,
        marks=marks,
    )


def _next(first: date) -> date:
    """Give the first day of the month after."""
    return (first + 31 * ONE_DAY).replace(day=1)


def carry_out(session: Session, version: PlanVersion, *, reason: str, by: Account | None, now: datetime) -> str:
    """Accept the version, and say how many drafts there are now and what became of earlier ones."""
    host = urlsplit(doors.settings().url).hostname or "songgang"
    done = acts.carry_out(session, version, host=host, reason=reason, by=by, now=now)
    words = [_("已采用，%(number)s场都在招聘会里，是草稿，补齐资料再发布。", number=len(done.held))]
    if done.dropped:
        words.append(_("上一版里的%(number)s场草稿取消了。", number=done.dropped))
    if done.left:
        words.append(_("有%(number)s场已经发布，没有动，要取消请到那一场里办。", number=done.left))
    return "".join(words)


def mend(plan: Plan, rule: str) -> str:
    """Give the address where a rule is changed, by its key (planning/season/problem.py)."""
    name, _colon, about = rule.partition(":")
    if name in {"least", "most"}:
        return url_for("desk.season_town", number=plan.number, key=about)
    if name.startswith("van"):
        return url_for("desk.vans")
    if name.startswith("staff"):
        return url_for("desk.staff")
    if name.startswith(("pace", "gap", "season", "reserve")):
        return url_for("desk.season_inputs", number=plan.number)
    return url_for("desk.plan", number=plan.number)  # locks, bans, campaigns, enterprises: folded there
