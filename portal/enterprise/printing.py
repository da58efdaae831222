"""What the company prints for its own booth: its poster, its job sheet, its pass."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, url_for
from flask_babel import gettext as _

from portal import doors, printing
from portal.database import reading
from portal.enterprise.door import pages
from scheduling import booths

PAPERS = {"poster": printing.posters, "sheet": printing.job_sheets, "pass": printing.passes}


@pages.get("/bookings/<uuid:id_>/<what>.pdf")
def print_booking(id_: UUID, what: str) -> Any:  # noqa: ANN401  a PDF or a redirect
    """Print one of the papers of a booking that stands."""
    if what not in PAPERS:
        abort(404)
    session = reading()
    booking = booths.find_booking(session, doors.county(), id_, of=doors.enterprise(session))
    stall = printing.stall(session, booking)
    if booking.cancelled_at is not None or booking.fair.calling_off is not None:
        flash(_("这个展位已经取消，不打印了。"), "warning")
    elif what == "pass" and stall.ticket is None:
        flash(_("写明谁来参加，才有展位证。"), "warning")
    else:
        return printing.answer(PAPERS[what](booking.fair, [stall]))
    return redirect(url_for(".booking", id_=id_), 303)
