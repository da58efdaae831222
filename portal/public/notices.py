"""Public room: the notice (公示) of who gets a subsidy for a class, and objecting to it."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.forms.claim import ObjectionForm
from portal.public.door import pages
from scheduling import claims, courses, limits
from scheduling.refusals import NotFound


@pages.get("/courses/<slug>/notice", endpoint="notice")
def notice(slug: str) -> Any:  # noqa: ANN401  a page
    """Show the notice: names masked while it runs, sums only when it is over. NotFound when there is none."""
    session = reading()
    row = courses.find_public(session, doors.county(), slug).training_class
    told = claims.notice(session, row, today=clock.today())
    return errors.page("public/notices/show.html", notice=told, row=row)


@pages.route("/courses/<slug>/notice/objections", methods=["GET", "POST"])
def notice_objection(slug: str) -> Any:  # noqa: ANN401  a page or a redirect
    """Ask what somebody objects, and keep it; no name is asked."""
    form = ObjectionForm()
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                limits.knock(db, "objection", request.remote_addr or "", most=10, minutes=60, now=clock.now())
            with writing() as db:
                claim = claims.of_class(db, courses.find_public(db, doors.county(), slug).training_class)
                if claim is None:
                    raise NotFound
                words, contact = form.words.data, form.contact.data or ""
                claims.object_to(db, claim, words=words, contact=contact, by=doors.anyone(db), now=clock.now())
            flash(_("意见收到了，我们会核对。留了电话的，会给您答复。"), "success")
            return redirect(url_for(".notice", slug=slug), 303)
    session = reading()
    row = courses.find_public(session, doors.county(), slug).training_class
    told = claims.notice(session, row, today=clock.today())
    return errors.page("public/notices/objection.html", form=form, notice=told, row=row)
