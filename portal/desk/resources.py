"""Desk room: what a season is planned with: vans and staff."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug import Response

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.desk.door import pages
from portal.forms.resource import StaffForm, VanForm, staff_as_typed, van_as_typed
from scheduling import markets
from scheduling import staff as people
from scheduling import vans as fleet


@pages.get("/vans/", endpoint="vans")
def vans() -> str:
    """List the vans in service."""
    rows, towns = fleet.in_service(reading(), doors.county()), markets.townships(reading(), doors.county())
    reached = [(row, sum(row.minutes.get(town.code, 10**6) <= row.range_minutes for town in towns)) for row in rows]
    return render_template("desk/vans/index.html", rows=reached, towns=len(towns))


@pages.route("/vans/new", methods=["GET", "POST"])
def van_new() -> Any:  # noqa: ANN401  a page or a redirect
    """Ask about a van, and write it down."""
    return _van(None)


@pages.route("/vans/<uuid:id_>", methods=["GET", "POST"])
def van(id_: UUID) -> Any:  # noqa: ANN401
    """Ask what is different about a van, and keep it."""
    return _van(id_)


@pages.post("/vans/<uuid:id_>/retirement")
def van_retirement(id_: UUID) -> Response:
    """Take a van out of service."""
    with writing() as db:
        fleet.retire(db, fleet.find(db, doors.county(), id_), by=doors.someone(db), now=clock.now())
    flash(_("已停用。"), "success")
    return redirect(url_for(".vans"), 303)


def _van(id_: UUID | None) -> Any:  # noqa: ANN401
    session, county = reading(), doors.county()
    towns = markets.townships(session, county)
    row = fleet.find(session, county, id_) if id_ else None
    form = VanForm(data=van_as_typed(row, towns) if row else {"range_minutes": 90}).with_townships(towns)
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                saved = fleet.find(db, county, id_) if id_ else None
                fleet.keep(db, county, saved, **form.told(), by=doors.someone(db), now=clock.now())
            flash(_("已保存。"), "success")
            return redirect(url_for(".vans"), 303)
    return errors.page("desk/vans/edit.html", form=form, van=row)


@pages.get("/staff/", endpoint="staff")
def staff() -> str:
    """List who works at fairs."""
    return render_template("desk/staff/index.html", rows=people.at_work(reading(), doors.county()))


@pages.route("/staff/new", methods=["GET", "POST"])
def staff_new() -> Any:  # noqa: ANN401
    """Ask about somebody, and write them down."""
    return _member(None)


@pages.route("/staff/<uuid:id_>", methods=["GET", "POST"])
def staff_member(id_: UUID) -> Any:  # noqa: ANN401
    """Ask what is different about somebody, and keep it."""
    return _member(id_)


@pages.post("/staff/<uuid:id_>/leaving")
def staff_leaving(id_: UUID) -> Response:
    """Note that somebody is no longer there."""
    with writing() as db:
        people.leave(db, people.find(db, doors.county(), id_), by=doors.someone(db), now=clock.now())
    flash(_("已移出名单。"), "success")
    return redirect(url_for(".staff"), 303)


def _member(id_: UUID | None) -> Any:  # noqa: ANN401
    session, county = reading(), doors.county()
    row = people.find(session, county, id_) if id_ else None
    form = StaffForm(data=staff_as_typed(row) if row else None).with_townships(markets.townships(session, county))
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                saved = people.find(db, county, id_) if id_ else None
                people.keep(db, county, saved, **form.told(), by=doors.someone(db), now=clock.now())
            flash(_("已保存。"), "success")
            return redirect(url_for(".staff"), 303)
    return errors.page("desk/staff/edit.html", form=form, member=row)
