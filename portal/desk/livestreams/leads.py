"""Desk room: who asked for a job of a livestream, and entering those who wrote it in a comment."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask_babel import gettext as _

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.desk.door import pages
from portal.forms.lead import LeadLinesForm, Line, RevealForm, read_lines
from scheduling import livestreams as acts
from scheduling.models.lead import CHANNELS
from scheduling.refusals import Refusal

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

PAGE = 50
LATEST = 12  # shown under the form while lines are typed


@pages.get("/fairs/<slug>/show/leads")
def show_leads(slug: str) -> Any:  # noqa: ANN401  a page
    """List the leads of a show, phones masked, with how many came by which channel."""
    return _list(slug, RevealForm(formdata=None), None, "")


@pages.post("/fairs/<slug>/show/leads/<uuid:id_>/phone")
def show_lead_phone(slug: str, id_: UUID) -> Any:  # noqa: ANN401
    """Tell one whole phone, a deed. Answers with a page: it stands in no address, and a reload asks again."""
    form, phone = RevealForm(), ""
    if form.validate_on_submit():
        with writing() as db:
            lead = acts.find_lead(db, acts.find(db, doors.county(), slug), id_)
            phone = acts.reveal(db, lead, by=doors.someone(db), now=clock.now())
    return _list(slug, form, id_, phone)


@pages.route("/fairs/<slug>/show/leads/new", methods=["GET", "POST"])
def show_lead_new(slug: str) -> Any:  # noqa: ANN401
    """Ask for leads line by line; good lines are kept at once, those that are not stay as they were typed."""
    form = LeadLinesForm(channel=request.args.get("channel", "comment"))
    if form.validate_on_submit():
        lines = read_lines(form.lines.data)
        with writing() as db:
            wrong = _entered(db, slug, form, lines)
        if len(lines) > len(wrong):
            flash(_("记下%(number)s条。", number=len(lines) - len(wrong)), "success")
        if not wrong:
            return redirect(url_for(".show_lead_new", slug=slug, channel=form.channel.data), 303)
        form.lines.data = "\n".join(line.text for line in wrong)
        form.lines.errors = [_said(wrong)]
    session = reading()
    fair = acts.find(session, doors.county(), slug)
    return errors.page(
        "desk/livestreams/enter.html",
        form=form,
        fair=fair,
        leads=acts.leads_of(session, fair, most=LATEST),
        jobs={job.job_no: job for job in acts.read(session, fair).jobs},
        counts=acts.channels(session, fair),
    )


def _said(wrong: list[Line]) -> str:
    """Say what is wrong with the first line that was not kept, and how many more stay in the box."""
    more = _("另外%(number)s行也还在框里。", number=len(wrong) - 1) if wrong[1:] else ""
    return f"{_('“%(text)s”：%(wrong)s。', text=wrong[0].text[:30], wrong=wrong[0].wrong)}{more}"


def _entered(db: Session, slug: str, form: LeadLinesForm, lines: list[Line]) -> list[Line]:
    """Keep the lines that can be kept; give the others, each with what is wrong with it."""
    fair, by, now = acts.find(db, doors.county(), slug), doors.someone(db), clock.now()
    wrong = []
    for line in lines:
        if line.wrong:
            wrong.append(line)
            continue
        try:
            told = {"name": line.name, "phone": line.phone, "job_no": line.job_no, "channel": form.channel.data}
            acts.leave(db, fair, **told, relation=form.relation.data, consent=True, at_desk=True, by=by, now=now)
        except Refusal as refusal:
            wrong.append(replace(line, wrong=errors.wording(refusal)[1].rstrip("。")))
    return wrong


def _list(slug: str, form: RevealForm, shown: UUID | None, phone: str) -> Any:  # noqa: ANN401
    session = reading()
    fair = acts.find(session, doors.county(), slug)
    counts = acts.channels(session, fair)
    last = max(1, -(-counts.total() // PAGE))
    page = min(max(1, request.args.get("page", 1, type=int)), last)
    return errors.page(
        "desk/livestreams/leads.html",
        form=form,
        fair=fair,
        leads=acts.leads_of(session, fair, most=PAGE, skip=(page - 1) * PAGE),
        jobs={job.job_no: job for job in acts.read(session, fair).jobs},
        counts=counts,
        channels=CHANNELS,
        shown=shown,
        phone=phone,
        page=page,
        pages=last,
        url=lambda wanted: url_for(".show_leads", slug=slug, page=wanted),
    )
