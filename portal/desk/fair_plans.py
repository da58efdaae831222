"""Desk room: planning a fair. A day in the month's calendar, a town with a market that day, then the form."""

from __future__ import annotations

from datetime import date, timedelta
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.desk.door import pages
from portal.forms.fair import FairForm, for_market
from scheduling import fairs as acts
from scheduling import markets
from scheduling.models import Market
from scheduling.planning import lunar

ONE_DAY = timedelta(days=1)


@pages.route("/fairs/new", methods=["GET", "POST"])
def fair_new() -> Any:  # noqa: ANN401  a page or a redirect
    """Ask for the day, then for the town, then for the rest; what was chosen so far stands in the address."""
    day = _day(request.args.get("day", ""))
    if day is None:
        return _choose_day()
    slug, kind = request.args.get("market"), request.args.get("kind")
    if not slug and not kind:
        return _choose_town(day)
    session, county = reading(), doors.county()
    market = markets.find(session, county, slug) if slug else None
    form = FairForm(data=for_market(market, day) if market else {"day": day, "kind": "irregular_fair"})
    form.with_townships(markets.townships(session, county))
    form.leave_out(*(("kind", "township") if market else ("reason_not_market_day",)))
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                fair = acts.plan(
                    db,
                    county,
                    kind="market_fair" if slug else form.kind.data,
                    title=form.title.data.strip(),
                    township_id=None if slug else form.township_id(),
                    market=markets.find(db, county, slug) if slug else None,
                    place=form.place.data.strip(),
                    starts_at=form.starts_at(),
                    ends_at=form.ends_at(),
                    host=urlsplit(doors.settings().url).hostname or "songgang",
                    reason_not_market_day=form.reason(),
                    **form.details(),
                    by=doors.someone(db),
                    now=clock.now(),
                )
                planned = fair.slug
            flash(_("已排好，现在是草稿。补齐下面缺的，再发布。"), "success")
            return redirect(url_for(".fair", slug=planned), 303)
    return errors.page("desk/fairs/new.html", form=form, day=day, market=market)


def _choose_day() -> str:
    """Show the month as a calendar: lunar days, holidays, which towns have a market, which fairs stand already."""
    session, county, now = reading(), doors.county(), clock.now()
    today = acts.local_day(now)
    first = _month(request.args.get("month", ""), today)
    weeks = [
        [first + ONE_DAY * (number + 7 * week - first.weekday()) for number in range(7)]
        for week in range((first.weekday() + (_next(first) - first).days + 6) // 7)
    ]
    start, end = weeks[0][0], weeks[-1][-1]
    year = date(first.year, 1, 1), date(first.year, 12, 31)
    holidays = markets.holidays(session, county, min(start, year[0]), max(end, year[1]))
    everything = markets.all_of(session, county)
    fairs: dict[date, list[tuple[str, str, str]]] = {}
    for fair in acts.between(session, county, start, end):
        if not fair.calling_off:
            mark = (fair.title, url_for(".fair", slug=fair.slug), "live" if fair.kind == "livestream" else "fair")
            fairs.setdefault(acts.local_day(fair.starts_at), []).append(mark)
    return render_template(
        "desk/fairs/choose_day.html",
        weeks=[[_cell(day, holidays, everything, fairs.get(day, []), today) for day in week] for week in weeks],
        month=first,
        previous=url_for(".fair_new", month=f"{first - ONE_DAY:%Y-%m}"),
        next=url_for(".fair_new", month=f"{_next(first):%Y-%m}"),
        today=today,
        unpublished=holidays.notice(first.year),
    )


def _cell(
    day: date, holidays: lunar.Holidays, everything: list[Market], fairs: list[tuple[str, str, str]], today: date
) -> SimpleNamespace:
    """Give one day as components/calendar.html shows it; the past cannot be chosen."""
    published = holidays.on(day)
    held = [market.name for market in markets.held(everything, day)]
    marks: list[tuple[str, str | None, str]] = [*fairs]
    if day >= today:
        words = "、".join(held) if held else _("没有集")
        marks.append((words, url_for(".fair_new", day=day.isoformat()), "market" if held else "note"))
    return SimpleNamespace(
        day=day,
        lunar=lunar.lunar_day(day).short,
        festival=lunar.festival(day),
        holiday=published.name if published and not published.works else None,
        works=published.works if published else None,
        marks=marks,
    )


def _choose_town(day: date) -> str:
    """Show the towns with a market on `day`, and the other ways to hold a fair."""
    everything = markets.all_of(reading(), doors.county())
    held = markets.held(everything, day)
    return render_template(
        "desk/fairs/choose_town.html", day=day, held=held, others=[row for row in everything if row not in held]
    )


def _day(text: str) -> date | None:
    """Read a day from the address; None for none, nonsense, or a day no lunar calendar vouches for."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if lunar.FIRST_DAY <= day < lunar.LAST_DAY else None


def _month(text: str, today: date) -> date:
    """Read a month from the address and give its first day; this month for nonsense."""
    first = _day(f"{text}-01")
    return first if first and lunar.FIRST_DAY.year < first.year < lunar.LAST_DAY.year else today.replace(day=1)


def _next(first: date) -> date:
    """Give the first day of the month after."""
    return (first + 31 * ONE_DAY).replace(day=1)
