"""Public room: fairs, those to come, those that were, and each on its own page."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from flask import render_template, request, url_for

from portal import clock, doors, months
from portal.database import reading
from portal.forms.fair_filter import FairFilter
from portal.public import linked
from portal.public.door import pages
from portal.wording import word
from scheduling import attendance, booths, campaigns, markets, reservations, tours, vacancies
from scheduling import fairs as acts
from scheduling.models import Fair

PAGE = 20
REMEMBERED = timedelta(days=400)  # how long a campaign that is over is offered: until after the next one of its name
SIGNS = {"called_off": "cancelled", "moved": "moved", "running": "running", "over": "over"}  # → components/status.html


def card(fair: Fair, now: datetime) -> dict[str, Any]:
    """Give a fair as components/card.html shows it; a town that the place names already is not said twice."""
    town = fair.township.name if fair.township else ""
    return {
        "slug": fair.slug,
        "title": fair.title,
        "starts_at": fair.starts_at,
        "ends_at": fair.ends_at,
        "place": fair.place,
        "township": "" if town and fair.place.startswith(town) else town,
        "kind_label": word(fair.kind, "fair.kind"),
        "way": word("online", "fair.way") if fair.online else "",
        "status": SIGNS.get(acts.standing(fair, now=now)),
    }


def asked() -> FairFilter:
    """Read which fairs the address asks for; filters that are none of ours are ignored."""
    session, county = reading(), doors.county()
    known = campaigns.all_of(session, county, since=clock.today() - REMEMBERED)
    return FairFilter(request.args).offering(markets.townships(session, county), known)


@pages.get("/fairs/", endpoint="fairs")
def fairs() -> str:
    """List fairs; filters, a single day, and whether past ones are wanted stand in the address."""
    session, county, now = reading(), doors.county(), clock.now()
    form, past, day = asked(), request.args.get("past") == "1", months.read_day(request.args.get("day", ""))
    filters = form.filters()
    number = acts.count(session, county, now=now, past=past, day=day, **filters)
    pages_ = max(1, -(-number // PAGE))
    page = min(max(1, request.args.get("page", 1, type=int)), pages_)
    rows = acts.published(session, county, now=now, past=past, day=day, most=PAGE, skip=(page - 1) * PAGE, **filters)
    here: dict[str, Any] = {name: keys for name, keys in form.chosen().items() if keys}
    return render_template(
        "public/fairs/index.html",
        form=form,
        chosen=here,
        past=past and day is None,
        day=day,
        number=number,
        fairs=[card(fair, now) for fair in rows],
        page=page,
        pages=pages_,
        url=lambda wanted: url_for(
            ".fairs", **here, past=1 if past else None, day=day.isoformat() if day else None, page=wanted
        ),
    )


@pages.get("/fairs/<slug>")
def fair(slug: str) -> str:
    """Show one fair: when, where, how it stands, who comes, which jobs. NotFound for a draft."""
    session, now = reading(), clock.now()
    row = acts.find_public(session, doors.county(), slug)
    standing = acts.standing(row, now=now)
    policy = booths.policies.of_fair(session, row)
    terms = booths.policies.terms_of(policy)
    booked = [booth for booth in booths.of_fair(session, row) if booth.booking]
    return render_template(
        "public/fairs/show.html",
        fair=row,
        standing=standing,
        sign=SIGNS.get(standing),
        booked=booked,
        linked=linked.event(row),
        tour=tours.of_fair(session, row),
        terms=terms if policy else None,
        booking=booths.policies.hours(row, terms),
        shown=vacancies.at_fair(session, row),
        reservable=reservations.is_open(row, now=now),
        left=None if row.capacity is None else max(0, row.capacity - row.taken),
        present=attendance.of_fair(session, row) if standing in {"running", "over"} else None,
    )
