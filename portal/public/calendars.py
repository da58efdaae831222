"""Public room: a jobseeker's own calendar, from her ticket without an account, or of everything under her phone."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import redirect, url_for
from flask_babel import gettext as _
from werkzeug import Response

from portal import calendars, doors
from portal.database import reading
from portal.public.door import pages
from scheduling import tickets
from scheduling.models import Account
from scheduling.refusals import NotFound


@pages.route("/t/<token>/calendar", methods=["GET", "POST"])
def ticket_calendar(token: str) -> Any:  # noqa: ANN401  a page
    """Give links to the calendar of what this ticket is for. NotFound for a forged ticket and one given anew."""
    return calendars.room(
        "public/tickets/calendar.html", _of_ticket(token), back=url_for(".ticket", token=token), token=token
    )


@pages.post("/t/<token>/calendar/<uuid:id_>/revocation")
def ticket_calendar_revocation(token: str, id_: UUID) -> Response:
    """Take a link back."""
    calendars.revoke(_of_ticket(token), id_)
    return redirect(url_for(".ticket_calendar", token=token), 303)


@pages.route("/calendar/", methods=["GET", "POST"], endpoint="own_calendar")
def own_calendar() -> Any:  # noqa: ANN401  a page
    """Give links to the calendar of everything that is booked under the phone of whoever is signed in."""
    return calendars.room("public/tickets/calendar.html", _own(), back=url_for(".tickets"), token=None)


@pages.post("/calendar/<uuid:id_>/revocation")
def own_calendar_revocation(id_: UUID) -> Response:
    """Take a link back."""
    calendars.revoke(_own(), id_)
    return redirect(url_for(".own_calendar"), 303)


def _of_ticket(token: str) -> calendars.Subjects:
    row = tickets.opened(reading(), doors.county(), token, doors.keys())
    event = row.fair or row.training_class
    if row.revoked_why == "reissued" or event is None:
        raise NotFound
    return [(row, event.title)]


def _own() -> calendars.Subjects:
    account: Account = doors.someone(reading())
    if not account.phone:
        raise NotFound
    return [(account, _("我报的名"))]
