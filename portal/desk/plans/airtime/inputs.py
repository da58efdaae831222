"""Desk room: who wants to be on air in a livestream, who hosts it, and what else belongs to the show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from flask import redirect
from flask_babel import gettext as _

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.desk.door import pages
from portal.desk.plans.asking import Wrong, looked_over, plan_about
from portal.forms.airtime_plan import HOSTS, HostForm, OnAirForm, SegmentForm, SetupForm, as_typed, setup
from portal.wording import word
from scheduling import enterprises, fairs, livestreams, plans, vacancies
from scheduling.planning.airtime import problem as planned
from scheduling.plans import airtime as acts
from scheduling.plans.booths import open_by_enterprise

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

FIRST_DRAFT = {"opening": (5, "start"), "policy": (10, "middle"), "qa": (5, "end"), "closing": (0, "end")}


@pages.route("/fairs/<slug>/show-plan", methods=["GET", "POST"])
def show_plan(slug: str) -> Any:  # noqa: ANN401  a page or a redirect
    """Ask for everything the planner is given, and let it think."""
    asking = Asking(reading(), slug)
    if asking.form.validate_on_submit() and asking.rows_valid():
        with errors.beside(asking.form):
            with writing() as db:
                where = asking.keep(db)
            return redirect(where, 303)
    page, status = errors.page("desk/plans/airtime/inputs.html", form=asking.form, asking=asking, fair=asking.fair)
    return page, 422 if asking.wrong else status


class Asking:
    """One form for the show, one for each host, segment and enterprise."""

    def __init__(self, session: Session, slug: str) -> None:
        self.wrong: Wrong = []
        self.fair = fairs.find(session, doors.county(), slug)
        asked = {row.enterprise_id: row for row in livestreams.asked(session, self.fair)}
        shown = vacancies.at_fair(session, self.fair)
        known = {row.vacancy.enterprise_id: row.vacancy.enterprise for row in shown}
        known |= {id_: row.enterprise for id_, row in asked.items()}
        hiring = open_by_enterprise(session, doors.county())
        others = [cards[0].enterprise for id_, cards in hiring.items() if id_ not in known]
        last = next(iter(plans.about(session, self.fair, "airtime")), None)
        show = plans.problem_of(last).show if last else None
        self.form = SetupForm(data={"buffer": show.buffer} if show else {}).offer(others)
        who = doors.who()
        hosts = list(show.hosts) if show else [planned.Host("", who.name)] if who else []
        self.hosts = [
            HostForm(prefix=f"host-{place}-", obj=hosts[place] if place < len(hosts) else None)
            for place in range(HOSTS)
        ]
        self.segments = {
            kind: SegmentForm(prefix=f"segment-{kind}-", data=_segment(kind, show, len(known))) for kind in FIRST_DRAFT
        }
        brought = {id_: [row.vacancy for row in shown if row.vacancy.enterprise_id == id_] for id_ in known}
        self.rows = [
            (
                firm,
                OnAirForm(prefix=f"firm-{id_}-", data=as_typed(asked.get(id_), firm, brought[id_])).offer(hiring[id_]),
            )
            for id_, firm in known.items()
        ]

    def rows_valid(self) -> bool:
        """Check every row, so that each says what is wrong with it; a show needs a host."""
        rows = [(firm.name, form) for firm, form in self.rows]
        parts = [(word(kind, "live.kind"), form) for kind, form in self.segments.items()]
        self.wrong = looked_over([*rows, *((_("主播"), host) for host in self.hosts), *parts])
        if not any((host.name.data or "").strip() for host in self.hosts):
            self.hosts[0].name.errors = [_("至少要有一位主播。")]
            self.wrong.append((_("至少要有一位主播。"), f"#{self.hosts[0].name.id}"))
        return not self.wrong

    def keep(self, db: Session) -> str:
        """Keep what was typed, and ask for a run: where it is seen."""
        fair, by, now = fairs.find(db, doors.county(), self.fair.slug), doors.someone(db), clock.now()
        for firm, form in self.rows:
            row = enterprises.find(db, doors.county(), firm.id)
            if form.comes.data:
                livestreams.want(db, fair, row, **form.told(fair), by=by, now=now)
            else:
                livestreams.withdraw(db, fair, row, by=by, now=now)
        hiring = open_by_enterprise(db, doors.county())
        for id_ in self.form.more.data or ():
            row = enterprises.find(db, doors.county(), UUID(id_))
            jobs = [str(card.no) for card in hiring[row.id]]
            livestreams.want(db, fair, row, speaker=row.contact_name, jobs=jobs, by=by, now=now)
        firms = len(livestreams.asked(db, fair))
        problem = acts.gather(db, fair, setup(self.form, self.hosts, self.segments, firms))
        return plan_about(db, fair, "airtime", _("%(fair)s的流程", fair=fair.title), problem)


def _segment(kind: str, show: planned.Show | None, firms: int) -> dict[str, Any]:
    """Give how long a segment is and where, as planned last or as a first draft."""
    if show is None:
        minutes, where = FIRST_DRAFT[kind]
        return {"minutes": minutes, "where": where}
    known = next((each for each in show.segments if each.kind == kind), None)
    if known is None:
        return {"minutes": 0, "where": FIRST_DRAFT[kind][1]}
    return {
        "minutes": known.minutes,
        "where": "start" if not known.after else "end" if known.after >= firms else "middle",
    }
