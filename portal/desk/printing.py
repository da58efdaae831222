"""Desk room: what can be printed for a fair, each paper a PDF made on the spot."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from portal import clock, doors, printing
from portal.database import reading
from portal.desk.door import pages
from scheduling import booths, fairs, gate, livestreams
from scheduling.models import Fair

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

OF_STALLS = {"posters": printing.posters, "sheets": printing.job_sheets, "passes": printing.passes}
OF_ONE = {"poster": printing.posters, "sheet": printing.job_sheets, "pass": printing.passes}
OF_ALL = {"fair": printing.fair_poster, "script": printing.broadcast_script}
OF_FAIR = {"fair", "stalls", "script", "signup", "show", "here"}


@pages.get("/fairs/<slug>/print/")
def prints(slug: str) -> Any:  # noqa: ANN401  a page
    """List what can be printed, and say which characters must be filled in with a pen."""
    session = reading()
    fair = fairs.find(session, doors.county(), slug)
    stalls = printing.stalls(session, fair)
    return render_template(
        "desk/printing/index.html",
        fair=fair,
        stalls=stalls,
        missing=[f"{each}（U+{ord(each):04X}）" for each in printing.missing(_words(fair, stalls))],
    )


@pages.get("/fairs/<slug>/print/<what>.pdf")
def print_fair(slug: str, what: str) -> Any:  # noqa: ANN401  a PDF or a redirect
    """Print something of the whole fair: a poster, a list, a script, a sheet, or the papers of all stalls."""
    session = reading()
    fair = fairs.find(session, doors.county(), slug)
    if what not in OF_FAIR | OF_STALLS.keys():
        abort(404)
    if fair.calling_off is not None:
        return _told(slug, _("这场招聘会已经取消，不打印了。"))
    if what in OF_FAIR:
        return printing.answer(_of_fair(session, fair, what))
    stalls = [stall for stall in printing.stalls(session, fair) if stall.ticket or what != "passes"]
    if not stalls:
        lacks = _("还没有单位确认参会，没有可打印的展位证。") if what == "passes" else _("还没有单位订展位。")
        return _told(slug, lacks)
    return printing.answer(OF_STALLS[what](fair, stalls))


@pages.get("/fairs/<slug>/print/booths/<int:number>/<what>.pdf")
def print_booth(slug: str, number: int, what: str) -> Any:  # noqa: ANN401  a PDF or a redirect
    """Print the poster, the job sheet or the pass of one booth."""
    session = reading()
    fair = fairs.find(session, doors.county(), slug)
    if what not in OF_ONE:
        abort(404)
    booking = booths.find(session, fair, number).booking
    if fair.calling_off is not None:
        return _told(slug, _("这场招聘会已经取消，不打印了。"))
    if booking is None:
        return _told(slug, _("%(number)s号展位还没有单位订。", number=number))
    stall = printing.stall(session, booking)
    if what == "pass" and stall.ticket is None:
        return _told(slug, _("%(number)s号展位还没写明谁来，写明后才有展位证。", number=number))
    return printing.answer(OF_ONE[what](fair, [stall]))


def _of_fair(session: Session, fair: Fair, what: str) -> printing.Paper:
    if what == "signup":
        return printing.sign_up_sheet(fair, pages=request.args.get("pages", 2, type=int))
    if what == "show":
        return printing.run_of_show(livestreams.read(session, fair))
    if what == "here":
        code = gate.visitors.code(fair, screen=False, keys=doors.keys(), now=clock.now())
        return printing.here_sheet(fair, f"{doors.settings().url}/HERE/{code}".upper())
    stalls = printing.stalls(session, fair)
    if what == "stalls":
        return printing.stall_list(fair, stalls, laid=len(booths.of_fair(session, fair)))
    return OF_ALL[what](fair, stalls)


def _told(slug: str, words: str) -> Any:  # noqa: ANN401
    """Say on the list of papers why this one is not to be had."""
    flash(words, "warning")
    return redirect(url_for(".prints", slug=slug), 303)


def _words(fair: Fair, stalls: list[printing.Stall]) -> list[str]:
    """Give the words in which a rare character is likely, and worst: names."""
    firms = [word for stall in stalls for word in (stall.firm.name, stall.firm.contact_name, stall.booking.attendees)]
    return [fair.title, fair.place, fair.address, *firms, *(row.vacancy.title for each in stalls for row in each.shown)]
