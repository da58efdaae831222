"""Public room: the classes one can sign up for, and each on its own page."""

from __future__ import annotations

from flask import render_template

from portal import clock, doors
from portal.database import reading
from portal.public.door import pages
from scheduling import claims, orders, training_rules
from scheduling import courses as acts


@pages.get("/courses/", endpoint="courses")
def courses() -> str:
    """List the classes that are open for enrolment."""
    open_now = acts.open_now(reading(), doors.county(), now=clock.now())
    return render_template("public/courses/index.html", classes=open_now)


@pages.get("/courses/<slug>")
def course(slug: str) -> str:
    """Show one class: what is learned, when, where, for whom, and who waits to hire. NotFound for a draft."""
    session, now = reading(), clock.now()
    listed = acts.find_public(session, doors.county(), slug)
    row = listed.training_class
    claim = claims.of_class(session, row)
    return render_template(
        "public/courses/show.html",
        listed=listed,
        training_class=row,
        course=row.course,
        hour_minutes=training_rules.of(row.course).hour_minutes,
        standing=listed.standing(now),
        sessions=[one for one in row.sessions if one.cancelled_at is None],
        orders=orders.of_class(session, row),
        now=now,
        noticed=claim is not None and claim.posted_on is not None,
    )
