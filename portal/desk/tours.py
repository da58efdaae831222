"""Desk room: tours of the vans: which van goes round which stops on a day."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from portal import clock, doors, errors, months
from portal.database import reading, writing
from portal.desk.door import pages
from portal.forms.tour import StopsForm, TourForm
from scheduling import fairs
from scheduling import tours as acts
from scheduling import vans as fleet


@pages.get("/tours/", endpoint="tours")
def tours() -> str:
    """List the tours, the latest day first."""
    rows = acts.of_county(reading(), doors.county())
    return render_template("desk/tours/index.html", rows=rows, today=clock.today())


@pages.route("/tours/new", methods=["GET", "POST"])
def tour_new() -> Any:  # noqa: ANN401  a page or a redirect
    """Ask for a day, then for the van and its stops on it; make the tour."""
    session, county = reading(), doors.county()
    day = months.read_day(request.values.get("day", "")) or clock.today()
    form = TourForm(data={"day": day}).with_vans(fleet.in_service(session, county))
    offered = acts.to_choose(session, county, day)
    form.with_stops(offered)
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                stops = [fairs.find(db, county, slug) for slug in form.stops.data or ()]
                van, by = fleet.find(db, county, UUID(form.van.data)), doors.someone(db)
                told = {"name": form.name.data, "day": form.day.data, "van": van, "stops": stops}
                id_ = acts.make(db, county, **told, by=by, now=clock.now()).id
            flash(_("这一趟排好了。"), "success")
            return redirect(url_for(".tour", id_=id_), 303)
    return errors.page("desk/tours/new.html", form=form, day=day, offered=offered)


@pages.route("/tours/<uuid:id_>", methods=["GET", "POST"])
def tour(id_: UUID) -> Any:  # noqa: ANN401
    """Show a tour's way; ask which stops it makes instead."""
    session, county = reading(), doors.county()
    row = acts.find(session, county, id_)
    form = StopsForm(data={"stops": [fair.slug for fair in acts.stops_of(session, row) if acts.is_on(row, fair)]})
    form.with_stops(acts.to_choose(session, county, row.day))
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                stops = [fairs.find(db, county, slug) for slug in form.stops.data or ()]
                acts.route(db, acts.find(db, county, id_), stops, by=doors.someone(db), now=clock.now())
            flash(_("路线改好了。"), "success")
            return redirect(url_for(".tour", id_=id_), 303)
    session = reading()
    row = acts.find(session, county, id_)
    way = [(fair, acts.is_on(row, fair)) for fair in acts.stops_of(session, row)]
    return errors.page("desk/tours/show.html", form=form, tour=row, way=way)
