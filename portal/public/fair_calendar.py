"""Public room: the month of fairs, with lunar days, holidays and the towns that have a market."""

from __future__ import annotations

from datetime import date
from typing import Any

from flask import render_template, url_for
from flask_babel import gettext as _

from portal import clock, doors, months
from portal.database import reading
from portal.filters import clock as spoken
from portal.forms.fair_filter import campaign_name
from portal.months import ONE_DAY
from portal.public.door import pages
from portal.public.fairs import asked
from scheduling import campaigns, fairs, markets
from scheduling.fairs import Entry
from scheduling.models import Campaign
from scheduling.refusals import NotFound

A_DAY = 3  # fairs a cell names; the others are on the day's own list


@pages.get("/fairs/calendar/", endpoint="fair_calendar")
@pages.get("/fairs/calendar/<month>", endpoint="fair_calendar")
def fair_calendar(month: str = "") -> str:
    """Show a month (2027-02, or this one), filtered as the list is. NotFound for what is no month."""
    session, county, today = reading(), doors.county(), clock.today()
    first = months.read_month(month or f"{today:%Y-%m}")
    if first is None:
        raise NotFound
    form, last = asked(), months.after(first) - ONE_DAY
    chosen: dict[str, Any] = {name: keys for name, keys in form.chosen().items() if keys}
    found = fairs.entries(session, county, first, last, **form.filters())
    towns = towns_with_a_market(form.chosen()["township"], first, last)
    year = first.replace(month=1) - 6 * ONE_DAY, date(first.year + 1, 1, 6)  # the neighbours' days that fill the weeks
    holidays = markets.holidays(session, county, *year)
    return render_template(
        "public/fairs/calendar.html",
        form=form,
        chosen=chosen,
        month=first,
        weeks=months.laid_out(
            first, holidays, lambda day: marks_of(day, found.get(day, []), towns.get(day, []), chosen)
        ),
        number=sum(len(rows) for rows in found.values()),
        running=[_line(row, chosen) for row in campaigns.during(form.campaigns(), first, last)],
        previous=_month(first - ONE_DAY, chosen),
        next=_month(months.after(first), chosen),
        here=_month(first, {}),
        now=_month(today, chosen),
        today=today,
        subscribe=url_for(".feeds", **{name: keys for name, keys in chosen.items() if name != "q" and len(keys) == 1}),
        unpublished=holidays.notice(first.year),
    )


def _month(day: date, chosen: dict[str, Any]) -> str | None:
    """Give the address of a day's month, None beyond the calendar."""
    name = f"{day:%Y-%m}"
    return url_for(".fair_calendar", month=name, **chosen) if months.read_month(name) else None


def towns_with_a_market(codes: list[str], first: date, last: date) -> dict[date, list[str]]:
    """Give the towns with a market on each day of the month; only those asked for, where any are."""
    held: dict[date, list[str]] = {}
    for market in markets.all_of(reading(), doors.county()):
        if not codes or market.township.code in codes:
            for day in markets.days(market, first, last):
                held.setdefault(day, []).append(market.name)
    return held


def marks_of(
    day: date, entries: list[Entry], towns: list[str], chosen: dict[str, Any], *, most: int = A_DAY
) -> months.Marks:
    """Say what a day has: its first fairs, how many more there are, and who has a market."""
    marks: months.Marks = [_fair(entry) for entry in entries[:most]]
    if len(entries) > most:
        address = url_for(".fairs", day=day.isoformat(), **chosen)
        marks.append((_("还有%(number)s场", number=len(entries) - most), address, "more"))
    if towns:
        marks.append((_("逢集：%(towns)s", towns="、".join(towns)), None, "town"))
    return marks


def _fair(entry: Entry) -> tuple[str, str, str]:
    words = f"{spoken(entry.starts_at)} {entry.title}"
    if entry.called_off:
        return _("已取消：%(fair)s", fair=words), url_for(".fair", slug=entry.slug), "off"
    if entry.moved:
        words = _("改期：%(fair)s", fair=words)
    return words, url_for(".fair", slug=entry.slug), "live" if entry.kind == "livestream" else "fair"


def _line(campaign: Campaign, chosen: dict[str, Any]) -> dict[str, Any]:
    """Give a campaign of the month with the way to its fairs, or away from them where they are all that is shown."""
    shown = chosen.get("campaign") == [campaign.key]
    return {
        "name": campaign_name(campaign),
        "first": campaign.first,
        "last": campaign.last,
        "shown": shown,
        "url": url_for(".fairs", **{**chosen, "campaign": [campaign.key]}),
    }
