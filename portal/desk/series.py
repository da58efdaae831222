"""Desk room: series of fairs: a rule, the days it gives, drafts on them, several published at once; one fair again."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.desk.door import pages
from portal.filters import full_day, lunar_day
from portal.forms.fair import when
from portal.forms.series import CopyForm, SeriesForm
from scheduling import booths, fairs, markets
from scheduling import series as acts
from scheduling.refusals import Refusal
from scheduling.series import Made, SeriesDay

NAMED = 5  # refusals said one by one


def host() -> str:
    """Give the host name that stands in calendar UIDs."""
    return urlsplit(doors.settings().url).hostname or "songgang"


@pages.get("/series/", endpoint="all_series")
def all_series() -> str:
    """List the series, the newest first."""
    session = reading()
    rows = [(row, acts.spoken(session, row), number) for row, number in acts.all_of(session, doors.county())]
    return render_template("desk/series/index.html", rows=rows)


@pages.route("/series/new", methods=["GET", "POST"])
def series_new() -> Any:  # noqa: ANN401  a page or a redirect
    """Ask for a rule and what the fairs share; the first POST shows the days, the next makes those that are ticked."""
    session, county = reading(), doors.county()
    form = SeriesForm(data={"kind": "regular_fair", "goes_by": "weekly"})
    form.with_townships(markets.townships(session, county))
    form.offering(markets.all_of(session, county), booths.policies.all_of(session, county))
    form.with_terms(fairs.terms_of(session, county))
    found: list[SeriesDay] | None = None
    if form.validate_on_submit():
        with errors.beside(form):
            seen = form.seen.data == form.shown()
            found = acts.candidates(session, county, form.pattern())
            form.with_days(found, _spoken)
            if seen and found and "look" not in request.form:
                return _made(_make(form))
    unpublished = _unpublished(found) if found else []
    return errors.page("desk/series/new.html", form=form, found=found, unpublished=unpublished)


@pages.get("/series/<int:number>")
def series(number: int) -> str:
    """Show one series: its fairs, and what each draft lacks."""
    session, now = reading(), clock.now()
    row = acts.find(session, doors.county(), number)
    lacking = {fair.id: missing for fair, missing in acts.drafts(session, row)}
    lines = [(fair, fairs.standing(fair, now=now), lacking.get(fair.id)) for fair in acts.fairs_of(session, row)]
    return render_template("desk/series/show.html", series=row, rule=acts.spoken(session, row), lines=lines)


@pages.post("/series/<int:number>/publications")
def series_publications(number: int) -> Response:
    """Publish the ticked drafts that are ready, and name the others with what they lack."""
    ticked = set(request.form.getlist("fair"))
    with writing() as db:
        rows = [fair for fair in acts.fairs_of(db, acts.find(db, doors.county(), number)) if fair.slug in ticked]
        done, refused = acts.publish(db, rows, by=doors.someone(db), now=clock.now())
        told = [(_("%(day)s没有发布", day=full_day(fair.starts_at)), why) for fair, why in refused]
        published = len(done)
    if not ticked:
        flash(_("请先勾选要发布的场次。"), "warning")
    if published:
        flash(_("发布了%(number)s场，公众现在能看到、能预约。", number=published), "success")
    _say(told)
    return redirect(url_for(".series", number=number), 303)


@pages.route("/fairs/<slug>/copies", methods=["GET", "POST"])
def fair_copies(slug: str) -> Any:  # noqa: ANN401
    """Ask for another day, and plan the same fair there as a draft."""
    session, county = reading(), doors.county()
    row = fairs.find(session, county, slug)
    form = CopyForm(data={**when(row), "day": None})
    if not (row.market_id and row.kind == "market_fair"):
        form.leave_out("reason_not_market_day")
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                twin = acts.copy(
                    db,
                    fairs.find(db, county, slug),
                    starts_at=form.starts_at(),
                    ends_at=form.ends_at(),
                    reason_not_market_day=form.off_market_reason(),
                    host=host(),
                    by=doors.someone(db),
                    now=clock.now(),
                ).slug
            flash(_("已照样排好，现在是草稿。许可是一场一办的，没有照抄。"), "success")
            return redirect(url_for(".fair", slug=twin), 303)
    return errors.page("desk/series/copy.html", form=form, fair=row, laid=len(booths.of_fair(session, row)))


def _make(form: SeriesForm) -> tuple[Made, int, list[tuple[str, Refusal]]]:
    with writing() as db:
        county = doors.county()
        form.offering(markets.all_of(db, county), booths.policies.all_of(db, county))
        made = acts.make(
            db,
            county,
            form.pattern(),
            form.shape(),
            form.chosen_days(),
            host=host(),
            by=doors.someone(db),
            now=clock.now(),
            **form.details(),
        )
        told = [(_("%(day)s没有排", day=full_day(day)), why) for day, why in made.refused]
        return made, made.series.number, told


def _made(answer: tuple[Made, int, list[tuple[str, Refusal]]]) -> Response:
    """Say what came of it, and lead to the series."""
    made, number, told = answer
    if made.made:
        flash(_("排好了%(number)s场，都是草稿。看过再一起发布。", number=len(made.made)), "success")
    if made.stood:
        flash(_("%(number)s天以前就排过，没有再排。", number=len(made.stood)), "info")
    _say(told)
    return redirect(url_for(".series", number=number), 303)


def _say(told: list[tuple[str, Refusal]]) -> None:
    for what, refusal in told[:NAMED]:
        flash(_("%(what)s：%(why)s", what=what, why=errors.wording(refusal)[1]), "warning")
    if len(told) > NAMED:
        flash(_("另有%(number)s天也没有办成。", number=len(told) - NAMED), "warning")


def _spoken(each: SeriesDay) -> str:
    words = f"{full_day(each.day)} {lunar_day(each.day)}"
    return _("%(day)s（%(holiday)s放假）", day=words, holiday=each.off) if each.off else words


def _unpublished(found: list[SeriesDay]) -> list[int]:
    """Name the years whose holidays are not known."""
    first, last = found[0].day, found[-1].day
    known = markets.holidays(reading(), doors.county(), first.replace(month=1, day=1), last.replace(month=12, day=31))
    return [year for year in range(first.year, last.year + 1) if not known.known(year)]
