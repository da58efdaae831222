"""Public room: leaving name and phone for a vacancy. Fifteen seconds, one page, no account; then the company rings."""

from __future__ import annotations

from typing import Any

from flask import redirect, render_template, request, url_for

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.forms.interest import InterestForm
from portal.public.door import pages
from scheduling import limits
from scheduling import vacancies as acts


@pages.route("/vacancies/<int:no>/interests/new", methods=["GET", "POST"])
def interest(no: int) -> Any:  # noqa: ANN401  a page or a redirect
    """Ask for name and phone beside the job; POST passes them to the company."""
    form = InterestForm()
    if form.validate_on_submit():
        with errors.beside(form):
            _knock("interest", form.phone.data, most=20)
            _knock("interest from", request.remote_addr or "", most=200)
            with writing() as db:
                wanted = acts.find_public(db, doors.county(), no)
                acts.leave(db, wanted, **form.told(), by=doors.anyone(db), now=clock.now())
            return redirect(url_for(".interest_left", no=no), 303)
    row = acts.find_public(reading(), doors.county(), no)
    return errors.page("public/vacancies/interest.html", form=form, vacancy=row)


@pages.get("/vacancies/<int:no>/interests/done")
def interest_left(no: int) -> str:
    """Say that it went through, and who will ring. Nothing personal stands here: anybody may open it."""
    return render_template(
        "public/vacancies/interest_left.html", vacancy=acts.find_public(reading(), doors.county(), no)
    )


def _knock(*key: str, most: int) -> None:
    """Count a try in a transaction of its own, so that a refused try counts too."""
    with writing() as db:
        limits.knock(db, *key, most=most, minutes=60, now=clock.now())
