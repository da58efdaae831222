"""Desk room: which classes of a school to teach when, and who and what there is to teach them."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import redirect
from flask_babel import gettext as _

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.desk.door import pages
from portal.desk.plans.asking import Wrong, looked_over, plan_about
from portal.forms.timetable_plan import ClassRowForm, TermsForm
from scheduling import courses, markets, plans, schools
from scheduling.planning.lunar import LAST_DAY
from scheduling.plans import timetable as acts

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@pages.route("/schools/<uuid:id_>/timetable", methods=["GET", "POST"])
def timetable_plan(id_: UUID) -> Any:  # noqa: ANN401  a page or a redirect
    """Ask for everything the planner is given, and let it think."""
    asking = Asking(reading(), id_)
    if asking.form.validate_on_submit() and asking.rows_valid():
        with errors.beside(asking.form):
            with writing() as db:
                where = asking.keep(db)
            return redirect(where, 303)
    page, status = errors.page(
        "desk/plans/timetable/inputs.html", form=asking.form, asking=asking, school=asking.school
    )
    return page, 422 if asking.wrong else status


class Asking:
    """One form for the half-days, one for each class that is not over."""

    def __init__(self, session: Session, id_: UUID) -> None:
        county, today = doors.county(), clock.today()
        self.wrong: Wrong = []
        self.school = schools.by_id(session, county, id_)
        self.teachers = [row for row in schools.teachers(session, county) if row.school_id == id_]
        self.rooms = [row for row in schools.rooms(session, county) if row.school_id == id_]
        taught = courses.standing_at(session, self.school)
        self.form = TermsForm(data=self._last_terms(session))
        self.rows = []
        for one in courses.of_desk(session, county):
            row = one.training_class
            if row.school_id != id_ or row.calling_off or row.ends_on <= today:
                continue
            own = [each for each in taught if each.class_id == row.id]
            left = courses.hours_left(row, own)
            form = ClassRowForm(prefix=f"{row.slug}-", data={"size": row.seats, "comes": max(left.values()) > 0})
            self.rows.append((row, len(own), left, form))

        years = sorted({day.year for row, *_more in self.rows for day in (row.starts_on, row.ends_on)})
        known = markets.holidays(session, county, date(min(years, default=today.year), 1, 1), LAST_DAY)
        self.unpublished = [year for year in years if known.notice(year)]

    def _last_terms(self, session: Session) -> dict[str, Any]:
        """Give the half-days of the last timetable, as TermsForm shows them."""
        last = next(iter(plans.about(session, self.school, "timetable")), None)
        if last is None:
            return {}
        grid, words = plans.problem_of(last).grid, {halves[0]: half for half, halves in acts.HALVES.items()}
        days = {acts.slot_starts(grid, (day, 0)).weekday() for day in range(len(grid.days))}
        return {"weekdays": [str(day) for day in sorted(days)], "halves": [words[period] for period in grid.periods]}

    def rows_valid(self) -> bool:
        """Check every class, so that each says what is wrong with it; there must be one to plan."""
        self.wrong = looked_over((row.title, form) for row, _number, _left, form in self.rows)
        if not any(form.comes.data for *_row, form in self.rows):
            self.wrong.append((_("请至少勾一个班。"), "#classes"))
        return not self.wrong

    def keep(self, db: Session) -> str:
        """Ask for a run: where it is seen."""
        school = schools.by_id(db, doors.county(), self.school.id)
        wanted = [
            (courses.find(db, doors.county(), row.slug), form.terms())
            for row, _n, _left, form in self.rows
            if form.comes.data
        ]
        problem = acts.gather(db, school, wanted, self.form.terms(), now=clock.now())
        return plan_about(db, school, "timetable", _("%(school)s的课表", school=school.name), problem)
