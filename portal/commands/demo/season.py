"""What a season is planned with: two vans, fifty-one people of the bureau; and a season to plan, with its run waiting.

Nothing is planned beforehand: the worker beside the demo's server takes the run as soon as it starts.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import islice
from math import hypot
from typing import Any

from portal.commands.demo import people
from portal.commands.demo.scene import Scene
from scheduling import markets, plans, staff, vans
from scheduling.models import Township
from scheduling.plans import season

SPECIALISTS = 51  # domain.md §11
MINUTES_A_KM = 1.6  # on county roads, with the van's load
WEEKS = 8
SECONDS = 30
COMES = 8  # fairs a month; there are only so many firms, and each fair wants eight
FLEET = (("1号大篷车", 75), ("2号大篷车", 45))  # name, minutes of range


def settle(scene: Scene, county: dict[str, Any]) -> None:
    """Write down vans and staff, and open the coming season with a run that waits for the worker."""
    towns = {town.code: town for town in markets.townships(scene.session, scene.county)}
    _vans(scene, county["townships"])
    _staff(scene, list(towns.values()))
    first = scene.today + timedelta(days=14 - scene.today.weekday())
    terms = season.Terms(first, first + timedelta(weeks=WEEKS, days=-1))
    problem = season.gather(scene.session, scene.county, terms)
    trades = sorted({trade for firm in problem.enterprises for trade, _people in firm.needs})
    problem = replace(
        problem,
        towns=tuple(
            replace(
                town, seekers=tuple((trade, scene.chance.randrange(5, 60)) for trade in scene.chance.sample(trades, 4))
            )
            for town in problem.towns
        ),
        enterprises=tuple(replace(firm, max_a_month=COMES) for firm in problem.enterprises),
    )
    title = f"{first.month}月起{WEEKS}周赶集招聘"
    by, now = scene.desk, scene.ago(0)
    plan = plans.open_plan(scene.session, scene.county, kind="season", title=title, problem=problem, by=by, now=now)
    plans.ask(scene.session, plan, seconds=SECONDS, workers=2, by=by, now=now)


def _vans(scene: Scene, rows: list[dict[str, Any]]) -> None:
    """Two vans, kept at the county town; one is old and stays near."""
    minutes = {row["code"]: max(5, round(hypot(*row["at_km"]) * MINUTES_A_KM)) for row in rows}
    for number, (name, range_minutes) in enumerate(FLEET):
        vans.keep(
            scene.session,
            scene.county,
            None,
            name=name,
            range_minutes=range_minutes,
            minutes=minutes,
            unavailable=[scene.day(30 + 9 * number)],  # its yearly inspection
            by=scene.desk,
            now=scene.ago(200),
        )


def _staff(scene: Scene, towns: list[Township]) -> None:
    """Fifty-one people who live all over the county and rest on different days: markets know no weekend."""
    for number, person in enumerate(islice(people.crowd(SPECIALISTS * 3), SPECIALISTS * 2, None)):
        staff.keep(
            scene.session,
            scene.county,
            None,
            name=person.name,
            township_id=towns[(number * 7 + number // 5) % len(towns)].id,
            rest_weekdays=(number * 3 % 7 + 1, (number * 3 + 4) % 7 + 1),
            max_days_a_week=2 + number % 2,
            unavailable=[scene.day(20 + number)] if number % 4 == 0 else (),
            leads=number % 5 == 0,
            by=scene.desk,
            now=scene.ago(300),
        )
