"""Desk room: how one event stands at its gate while it is on and afterwards: counts, phones, conflicts, closing."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Response, flash, redirect, url_for
from flask_babel import gettext as _

from portal import clock, doors, errors, filters
from portal.database import reading, writing
from portal.desk.door import pages
from portal.forms.device import ClosingForm
from portal.fragments import fragment
from portal.wording import word
from scheduling import gate as acts
from scheduling import identity
from scheduling.attendance import Reading
from scheduling.gate import Event, Line, searching
from scheduling.gate.reports import readings_at
from scheduling.models import GateItem, Ticket

SILENT = 5  # minutes without a sign of life, of which a phone with a network gives one a minute
_HOUR = 60


@pages.route("/gate/events/<path:name>", methods=["GET", "POST"])
def gate_event(name: str) -> Any:  # noqa: ANN401  a page or a redirect
    """Show how an event stands at the gate; POST closes it. Raises NotFound."""
    form = ClosingForm()
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                event = acts.find_event(db, doors.county(), name)
                acts.close(
                    db, doors.county(), event, reason=form.reason.data or "", by=doors.someone(db), now=clock.now()
                )
            flash(_("收口了。以后再传上来的照样记、照样算。"), "success")
            return redirect(url_for(".gate_event", name=name), 303)
    session = reading()
    event = acts.find_event(session, doors.county(), name)
    read = readings_at(session, event)
    return errors.page(
        "desk/gates/event.html",
        form=form,
        closing=acts.closing_of(session, event),
        conflicts=acts.conflicts(session, event, read),
        doubted=acts.doubted(session, event, read),
        early=sum(each.fault == "early" for each in read),
        aside=acts.put_aside(session, event),
        search=searching.permission(session, event),
        holder=holder,
        labels=_labels(session, event),
        **_live(session, event, read),
    )


@pages.get("/gate/counts/<path:name>")
def gate_counts(name: str) -> Response:
    """Give the counts and the phones of an event, for the page that follows them. Raises NotFound."""
    session = reading()
    event = acts.find_event(session, doors.county(), name)
    live = _live(session, event, readings_at(session, event))
    counts = live["counts"]
    said = _("来了%(number)s人，场内%(inside)s人", number=counts.heads.total, inside=counts.inside)
    return fragment("desk/gates/_live.html", say=said, **live)


@pages.get("/gate/reports/<path:name>.csv")
def gate_report(name: str) -> Response:
    """Give what was put aside, conflicts, doubted clocks and gaps of an event as a table. Raises NotFound."""
    session = reading()
    event = acts.find_event(session, doors.county(), name)
    table = io.StringIO()
    writer = csv.writer(table)
    writer.writerow([_("什么"), _("手机"), _("第几条"), _("时间"), _("说明")])
    writer.writerows([_text(value) for value in row] for row in _rows(session, event))
    answer = Response("\ufeff" + table.getvalue(), mimetype="text/csv")  # spreadsheets take it for GBK otherwise
    answer.headers["Content-Disposition"] = f'attachment; filename="gate-{event.slug}.csv"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def holder(ticket: Ticket) -> str:
    """Name whom a ticket stands for: a person masked, an enterprise in full."""
    if ticket.booking is not None:
        return ticket.booking.enterprise.name
    thing = ticket.reservation or ticket.enrolment
    return identity.masked_name(thing.jobseeker.name) if thing else ""


def _live(session: Any, event: Event, read: Sequence[Reading]) -> dict[str, Any]:  # noqa: ANN401  a session
    """Give what changes by itself while an event is on."""
    now = clock.now()
    return {
        "event": event,
        "over": now >= event.ends_at,
        "counts": acts.counts(session, event, read),
        "lines": [(line, *_heard(line, now)) for line in acts.reconcile(session, event)],
    }


def _heard(line: Line, now: datetime) -> tuple[str, bool]:
    """Say when a phone was heard of last, and whether that is too long ago for one that has a network."""
    minutes = int((now - line.device.seen_at).total_seconds() // 60)
    if minutes >= _HOUR:
        return filters.local(line.device.seen_at), True
    return (_("%(minutes)s分钟前", minutes=minutes) if minutes > 1 else _("刚刚")), minutes >= SILENT


def _labels(session: Any, event: Event) -> dict[UUID | None, str]:  # noqa: ANN401  a session
    return {device.id: device.label for device in acts.of_event(session, event)}


def _rows(session: Any, event: Event) -> list[list[Any]]:  # noqa: ANN401  a session
    """Give the rows of the report: what, phone, number, time, words."""
    labels, read = _labels(session, event), readings_at(session, event)
    told = [
        [_("放在一边"), label, row.seq or "", filters.local(row.received_at), _aside(row)]
        for row, label in acts.put_aside(session, event, most=None)
    ]
    told += [
        [
            _("两部手机都放进"),
            "、".join(labels.get(each.device) or each.gate or "—" for each in (conflict.first, conflict.second)),
            "",
            filters.local(conflict.second.scanned_at),
            f"{holder(conflict.ticket)} {conflict.ticket.code}",
        ]
        for conflict in acts.conflicts(session, event, read)
    ]
    told += [
        [_("时间存疑"), labels.get(each.device, "—"), "", filters.local(each.scanned_at), each.gate]
        for each in acts.doubted(session, event, read)
    ]
    told += [
        [_("没传上来"), line.device.label, f"{since}–{to}", filters.local(line.device.seen_at), ""]
        for line in acts.reconcile(session, event)
        for since, to in line.gaps
    ]
    return told


def _aside(row: GateItem) -> str:
    return f"{word(row.kind, 'gate.kind')} {word(row.why, 'gate.why')}"


def _text(value: Any) -> str:  # noqa: ANN401  a cell
    """Write a cell so that no spreadsheet takes what a phone's owner typed for a formula."""
    text = str(value)
    return f"'{text}" if text[:1] in tuple("=+-@\t\r") else text
