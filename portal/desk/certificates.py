"""Desk room: certificates: issued to all who passed, outside numbers recorded, printed, revoked."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug import Response

from portal import clock, doors, errors, printing
from portal.database import reading, writing
from portal.desk.door import pages
from portal.forms.exam import IssueForm, RevocationForm, numbers_form
from scheduling import certificates, courses, enrolments, exams, training_rules
from scheduling.models import TrainingClass
from scheduling.refusals import NotFound, Refusal


@pages.route("/classes/<slug>/certificates", methods=["GET", "POST"])
def class_certificates(slug: str) -> Any:  # noqa: ANN401  a page or a redirect
    """Show who has a certificate; POST issues one to everybody who passed and has none."""
    form = IssueForm(data={"on": clock.today()})
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                issuer, by = doors.settings().host_unit, doors.someone(db)
                row = courses.find(db, doors.county(), slug)
                number = len(certificates.issue(db, row, issuer=issuer, on=form.on.data, by=by, now=clock.now()))
            flash(_("发了%(number)s本证书，每人会收到短信。", number=number), "success")
            return _to(slug)
    session, row = reading(), _find(slug)
    return errors.page(
        "desk/certificates/index.html",
        form=form,
        row=row,
        outside=training_rules.of(row.course).outside_issuer,
        held=certificates.of_class(session, row),
        people=enrolments.roster(session, row),
        stands=exams.outcomes(session, row),
        waiting=certificates.to_certify(session, row),
        revoked=certificates.revoked(session, row),
    )


@pages.route("/classes/<slug>/certificates/numbers", methods=["GET", "POST"])
def certificate_numbers(slug: str) -> Any:  # noqa: ANN401
    """Ask for the numbers another body gave, as a table, and record them: all of them or, when one is wrong, none."""
    people = certificates.to_certify(reading(), _find(slug))
    form = numbers_form(people, on=clock.today())
    if form.validate_on_submit():
        with writing() as db:
            row = courses.find(db, doors.county(), slug)
            number, wrong = 0, False
            for person, typed in form.told(certificates.to_certify(db, row)):
                try:
                    certificates.record_outside(
                        db, person, number=typed, on=form.on.data, by=doors.someone(db), now=clock.now()
                    )
                except Refusal as refusal:
                    cell = form[refusal.facts.get("field", f"number_{person.place}")]
                    cell.errors, wrong = [errors.wording(refusal)[1]], True
                number += 1
            if wrong:
                db.rollback()
        if not wrong:
            flash(_("登记了%(number)s个证号。", number=number), "success")
            return _to(slug)
    row = _find(slug)
    people = certificates.to_certify(reading(), row)
    issuer = training_rules.of(row.course).outside_issuer
    return errors.page("desk/certificates/numbers.html", form=form, row=row, people=people, issuer=issuer)


@pages.route("/classes/<slug>/certificates/<uuid:id_>/revocation", methods=["GET", "POST"])
def certificate_revocation(slug: str, id_: UUID) -> Any:  # noqa: ANN401
    """Ask why, and revoke a certificate."""
    form = RevocationForm()
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                one = certificates.find(db, courses.find(db, doors.county(), slug), id_)
                certificates.revoke(db, one, reason=form.reason.data, by=doors.someone(db), now=clock.now())
            flash(_("证书已作废，查询页会写明。"), "success")
            return _to(slug)
    row = _find(slug)
    one = certificates.find(reading(), row, id_)
    return errors.page("desk/certificates/revocation.html", form=form, row=row, one=one)


@pages.get("/classes/<slug>/certificates/<uuid:id_>.pdf")
def print_certificate(slug: str, id_: UUID) -> Response:
    """Print one certificate. NotFound for a revoked one and for another body's."""
    row = _find(slug)
    one = certificates.find(reading(), row, id_)
    if one.revoked_at is not None or one.outside:
        raise NotFound
    return printing.answer(printing.certificates([one]))


@pages.get("/classes/<slug>/certificates.pdf")
def print_certificates(slug: str) -> Response:
    """Print every certificate of a class that stands, a page each. NotFound when there is none of ours."""
    held = [one for one in certificates.of_class(reading(), _find(slug)).values() if not one.outside]
    if not held:
        raise NotFound
    return printing.answer(printing.certificates(held))


@pages.get("/classes/<slug>/certificates/list.pdf")
def print_certificate_list(slug: str) -> Response:
    """Print the list of who is given a certificate (颁证花名册), with a place to sign."""
    session, row = reading(), _find(slug)
    people, held = enrolments.roster(session, row), certificates.of_class(session, row)
    stands = exams.outcomes(session, row)
    graduates = [(person, held[person.id], stands[person.id]) for person in people if person.id in held]
    return printing.answer(printing.certificate_list(row, graduates))


def _find(slug: str) -> TrainingClass:
    return courses.find(reading(), doors.county(), slug)


def _to(slug: str) -> Response:
    return redirect(url_for(".class_certificates", slug=slug), 303)
