"""Who stands at the fairs and who comes: booths booked, jobs shown, places reserved, tickets scanned, figures noted."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from portal.commands.demo import cast
from portal.commands.demo.fairs import meanwhile, over
from portal.commands.demo.people import Person
from portal.commands.demo.scene import Scene
from scheduling import booths, checkins, diaries, reservations, tickets, vacancies
from scheduling.models import Enterprise, Fair, Reservation, Ticket

TABLES = {
    "market_fair": 8,
    "specialty_fair": 9,
    "regular_fair": 10,
    "gig_fair": 3,
    "courtyard_fair": 3,
    "roadshow_stop": 2,
}
ON_AIR = 8  # firms
UNSURE = 3  # of four firms the last has not said yet who will come
COMING = {"specialty_fair": 14, "regular_fair": 6, "livestream": 0, "gig_fair": 5, "courtyard_fair": 9}
CAME = 0.75  # of those who reserved
GATES = ("东门", "西门")


def take_booths(scene: Scene, fair: Fair, firms: list[Enterprise], *, shift: int) -> list[Ticket]:
    """Let some firms that are nowhere else then book a booth, name who comes and show their jobs; give the passes."""
    free = booths.of_fair(scene.session, fair)
    able = [firm for firm in firms[shift:] + firms[:shift] if not _elsewhere(scene, firm, fair)]
    asking = able[: min(TABLES.get(fair.kind, 0), len(free))]
    passes = []
    for place, firm in enumerate(asking):
        now = meanwhile(scene, fair)
        booking = booths.book(scene.session, free[place * len(free) // len(asking)], firm, by=None, now=now)
        if over(scene, fair) or place % 4 != UNSURE:
            named = f"{firm.contact_name}等2人"
            passes.append(
                booths.name_attendees(
                    scene.session, booking, attendees=named, phone=firm.contact_phone, by=None, now=now
                )
            )
        _show(scene, fair, firm, now=now)
    if fair.kind == "livestream":  # nobody stands there, but the jobs have their numbers
        for firm in firms[shift:][:ON_AIR]:
            _show(scene, fair, firm, now=meanwhile(scene, fair))
    return passes


def _elsewhere(scene: Scene, firm: Enterprise, fair: Fair) -> bool:
    return bool(diaries.of_enterprise(scene.session, firm, fair.starts_at, fair.ends_at).standing)


def _show(scene: Scene, fair: Fair, firm: Enterprise, *, now: datetime) -> None:
    """Show two of a firm's jobs, as soon as the desk had approved them."""
    for vacancy in vacancies.of_enterprise(scene.session, firm)[:2]:
        if vacancy.state == "approved" and vacancy.standing and vacancy.standing.at < min(fair.starts_at, scene.now):
            at = max(now, vacancy.standing.at)
            vacancies.show_at(scene.session, fair, vacancy, by=scene.desk, now=at)


def reserve(scene: Scene, fair: Fair, crowd: list[Person]) -> list[Reservation]:
    """Let people reserve a place in the days before."""
    coming = scene.chance.sample(crowd, COMING.get(fair.kind, 10))
    moments = sorted(meanwhile(scene, fair) for _ in coming)
    return [
        reservations.reserve(scene.session, fair, name=person.name, phone=person.phone, by=None, now=moment)
        for person, moment in zip(coming, moments, strict=True)
    ]


def reserve_for_family(scene: Scene, today: Fair, next_one: Fair) -> None:
    """Let the people whose phones are printed at the start reserve: one herself, two through a relative."""
    reserve_ = reservations.reserve
    for fair in (today, next_one):
        now = meanwhile(scene, fair)
        reserve_(scene.session, fair, name=cast.JOBSEEKER.name, phone=cast.JOBSEEKER.phone, by=None, now=now)
    for name, relation, agent in (("李春生", "coordinator", "郑满堂"), ("周桂兰", "child", "李春燕")):
        reserve_(
            scene.session,
            today,
            name=name,
            phone=cast.FAMILY.phone,
            relation=relation,
            agent_name=agent,
            agent_phone="16000000005" if relation == "coordinator" else cast.FAMILY.phone,
            consent=True,
            by=None,
            now=meanwhile(scene, today),
        )


def scan(scene: Scene, fair: Fair, passes: list[Ticket], reserved: list[Reservation]) -> None:
    """Scan those who came: enterprises first, then three of four who reserved; one of them twice, and one stranger."""
    people = [tickets.standing(scene.session, one) for one in reserved if scene.chance.random() < CAME]
    came = [*passes[:-1], *(ticket for ticket in people if ticket)]
    if not came:
        return
    until = min(fair.ends_at, scene.now)
    step = (until - fair.starts_at) / (len(came) + 2)
    if step <= timedelta():
        return
    for place, ticket in enumerate([*came, came[-1]]):
        _read(scene, fair, ticket.code, at=fair.starts_at + step * (place + 1), gate=GATES[place % 2])
    _read(scene, fair, "https://example.com/menu", at=until - step / 2, gate=GATES[0])


def _read(scene: Scene, fair: Fair, text: str, *, at: datetime, gate: str) -> None:
    checkins.record(
        scene.session,
        id=str(UUID(int=scene.chance.getrandbits(128))),
        county=scene.county,
        fair=fair,
        read=text,
        way="camera",
        gate=gate,
        scanned_at=at,
        by=scene.gate,
        now=at,
        keys=scene.keys,
    )
