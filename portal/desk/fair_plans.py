"""Desk room: planning a fair. A day in the month's calendar, a town with a market that day, then the form."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlsplit

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from portal import clock, doors, errors, months
from portal.database import reading, writing
from portal.desk.door import pages
from portal.forms.fair import FairForm, for_market
from portal.months import ONE_DAY
from scheduling import fairs as acts
from scheduling import markets
from scheduling.models import Market


@pages.route("/fairs/new", methods=["GET", "POST"])
def fair_new() -> Any:  # noqa: ANN401  a page or a redirect
    """Ask for the day, then for the town, then for the rest; what was chosen so far stands in the address."""
    day = months.read_day(request.args.get("day", ""))
    if day is None:
        return _choose_day()
    slug, kind = request.args.get("market"), request.args.get("kind")
    if not slug and not kind:
        return _choose_town(day)
    session, county = reading(), doors.county()
    market = markets.find(session, county, slug) if slug else None
    form = FairForm(data=for_market(market, day) if market else {"day": day, "kind": "irregular_fair"})
    form.with_townships(markets.townships(session, county)).with_terms(acts.terms_of(session, county))
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
                    reason_not_market_day=form.off_market_reason(),
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
    first = months.read_month(request.args.get("month", "")) or today.replace(day=1)
    end = months.after(first) - ONE_DAY
    holidays = markets.holidays(session, county, first.replace(month=1) - 6 * ONE_DAY, date(first.year + 1, 1, 6))
    everything = markets.all_of(session, county)
    fairs: dict[date, list[tuple[str, str, str]]] = {}
    for fair in acts.between(session, county, first, end):
        if not fair.calling_off:
            mark = (fair.title, url_for(".fair", slug=fair.slug), "live" if fair.kind == "livestream" else "fair")
            fairs.setdefault(acts.local_day(fair.starts_at), []).append(mark)
    return render_template(
        "desk/fairs/choose_day.html",
        weeks=months.laid_out(first, holidays, lambda day: _marks(day, everything, fairs.get(day, []), today)),
        month=first,
        previous=url_for(".fair_new", month=months.before(first)),
        next=url_for(".fair_new", month=f"{months.after(first):%Y-%m}"),
        today=today,
        unpublished=holidays.notice(first.year),
    )


def _marks(day: date, everything: list[Market], fairs: list[tuple[str, str, str]], today: date) -> months.Marks:
    """Say what stands on a day, and lead on from it; the past cannot be chosen."""
    marks: months.Marks = [*fairs]
    if day >= today:
        held = [market.name for market in markets.held(everything, day)]
        words = "、".join(held) if held else _("没有集")
        marks.append((words, url_for(".fair_new", day=day.isoformat()), "market" if held else "note"))
    return marks


def _choose_town(day: date) -> str:
    """Show the towns with a market on `day`, and the other ways to hold a fair."""
    everything = markets.all_of(reading(), doors.county())
    held = markets.held(everything, day)
    return render_template(
        "desk/fairs/choose_town.html", day=day, held=held, others=[row for row in everything if row not in held]
    )
