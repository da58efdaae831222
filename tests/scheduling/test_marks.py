"""The marks of the paper book: what scans, leaves and the clock make of a trainee at a session."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from portal.database import db
from scheduling import attendance, checkins, leaves, tickets
from scheduling.attendance import Leave, Reading, marks
from scheduling.models import ClassSession, Enrolment, Scan, Ticket
from scheduling.training_rules import Terms
from tests.factories import COUNTY, KEYS, ClassFactory, CourseFactory, SessionFactory
from tests.scheduling.test_enrolments import sign_up

STARTS = datetime(2026, 12, 7, 0, 30, tzinfo=UTC)  # 8:30 in Shanghai
ENDS = STARTS + timedelta(hours=3)
OVER = ENDS + timedelta(minutes=1)
SEATED = STARTS - timedelta(days=9)
TERMS = Terms(late_minutes=10)


def lesson(n=1, party=0, **more) -> ClassSession:
    times = {"starts_at": STARTS + timedelta(days=n - 1), "ends_at": ENDS + timedelta(days=n - 1), **more}
    return ClassSession(id=UUID(int=1000 + n), number=n, hours=4, party=party, **times)


def trainee(n=1, seated=SEATED) -> Enrolment:
    return Enrolment(id=UUID(int=n), place=n, confirmed_at=seated)


def scan(minutes, direction="in", *, of=1, at=1, n=0, **more) -> Reading:
    """A scan so many minutes after the beginning of session `at`."""
    when = STARTS + timedelta(days=at - 1, minutes=minutes)
    id_ = f"{of}-{at}-{direction}-{minutes}-{n}"
    return Reading(id_, UUID(int=of), 2, UUID(int=1000 + at), direction, "", when, **more)


def mark(*scans, leave=None, now=OVER, fence=None, who=None):
    held = {(UUID(int=1), UUID(int=1001)): leave} if leave else {}
    (one,) = marks(scans, held, [lesson()], [who or trainee()], terms=TERMS, fence=fence, now=now).values()
    return one


@pytest.mark.parametrize(
    ("scans", "kind"),
    [
        ([scan(-20), scan(180, "out")], "present"),
        ([scan(10), scan(170, "out")], "present"),  # the last minutes of grace at either end
        ([scan(11), scan(180, "out")], "late"),
        ([scan(0), scan(169, "out")], "early"),
        ([scan(11), scan(169, "out")], "late_early"),
        ([scan(0), scan(90, "out"), scan(185, "out")], "present"),  # out in the break, and back
        ([scan(-2, "out"), scan(-1)], "present"),  # first held to the wrong side
        ([scan(0), scan(30)], "present"),
        ([scan(0)], "present"),
        ([scan(185, "out")], "absent"),
        ([scan(179), scan(181, "out")], "late"),
        ([scan(180)], "absent"),  # it is over
        ([scan(235), scan(236, "out")], "absent"),
        ([scan(0, fault="cancelled")], "absent"),
        ([], "absent"),
    ],
)
def test_a_mark_is_what_the_book_would_say(scans, kind):
    assert mark(*scans).kind == kind


def test_times_count_by_the_minute_as_they_are_shown():
    at_the_end_of_the_minute = Reading(
        "x", UUID(int=1), 2, UUID(int=1001), "in", "", STARTS + timedelta(minutes=10, seconds=59)
    )

    assert mark(at_the_end_of_the_minute).kind == "present"


def test_who_never_signed_out_is_present_and_told_but_not_on_paper():
    assert mark(scan(0)).told == {"unsigned"}
    assert mark(scan(0), now=ENDS - timedelta(minutes=5)).told == frozenset()
    assert mark(scan(0, way="paper")).told == {"paper"}
    assert mark(scan(0), scan(180, "out", way="paper")).told == {"paper"}


def test_signing_out_alone_and_signing_in_once_it_is_over_are_told():
    assert mark(scan(180, "out")).told == {"only_out"}
    assert mark(scan(235), scan(236, "out")).told == {"too_late"}
    assert mark(scan(235)).hours == 0


@pytest.mark.parametrize(("away", "told"), [(80, set()), (100, set()), (101, {"far"}), (None, {"unplaced"})])
def test_outside_the_fence_is_told_and_counts_all_the_same(away, told):
    one = mark(scan(0, way="screen", away_metres=away), scan(180, "out"), fence=100)

    assert (one.kind, one.hours, one.told) == ("present", 4, told)


def test_a_class_without_a_fence_tells_nothing_of_places():
    assert mark(scan(0, way="screen"), scan(180, "out")).told == frozenset()


@pytest.mark.parametrize("reason", ["private", "sick"])
def test_granted_leave_is_its_own_mark_at_once_and_counts_no_hours(reason):
    one = mark(leave=Leave(reason, "granted"), now=STARTS - timedelta(days=2))

    assert (one.kind, one.hours) == (reason, 0)


@pytest.mark.parametrize("state", ["asked", "refused"])
def test_leave_that_is_not_granted_is_absence_once_the_session_is_over(state):
    assert [mark(leave=Leave("sick", state), now=now).kind for now in (STARTS, OVER)] == ["", "absent"]


def test_who_has_leave_and_comes_was_there():
    assert mark(scan(0), scan(180, "out"), leave=Leave("private", "granted")).kind == "present"


def test_nothing_is_said_before_the_end_of_who_did_not_come():
    assert [mark(now=now).kind for now in (STARTS, ENDS - timedelta(seconds=1), ENDS)] == ["", "", "absent"]


def test_a_session_that_was_over_before_she_had_a_seat_is_none_she_missed():
    assert mark(who=trainee(seated=ENDS)).kind == ""
    assert mark(scan(0), who=trainee(seated=ENDS)).kind == "present"


def test_only_sessions_of_her_part_are_hers():
    both, first, second = lesson(1), lesson(2, party=1), lesson(3, party=2)
    people = [trainee(1), trainee(2)]

    found = marks([], {}, [both, first, second], people, terms=TERMS, now=STARTS)

    assert sorted((key[0].int, key[1].int - 1000) for key in found) == [(1, 1), (1, 2), (2, 1), (2, 3)]


@st.composite
def scans_of_a_class(draw) -> list[Reading]:
    """Scans of three trainees at two sessions, some faulty, some undone, in whatever order they were made."""
    made = [
        scan(
            draw(st.integers(-30, 200)),
            draw(st.sampled_from(["in", "out"])),
            of=draw(st.integers(1, 3)),
            at=draw(st.integers(1, 2)),
            n=n,
            way=draw(st.sampled_from(["camera", "screen", "paper"])),
            fault=draw(st.sampled_from(["", "", "", "cancelled"])),
        )
        for n in range(draw(st.integers(1, 12)))
    ]
    undone = draw(st.lists(st.sampled_from(made), unique=True, max_size=3))
    return [*made, *(scan(999, of=each.holder.int, n=each.id, annuls=each.id) for each in undone)]


@given(sent=scans_of_a_class(), data=st.data())
def test_any_order_split_and_repetition_of_scans_gives_the_same_marks_and_totals(sent, data):
    lessons, people, now = [lesson(1), lesson(2)], [trainee(n) for n in (1, 2, 3)], OVER + timedelta(days=1)
    again = data.draw(st.lists(st.sampled_from(sent)))
    shuffled = data.draw(st.permutations([*sent, *again]))

    told = marks(sent, {}, lessons, people, terms=TERMS, now=now)
    retold = marks(shuffled, {}, lessons, people, terms=TERMS, now=now)

    assert retold == told
    assert Counter(mark.kind for mark in retold.values()) == Counter(mark.kind for mark in told.values())
    assert sum(mark.hours for mark in told.values()) == 4 * sum(mark.present for mark in told.values())


@pytest.fixture
def book(session):
    """A class of four sessions and three trainees, on both sides of every rule; its course asks for 20 hours."""
    course = CourseFactory(total_hours=20, theory_hours=8, practice_hours=12)
    training_class = ClassFactory(course=course, starts_on=date(2026, 12, 7))
    lessons = [
        SessionFactory(training_class=training_class, number=n + 1, starts_at=STARTS + timedelta(days=n))
        for n in range(4)
    ]
    people = [sign_up(session, training_class, n, now=SEATED) for n in (1, 2, 3)]
    came = {  # minutes in, minutes out by trainee and session
        (0, 0): (-5, 182), (0, 1): (3, 181), (0, 2): (11, 180), (0, 3): (0, 150),
        (1, 0): (0, None), (1, 2): (25, 100),
        (2, 0): (-9, 180), (2, 1): (-9, 180), (2, 2): (0, 181),
    }  # fmt: skip
    for (who, at), minutes in came.items():
        for direction, minute in zip(("in", "out"), minutes, strict=True):
            if minute is not None:
                _scan(session, people[who], lessons[at], direction, minute)
    leave = leaves.ask(session, people[1], lessons[1], "private", by=None, now=SEATED)
    leaves.grant(session, leave, by=None, now=SEATED)
    db.session.flush()
    return training_class, lessons, people


def _scan(session, person, block, direction, minute):
    at = block.starts_at + timedelta(minutes=minute)
    return checkins.record(
        session, id=f"scan-{person.place}-{block.number}-{direction}-{minute}", county=COUNTY, class_session=block,
        read=tickets.standing(session, person).code, way="camera", direction=direction, scanned_at=at, by=None,
        now=at, keys=KEYS,
    )  # fmt: skip


def test_the_sheet_adds_up_for_everybody(session, book):
    training_class, lessons, people = book

    sheet = attendance.sheet(session, training_class, now=lessons[-1].ends_at)
    kinds = [[mark.kind for _, mark in sheet.of(person)] for person in people]
    told = [sheet.tallies[person.id] for person in people]

    assert kinds == [
        ["present", "present", "late", "early"],
        ["present", "private", "late_early", "absent"],
        ["present", "present", "present", "absent"],
    ]
    assert [(one.there, one.missed, one.excused) for one in told] == [(4, 0, 0), (2, 1, 1), (3, 1, 0)]
    assert [(one.attended, one.required, one.needed, one.share) for one in told] == [
        (16, 20, 16, 80), (8, 20, 16, 40), (12, 20, 16, 60),
    ]  # fmt: skip
    assert [(one.reached, one.still, one.spare) for one in told] == [(True, 0, 4), (False, 8, -4), (False, 4, 0)]
    assert sheet.short == [people[1], people[2]]  # four hours are not planned yet: one may reach it, missing nothing
    assert [sheet.there(one) for one in lessons] == [(3, 3), (2, 3), (3, 3), (1, 3)]


def test_totals_recomputed_from_the_raw_scan_rows_equal_the_sheet(session, book):
    """By another road: rows of the table, plain loops, the rules of the book written down once more."""
    training_class, lessons, people = book
    wrong = _scan(session, people[2], lessons[3], "in", 5)
    checkins.annul(session, wrong, id="undo-00001", by=None, now=lessons[3].ends_at)

    hours = Counter()
    rows = session.execute(select(Scan, Ticket.enrolment_id).join(Ticket, Ticket.id == Scan.ticket_id)).all()
    undone = {row.annuls for row, _ in rows}
    for block in lessons:
        for enrolment_id in {who for _, who in rows}:
            seen = [
                row
                for row, who in rows
                if who == enrolment_id and row.session_id == block.id and row.annuls is None and row.id not in undone
            ]
            if any(row.direction == "in" for row in seen):
                hours[enrolment_id] += block.hours

    sheet = attendance.sheet(session, training_class, now=lessons[-1].ends_at)
    assert {person.id: sheet.tallies[person.id].attended for person in people} == dict(hours)
    assert sum(hours.values()) == 36


def test_one_trainees_line_is_the_line_of_the_sheet(session, book):
    training_class, lessons, people = book
    now = lessons[2].ends_at

    whole = attendance.sheet(session, training_class, now=now)
    for person in people:
        own = attendance.of_trainee(session, person, now=now)
        assert (own.of(person), own.tallies[person.id]) == (whole.of(person), whole.tallies[person.id])


def test_a_cancelled_session_is_in_no_column(session, book):
    training_class, lessons, people = book
    lessons[0].cancelled_at = SEATED

    sheet = attendance.sheet(session, training_class, now=lessons[-1].ends_at)

    assert [one.number for one in sheet.sessions] == [2, 3, 4]
    assert sheet.tallies[people[0].id].attended == 12


@pytest.mark.parametrize("rows", [1, 6])
def test_a_sheet_asks_as_often_for_six_as_for_one(session, queries, rows):
    training_class = ClassFactory()
    for n in range(rows):
        block = SessionFactory(training_class=training_class)
        person = sign_up(session, training_class, n + 1)
        _scan(session, person, block, "in", 0)
        leaves.ask(session, person, block, "sick", by=None, now=SEATED)
    session.commit()
    with queries() as asked:
        attendance.sheet(session, training_class, now=OVER)

    assert len(asked) <= 8
    assert sum("FROM scans" in each for each in asked) == 1
    assert sum("FROM leaves" in each for each in asked) == 1
