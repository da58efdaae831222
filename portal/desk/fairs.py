"""Desk room: fairs, what they lack, publishing, moving, calling off."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug import Response

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.desk.door import pages
from portal.desk.fair_papers import papers
from portal.forms.fair import CallingOffForm, FairForm, MoveForm, as_typed, when
from portal.forms.fair_filter import campaign_name
from scheduling import attendance, booths, campaigns, markets, results, series, vacancies
from scheduling import fairs as acts
from scheduling.models import Fair
from scheduling.plans import season
from scheduling.refusals import FairCalledOff

PAGE = 30
SIGNS = {"called_off": "cancelled"}  # where components/status.html has another key than we


def lines(rows: list[Fair], now: datetime) -> list[tuple[Fair, str]]:
    """Give each fair with the key of its status."""
    keys = ["finished" if fair.finish else acts.standing(fair, now=now) for fair in rows]
    return [(fair, SIGNS.get(key, key)) for fair, key in zip(rows, keys, strict=True)]


@pages.get("/fairs/", endpoint="fairs")
def fairs() -> str:
    """List fairs, drafts too: those to come, or past ones."""
    past, now = request.args.get("past") == "1", clock.now()
    page = min(max(1, request.args.get("page", 1, type=int)), 10_000)
    rows = acts.of_desk(reading(), doors.county(), now=now, past=past, most=PAGE + 1, skip=(page - 1) * PAGE)
    more = len(rows) > PAGE
    return render_template("desk/fairs/index.html", fairs=lines(rows[:PAGE], now), past=past, page=page, more=more)


@pages.get("/fairs/<slug>")
def fair(slug: str) -> str:
    """Show one fair: how it stands, what it lacks, what changed, what was counted."""
    session, now = reading(), clock.now()
    row = acts.find(session, doors.county(), slug)
    standing = acts.standing(row, now=now)
    laid = booths.of_fair(session, row)
    return render_template(
        "desk/fairs/show.html",
        fair=row,
        standing=standing,
        sign="finished" if row.finish else SIGNS.get(standing, standing),
        missing=acts.missing(session, row),
        laid=len(laid),
        booked=sum(booth.booking is not None for booth in laid),
        shown=len(vacancies.at_fair(session, row)),
        reserved=row.taken,
        present=attendance.of_fair(session, row),
        figures=acts.figures(session, row),
        note=acts.note_of(session, row),
        finishes=results.finishes(session, row),
        duties=season.duties(session, row),
        series=series.of_fair(session, row),
        campaigns=[campaign_name(campaign) for campaign, _said in campaigns.of_fair(session, row)],
        **papers(slug),
    )


@pages.route("/fairs/<slug>/edit", methods=["GET", "POST"])
def fair_edit(slug: str) -> Any:  # noqa: ANN401  a page or a redirect
    """Ask for everything a fair says, and revise it. A published fair's time and place have a page of their own."""
    session = reading()
    row = acts.find(session, doors.county(), slug)
    form = FairForm(data=as_typed(row)).with_townships(markets.townships(session, doors.county()))
    form.with_terms(acts.terms_of(session, doors.county()))
    if row.publication:
        form.leave_out("day", "starts", "ends", "reason_not_market_day", "place", "township", "online")
    form.leave_out("kind", *_unasked(row))
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                acts.revise(
                    db,
                    acts.find(db, doors.county(), slug),
                    **form.revision(),
                    reason_not_market_day=form.off_market_reason(),
                    by=doors.someone(db),
                    now=clock.now(),
                )
            flash(_("已保存。"), "success")
            return redirect(url_for(".fair", slug=slug), 303)
    return errors.page("desk/fairs/edit.html", form=form, fair=row)


@pages.post("/fairs/<slug>/publication")
def fair_publication(slug: str) -> Response:
    """Show the fair to the public."""
    with writing() as db:
        acts.publish(db, acts.find(db, doors.county(), slug), by=doors.someone(db), now=clock.now())
    flash(_("已发布，公众现在能看到、能预约。"), "success")
    return redirect(url_for(".fair", slug=slug), 303)


@pages.route("/fairs/<slug>/moves", methods=["GET", "POST"])
def fair_moves(slug: str) -> Any:  # noqa: ANN401
    """Ask for another time or place, and move the fair there."""
    row = acts.find(reading(), doors.county(), slug)
    if row.calling_off:
        return _called_off(slug)
    terms = acts.terms_of(reading(), doors.county())
    large = acts.is_large(row, terms)
    form = MoveForm(data={**when(row), "place": row.place})
    form.leave_out(*_unasked(row), *(() if large else ("told_police", "new_permit_no", "permit_reason")))
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                saved = acts.find(db, doors.county(), slug)
                acts.move(
                    db,
                    saved,
                    starts_at=form.starts_at(),
                    ends_at=form.ends_at(),
                    place=form.place.data.strip(),
                    reason=form.reason.data,
                    reason_not_market_day=form.off_market_reason(),
                    **form.papers(),
                    by=doors.someone(db),
                    now=clock.now(),
                )
                torn = [firm.name for firm in booths.elsewhere(db, saved)]
            flash(_("已改。预约的人，还有订位、申请、候补的单位会收到短信。"), "success")
            if torn:
                names = "、".join(torn)
                flash(_("这些单位那个时间另有一场，请和它们商量去哪一场：%(names)s。", names=names), "warning")
            return redirect(url_for(".fair", slug=slug), 303)
    due = acts.police_due(reading(), row, terms) if large else None
    city, late = acts.of_city(row, terms), due is not None and due < clock.today()
    return errors.page("desk/fairs/move.html", form=form, fair=row, told=_told(slug), due=due, city=city, late=late)


@pages.route("/fairs/<slug>/calling-off", methods=["GET", "POST"])
def fair_calling_off(slug: str) -> Any:  # noqa: ANN401
    """Ask why, and call the fair off."""
    row = acts.find(reading(), doors.county(), slug)
    if row.calling_off and request.method == "GET":
        return _called_off(slug)
    form = CallingOffForm()
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                saved = acts.find(db, doors.county(), slug)
                acts.call_off(db, saved, reason=form.reason.data, by=doors.someone(db), now=clock.now())
            flash(_("已取消。预约的人，还有订位、申请、候补的单位会收到短信。"), "success")
            return redirect(url_for(".fair", slug=slug), 303)
    return errors.page("desk/fairs/calling_off.html", form=form, fair=row, told=_told(slug))


def _called_off(slug: str) -> Response:
    """Say on the fair's own page that it is off, and show no form that promises messages."""
    flash(errors.wording(FairCalledOff())[1], "warning")
    return redirect(url_for(".fair", slug=slug), 303)


def _unasked(row: Fair) -> tuple[str, ...]:
    """Name what only a fair at a market is asked."""
    return () if row.market_id and row.kind == "market_fair" else ("reason_not_market_day",)


def _told(slug: str) -> int:
    """Count the phones that would be told of a change."""
    session = reading()
    return acts.told(session, acts.find(session, doors.county(), slug))
