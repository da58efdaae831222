"""Desk room: markets, the rules of their days, and days that are different."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask_babel import gettext as _

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.desk.door import pages
from portal.forms.market import ExceptionForm, RuleForm, WithdrawalForm
from scheduling import fairs
from scheduling import markets as acts
from scheduling.refusals import NotFound

SHOWN = 6


@pages.get("/markets/", endpoint="markets")
def markets() -> str:
    """List the county's markets, each with its rule and its next days."""
    day = fairs.local_day(clock.now())
    rows = [(row, acts.next_days(row, day, 3)) for row in acts.all_of(reading(), doors.county())]
    return render_template("desk/markets/index.html", rows=rows)


@pages.get("/markets/<slug>")
def market(slug: str) -> str:
    """Show one market: its rule, its next days, the days that are different."""
    row = acts.find(reading(), doors.county(), slug)
    days = acts.next_days(row, fairs.local_day(clock.now()), SHOWN)
    return render_template("desk/markets/show.html", market=row, rule=acts.describe(row), days=days)


@pages.route("/markets/<slug>/rules", methods=["GET", "POST"])
def market_rules(slug: str) -> Any:  # noqa: ANN401  a page or a redirect
    """Ask for the rule; the first POST shows the days it gives, the second, after they were seen, saves it."""
    row = acts.find(reading(), doors.county(), slug)
    form = RuleForm(rule_text=row.rule_text)
    days = None
    if form.validate_on_submit():
        with errors.beside(form):
            days = acts.days_by(form.rule_text.data, fairs.local_day(clock.now()), SHOWN)
            if form.seen.data == form.rule_text.data.strip():
                with writing() as db:
                    saved = acts.find(db, doors.county(), slug)
                    acts.set_rules(db, saved, form.rule_text.data, by=doors.someone(db), now=clock.now())
                flash(_("集期已保存。"), "success")
                return redirect(url_for(".market", slug=slug), 303)
    return errors.page("desk/markets/rules.html", form=form, market=row, days=days)


@pages.route("/markets/<slug>/exceptions", methods=["GET", "POST"])
def market_exceptions(slug: str) -> Any:  # noqa: ANN401
    """Ask for a day that is different, and add it."""
    row = acts.find(reading(), doors.county(), slug)
    form = ExceptionForm()
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                acts.add_exception(
                    db,
                    acts.find(db, doors.county(), slug),
                    kind=form.kind.data,
                    day=form.day.data,
                    moved_to=form.moved_to.data,
                    reason=form.reason.data,
                    by=doors.someone(db),
                    now=clock.now(),
                )
            flash(_("已记下，公众页面跟着变。"), "success")
            return redirect(url_for(".market", slug=slug), 303)
    days = acts.next_days(row, fairs.local_day(clock.now()), SHOWN)
    return errors.page("desk/markets/exception.html", form=form, market=row, days=days)


@pages.route("/markets/<slug>/exceptions/<uuid:id_>/withdrawal", methods=["GET", "POST"])
def market_exception_withdrawal(slug: str, id_: UUID) -> Any:  # noqa: ANN401
    """Ask why a different day is taken back, and take it back. NotFound for one of another market."""
    row = acts.find(reading(), doors.county(), slug)
    exception = next((each for each in row.exceptions if each.id == id_), None)
    form = WithdrawalForm()
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                saved = acts.find(db, doors.county(), slug)
                acts.drop_exception(db, saved, id_, reason=form.reason.data, by=doors.someone(db), now=clock.now())
            flash(_("已撤回，这天照集期来。"), "success")
            return redirect(url_for(".market", slug=slug), 303)
    if exception is None:
        raise NotFound
    return errors.page("desk/markets/withdrawal.html", form=form, market=row, exception=exception)
