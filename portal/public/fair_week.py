"""Public room: a week of fairs and lessons, with lunar days, holidays and the towns that have a market."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from operator import itemgetter

from flask import render_template, url_for
from flask_babel import gettext as _

from portal import clock, doors, months, weeks
from portal.database import reading
from portal.filters import clock as spoken
from portal.months import ONE_DAY, Mark
from portal.public.door import pages
from portal.public.fair_calendar import marks_of, towns_with_a_market
from scheduling import courses, fairs, markets
from scheduling.models import ClassSession
from scheduling.refusals import NotFound

A_DAY = 12  # fairs and lessons a day names; more are on the day's own list
LESSONS = 6


@pages.get("/fairs/calendar/week/", endpoint="fair_week")
@pages.get("/fairs/calendar/week/<day>", endpoint="fair_week")
def fair_week(day: str = "") -> str:
    """Show the week of a day (2027-02-06, or today). NotFound where one of its days is beyond the lunar calendar."""
    session, county, today = reading(), doors.county(), clock.today()
    told = months.read_day(day) if day else today
    if told is None:
        raise NotFound
    first = weeks.monday(told)
    last = first + 6 * ONE_DAY
    if _address(first) is None:
        raise NotFound
    years = sorted({first.year, last.year})
    holidays = markets.holidays(session, county, date(years[0], 1, 1), date(years[-1], 12, 31))
    found = fairs.entries(session, county, first, last)
    lessons = _by_day(courses.taught(session, county, first, last, school=None))
    towns = towns_with_a_market([], first, last)

    def marks(each: date) -> months.Marks:
        entries, taught = found.get(each, []), lessons[each]
        told = marks_of(each, entries, towns.get(each, []), {}, most=A_DAY)
        held, more = told[: min(len(entries), A_DAY)], told[min(len(entries), A_DAY) :]
        timed = [*zip((row.starts_at for row in entries), held, strict=False), *_lessons(taught)]
        return [*(mark for _at, mark in sorted(timed, key=itemgetter(0))), *_untold(taught), *more]

    return render_template(
        "public/fairs/week.html",
        weeks=[months.week(first, holidays, marks)],
        first=first,
        last=last,
        fairs=sum(len(rows) for rows in found.values()),
        lessons=sum(len(rows) for rows in lessons.values()),
        previous=_address(first - 7 * ONE_DAY),
        next=_address(last + ONE_DAY),
        unpublished=[year for year in years if holidays.notice(year)],
        month=url_for(".fair_calendar", month=f"{told:%Y-%m}") if months.read_month(f"{told:%Y-%m}") else None,
        today=today,
    )


def _address(monday: date) -> str | None:
    """Give the address of a week, None for one that is not wholly within the lunar calendar."""
    ends = (monday, monday + 6 * ONE_DAY)
    within = all(months.read_day(day.isoformat()) for day in ends)
    return url_for(".fair_week", day=monday.isoformat()) if within else None


def _by_day(rows: list[ClassSession]) -> defaultdict[date, list[ClassSession]]:
    held: defaultdict[date, list[ClassSession]] = defaultdict(list)
    for row in rows:
        held[row.starts_at.astimezone(clock.HERE).date()].append(row)
    return held


def _lessons(rows: list[ClassSession]) -> list[tuple[datetime, Mark]]:
    """Name the lessons of a day and when they begin, each a way to its class."""
    marks: list[tuple[datetime, Mark]] = []
    for row in rows[:LESSONS]:
        title, number = row.training_class.title, row.number
        words = _("%(hour)s %(title)s 第%(number)s次课", hour=spoken(row.starts_at), title=title, number=number)
        marks.append((row.starts_at, (words, url_for(".course", slug=row.training_class.slug), "course")))
    return marks


def _untold(rows: list[ClassSession]) -> months.Marks:
    """Say how many lessons more there are than a day has room for."""
    more = len(rows) - LESSONS
    return [(_("还有%(number)s次课", number=more), url_for(".courses"), "more")] if more > 0 else []
