"""Other calendars, as each door takes them in: a file is chosen, looked through line by line, and confirmed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, request, session, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal import clock, doors, errors, filters
from portal.database import reading, writing
from portal.forms.busy import CalendarFileForm, TickedForm
from scheduling import busy, drafts, limits
from scheduling.busy import Judged, Line, Reading
from scheduling.diaries import Bookable
from scheduling.refusals import CalendarGone

MOST_DRAFTS = 5  # ways to drafts that a cookie holds
FOLDED = 3  # a repeating event with more new times than this is one line that opens


@dataclass(frozen=True)
class Subject:
    """Whose calendar: how to find it in a session, what it is, and the page it is reached from."""

    find: Callable[[Session], Bookable]
    kind: str  # a word of "busy.kind"
    id: UUID
    back: tuple[str, str]  # address and words

    @property
    def noun(self) -> str:
        """What its draft is kept under."""
        return f"busy/{self.id}"

    def url(self, room: str = "", **more: Any) -> str:  # noqa: ANN401  parts of an address
        """Give the address of a room about it, behind the door of this request."""
        return url_for(f".busy{room}", kind=self.kind, id_=self.id, **more)


def rooms(pages: Blueprint, subject: Callable[[str, UUID], Subject]) -> None:
    """Add the three rooms about one calendar to a door. `subject` says whose it is, or raises NotFound."""

    def taken(kind: str, id_: UUID) -> Any:  # noqa: ANN401  a page or a redirect
        return show(subject(kind, id_))

    def looked_through(kind: str, id_: UUID) -> Any:  # noqa: ANN401  a page or a redirect
        return check(subject(kind, id_))

    def removal(kind: str, id_: UUID, time: UUID) -> Any:  # noqa: ANN401  a redirect
        return strike(subject(kind, id_), time)

    its = "/busy/<kind>/<uuid:id_>"
    pages.add_url_rule(its, "busy", taken, methods=["GET", "POST"])
    pages.add_url_rule(f"{its}/check", "busy_check", looked_through, methods=["GET", "POST"])
    pages.add_url_rule(f"{its}/<uuid:time>/removal", "busy_removal", removal, methods=["POST"])


def show(subject: Subject) -> Any:  # noqa: ANN401  a page or a redirect
    """Show when it is taken and ask for a file; POST reads the file, keeps it sealed and goes on to the preview."""
    form = CalendarFileForm()
    row = subject.find(reading())
    if form.validate_on_submit():
        with errors.beside(form):
            _knock()
            read = busy.read(form.content(), now=clock.now())
            with writing() as db:
                _keep(db, subject, busy.kept(read))
            return redirect(subject.url("_check"), 303)
    times = busy.coming(reading(), row, now=clock.now())
    return errors.page("offices/busy/show.html", form=form, subject=subject, row=row, times=times, when=when)


def check(subject: Subject) -> Any:  # noqa: ANN401  the same
    """Show what would be taken in; POST takes in what is ticked, and forgets the file."""
    told = drafts.read(reading(), session.get(subject.noun), subject.noun, keys=doors.keys(), now=clock.now())
    if not told:
        raise CalendarGone
    read = busy.reread(told)
    form = TickedForm()
    wanted, dropped = form.wanted(request.form, read), form.dropped(request.form)
    if form.validate_on_submit():
        with errors.beside(form):
            return _take_in(subject, read, wanted, dropped)
    row = subject.find(reading())
    judged = busy.judged(reading(), row, read)
    if request.method == "GET":
        wanted, dropped = _ticked(judged)
    return errors.page(
        "offices/busy/check.html",
        form=form,
        subject=subject,
        row=row,
        read=read,
        judged=judged,
        groups=_groups(judged),
        clashes=sum(bool(line.clashes) for line in (*judged.new, *judged.moved)),
        wanted=wanted,
        dropped=dropped,
        when=when,
    )


def strike(subject: Subject, time: UUID) -> Any:  # noqa: ANN401  a redirect
    """Strike one time."""
    with writing() as db:
        busy.strike(db, subject.find(db), time, by=doors.someone(db), now=clock.now())
    flash(_("删掉了，这个时间又可以用了。"), "success")
    return redirect(subject.url(), 303)


def when(starts: datetime, ends: datetime, all_day: bool) -> str:  # noqa: FBT001  a template calls it
    """Say from when to when, in Shanghai, with the year if it is another; whole days by their first and last."""
    day = filters.day if starts.astimezone(clock.HERE).year == clock.today().year else filters.full_day
    if all_day:
        first, last = day(starts), day(ends - timedelta(minutes=1))
        days = first if first == last else f"{first}–{last}"
        return str(_("%(days)s 全天", days=days))
    if filters.full_day(starts) == filters.full_day(ends):
        return f"{day(starts)} {filters.clock(starts)}–{filters.clock(ends)}"
    return f"{day(starts)} {filters.clock(starts)}–{day(ends)} {filters.clock(ends)}"


def _take_in(subject: Subject, read: Reading, wanted: set[int], dropped: set[UUID]) -> Any:  # noqa: ANN401
    """Take in what is wanted in one transaction that also forgets the draft, and say what came of it."""
    with writing() as db:
        row, by = subject.find(db), doors.someone(db)
        done = busy.take_in(db, row, read, wanted=wanted, dropped=dropped, by=by, now=clock.now())
        drafts.drop(db, session.get(subject.noun), subject.noun)
    session.pop(subject.noun, None)
    if any(done):
        added, moved, struck = done
        words = _(
            "导入好了：新占%(added)s次，改了%(moved)s次，删去%(struck)s次。", added=added, moved=moved, struck=struck
        )
        flash(words, "success")
    else:
        flash(_("和上次导入的一样，什么也没变。"), "info")
    return redirect(subject.url(), 303)


def _ticked(judged: Judged) -> tuple[set[int], set[UUID]]:
    """Give what is ticked before anybody ticks: what takes up time, what moved, and what is called off."""
    busy_ones = [line for line in judged.new if line.period and not line.period.free]
    wanted = {line.number for line in (*busy_ones, *judged.moved)}
    return {number for number in wanted if number is not None}, {line.before.id for line in judged.gone if line.before}


def _groups(judged: Judged) -> Sequence[tuple[str, list[Line]]]:
    """Give the new lines by event, in the order they begin; short ones one line at a time, without a title."""
    by_uid: dict[str, list[Line]] = {}
    for line in judged.new:
        if line.period:
            by_uid.setdefault(line.period.uid, []).append(line)
    groups: list[tuple[str, list[Line]]] = []
    for lines in by_uid.values():
        if len(lines) > FOLDED and lines[0].period:
            groups.append((lines[0].period.title, lines))
        else:
            groups += [("", [line]) for line in lines]
    return groups


def _keep(db: Session, subject: Subject, told: dict[str, Any]) -> None:
    """Keep what was read, and the way to it in this browser; of files nobody confirmed, to the newest few only."""
    for noun in [noun for noun in session if noun.startswith("busy/") and noun != subject.noun][:-MOST_DRAFTS]:
        session.pop(noun)
    session[subject.noun] = drafts.keep(
        db, session.get(subject.noun), subject.noun, told, county=doors.county(), keys=doors.keys(), now=clock.now()
    )


def _knock() -> None:
    """Count a file in a transaction of its own."""
    with writing() as db:
        limits.knock(db, "calendar file", str(doors.someone(db).id), most=60, minutes=60, now=clock.now())
