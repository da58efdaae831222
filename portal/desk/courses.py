"""Desk room: courses, and the schools that teach them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.desk.door import pages
from portal.forms.course import CourseForm, OutlineForm, SchoolForm, TeacherForm
from scheduling import courses as acts
from scheduling import schools, training_rules


@pages.get("/courses/", endpoint="courses")
def courses() -> str:
    """List courses and schools."""
    session, county = reading(), doors.county()
    return render_template(
        "desk/courses/index.html",
        courses=acts.programmes(session, county),
        schools=schools.of_county(session, county),
    )


@pages.route("/courses/new", methods=["GET", "POST"])
def course_new() -> Any:  # noqa: ANN401  a page or a redirect
    """Ask for a course."""
    form = CourseForm()
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as session:
                acts.add(session, doors.county(), **form.course(), by=doors.someone(session), now=clock.now())
            flash(_("课程已添加。"), "success")
            return redirect(url_for(".courses"), 303)
    return errors.page("desk/courses/new.html", form=form)


@pages.route("/courses/<uuid:id_>", methods=["GET", "POST"])
def course(id_: UUID) -> Any:  # noqa: ANN401
    """Show a course with what its rules say against it; ask for level, modules and rules."""
    row, county = acts.course(reading(), doors.county(), id_), doors.county()
    told = {"level": row.level, "modules": row.modules, "rules": row.rules.name if row.rules else ""}
    form = OutlineForm(data=told).offer(training_rules.of_county(reading(), county))
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                held, by, now = acts.course(db, county, id_), doors.someone(db), clock.now()
                words = {"level": form.level.data or "", "modules": form.modules.data or ""}
                acts.outline(db, held, **words, by=by, now=now)
                rules = training_rules.named(db, county, form.rules.data) if form.rules.data else None
                training_rules.give(db, held, rules, by=by, now=now)
            flash(_("已保存。"), "success")
            return redirect(url_for(".course", id_=id_), 303)
    return errors.page(
        "desk/courses/show.html",
        form=form,
        row=row,
        rules=training_rules.of(row),
        faults=training_rules.faults(row),
        modules=acts.modules_of(row.modules),
    )


@pages.route("/schools/new", methods=["GET", "POST"])
def school_new() -> Any:  # noqa: ANN401
    """Ask for a school."""
    form = SchoolForm()
    if form.validate_on_submit():
        with errors.beside(form):
            words = {field.name: field.data or "" for field in form if field.name != "csrf_token"}
            with writing() as session:
                schools.add(session, doors.county(), **words, by=doors.someone(session), now=clock.now())
            flash(_("学校已登记。"), "success")
            return redirect(url_for(".courses"), 303)
    return errors.page("desk/courses/school.html", form=form)


@pages.route("/schools/<uuid:id_>/teachers", methods=["GET", "POST"])
def school_teachers(id_: UUID) -> Any:  # noqa: ANN401
    """Ask who of a school may come in by its door."""
    form = TeacherForm()
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as session:
                school = schools.by_id(session, doors.county(), id_)
                words = {"phone": form.phone.data, "name": form.name.data}
                schools.appoint(session, school, **words, by=doors.someone(session), now=clock.now())
            flash(_("已开通。老师用手机号登录就能看到本校的班。"), "success")
            return redirect(url_for(".courses"), 303)
    school = schools.by_id(reading(), doors.county(), id_)
    return errors.page("desk/courses/teachers.html", form=form, school=school)
