"""Desk room: the subsidy claim of a class: worked out, on public notice, objections settled, approved, paid."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from urllib.parse import quote
from uuid import UUID

from flask import Response, flash, redirect, render_template, send_file, url_for
from flask_babel import gettext as _

from portal import clock, doors, errors, printing
from portal.database import reading, writing
from portal.desk.door import pages
from portal.filters import local
from portal.forms.claim import NumbersOutForm, SettlementForm, StrikeForm, WithdrawalForm
from portal.wording import word
from scheduling import certificates, claims, courses, training_rules
from scheduling.models import SubsidyClaim, TrainingClass
from scheduling.refusals import AmountMissing, NotFound

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pages.get("/classes/<slug>/claim")
def class_claim(slug: str) -> str:
    """Show the claim, what does not add up in it, and its objections."""
    session, row = reading(), _find(slug)
    claim, held = claims.of_class(session, row), certificates.of_class(session, row)
    return render_template(
        "desk/claims/index.html",
        row=row,
        claim=claim,
        terms=training_rules.of(row.course),
        state=claims.state(claim, clock.today()) if claim else "",
        total=claims.total(claim.lines) if claim else 0,
        troubles=_troubles(row, claim),
        due=claims.due_on(session, row),
        today=clock.today(),
        held=held,
        later=sum(one.why == "not_certified" and one.enrolment_id in held for one in claim.lines) if claim else 0,
    )


@pages.post("/classes/<slug>/claim")
def claim_making(slug: str) -> Any:  # noqa: ANN401  a redirect
    """Work the claim out, or anew while it is not posted."""
    with writing() as db:
        claims.make(db, courses.find(db, doors.county(), slug), by=doors.someone(db), now=clock.now())
    flash(_("已算好。核对无误就可以公示。"), "success")
    return _to(slug)


@pages.post("/classes/<slug>/claim/posting")
def claim_posting(slug: str) -> Any:  # noqa: ANN401
    """Put the claim on public notice from today."""
    with writing() as db:
        claims.post(db, _claim(db, slug), by=doors.someone(db), now=clock.now())
    flash(_("已公示。期满、意见都答复了才能审定。"), "success")
    return _to(slug)


@pages.route("/classes/<slug>/claim/withdrawal", methods=["GET", "POST"])
def claim_withdrawal(slug: str) -> Any:  # noqa: ANN401
    """Ask why, and take the claim off public notice."""
    form = WithdrawalForm()
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                claims.withdraw(db, _claim(db, slug), reason=form.reason.data, by=doors.someone(db), now=clock.now())
            flash(_("已撤下公示。请重新计算，核对后再公示。"), "success")
            return _to(slug)
    claim = _claim(reading(), slug)
    return errors.page("desk/claims/withdrawal.html", form=form, row=_find(slug), claim=claim)


@pages.post("/classes/<slug>/claim/approval")
def claim_approval(slug: str) -> Any:  # noqa: ANN401
    """Approve the claim."""
    with writing() as db:
        claims.approve(db, _claim(db, slug), by=doors.someone(db), now=clock.now())
    flash(_("已审定。"), "success")
    return _to(slug)


@pages.post("/classes/<slug>/claim/payment")
def claim_payment(slug: str) -> Any:  # noqa: ANN401
    """Note that the money was paid out."""
    with writing() as db:
        claims.pay(db, _claim(db, slug), by=doors.someone(db), now=clock.now())
    flash(_("已记下拨付。"), "success")
    return _to(slug)


@pages.route("/classes/<slug>/claim/lines/<uuid:id_>", methods=["GET", "POST"])
def claim_line(slug: str, id_: UUID) -> Any:  # noqa: ANN401
    """Ask why, and take somebody out of the claim."""
    form = StrikeForm()
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                line = claims.find_line(db, _claim(db, slug), id_)
                claims.strike(db, line, reason=form.reason.data, by=doors.someone(db), now=clock.now())
            flash(_("已剔除。"), "success")
            return _to(slug)
    line = claims.find_line(reading(), _claim(reading(), slug), id_)
    return errors.page("desk/claims/strike.html", form=form, row=_find(slug), line=line)


@pages.route("/classes/<slug>/claim/objections/<uuid:id_>", methods=["GET", "POST"])
def claim_objection(slug: str, id_: UUID) -> Any:  # noqa: ANN401
    """Show one objection, and ask how it was settled."""
    form = SettlementForm()
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                one = claims.objection(db, _claim(db, slug), id_)
                claims.settle(db, one, how=form.how.data, by=doors.someone(db), now=clock.now())
            flash(_("已答复。"), "success")
            return _to(slug)
    one = claims.objection(reading(), _claim(reading(), slug), id_)
    return errors.page("desk/claims/objection.html", form=form, row=_find(slug), one=one)


@pages.get("/classes/<slug>/claim.xlsx")
def claim_book(slug: str) -> Response:
    """Give the claim as a workbook, ID numbers masked."""
    session, row = reading(), _find(slug)
    book = printing.claim_book(row, _claim(session, slug), certificates.of_class(session, row), now=clock.now())
    return _file(book, row)


@pages.route("/classes/<slug>/claim/numbers", methods=["GET", "POST"])
def claim_numbers(slug: str) -> Any:  # noqa: ANN401
    """Ask what for, and give the workbook with whole ID numbers: a deed for everybody on it, a watermark on each page.

    The POST answers with the file: the numbers stand in no address, and asking again is another deed.
    """
    form = NumbersOutForm()
    if form.validate_on_submit():
        now = clock.now()
        with writing() as db:
            by, row, claim = doors.someone(db), courses.find(db, doors.county(), slug), _claim(db, slug)
            numbers = claims.reveal(db, claim, reason=form.reason.data, keys=doors.keys(), by=by, now=now)
            watermark = _(
                "%(who)s %(when)s导出，用于%(what)s，不得外传",
                who=by.name,
                when=local(now),
                what=word(form.reason.data, "reveal.reason"),
            )
            held = certificates.of_class(db, row)
            book = printing.claim_book(row, claim, held, numbers=numbers, watermark=watermark, now=now)
        return _file(book, _find(slug))
    claim = _claim(reading(), slug)
    return errors.page("desk/claims/numbers.html", form=form, row=_find(slug), number=len(claim.lines))


def _troubles(row: TrainingClass, claim: SubsidyClaim | None) -> list[str]:
    """Say what does not add up; once it is approved, only whose money lost its certificate: rules may have changed."""
    if claim is None:
        return []
    try:
        found = claims.troubles(reading(), row, claim)
    except AmountMissing as refusal:  # the rules were changed under it
        return [] if claim.approved_at else [errors.wording(refusal)[1]]
    if claim.approved_at is not None:
        found = [each for each in found if each.key == "certified"]
    return [word(each.key, "claim.trouble") % {"number": each.number} for each in found]


def _file(book: bytes, row: TrainingClass) -> Response:
    told = send_file(BytesIO(book), XLSX, max_age=0)
    name = quote(_("%(title)s 补贴申报", title=row.title))
    told.headers["Content-Disposition"] = f"attachment; filename=claim.xlsx; filename*=UTF-8''{name}.xlsx"
    told.headers["Cache-Control"] = "no-store"
    return told


def _claim(session: Any, slug: str) -> SubsidyClaim:  # noqa: ANN401  a session
    """Give the claim of the class. Raises NotFound."""
    claim = claims.of_class(session, courses.find(session, doors.county(), slug))
    if claim is None:
        raise NotFound
    return claim


def _find(slug: str) -> TrainingClass:
    return courses.find(reading(), doors.county(), slug)


def _to(slug: str) -> Any:  # noqa: ANN401
    return redirect(url_for(".class_claim", slug=slug), 303)
