"""Public room: vacancies, searched by words and filters in the address, and each on its own page."""

from __future__ import annotations

from flask import render_template, request, url_for

from portal import clock, doors
from portal.database import reading
from portal.forms.vacancy import VacancyFilter
from portal.public import linked
from portal.public.door import pages
from scheduling import markets
from scheduling import vacancies as acts

PAGE = 20


@pages.get("/vacancies/")
def vacancies() -> str:
    """List what is open; unknown filters are ignored."""
    session, county = reading(), doors.county()
    form = VacancyFilter(request.args).offering(markets.townships(session, county), acts.trades(session, county))
    filters = form.filters()
    number = acts.count_open(session, county, **filters)
    last = max(1, -(-number // PAGE))
    page = min(max(1, request.args.get("page", 1, type=int)), last)
    return render_template(
        "public/vacancies/index.html",
        form=form,
        here=(here := form.here()),
        number=number,
        vacancies=acts.open_ones(session, county, most=PAGE, skip=(page - 1) * PAGE, **filters),
        page=page,
        pages=last,
        url=lambda wanted: url_for(".vacancies", **here, page=wanted),
    )


@pages.get("/vacancies/<int:no>")
def vacancy(no: int) -> str:
    """Show one job card, and the fairs it is brought to. NotFound for what the public may not see."""
    session = reading()
    row = acts.find_public(session, doors.county(), no)
    return render_template(
        "public/vacancies/show.html",
        vacancy=row,
        fairs=acts.fairs_of(session, row, now=clock.now()),
        linked=linked.job_posting(row),
    )
