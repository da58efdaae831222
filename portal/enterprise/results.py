"""What came of the company's own booth, said by itself once the fair is over."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, url_for
from flask_babel import gettext as _

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.enterprise.door import pages
from portal.forms.result import BoothReportForm, report_as_typed
from scheduling import booths, results


@pages.route("/bookings/<uuid:id_>/results", methods=["GET", "POST"])
def booking_results(id_: UUID) -> Any:  # noqa: ANN401  a page or a redirect
    """Ask for people with intent, times of intent and hires; keep what is said until the fair is finished."""
    session = reading()
    firm = doors.enterprise(session)
    row = booths.find_booking(session, doors.county(), id_, of=firm)
    told = results.report_of(session, row)
    form = BoothReportForm(data=report_as_typed(told))
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                saved = booths.find_booking(db, doors.county(), id_, of=doors.enterprise(db))
                results.report(db, saved, **form.told(), by=doors.someone(db), now=clock.now())
            flash(_("谢谢，已报给人社局。办结前还可以改。"), "success")
            return redirect(url_for(".home"), 303)
    over = row.fair.ends_at <= clock.now()
    open_ = over and row.cancelled_at is None and not row.fair.calling_off and not row.fair.finish
    return errors.page("enterprise/booths/results.html", form=form, booking=row, told=told, over=over, open=open_)
