"""Timetables made at the desk: what is asked, what the planner makes of it, hands, illness, sessions."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from scheduling import courses, plans, schools
from scheduling.models import ClassSession, Plan, PlanVersion
from tests.factories import ClassFactory, CourseFactory, SchoolFactory, SessionFactory
from tests.forms import typed
from tests.scheduling.test_eligibility import going_by
from tests.thinkers import think

MONDAY = datetime(2026, 12, 7, 0, 30, tzinfo=UTC)


@pytest.fixture
def school(session, now):
    """Two teachers and two rooms: a classroom, and a workshop of six stations."""
    row = SchoolFactory()
    told = {"by": None, "now": now}
    schools.settle_teacher(session, row, name="魏师傅", trades=["焊工"], kinds=["theory", "practice"], **told)
    schools.settle_teacher(session, row, name="段师傅", trades=["焊工"], kinds=["practice"], **told)
    schools.settle_room(session, row, name="101教室", seats=40, **told)
    schools.settle_room(session, row, name="焊接车间", seats=20, stations=6, trades=["焊工"], **told)
    return row


@pytest.fixture
def welders(session, school):
    """Twelve people who need two half-days of theory and two of practice, in two parties."""
    course = CourseFactory(total_hours=16, theory_hours=8, practice_hours=8, trade="焊工")
    return ClassFactory(course=course, school=school, school_id=school.id, seats=12, title="焊工班", slug="welders")


@pytest.fixture
def given(school):
    return f"/desk/schools/{school.id}/timetable"


@pytest.fixture
def solved(desk, session, welders, given):
    desk.post(given, data=typed(desk.get(given)))
    think()
    return session.scalars(select(PlanVersion)).one()


def lessons(session) -> list[tuple]:
    rows = session.scalars(select(ClassSession).where(ClassSession.cancelled_at.is_(None)))
    return sorted((row.starts_at, row.kind, row.party, row.teacher, row.room) for row in rows)


def newest(session) -> PlanVersion:
    return session.scalars(select(PlanVersion).order_by(PlanVersion.number.desc())).first()


def test_the_page_shows_classes_hours_teachers_and_rooms(desk, welders, given):
    page = desk.get(given)

    shown = ("焊工班", "还差理论8、实操8课时", "魏师傅", "段师傅", "101教室", "6个工位")
    assert (page.status_code, [words in page.text for words in shown]) == (200, [True] * len(shown))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"welders-comes": None}, "请至少勾一个班"),
        ({"welders-size": "0"}, "请填1到1000之间"),
        ({"halves": None}, "至少选"),
    ],
)
def test_what_cannot_be_planned_is_explained(desk, session, welders, given, changes, words):
    page = desk.post(given, data=typed(desk.get(given), **changes))

    assert (page.status_code, words in page.text) == (422, True)
    assert session.scalars(select(Plan)).all() == []


def test_a_timetable_keeps_everybody_apart_and_says_why(desk, session, school, solved):
    problem, plan = plans.problem_of(solved), plans.answer_of(solved).plan
    page = desk.get("/desk/plans/1/versions/1")

    assert sorted(one.activity for one in plan.meetings) == sorted(
        ["welders/theory/0"] * 2 + ["welders/practice/1"] * 2 + ["welders/practice/2"] * 2
    )
    assert plans.planner("timetable").breaches(problem, plan) == ()
    assert page.text.count("为什么这样排？") == 6


def test_theory_comes_before_practice_unless_the_desk_unticks_it(desk, session, welders, given):
    page = desk.get(given)
    desk.post(given, data=typed(page, theory_first=None))
    mixed = plans.problem_of(session.scalars(select(Plan)).one())
    think()
    desk.post(given, data=typed(page))
    think()

    told = plans.problem_of(newest(session))
    planned = plans.answer_of(newest(session)).plan.meetings
    theory, practice = ([one.slot for one in planned if kind in one.activity] for kind in ("theory", "practice"))
    waits = [[bool(each.after) for each in problem.activities if "practice" in each.key] for problem in (mixed, told)]
    assert waits == [[False, False], [True, True]]
    assert max(theory) < min(practice)


@pytest.mark.parametrize("by", ["class", "teacher", "room", "nonsense"])
def test_a_timetable_is_seen_from_every_side(desk, session, solved, by):
    page = desk.get(f"/desk/plans/1/versions/1?by={by}&of=nobody")

    assert (page.status_code, 'class="week-grid"' in page.text) == (200, True)


def test_an_accepted_timetable_becomes_sessions_once(desk, session, welders, solved):
    answers = [desk.post("/desk/plans/1/versions/1/acceptance") for _ in range(2)]

    held = lessons(session)
    assert [page.status_code for page in answers] == [303, 303]
    assert [(kind, party) for _at, kind, party, _who, _where in sorted(held, key=lambda each: each[1:3])] == [
        ("practice", 1),
        ("practice", 1),
        ("practice", 2),
        ("practice", 2),
        ("theory", 0),
        ("theory", 0),
    ]
    assert {(kind, room) for _at, kind, _party, _who, room in held} == {("theory", "101教室"), ("practice", "焊接车间")}
    assert courses.hours_left(welders, welders.sessions) == {"theory": 0, "practice": 0}
    assert {one.hours for one in welders.sessions} == {4}


def test_planned_lessons_are_as_long_as_the_class_hours_of_the_courses_rules(desk, session, welders, given):
    going_by(session, welders.course, hour_minutes=60)
    desk.post(given, data=typed(desk.get(given)))
    think()

    desk.post("/desk/plans/1/versions/1/acceptance")

    held = session.scalars(select(ClassSession)).all()
    assert {(one.hours, one.ends_at - one.starts_at) for one in held} == {(4, timedelta(hours=4))}


def test_sessions_that_stand_are_pinned_unless_the_desk_lets_them_move(desk, session, welders, given, school):
    SessionFactory(training_class=welders, starts_at=MONDAY + timedelta(days=2), kind="theory", room="101教室")

    desk.post(given, data=typed(desk.get(given)))
    pinned = plans.problem_of(session.scalars(select(Plan)).one())
    think()
    desk.post(given, data=typed(desk.get(given), **{"welders-anew": "y"}))
    free = plans.problem_of(session.scalars(select(Plan)).one())

    assert [(pin.activity, pinned.grid.days[pin.slot[0]]) for pin in pinned.pins] == [
        ("welders/theory/0", "2026-12-09")
    ]
    assert free.pins == ()
    assert [one.meetings for one in (*pinned.activities, *free.activities)] == [2] * 6


def test_who_is_away_teaches_nothing_then(desk, session, welders, given, school, now):
    teacher = next(row for row in schools.teachers(session, school.county) if row.name == "魏师傅")
    schools.away(session, teacher, first=date(2026, 12, 7), last=date(2026, 12, 16), by=None, now=now)

    desk.post(given, data=typed(desk.get(given), theory_first=None))
    think()
    desk.post("/desk/plans/1/versions/1/acceptance")

    first = min(at for at, _kind, _party, who, _where in lessons(session) if who == "魏师傅")
    assert first.date() >= date(2026, 12, 17)


def test_trainees_on_day_shifts_are_taught_on_evenings(desk, session, welders, given):
    changes = {"welders-shift": "days", "halves": ["am", "pm", "eve"]}
    desk.post(given, data=typed(desk.get(given), **changes))
    think()
    desk.post("/desk/plans/1/versions/1/acceptance")

    assert {at.hour for at, *_more in lessons(session)} == {10}  # half past six in Shanghai


def test_a_hand_moves_a_lesson_and_the_next_run_respects_it(desk, session, solved):
    one = plans.answer_of(solved).plan.meetings[-1]
    teacher, room = one.teachers[0], one.room
    told = {"meeting": one.key, "slot": "9-1", "teacher": teacher, "room": room, "lock": "y"}

    page = desk.post("/desk/plans/1/versions/1/meetings", data=told)
    desk.post("/desk/plans/1/runs", data={"seconds": "5"})
    think()

    assert page.location == "/desk/plans/1/versions/2"
    planned = {(each.activity, each.slot) for each in plans.answer_of(newest(session)).plan.meetings}
    assert (newest(session).made, (one.activity, (9, 1)) in planned) == ("solved", True)


def test_what_a_hand_breaks_is_said_at_once(desk, session, solved):
    theory = [one for one in plans.answer_of(solved).plan.meetings if one.activity == "welders/theory/0"]
    slot = f"{theory[1].slot[0]}-{theory[1].slot[1]}"
    told = {"meeting": theory[0].key, "slot": slot, "teacher": theory[0].teachers[0], "room": theory[0].room}

    page = desk.post("/desk/plans/1/versions/1/meetings", data=told)

    assert "处冲突" in page.text
    assert newest(session).number == 1


def test_ticked_lessons_are_pinned_and_unticked_ones_are_let_go(desk, session, solved):
    keys = [one.key for one in plans.answer_of(solved).plan.meetings]

    desk.post("/desk/plans/1/versions/1/meeting-locks", data={"shown": keys, "lock": keys[:2]})
    assert len(plans.problem_of(solved.plan).pins) == 2

    desk.post("/desk/plans/1/versions/1/meeting-locks", data={"shown": keys[:1]})
    assert len(plans.problem_of(solved.plan).pins) == 1


def test_an_ill_teacher_changes_as_little_as_can_be(desk, session, solved):
    desk.post("/desk/plans/1/versions/1/acceptance")
    before = lessons(session)
    problem = plans.problem_of(solved)
    ill = next(each.key for each in problem.teachers if each.name == "魏师傅")
    days = sorted({at.date() for at, _kind, _party, who, _where in before if who == "魏师傅"})
    told = {"change-what": "teacher", "change-teacher": ill, "change-room": problem.rooms[0].key}
    told |= {"change-first": days[0].isoformat(), "change-last": days[0].isoformat()}

    run = desk.post("/desk/plans/1/versions/1/meeting-changes", data=told).location
    think()
    desk.get(run)
    desk.post("/desk/plans/1/versions/2/acceptance")

    after = lessons(session)
    assert [each for each in after if each[3] == "魏师傅" and each[0].date() == days[0]] == []
    kept = [each for each in before if not (each[3] == "魏师傅" and each[0].date() == days[0])]
    assert len(set(kept) & set(after)) >= len(kept) - 1
    assert len(after) == len(before)


def test_leave_noted_after_a_timetable_was_accepted_is_seen_by_the_next_run(desk, session, solved, school, now):
    desk.post("/desk/plans/1/versions/1/acceptance")
    before = lessons(session)
    day = min(at.date() for at, _kind, _party, who, _where in before if who == "魏师傅")
    teacher = next(row for row in schools.teachers(session, school.county) if row.name == "魏师傅")
    fresh = desk.get("/desk/plans/1")
    schools.away(session, teacher, first=day, last=day, by=None, now=now)
    late = desk.get("/desk/plans/1")

    desk.post("/desk/plans/1/runs", data={"seconds": "5", "way": "little"})
    think()
    desk.post("/desk/plans/1/versions/2/acceptance")

    after = lessons(session)
    assert ["再排一版才会用上" in page.text for page in (fresh, late)] == [False, True]
    assert [each for each in after if each[3] == "魏师傅" and each[0].date() == day] == []
    kept = [each for each in before if not (each[3] == "魏师傅" and each[0].date() == day)]
    assert len(set(kept) & set(after)) >= len(kept) - 1
    assert "再排一版才会用上" not in desk.get("/desk/plans/1").text


def test_what_happened_since_counts_leave_that_was_noted_too(desk, session, solved, school, now):
    problem = plans.problem_of(solved)
    ill = next(each for each in problem.teachers if each.name == "段师傅")
    teacher = next(row for row in schools.teachers(session, school.county) if row.name == "魏师傅")
    schools.away(session, teacher, first=date(2026, 12, 7), last=date(2026, 12, 7), by=None, now=now)
    told = {"change-what": "teacher", "change-teacher": ill.key, "change-room": problem.rooms[0].key}
    told |= {"change-first": "2026-12-08", "change-last": "2026-12-08"}

    desk.post("/desk/plans/1/versions/1/meeting-changes", data=told)

    given = {each.name: each.unavailable for each in plans.problem_of(session.scalars(select(Plan)).one()).teachers}
    assert ((0, 0) in given["魏师傅"], (1, 0) in given["段师傅"]) == (True, True)


def test_where_nobody_may_teach_it_is_said_in_plain_words(desk, session, given, school):
    course = CourseFactory(total_hours=4, theory_hours=4, practice_hours=0, trade="电工")
    ClassFactory(course=course, school=school, school_id=school.id, title="电工班")

    run = desk.post(given, data=typed(desk.get(given))).location
    think()
    page = desk.get(run)

    assert "这样排不出来" in page.text
    assert "电工班理论" in page.text
    assert f"/desk/schools/{school.id}/teaching" in page.text


@pytest.mark.parametrize("place", ["timetable", "teaching"])
def test_the_pages_ask_as_often_for_three_as_for_one(desk, session, school, queries, now, place):
    counts = []
    for more in (1, 2):
        for n in range(more):
            row = ClassFactory(school=school, school_id=school.id)
            SessionFactory(training_class=row)
            told = {"name": f"老师{more}{n}", "trades": ["焊工"], "kinds": ["theory"], "by": None, "now": now}
            teacher = schools.settle_teacher(session, school, **told)
            schools.away(session, teacher, first=date(2026, 12, 7), last=date(2026, 12, 8), by=None, now=now)
        with queries() as asked:
            desk.get(f"/desk/schools/{school.id}/{place}")
        counts.append(len(asked))

    assert counts[0] == counts[1]
