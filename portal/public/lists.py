"""Lists of people: a village coordinator, or the desk, signs up many at once from a file or a table on the page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import Response, flash, g, redirect, render_template, request, url_for
from flask_babel import gettext as _

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.forms import signup as forms
from portal.public import answers as kept
from portal.public.door import pages
from portal.wording import choices
from scheduling import courses, limits, signups
from scheduling.models import Account, TrainingClass
from scheduling.refusals import ClassNotOpen, ListGone, NotFound
from scheduling.signups import Checked, Fault, Line

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pages.get("/village/")
def village() -> str:
    """Show a coordinator the classes that are open, and the lists handed in so far."""
    account = doors.someone(reading())
    return render_template(
        "public/lists/village.html",
        account=account,
        classes=courses.open_now(reading(), doors.county(), now=clock.now()),
        lists=signups.of_account(reading(), account),
    )


@pages.get("/courses/<slug>/lists/template.xlsx")
def list_template(slug: str) -> Response:
    """Give the empty table to fill in."""
    courses.find_public(reading(), doors.county(), slug)
    named = {"Content-Disposition": 'attachment; filename="songgang-list.xlsx"'}
    return Response(signups.template(), mimetype=XLSX, headers=named)


@pages.route("/courses/<slug>/lists/new", methods=["GET", "POST"])
def list_new(slug: str) -> Any:  # noqa: ANN401  a page or a redirect
    """Ask for a file; POST reads it, keeps it sealed and goes on to what is wrong with it."""
    row = _open(slug)
    form = forms.FileForm(data=_agent())
    if form.validate_on_submit():
        with errors.beside(form):
            _knock()
            content = form.content()
            sheet = signups.read(content)
            answers = {
                "lines": [line.kept() for line in sheet.lines],
                "columns": dict(sheet.columns),
                "digest": signups.digest(content, doors.keys()),
                **form.handed_in(),
            }
            with writing() as db:
                kept.keep(db, _noun(row), answers)
            return redirect(url_for(".list_check", slug=slug), 303)
    return errors.page("public/lists/new.html", form=form, row=row)


@pages.route("/courses/<slug>/lists/check", methods=["GET", "POST"])
def list_check(slug: str) -> Any:  # noqa: ANN401
    """Show what is wrong, row by row; POST signs up those who are right, or nobody while one is wrong."""
    row = _open(slug)
    answers = kept.read(_noun(row))
    if "done" in answers:
        return redirect(url_for(".list_show", slug=slug, id_=answers["done"]), 303)
    if "lines" not in answers:
        raise ListGone
    lines = [signups.line(each) for each in answers["lines"]]
    form = forms.ImportForm()
    if form.validate_on_submit():
        with errors.beside(form):
            return _take_in(row, lines, answers, only_right=form.how.data == "right")
    checked = _judged(row, lines)
    return errors.page(
        "public/lists/check.html",
        form=form,
        row=row,
        checked=checked,
        faults=[_told(one.line.number, fault, answers["columns"]) for one in checked.wrong for fault in one.faults],
    )


@pages.route("/courses/<slug>/lists/table", methods=["GET", "POST"])
def list_table(slug: str) -> Any:  # noqa: ANN401
    """Ask for up to twenty people on one page; POST signs them up when nothing is wrong, else tells it cell by cell."""
    row = _open(slug)
    form, faults = forms.TableForm(data=_agent()), {}
    cells = form.cells(request.form)
    lines = forms.lines(cells)
    if request.method == "POST" and "more" not in request.form:
        right = form.validate()
        if not lines:
            right, form.form_errors = False, [_("请至少写一个人。")]
        faults = _by_cell(_judged(row, lines))
        if right and not faults:
            with errors.beside(form):
                _knock()
                told = {"digest": signups.digest(lines, doors.keys()), **form.handed_in()}
                return _take_in(row, lines, told, only_right=False)
        if faults:
            g.status = 422
    return errors.page(
        "public/lists/table.html",
        form=form,
        row=row,
        cells=cells,
        faults=faults,
        most=forms.MOST,
        choices={"education": _educations(), "category": choices("person.category")},
    )


@pages.get("/courses/<slug>/lists/<uuid:id_>")
def list_show(slug: str, id_: UUID) -> str:
    """Show what came of a list."""
    session = reading()
    row = courses.find(session, doors.county(), slug)
    handed_in = signups.find(session, row, id_, by=doors.someone(session))
    people = signups.people_of(session, handed_in)
    return render_template("public/lists/show.html", row=row, list=handed_in, people=people)


def _take_in(row: TrainingClass, lines: list[Line], told: Mapping[str, Any], *, only_right: bool) -> Any:  # noqa: ANN401
    """Sign them up in one transaction, forget what was typed, and show what came of it."""
    with writing() as db:
        handed_in = signups.take_in(
            db,
            courses.find(db, doors.county(), row.slug),
            lines,
            **{name: told[name] for name in ("digest", "agent_name", "agent_phone", "consent", "commitment")},
            only_right=only_right,
            keys=doors.keys(),
            by=doors.someone(db),
            now=clock.now(),
        )
        id_ = handed_in.id
        kept.keep(db, _noun(row), {"done": str(id_)})
    flash(_("名单办好了。"), "success")
    return redirect(url_for(".list_show", slug=row.slug, id_=id_), 303)


def _judged(row: TrainingClass, lines: list[Line]) -> Checked:
    by = doors.someone(reading())
    return signups.judged(reading(), row, lines, keys=doors.keys(), by=by, now=clock.now())


def _told(number: int, fault: Fault, columns: Mapping[str, int]) -> dict[str, Any]:
    """Say one fault: the row, the column with its letter, and a sentence."""
    at = columns.get(fault.column)
    return {
        "row": number,
        "column": fault.column,
        "letter": "" if at is None else signups.letters(at + 1),
        "words": errors.wording(fault.refusal)[1],
    }


def _by_cell(checked: Checked) -> dict[str, str]:
    """Give the sentence for each cell of the table that is wrong, by the name of its field."""
    return {
        f"{fault.column}-{one.line.number - 1}": errors.wording(fault.refusal)[1]
        for one in reversed(checked.wrong)
        for fault in reversed(one.faults)
    }


def _open(slug: str) -> TrainingClass:
    """Give a class one may hand in a list for: open, or for staff published. Raises NotFound, ClassNotOpen."""
    listed = courses.find_public(reading(), doors.county(), slug)
    standing = listed.standing(clock.now())
    late = standing in {"closed", "running"} and bool(doors.someone(reading()).roles & doors.STAFF)
    if standing not in {"open", "full"} and not late:
        raise ClassNotOpen
    return listed.training_class


def _agent() -> dict[str, Any]:
    """Give name and phone of a coordinator, so that she need not type them; the desk types whose list it is."""
    account: Account | None = doors.who()
    if account is None:
        raise NotFound
    return {"agent_name": account.name, "agent_phone": account.phone} if account.phone else {}


def _educations() -> list[Any]:
    return [choice for choice in choices("education") if choice.value != "any"] + choices("person.category", "unsure")


def _knock() -> None:
    """Count a list in a transaction of its own."""
    with writing() as db:
        limits.knock(db, "list", str(doors.someone(db).id), most=40, minutes=60, now=clock.now())


def _noun(row: TrainingClass) -> str:
    return f"list/{row.number}"
