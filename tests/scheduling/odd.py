"""An ordinary class as facts, and the changes that plant something odd in it or come near to it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from scheduling.risks import Answer, Facts, Lesson, Seat, Sitting, Stamp, Trainee
from scheduling.training_rules import Terms

DAY = datetime(2026, 12, 7, tzinfo=UTC)  # Monday 8:00 in Shanghai
OVER = datetime(2026, 12, 20, tzinfo=UTC)
BEFORE = DAY - timedelta(days=20)


def trainee(n: int, **other) -> Trainee:
    plain = {"place": n, "name": f"赵*{n}", "person": f"person-{n}", "phone": f"1360000000{n}", "age": 30}
    return Trainee(**{"id": f"t{n}", **plain, "seated_at": BEFORE, **other})


def lesson(n: int, *, days: int | None = None, hour: int = 0, hours: int = 4, **other) -> Lesson:
    """The n-th lesson, on the n-th day at 8:00 in Shanghai, for three hours."""
    starts = DAY + timedelta(days=n - 1 if days is None else days, hours=hour)
    plain = {"id": f"l{n}", "class_id": "here", "title": "焊工一班", "number": n, "starts_at": starts, "hours": hours}
    return Lesson(**{**plain, "ends_at": starts + timedelta(hours=3), "heads": 12, **other})


def stamp(who: int, at: Lesson, *, minutes: float = 0, direction: str = "in", **other) -> Stamp:
    """Somebody's reading, so many minutes after a lesson begins (in) or ends (out)."""
    moment = (at.starts_at if direction == "in" else at.ends_at) + timedelta(minutes=minutes)
    return Stamp(f"{who}/{at.number}/{direction}", f"t{who}", at.id, direction, moment, **other)


def elsewhere(n: int, **other) -> Seat:
    plain = {"title": "焊工旧班", "trade": "焊工", "level": "五级", "subsidised": True}
    days = {"starts_on": date(2025, 3, 1), "ends_on": date(2025, 3, 20)}
    return Seat(**{"person": f"person-{n}", "class_id": "there", **plain, **days, **other})


LESSONS = tuple(lesson(n) for n in range(1, 6))  # five days, 20 课时
WHO = tuple(trainee(n) for n in range(1, 7))
PLAIN = Facts(
    class_id="here",
    title="焊工一班",
    trade="焊工",
    level="五级",
    special=False,
    min_age=16,
    max_age=60,
    hours=20,
    subsidised=True,
    starts_on=date(2026, 12, 7),
    ends_on=date(2026, 12, 11),
    fence_metres=300,
    terms=Terms(),
    now=OVER,
    trainees=WHO,
    lessons=LESSONS,
    stamps=tuple(
        one
        for who in range(1, 7)
        for at in LESSONS
        for one in (
            stamp(who, at, minutes=(who * 7 + at.number * 3) % 11),
            stamp(who, at, direction="out", minutes=(who * 5 + at.number) % 7),
        )
    ),
    approved_at=BEFORE,
)


def with_one(change: Trainee) -> tuple[Trainee, ...]:
    """The roster, with this line instead of the first."""
    return (change, *WHO[1:])


def signed(*stamps: Stamp) -> dict:
    return {"stamps": stamps}


def five(at: Lesson, gap: float, **other) -> list[Stamp]:
    """Five sign in, so many minutes between the first and the last."""
    return [stamp(who, at, minutes=gap * (who - 1) / 4, **other) for who in range(1, 6)]


def daily(*minutes: float) -> list[Stamp]:
    return [stamp(1, at, minutes=late) for at, late in zip(LESSONS, minutes, strict=False)]


