"""Public room: is this certificate ours? What stands on it, and nothing else."""

from __future__ import annotations

from typing import Any

from flask import redirect, request, url_for

from portal import clock, doors, errors, printing
from portal.database import reading, writing
from portal.forms.exam import LookUpForm
from portal.public.door import pages
from scheduling import certificates as acts
from scheduling import limits


@pages.route("/certificates/", methods=["GET", "POST"], endpoint="certificates")
def look_up() -> Any:  # noqa: ANN401  a page or a redirect
    """Ask for the number and the name on a certificate; POST goes to its page."""
    form = LookUpForm()
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:  # in a transaction of its own, so that a wrong guess counts too
                limits.knock(db, "certificate", request.remote_addr or "", most=30, minutes=30, now=clock.now())
            row = acts.looked_up(reading(), doors.county(), form.number.data, form.name.data)
            return redirect(url_for(".certificate", token=row.token), 303)
    return errors.page("public/certificates/find.html", form=form)


@pages.get("/certificates/<token>")
def certificate(token: str) -> Any:  # noqa: ANN401
    """Show what stands on a certificate; a revoked one says so. NotFound for any other token."""
    row = acts.opened(reading(), doors.county(), token)
    return errors.page("public/certificates/show.html", row=row, told=printing.as_printed(row))
