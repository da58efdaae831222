"""A small season that every test of plans can use: two towns, a van, four people, two enterprises, two weeks."""

from __future__ import annotations

from datetime import date

from scheduling import plans
from scheduling.models import PlanVersion
from scheduling.planning import season
from scheduling.planning.season import Candidate, Enterprise, PlannedFair, Problem, Staff, Town, Van
from scheduling.planning.solving import Answer, Reason, Status, Stopped, say
from tests.factories import COUNTY, NOW

WILLOW, BRIDGE = "liuhe@2026-12-07", "shiqiao@2026-12-09"
LATER = "liuhe@2026-12-17"


def small_season() -> Problem:
    """Give the problem; a fair needs a van, one or two people who can be led, one or two enterprises."""
    needs = {"staff_min": 1, "staff_max": 2, "enterprises_min": 1, "enterprises_max": 2}
    return Problem(
        first=date(2026, 12, 7),
        last=date(2026, 12, 20),
        towns=(Town("liuhe", "柳河镇", 59_000), Town("shiqiao", "石桥铺镇", 52_000)),
        candidates=(
            Candidate(WILLOW, "liuhe", date(2026, 12, 7), "柳河镇", **needs),
            Candidate(BRIDGE, "shiqiao", date(2026, 12, 9), "石桥铺镇", **needs),
            Candidate(LATER, "liuhe", date(2026, 12, 17), "柳河镇", **needs),
        ),
        vans=(Van("van", "1号大篷车", (("liuhe", 20), ("shiqiao", 30)), 60),),
        staff=(
            Staff("zhou", "周带队", "liuhe", leads=True),
            Staff("wu", "吴带队", "shiqiao", leads=True),
            Staff("zheng", "郑专员"),
            Staff("wang", "王专员", rest_weekdays=(3,)),
        ),
        enterprises=(
            Enterprise("sui", "穗香食品", (("包装工", 12),), ("liuhe",)),
            Enterprise("jin", "精工数控", (("车工", 5),)),
        ),
    )


def fair(candidate: str, **more) -> PlannedFair:
    """Give a fair on this market day, complete unless said otherwise."""
    return PlannedFair(candidate, **{"van": "van", "staff": ("zhou",), "enterprises": ("sui",)} | more)


def answer(*fairs: PlannedFair, value: int = 100, bound: int = 120) -> Answer[season.Plan]:
    """Give an answer with these fairs."""
    why = tuple(Reason(each.candidate, (say("这里等得最久"),)) for each in fairs)
    return Answer(Status.FEASIBLE, "max", Stopped.CLOCK, season.Plan(fairs), value, bound, reasons=why)


def opened(session, problem: Problem | None = None, **more):
    """Open a plan of the small season, or of another."""
    told = {"kind": "season", "title": "冬季赶集招聘", "problem": problem or small_season(), "by": None, "now": NOW}
    return plans.open_plan(session, COUNTY, **told | more)


def solved(session, plan, said: Answer[season.Plan] | None = None) -> PlanVersion:
    """Give the version of a run that answered."""
    plans.ask(session, plan, seconds=5, by=None, now=NOW)
    run, taken = plans.lease(session, now=NOW)
    return plans.conclude(session, run, taken, said or answer(fair(WILLOW)), now=NOW)
