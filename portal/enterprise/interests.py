"""Who left a phone for one of the company's vacancies."""

from __future__ import annotations

from flask import render_template, request, url_for

from portal import clock, doors
from portal.database import reading
from portal.enterprise.door import pages
from scheduling import vacancies as acts

PAGE = 50


@pages.get("/interests/")
def interests() -> str:
    """List who wants to be rung up, whole phones: they were given to this company by consent."""
    session, now = reading(), clock.now()
    firm = doors.enterprise(session)
    number = acts.count_interests(session, doors.county(), of=firm, since=now - acts.KEPT)
    last = max(1, -(-number // PAGE))
    page = min(max(1, request.args.get("page", 1, type=int)), last)
    return render_template(
        "enterprise/interests.html",
        interests=acts.interests_of(session, firm, now=now, most=PAGE, skip=(page - 1) * PAGE),
        number=number,
        days=acts.KEPT.days,
        page=page,
        pages=last,
        url=lambda wanted: url_for(".interests", page=wanted),
    )
