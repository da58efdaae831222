"""What looks odd, read from rows: planted in the database, found, settled; as many questions for many as for one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from scheduling import checkins, courses, enrolments, filings, risks, samples, tickets
from scheduling.models import Deed, Exam, ExamSeat, Holiday, RiskSettlement, Scan
from scheduling.refusals import HitChanged, ReasonMissing
from tests.factories import COUNTY, KEYS, NOW, ClassFactory, CourseFactory, SchoolFactory, SessionFactory, id_number
from tests.scheduling.filed import a_class, filed
from tests.scheduling.test_enrolments import sign_up

OVER = NOW + timedelta(days=40)


@pytest.fixture
def training_class(session):
    """A class that was filed in time, whose three trainees came to the first lesson and went home after it."""
    made = a_class(session)
    filed(session, made, number="1")
    for place, one in enumerate(enrolments.roster(session, made)):
        scanned(session, made, one, minutes=place * 2 - 5)
        scanned(session, made, one, minutes=place * 3, direction="out")
    return made


def scanned(session, row, who, *, lesson: int = 1, minutes: float = 0, direction: str = "in", **other) -> Scan:
    """Her ticket is read so many minutes after a lesson begins (in) or ends (out)."""
    block = courses.session_of(session, row, lesson)
    at = (block.ends_at if direction == "out" else block.starts_at) + timedelta(minutes=minutes)
    id_ = f"{who.place:04d}-{lesson:04d}-{direction}-{int(minutes * 60)}"
    made = checkins.record(
        session,
        id=id_,
        county=COUNTY,
        class_session=block,
        read=tickets.standing(session, who).code,
        way=other.pop("way", "camera"),
        direction=direction,
        scanned_at=at,
        by=None,
        now=OVER,
        keys=KEYS,
    )
    for name, value in other.items():
        setattr(made, name, value)
    session.flush()
    return made


def found(session, row, *, now=OVER) -> list[str]:
    session.expire_all()
    (facts,) = risks.gathered(session, [row], keys=KEYS, now=now)
    return [hit.rule for hit in risks.hits(facts)]


def only(session, row) -> risks.Hit:
    session.expire_all()
    (hit,) = risks.listed(session, row, keys=KEYS, now=OVER).open
    return hit


def test_an_ordinary_class_has_nothing_odd(session, training_class):
    assert found(session, training_class) == []


def test_she_who_learnt_the_same_before_and_is_elsewhere_at_the_time_is_found(session, training_class):
    first = enrolments.roster(session, training_class)[0]
    course = training_class.course
    for title, starts in (("旧班", date(2026, 3, 2)), ("同时的班", date(2026, 12, 18))):
        other = ClassFactory(course=course, course_id=course.id, title=title, starts_on=starts, ends_on=starts)
        seat = sign_up(session, other, 77, now=NOW - timedelta(days=300))
        seat.id_blind = first.id_blind
    session.flush()

    assert found(session, training_class) == ["overlapping", "same_level", "too_often"]


def test_who_gave_up_her_other_seat_is_left_alone(session, training_class):
    first = enrolments.roster(session, training_class)[0]
    other = ClassFactory(starts_on=date(2026, 12, 8), ends_on=date(2026, 12, 9))
    seat = sign_up(session, other, 77)
    seat.id_blind = first.id_blind
    enrolments.cancel(session, seat, by=None, now=NOW)

    assert found(session, training_class) == []


def test_an_age_is_read_from_her_id_number(session, training_class):
    training_class.course.max_age = 35
    session.flush()

    assert found(session, training_class) == ["age"] * 3


def test_readings_that_do_not_stand_make_no_pattern(session, training_class):
    people = enrolments.roster(session, training_class)
    away = scanned(session, training_class, people[0], lesson=2, way="screen", away_metres=900)
    scanned(session, training_class, people[0], lesson=2, direction="out")
    training_class.fence_metres = 300
    session.flush()
    before = found(session, training_class)
    checkins.annul(session, away, id="undo-00001", by=None, now=OVER)

    assert before == ["out_of_place"]
    assert found(session, training_class) == []


def test_what_was_scanned_before_the_gate_opened_makes_no_pattern(session, training_class):
    person = enrolments.roster(session, training_class)[0]
    lesson = courses.session_of(session, training_class, 2)
    training_class.fence_metres = 300
    scanned(session, training_class, person, lesson=2, direction="out")

    scanned(
        session, training_class, person, lesson=2, away_metres=900, received_at=lesson.starts_at - timedelta(days=1)
    )

    assert found(session, training_class) == []


def test_one_phone_that_signs_in_four_people_is_found(session, training_class):
    people = [*enrolments.roster(session, training_class), sign_up(session, training_class, 4)]
    for place, one in enumerate(people):
        scanned(session, training_class, one, lesson=2, minutes=place, way="screen", device="d1")
        scanned(session, training_class, one, lesson=2, minutes=place, direction="out")

    assert found(session, training_class) == ["shared_device"]


def test_one_in_a_hundred_written_by_hand_is_left_alone_and_one_in_four_is_found(session, training_class):
    first = enrolments.roster(session, training_class)[0]
    scanned(session, training_class, first, lesson=2, way="paper")

    assert found(session, training_class) == ["back_filled"]


def test_a_teacher_who_is_elsewhere_at_the_same_school_is_found_and_at_another_school_is_not(session, training_class):
    first = training_class.sessions[0]
    when = {"starts_at": first.starts_at, "ends_at": first.ends_at, "teacher": "魏师傅"}
    far = ClassFactory(school=SchoolFactory(), title="别校的班")
    SessionFactory(training_class=far, class_id=far.id, **when)
    before = found(session, training_class)
    near = ClassFactory(school=training_class.school, school_id=training_class.school_id, title="本校的班")
    SessionFactory(training_class=near, class_id=near.id, **when)

    assert before == []
    assert found(session, training_class) == ["booked_twice"]


def test_a_holiday_and_an_exam_before_the_hours_are_found(session, training_class):
    session.add(Holiday(county=COUNTY, day=date(2026, 12, 9), name="冬休日", works=False))
    session.add(Holiday(county=COUNTY, day=date(2026, 12, 10), name="补班", works=True))
    exam = Exam(
        class_id=training_class.id, attempt=1, starts_at=training_class.sessions[-1].ends_at, place="考场", at=NOW
    )
    session.add(exam)
    session.flush()
    at_the_end = found(session, training_class)
    first = enrolments.roster(session, training_class)[0]
    session.add(ExamSeat(exam_id=exam.id, enrolment_id=first.id, number=1))
    exam.starts_at -= timedelta(minutes=1)
    session.flush()

    assert at_the_end == ["holiday", "holiday"]
    assert found(session, training_class) == ["holiday", "holiday", "exam_too_early", "exam_too_early"]


def test_a_class_nobody_filed_is_found_once_it_has_begun(session):
    row = a_class(session)

    assert found(session, row, now=NOW) == []
    assert found(session, row) == ["before_approval"]


def test_a_change_approved_later_does_not_make_the_first_approval_later(session, training_class):
    filings.fill(
        session,
        training_class,
        head_teacher="吴",
        textbook="新",
        modules="全 96",
        exam_scheme="机考",
        by=None,
        now=OVER,
    )
    filings.submit(session, training_class, note="换书", by=None, now=OVER)
    filings.approve(session, training_class, number="2", by=None, now=OVER)

    assert found(session, training_class) == []


def test_who_says_on_the_phone_that_she_did_not_come_is_a_hit(session, training_class):
    sample = samples.draw(session, training_class, by=None, now=OVER)
    samples.note(session, training_class, sample.checks[0].id, answer="not_reached", by=None, now=OVER)
    before = found(session, training_class)
    samples.note(session, training_class, sample.checks[0].id, answer="not_attended", note="在外地", by=None, now=OVER)

    assert (before, found(session, training_class)) == ([], ["said_no"])


def test_a_hit_names_people_masked_and_nothing_else_of_them(session, training_class):
    first = enrolments.roster(session, training_class)[0]
    first.confirmed_at = OVER
    session.flush()
    hit = only(session, training_class)

    assert [person.name for person in hit.people] == ["赵*1"]
    assert not any(told in repr(hit) + str(hit.words) for told in ("赵明1", "13600000001", id_number(1)))


def test_a_settled_hit_stays_settled_until_its_rows_change(session, training_class, clerk):
    first = enrolments.roster(session, training_class)[0]
    first.confirmed_at = OVER
    session.flush()
    hit = only(session, training_class)
    told = {"keys": KEYS, "by": clerk, "now": OVER}
    with pytest.raises(ReasonMissing):
        risks.settle(session, training_class, hit.rule, hit.digest, note=" ", **told)
    rows = [risks.settle(session, training_class, hit.rule, hit.digest, note=f"说明{n}", **told) for n in (1, 2)]
    settled = risks.listed(session, training_class, keys=KEYS, now=OVER + timedelta(days=1))
    enrolments.cancel(session, first, by=None, now=OVER)
    changed = risks.listed(session, training_class, keys=KEYS, now=OVER)

    assert (rows[0].id, rows[0].note) == (rows[1].id, "说明1")
    assert (
        settled.open,
        [note.settlement.note for _hit, note in settled.settled],
        [note.by for _hit, note in settled.settled],
    ) == ([], ["说明1"], ["王窗口"])
    assert [note.settlement.note for note in changed.outdated] == ["说明1"]
    assert [hit.rule for hit in changed.open] == ["roster_changed"] * 2
    assert session.scalars(select(Deed.facts).where(Deed.what == "risk.settled")).all() == [{"rule": "roster_changed"}]


def test_a_note_needs_a_hit_that_stands(session, training_class):
    with pytest.raises(HitChanged):
        risks.settle(session, training_class, "age", "0" * 64, note="没事", keys=KEYS, by=None, now=OVER)
    with pytest.raises(HitChanged):
        risks.settle(session, training_class, "no_such_rule", "0" * 64, note="没事", keys=KEYS, by=None, now=OVER)

    assert session.scalars(select(RiskSettlement)).all() == []


def test_the_overview_counts_what_is_open_and_what_has_a_note(session, training_class):
    late = a_class(session, school=SchoolFactory(), since=10, title="没备案的班")
    ClassFactory(draft=True, title="草稿")
    ClassFactory(title="早就结束", starts_on=date(2025, 1, 6), ends_on=date(2025, 1, 10))
    hit = only(session, late)
    before = risks.overview(session, COUNTY, keys=KEYS, now=OVER)
    risks.settle(session, late, hit.rule, hit.digest, note="补办了", keys=KEYS, by=None, now=OVER)
    after = {row.training_class.title: row for row in risks.overview(session, COUNTY, keys=KEYS, now=OVER)}

    assert [(row.training_class.title, row.look) for row in before] == [("没备案的班", 1), (training_class.title, 0)]
    assert (after["没备案的班"].look, after["没备案的班"].settled) == (0, 1)


def test_many_classes_are_read_with_as_many_questions_as_one(session, training_class, queries):
    counts = []
    for more in (0, 3):
        for n in range(more):
            extra = a_class(
                session,
                school=SchoolFactory(),
                course=CourseFactory(trade="焊工", total_hours=8, theory_hours=4, practice_hours=4),
                people=5,
                since=100 + n * 10,
            )
            samples.draw(session, extra, by=None, now=OVER)
        session.commit()
        session.expire_all()
        with queries() as asked:
            risks.overview(session, COUNTY, keys=KEYS, now=OVER)
        counts.append(len(asked))

    assert counts[0] == counts[1]
