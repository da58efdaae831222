"""Desk room: what is shown at a fair. From the freeze on only the desk changes it, with a reason."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.desk.door import pages
from portal.forms.vacancy import CorrectionForm
from scheduling import fairs
from scheduling import vacancies as acts


@pages.route("/fairs/<slug>/vacancies", methods=["GET", "POST"])
def fair_vacancies(slug: str) -> Any:  # noqa: ANN401  a page or a redirect
    """List the vacancies by job number, and whether the list is frozen; POST shows one more, or one no more."""
    form = CorrectionForm()
    if form.validate_on_submit():
        with errors.beside(form):
            shown = form.shown.data == "yes"
            with writing() as db:
                fair = fairs.find(db, doors.county(), slug)
                row = acts.find(db, doors.county(), form.no.data)
                why = form.reason.data or ""
                acts.correct(db, fair, row, shown=shown, reason=why, by=doors.someone(db), now=clock.now())
                title = row.title
            flash(_("“%(title)s”已加上。", title=title) if shown else _("“%(title)s”已撤下。", title=title), "success")
            return redirect(url_for(".fair_vacancies", slug=slug), 303)
    session = reading()
    fair = fairs.find(session, doors.county(), slug)
    frozen_at = acts.moment(session, fair)
    return errors.page(
        "desk/fairs/vacancies.html",
        form=form,
        fair=fair,
        shown=acts.at_fair(session, fair),
        frozen_at=frozen_at,
        frozen=clock.now() >= frozen_at,
        off=fair.calling_off is not None,
    )
