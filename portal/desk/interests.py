"""Desk room: who left a phone for which vacancy, masked; a whole phone is told on record."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import request, url_for

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.desk.door import pages
from portal.forms.interest import RevealForm
from scheduling import vacancies as acts

PAGE = 50
MOST = 8  # vacancies that are asked for most


@pages.get("/interests/")
def interests() -> Any:  # noqa: ANN401  a page
    """List the interests, phones masked, and which vacancies are asked for most."""
    return _list(RevealForm(formdata=None), None, "")


@pages.post("/interests/<uuid:id_>/phone")
def interest_phone(id_: UUID) -> Any:  # noqa: ANN401
    """Tell one whole phone, on record. Answers with a page: it stands in no address, and a reload asks again."""
    form, phone = RevealForm(), ""
    if form.validate_on_submit():
        with writing() as db:
            row = acts.find_interest(db, doors.county(), id_)
            phone = acts.reveal_phone(db, row, by=doors.someone(db), now=clock.now())
    return _list(form, id_, phone)


def _list(form: RevealForm, shown: UUID | None, phone: str) -> Any:  # noqa: ANN401
    session, county = reading(), doors.county()
    number = acts.count_interests(session, county)
    last = max(1, -(-number // PAGE))
    page = min(max(1, request.args.get("page", 1, type=int)), last)
    return errors.page(
        "desk/interests/index.html",
        form=form,
        interests=acts.interests(session, county, most=PAGE, skip=(page - 1) * PAGE),
        number=number,
        most=acts.wanted_most(session, county, most=MOST),
        shown=shown,
        phone=phone,
        page=page,
        pages=last,
        url=lambda wanted: url_for(".interests", page=wanted),
    )
