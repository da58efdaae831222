"""What came of the fairs behind us: companies' words, figures with sources, the weather; the first is finished."""

from __future__ import annotations

from datetime import timedelta

from portal.commands.demo.scene import Scene
from scheduling import attendance, fairs, results
from scheduling.models import Fair

_COUNTED = {  # domain.md §11: what a market fair usually comes to, and who says so
    "visitors": (420, "estimated"),
    "consultations": (160, "staff_counted"),
    "registered_jobseekers": (74, "staff_counted"),
    "leaflets": (500, "staff_counted"),
    "policy_consultations": (60, "staff_counted"),
    "training_interest": (18, "staff_counted"),
}
_SENT = {"departments": 4, "staff": 8, "vehicle_trips": 1}
_SILENT = 4  # every so many companies one says nothing
WEATHER = ("晴，6℃", "阴，4℃，有风", "多云，9℃")


def note_results(scene: Scene, fair: Fair, *, place: int) -> None:
    """Write down what was counted at a fair that is over, the same afternoon; the earliest one's results stand."""
    now = fair.ends_at + timedelta(hours=3)
    came = attendance.bookings_at(scene.session, fair)
    for number, (booking, _told) in enumerate(results.reports(scene.session, fair)):
        if number % _SILENT:
            people = scene.chance.randrange(1, 7)
            told = {
                "intent_people": people,
                "intent_times": people + scene.chance.randrange(3),
                "hired_on_site": scene.chance.randrange(min(people, 3)),
            }
            if booking.id in came or not came:  # who did not come has nothing to say
                results.report(scene.session, booking, **told, by=None, now=now)
    figures = {name: (each.value, each.source) for name, each in results.propose(scene.session, fair).figures.items()}
    for name, (value, source) in _COUNTED.items():
        figures[name] = value + scene.chance.randrange(-value // 5, value // 5 + 1), source
    figures |= {name: (value, "staff_counted") for name, value in _SENT.items()}
    figures["visits"] = figures["visitors"][0] + scene.chance.randrange(40, 90), "estimated"
    for name, (value, source) in figures.items():
        fairs.record_figure(scene.session, fair, name, value, source, by=scene.desk, now=now)
    fairs.note(scene.session, fair, weather=WEATHER[place % 3], remark="", by=scene.desk, now=now)
    fairs.file(
        scene.session, fair, "filing", day=fairs.local_day(fair.starts_at - timedelta(days=16)), by=scene.desk, now=now
    )
    if place == 0 and not any(results.troubles(scene.session, fair)):
        results.finish(scene.session, fair, by=scene.desk, now=now + timedelta(hours=1))
        sent = min(scene.now, now + timedelta(days=3))
        fairs.file(scene.session, fair, "statistics", day=fairs.local_day(sent), by=scene.desk, now=sent)
