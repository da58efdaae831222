"""A small county that is planned in no time, for tests that change one thing about it."""

from __future__ import annotations

from datetime import date, timedelta

from scheduling.planning.season import Candidate, Enterprise, Pace, Problem, Staff, Town, Van

FIRST = date(2027, 3, 1)  # a Monday
LIUHE, SHIQIAO = "liuhe", "shiqiao"


def day(number: int) -> date:
    """Give the season's day, the first being 0."""
    return FIRST + timedelta(days=number)


def market(town: str, number: int, **wanted) -> Candidate:
    """Give a market day of the town; a fair there needs one of the staff, who leads, and one or two enterprises."""
    needs = {"staff_min": 1, "staff_max": 2, "leaders_min": 1, "enterprises_min": 1, "enterprises_max": 2, **wanted}
    return Candidate(f"{town}@{day(number)}", town, day(number), **needs)


def county(*candidates: Candidate, **more) -> Problem:
    """Give a season of four weeks: two towns, a van, three of the staff, three enterprises."""
    given = {
        "towns": (Town(LIUHE, "柳河镇", 59_000), Town(SHIQIAO, "石桥铺镇", 52_000)),
        "vans": (Van("v1", "1号车", ((LIUHE, 30), (SHIQIAO, 50)), range_minutes=60),),
        "staff": (
            Staff("zhao", "赵明", home=LIUHE, leads=True),
            Staff("qian", "钱芳", home=SHIQIAO, leads=True),
            Staff("sun", "孙力"),
        ),
        "enterprises": (
            Enterprise("food", "穗香食品", (("普工", 20),), (LIUHE,)),
            Enterprise("steel", "青禾钢构", (("焊工", 12),)),
            Enterprise("cloth", "锦绣服装", (("缝纫工", 30),)),
        ),
        "pace": Pace(gap_days=7),
        **more,
    }
    return Problem(FIRST, day(27), candidates=candidates, **given)
