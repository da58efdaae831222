"""The scanner's page at a fair or a class session: the camera, the short code typed, what the gate says, undoing.

A scan comes as a form, from the camera with `Accept: application/json`; without a script the answer is a page.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from flask import flash, jsonify, redirect, render_template, request, session, url_for
from werkzeug import Response

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.forms.scan import ScanForm
from portal.gate.door import pages
from portal.gate.verdicts import said
from scheduling import attendance, checkins, courses, fairs
from scheduling.models import ClassSession, Fair, Scan, TrainingClass
from scheduling.refusals import NothingToUndo, ScanDiffers


@dataclass(frozen=True)
class Place:
    """Where is scanned: a fair, or one session of a class; and its addresses."""

    fair: Fair | None = None
    training_class: TrainingClass | None = None
    block: ClassSession | None = None

    def page(self, **more: Any) -> str:  # noqa: ANN401  what stands behind the question mark
        """Give the address of the scanner's page."""
        return self._url("fair", "session", **more)

    def scans(self) -> str:
        """Give the address scans are posted to."""
        return self._url("scan_fair", "scan_session")

    def annulment(self, scan: Scan) -> str:
        """Give the address that undoes a scan."""
        return self._url("undo_fair", "undo_session", id_=scan.id)

    def _url(self, of_fair: str, of_session: str, **more: Any) -> str:  # noqa: ANN401
        if self.fair:
            return url_for(f".{of_fair}", slug=self.fair.slug, **more)
        assert self.training_class and self.block  # noqa: S101, PT018  one or the other
        return url_for(f".{of_session}", slug=self.training_class.slug, number=self.block.number, **more)


@pages.get("/fairs/<slug>/")
def fair(slug: str) -> str:
    """Show the scanner's page of a fair."""
    return _page(_at_fair(reading(), slug))


@pages.post("/fairs/<slug>/scans")
def scan_fair(slug: str) -> Any:  # noqa: ANN401  JSON or a redirect
    """Keep a scan and say what it means. Raises ScanDiffers."""
    return _scan(lambda db: _at_fair(db, slug))


@pages.post("/fairs/<slug>/scans/<id_>/annulment")
def undo_fair(slug: str, id_: str) -> Any:  # noqa: ANN401
    """Undo a scan of this fair. Raises NothingToUndo."""
    return _undo(lambda db: _at_fair(db, slug), id_)


@pages.get("/classes/<slug>/sessions/<int:number>/", endpoint="session")
def class_session(slug: str, number: int) -> str:
    """Show the scanner's page of a class session, for signing in or `?direction=out`."""
    return _page(_at_session(reading(), slug, number))


@pages.post("/classes/<slug>/sessions/<int:number>/scans")
def scan_session(slug: str, number: int) -> Any:  # noqa: ANN401
    """Keep a scan of a class session and say what it means. Raises ScanDiffers."""
    return _scan(lambda db: _at_session(db, slug, number))


@pages.post("/classes/<slug>/sessions/<int:number>/scans/<id_>/annulment")
def undo_session(slug: str, number: int, id_: str) -> Any:  # noqa: ANN401
    """Undo a scan of this class session. Raises NothingToUndo."""
    return _undo(lambda db: _at_session(db, slug, number), id_)


def _at_fair(db: Any, slug: str) -> Place:  # noqa: ANN401  a session
    return Place(fair=fairs.find_public(db, doors.county(), slug))


def _at_session(db: Any, slug: str, number: int) -> Place:  # noqa: ANN401
    training_class = courses.find(db, doors.county(), slug)
    return Place(training_class=training_class, block=courses.session_of(db, training_class, number))


def _page(place: Place) -> str:
    db, id_ = reading(), request.args.get("scan")
    shown = _spoken(place, _own(db, place, id_)) if id_ else None
    direction = _direction(place, request.args.get("direction")) or "in"
    form = ScanForm(formdata=None, id=str(uuid4()), gate=session.get("gate", ""), direction=direction)
    last = [_spoken(place, scan) for scan in checkins.latest(db, fair=place.fair, class_session=place.block)]
    return render_template(
        "gate/scan.html", place=place, form=form, shown=shown, counts=_counts(place), last=last, direction=direction
    )


def _scan(where: Any) -> Any:  # noqa: ANN401  finds the place within a session
    form = ScanForm()
    if form.gate.data:
        session["gate"] = form.gate.data[:40]
    try:
        with writing() as db:
            place = where(db)
            scan = _kept(db, place, form)
    except ScanDiffers as refusal:  # a page gone back to still has the id it used: a fresh page has a fresh one
        if _by_script():
            raise
        flash(errors.wording(refusal)[1], "danger")
        place = where(reading())
        return redirect(place.page(direction=_direction(place, form.direction.data)), 303)
    return _told(place, scan)


def _kept(db: Any, place: Place, form: ScanForm) -> Scan:  # noqa: ANN401
    return checkins.record(
        db,
        id=form.id.data or str(uuid4()),
        county=doors.county(),
        fair=place.fair,
        class_session=place.block,
        read=form.read.data or "",
        way=form.way.data or "typed",
        direction=_direction(place, form.direction.data) or "in",
        gate=form.gate.data or "",
        scanned_at=form.moment(),
        by=doors.someone(db),
        now=clock.now(),
        keys=doors.keys(),
    )


def _direction(place: Place, told: str | None) -> str | None:
    """Give `in` or `out` for a class session, None for a fair, which only has an in."""
    return ("out" if told == "out" else "in") if place.block else None


def _by_script() -> bool:
    return request.accept_mimetypes.best == "application/json"


def _undo(where: Any, id_: str) -> Any:  # noqa: ANN401
    with writing() as db:
        place = where(db)
        scan = _own(db, place, id_)
        undo = request.form.get("id") or str(uuid4())
        checkins.annul(db, scan, id=undo, by=doors.someone(db), now=clock.now())
    return _told(place, scan)


def _own(db: Any, place: Place, id_: str) -> Scan:  # noqa: ANN401
    """Give a scan of this place. Raises NothingToUndo for one of another."""
    scan = checkins.find(db, doors.county(), id_)
    if (scan.fair_id, scan.session_id) != (place.fair and place.fair.id, place.block and place.block.id):
        raise NothingToUndo
    return scan


def _told(place: Place, scan: Scan) -> Response | Any:  # noqa: ANN401
    """Say what the gate says: as JSON to the camera, else by showing the page."""
    if not _by_script():
        return redirect(place.page(scan=scan.id, direction=_direction(place, scan.direction)), 303)
    spoken = _spoken(place, scan)
    html = render_template("gate/verdict.html", shown=spoken)
    return jsonify({**spoken, "html": html, "counts": _counts(place)})


def _spoken(place: Place, scan: Scan) -> dict[str, str]:
    db = reading()
    spoken = said(scan, attendance.verdict_of(db, scan), checkins.ticket_of(db, scan))
    return {**spoken, "undo": place.annulment(scan) if spoken["verdict"] == "counted" else ""}


def _counts(place: Place) -> dict[str, int]:
    db = reading()
    here = attendance.of_fair(db, place.fair) if place.fair else attendance.of_session(db, place.block)  # type: ignore[arg-type]
    return {"people": here.people, "enterprises": here.enterprises, "scans": here.scans}
