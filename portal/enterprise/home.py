"""The first room behind the enterprise door: how the company stands, and what comes next."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, url_for

from portal import clock, doors
from portal.database import reading
from portal.enterprise.door import pages
from scheduling import booths, results, vacancies


@pages.get("/")
def home() -> Any:  # noqa: ANN401  a page or a redirect
    """Show the review's state, fairs that take bookings, own bookings and vacancies."""
    session = reading()
    if doors.someone(session).enterprise_id is None:
        return redirect(url_for(".register"), 303)
    firm = doors.enterprise(session)
    offers = booths.offers(session, firm, now=clock.now())
    return render_template(
        "enterprise/home.html",
        firm=firm,
        offers=[offer for offer in offers if offer.own is None and not offer.fair.calling_off],
        bookings=[offer.own for offer in offers if offer.own],
        lately=results.lately(session, firm, now=clock.now()),
        vacancies=[row for row in vacancies.of_enterprise(session, firm) if not row.closed_at],
    )
