"""Accounts of staff, and the record of deeds: for administrators."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug import Response

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.desk.door import pages
from portal.forms.account import AccountForm
from scheduling import accounts as acts
from scheduling import deeds as record
from scheduling import signins


@pages.get("/accounts/")
def accounts() -> str:
    """List staff."""
    return render_template("desk/accounts/index.html", accounts=acts.staff(reading(), doors.county()))


@pages.route("/accounts/new", methods=["GET", "POST"])
def account_new() -> Any:  # noqa: ANN401  a page or a redirect
    """Open an account."""
    form = AccountForm()
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                acts.open_staff(
                    db,
                    doors.county(),
                    username=form.username.data,
                    name=form.name.data,
                    password=form.password.data,
                    roles=(form.role.data,),
                    by=doors.someone(db),
                    now=clock.now(),
                )
            flash(_("账号已开通。"))
            return redirect(url_for(".accounts"), 303)
    return errors.page("desk/accounts/new.html", form=form)


@pages.post("/accounts/<uuid:id_>/closing")
def account_closing(id_: UUID) -> Response:
    """Close an account and end its sessions at once."""
    with writing() as db:
        account = acts.find(db, doors.county(), id_)
        by = doors.someone(db)
        acts.close(db, account, by=by, now=clock.now())
        signins.end_all(db, account, by=by, now=clock.now())
    flash(_("账号已停用，已登录的地方都退出了。"))
    return redirect(url_for(".accounts"), 303)


@pages.get("/deeds/")
def deeds() -> str:
    """List the newest deeds: who did what, about what, when."""
    return render_template("desk/accounts/deeds.html", deeds=record.latest(reading(), doors.county()))


@pages.get("/components")
def components() -> str:
    """Show every component of the design once."""
    return render_template("desk/components.html")
