"""Desk room: the examination of a class: sittings, rosters, scores as a table, corrections with a reason."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug import Response

from portal import clock, doors, errors, printing
from portal.database import reading, writing
from portal.desk.door import pages
from portal.forms.exam import CorrectionForm, ExamForm, score_typed, scores_form, sitting_as_typed
from scheduling import courses, exams, training_rules
from scheduling.models import TrainingClass


@pages.get("/classes/<slug>/exam")
def class_exam(slug: str) -> Any:  # noqa: ANN401  a page
    """Show the sittings of a class with their rosters, where everybody stands, and who may not sit yet."""
    session, row, now = reading(), _find(slug), clock.now()
    sittings = exams.of_class(session, row)
    closed = not sittings or sittings[-1].closed_at is not None
    return errors.page(
        "desk/exams/index.html",
        row=row,
        terms=training_rules.of(row.course),
        sittings=[(exam, exams.roster_due(row, exam), list(exam.seats)) for exam in sittings],
        stands=exams.outcomes(session, row),
        lacking=exams.lacking(session, row, now=now),
        due=exams.due(session, row, now=now) if closed else [],
        admission=exams.admission,
        now=now,
        today=clock.today(),
    )


@pages.route("/classes/<slug>/exams/new", methods=["GET", "POST"])
def exam_new(slug: str) -> Any:  # noqa: ANN401  a page or a redirect
    """Ask when, where and who examines, and plan the next sitting."""
    row, form = _find(slug), ExamForm(data={"place": _find(slug).place})
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                one = courses.find(db, doors.county(), slug)
                exams.plan(db, one, **form.sitting(), by=doors.someone(db), now=clock.now())
            flash(_("考核已安排。下一步定考生名单。"), "success")
            return _to(slug)
    return errors.page("desk/exams/edit.html", form=form, row=_find(slug), exam=None, lead=row.course.name)


@pages.route("/classes/<slug>/exams/<int:attempt>", methods=["GET", "POST"])
def exam_revision(slug: str, attempt: int) -> Any:  # noqa: ANN401
    """Ask for another time, place or examiner."""
    exam = exams.find(reading(), _find(slug), attempt)
    form = ExamForm(data=sitting_as_typed(exam))
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                one = exams.find(db, courses.find(db, doors.county(), slug), attempt)
                exams.revise(db, one, **form.sitting(), by=doors.someone(db), now=clock.now())
            flash(_("已保存。"), "success")
            return _to(slug)
    row = _find(slug)
    return errors.page(
        "desk/exams/edit.html", form=form, row=row, exam=exams.find(reading(), row, attempt), lead=row.course.name
    )


@pages.post("/classes/<slug>/exams/<int:attempt>/roster")
def exam_roster(slug: str, attempt: int) -> Response:
    """Put everybody on the roster who may sit."""
    with writing() as db:
        exam = exams.find(db, courses.find(db, doors.county(), slug), attempt)
        number = len(exams.draw_roster(db, exam, by=doors.someone(db), now=clock.now()))
    flash(_("名单上新增%(number)s人。", number=number) if number else _("名单没有变化。"), "success")
    return _to(slug)


@pages.route("/classes/<slug>/exams/<int:attempt>/scores", methods=["GET", "POST"])
def exam_scores(slug: str, attempt: int) -> Any:  # noqa: ANN401
    """Show the roster as a table to type scores into; what was typed stays, what is wrong is told beside the cell."""
    session, row = reading(), _find(slug)
    exam = exams.find(session, row, attempt)
    form = scores_form(exam.seats, exams.outcomes(session, row))
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                one = exams.find(db, courses.find(db, doors.county(), slug), attempt)
                exams.record(db, one, form.told(one.seats), by=doors.someone(db), now=clock.now())
            flash(_("成绩已记下。核对无误后再定下成绩。"), "success")
            return _to(slug)
    row = _find(slug)
    exam = exams.find(reading(), row, attempt)
    marks, admission = exams.pass_marks(row), exams.admission
    return errors.page("desk/exams/scores.html", form=form, row=row, exam=exam, marks=marks, admission=admission)


@pages.post("/classes/<slug>/exams/<int:attempt>/closing")
def exam_closing(slug: str, attempt: int) -> Response:
    """Let the scores be final; everybody is told her own."""
    with writing() as db:
        exam = exams.find(db, courses.find(db, doors.county(), slug), attempt)
        exams.close(db, exam, by=doors.someone(db), now=clock.now())
    flash(_("成绩已定下，每人会收到自己的成绩短信。"), "success")
    return _to(slug)


@pages.route("/classes/<slug>/exams/<int:attempt>/corrections/<int:number>", methods=["GET", "POST"])
def exam_correction(slug: str, attempt: int, number: int) -> Any:  # noqa: ANN401
    """Ask for another final score and why, and change it."""
    form = CorrectionForm(obj=exams.seat(reading(), exams.find(reading(), _find(slug), attempt), number))
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                exam = exams.find(db, courses.find(db, doors.county(), slug), attempt)
                exams.correct(
                    db,
                    exam,
                    exams.seat(db, exam, number),
                    score_typed(form),
                    reason=form.reason.data,
                    by=doors.someone(db),
                    now=clock.now(),
                )
            flash(_("成绩已改，本人会收到短信。"), "success")
            return _to(slug)
    row = _find(slug)
    exam = exams.find(reading(), row, attempt)
    seat = exams.seat(reading(), exam, number)
    return errors.page("desk/exams/correction.html", form=form, row=row, exam=exam, seat=seat)


@pages.get("/classes/<slug>/exams/<int:attempt>/scores.pdf")
def print_scores(slug: str, attempt: int) -> Response:
    """Print the score sheet (成绩单) of a sitting: empty cells where nothing is written yet."""
    row = _find(slug)
    return printing.answer(printing.score_sheet(row, exams.find(reading(), row, attempt)))


def _find(slug: str) -> TrainingClass:
    return courses.find(reading(), doors.county(), slug)


def _to(slug: str) -> Response:
    return redirect(url_for(".class_exam", slug=slug), 303)