def paper(number: int, of: int) -> list[Stamp]:
    return [
        stamp(1 + n % 6, LESSONS[n // 6], minutes=n % 7, way="paper" if n < number else "camera") for n in range(of)
    ]


def another(**other) -> Lesson:
    """A lesson of another class at the same school, at the time of the first one."""
    return lesson(1, id="x1", class_id="there", title="电工班", **other)


LATE = DAY + timedelta(days=1, hours=1)  # 4 of 20 课时 are gone
SHORT = replace(LESSONS[4], hours=3)

# rule, what is planted, what is as near as can be and no case
CASES = [
    (
        "overlapping",
        {"seats": (elsewhere(1, starts_on=date(2026, 12, 11), ends_on=date(2026, 12, 30)),)},
        {"seats": (elsewhere(1, starts_on=date(2026, 12, 12), ends_on=date(2026, 12, 30)),)},
    ),
    (
        "overlapping",  # 同一天结束、同一天开始也算；退了班的不算
        {"seats": (elsewhere(1, starts_on=date(2026, 11, 1), ends_on=date(2026, 12, 7)),)},
        {
            "seats": (elsewhere(1, starts_on=date(2026, 11, 1), ends_on=date(2026, 12, 7)),),
            "trainees": with_one(trainee(1, left_at=BEFORE)),
        },
    ),
    ("same_level", {"seats": (elsewhere(1),)}, {"seats": (elsewhere(1, level="四级"),)}),
    ("same_level", {"seats": (elsewhere(1),)}, {"seats": (elsewhere(1),), "terms": Terms(once_a_level=False)}),
    (
        "too_often",
        {"seats": (elsewhere(1, starts_on=date(2026, 3, 1), ends_on=date(2026, 3, 9), trade="电工"),)},
        {"seats": (elsewhere(1, starts_on=date(2025, 12, 31), ends_on=date(2026, 1, 9), trade="电工"),)},
    ),
    (
        "too_often",
        {"seats": (elsewhere(1, starts_on=date(2026, 3, 1)),), "terms": Terms(most_a_year=1)},
        {"seats": (elsewhere(1, starts_on=date(2026, 3, 1)),), "terms": Terms(most_a_year=2)},
    ),
    ("age", {"trainees": with_one(trainee(1, age=15))}, {"trainees": with_one(trainee(1, age=16))}),
    (
        "age",
        {"special": True, "trainees": with_one(trainee(1, age=17))},
        {"special": True, "trainees": with_one(trainee(1, age=18))},
    ),
    ("age", {"trainees": with_one(trainee(1, age=61))}, {"trainees": with_one(trainee(1, age=60))}),
    (
        "shared_phone",
        {"trainees": tuple(trainee(n, phone="13600000009") for n in range(1, 5))},
        {"trainees": tuple(trainee(n, phone="13600000009") for n in range(1, 4))},
    ),
    (
        "shared_device",
        signed(*(stamp(n, LESSONS[0], minutes=n, way="screen", device="d") for n in range(1, 5))),
        signed(*(stamp(n, LESSONS[0], minutes=n, way="screen", device="d") for n in range(1, 4))),
    ),
    (
        "shared_device",  # the gate's own phone signs everybody in
        signed(*(stamp(n, LESSONS[0], minutes=n, way="screen", device="d") for n in range(1, 5))),
        signed(*(stamp(n, LESSONS[0], minutes=n, way="camera", device="d") for n in range(1, 5))),
    ),
    ("burst", signed(*five(LESSONS[0], 1)), signed(*five(LESSONS[0], 61 / 60))),
    ("burst", signed(*five(LESSONS[0], 1)), signed(*five(LESSONS[0], 1)[:2])),
    ("burst", signed(*five(LESSONS[0], 0)), signed(*five(LESSONS[0], 0, way="paper"))),
    ("same_minutes", signed(*daily(-3, -3, -3)), signed(*daily(-3, -3, -2))),
    ("same_minutes", signed(*daily(-3, -3, -3)), signed(*daily(-3, -3))),
    (
        "no_sign_out",
        signed(stamp(1, LESSONS[0])),
        signed(stamp(1, LESSONS[0]), stamp(1, LESSONS[0], direction="out")),
    ),
    ("no_sign_out", signed(stamp(1, LESSONS[0])), {**signed(stamp(1, LESSONS[0])), "now": LESSONS[0].starts_at}),
    (
        "out_of_place",
        signed(stamp(1, LESSONS[0], way="screen", away_metres=301)),
        signed(stamp(1, LESSONS[0], way="screen", away_metres=300)),
    ),
    (
        "out_of_place",
        signed(stamp(1, LESSONS[0], way="screen", away_metres=5000)),
        {**signed(stamp(1, LESSONS[0], way="screen", away_metres=5000)), "fence_metres": None},
    ),
    ("back_filled", signed(*paper(3, 20)), signed(*paper(2, 20))),
    (
        "roster_changed",
        {"trainees": with_one(trainee(1, seated_at=DAY + timedelta(minutes=1)))},
        {"trainees": with_one(trainee(1, seated_at=DAY))},
    ),
    (
        "roster_changed",
        {"trainees": with_one(trainee(1, left_at=DAY + timedelta(minutes=1)))},
        {"trainees": with_one(trainee(1, left_at=DAY))},
    ),
    (
        "replaced_late",  # 12 of 20 课时 are left, 80 % must be attended; then 16 of 20
        {"trainees": (*with_one(trainee(1, left_at=LATE)), trainee(7, seated_at=LATE + timedelta(hours=1)))},
        {
            "trainees": (
                *with_one(trainee(1, left_at=DAY + timedelta(hours=4))),
                trainee(7, seated_at=DAY + timedelta(hours=5)),
            )
        },
    ),
    (
        "booked_twice",
        {"lessons": (lesson(1, teacher="魏师傅"),), "elsewhere": (another(teacher="魏 师傅", hour=2),)},
        {"lessons": (lesson(1, teacher="魏师傅"),), "elsewhere": (another(teacher="魏师傅", hour=3),)},
    ),
    (
        "booked_twice",
        {
            "lessons": (lesson(1, room="焊接车间"),),
            "elsewhere": (another(room="焊接车间"),),
            "stations": {"焊接车间": 20},
        },
        {
            "lessons": (lesson(1, room="焊接车间"),),
            "elsewhere": (another(room="焊接车间"),),
            "stations": {"焊接车间": 24},
        },
    ),
    (
        "long_day",
        {"lessons": (lesson(1), lesson(2, days=0, hour=6, hours=5))},
        {"lessons": (lesson(1), lesson(2, days=0, hour=6, hours=4))},
    ),
    (
        "long_day",  # rotating parties: one trainee has four of the eight hours
        {"lessons": (lesson(1, hours=9, party=1),)},
        {"lessons": (lesson(1, hours=8, party=1), lesson(2, days=0, hours=8, party=2))},
    ),
    ("holiday", {"holidays": {date(2026, 12, 9): "冬休日"}}, {"holidays": {date(2026, 12, 12): "冬休日"}}),
    ("before_approval", {"approved_at": None}, {"approved_at": None, "terms": Terms(file_days=None)}),
    ("before_approval", {"approved_at": DAY + timedelta(minutes=1)}, {"approved_at": DAY}),
    ("before_approval", {"approved_at": None}, {"approved_at": None, "now": DAY - timedelta(minutes=1)}),
    (
        "exam_too_early",
        {"sittings": (Sitting("e", 1, LESSONS[4].ends_at - timedelta(minutes=1)),)},
        {"sittings": (Sitting("e", 1, LESSONS[4].ends_at),)},
    ),
    (
        "exam_too_early",  # she came to four lessons of five: 16 of 20 课时 are enough; 15 are not
        {
            "lessons": (SHORT, *LESSONS[:4]),
            "hours": 19,
            "sittings": (Sitting("e", 1, OVER - timedelta(days=1), frozenset({"t1"})),),
            **signed(*(stamp(1, at) for at in (LESSONS[0], LESSONS[1], LESSONS[2], SHORT))),
        },
        {
            "sittings": (Sitting("e", 1, OVER - timedelta(days=1), frozenset({"t1"})),),
            **signed(*(stamp(1, at) for at in LESSONS[:4])),
        },
    ),
    ("said_no", {"answers": (Answer("c", "t1", "在外地打工"),)}, {"answers": ()}),
]
