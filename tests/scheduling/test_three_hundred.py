"""Three hundred people, of whom seventeen rows are wrong in seventeen ways: 283 are imported, and once only."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from portal import errors
from scheduling import signups
from scheduling.models import Deed, Enrolment, Jobseeker, Notice, SignupList, Ticket
from scheduling.refusals import (
    AlreadyEnrolled,
    CategoryUnknown,
    DateInCell,
    EducationTooLow,
    EducationUnknown,
    IdAsNumber,
    IdNumberElsewhere,
    IdNumberMissing,
    IdOfFifteen,
    ListNotRight,
    NameMissing,
    NotAnIdNumber,
    NotAPhone,
    OnceAYear,
    TooLongForCell,
    TooOld,
    TooYoung,
    TwiceInList,
)
from tests.factories import (
    KEYS,
    NOW,
    ClassFactory,
    CourseFactory,
    SessionFactory,
    id_number,
)
from tests.people_files import person, xlsx
from tests.scheduling.test_eligibility import going_by
from tests.scheduling.test_enrolments import sign_up
from tests.scheduling.test_signup_lists import taken_in


@pytest.fixture
def big(session):
    """A class with room for three hundred, with one lesson; people from 18 to 59 with 初中."""
    course = CourseFactory(class_cap=400, max_age=59, education="junior")
    row = ClassFactory(seats=300, course=course, title="焊工班")
    SessionFactory(training_class=row, number=1)
    return row


def changed(n: int, **cells) -> list:
    """The n-th person with some cells otherwise."""
    at = {"name": 0, "phone": 1, "id_number": 2, "education": 3, "category": 4, "household": 5}
    row = person(n)
    for column, value in cells.items():
        row[at[column]] = value
    return row


@pytest.fixture
def three_hundred(session, big):
    """The file, and what is wrong in it: the row's number → column and refusal."""
    known = person(16)
    sign_up(session, big, 1, name="别人", phone="13800000001", id_number=known[2])
    other = ClassFactory(course=going_by(session, CourseFactory(), most_a_year=None), title="电工班")
    SessionFactory(training_class=other, number=1)
    sign_up(session, other, 1, name="别人", phone="13800000002", id_number=person(17)[2])
    past = ClassFactory(title="早班")
    sign_up(session, past, 1, name="李13", phone=person(13)[1], id_number=person(13)[2])
    rows = [person(n) for n in range(300)]
    wrong = {
        1: (changed(1, name=""), "name", NameMissing),
        2: (changed(2, name="王" * 61), "name", TooLongForCell),
        3: (changed(3, phone="1380000"), "phone", NotAPhone),
        4: (changed(4, phone=date(1990, 5, 1)), "phone", DateInCell),
        5: (changed(5, id_number=""), "id_number", IdNumberMissing),
        6: (changed(6, id_number="990101199001010010"), "id_number", NotAnIdNumber),
        7: (changed(7, id_number=990101198001010077), "id_number", IdAsNumber),
        8: (changed(8, id_number="990101800101001"), "id_number", IdOfFifteen),
        9: (changed(9, education="神童"), "education", EducationUnknown),
        10: (changed(10, education="小学"), "education", EducationTooLow),
        11: (changed(11, id_number=id_number(11, date(2010, 1, 1))), "id_number", TooYoung),
        12: (changed(12, id_number=id_number(12, date(1960, 1, 1))), "id_number", TooOld),
        13: (person(13), "id_number", OnceAYear),
        14: (changed(14, category="神仙"), "category", CategoryUnknown),
        15: (changed(15, id_number=person(0)[2]), "id_number", TwiceInList),
        16: (known, "id_number", AlreadyEnrolled),
        17: (person(17), "id_number", IdNumberElsewhere),
    }
    for n, (row, *_) in wrong.items():
        rows[n] = row
    # what is not wrong, however it is typed
    rows[20][1] = " 136 0000-0020 "
    rows[21][2] = "".join(chr(ord(c) + 0xFEE0) for c in rows[21][2])
    rows[22][3] = "初中毕业"
    rows[23][1] = 13600000023
    rows[24][2] = f"'{rows[24][2]}"
    rows[25][4] = ""
    return xlsx(rows), {n + 2: (column, refusal) for n, (_, column, refusal) in wrong.items()}


def test_seventeen_rows_are_wrong_in_seventeen_ways_each_with_row_column_and_a_sentence(
    session, app, big, three_hundred
):
    content, wrong = three_hundred

    checked = signups.judged(session, big, signups.read(content).lines, keys=KEYS, by=None, now=NOW)

    found = {row.line.number: row.faults for row in checked.wrong}
    assert {number: [(f.column, type(f.refusal)) for f in faults] for number, faults in found.items()} == {
        number: [told] for number, told in wrong.items()
    }
    assert len({refusal for _, refusal in wrong.values()}) == len(wrong) == 17
    assert len(checked.right) == 283
    with app.test_request_context():
        sentences = {errors.wording(fault.refusal)[1] for faults in found.values() for fault in faults}
    assert len(sentences) == 17
    assert all(words.endswith("。") for words in sentences)
    assert session.scalars(select(func.count(SignupList.id))).one() == 0


def test_283_are_imported_and_the_same_file_again_changes_nothing(session, big, three_hundred, clerk):
    content, _ = three_hundred
    before = session.scalars(select(func.count(Enrolment.id))).one()

    first = taken_in(session, big, content, by=clerk)
    after = _everything(session)
    again = taken_in(session, big, content, by=clerk, now=NOW + timedelta(hours=1))

    assert (first.rows, first.enrolled, first.known) == (300, 283, 0)
    assert again is first
    assert _everything(session) == after
    people = signups.people_of(session, first)
    assert [row.place for row in people] == list(range(2, 285))
    assert (len(people), after["enrolments"] - before) == (283, 283)
    assert Counter(row.state for row in people) == {"confirmed": 283}
    assert {(row.relation, row.agent_name, row.agent_phone) for row in people} == {
        ("coordinator", "郑满堂", "13900000000")
    }


def _everything(session) -> dict[str, int]:
    tables = (Enrolment, Ticket, Notice, Deed, Jobseeker, SignupList)
    return {table.__tablename__: session.scalars(select(func.count()).select_from(table)).one() for table in tables}


def test_all_or_nothing_takes_nobody_while_one_row_is_wrong(session, big, three_hundred):
    content, _ = three_hundred
    before = _everything(session)

    with pytest.raises(ListNotRight) as refused:
        taken_in(session, big, content, only_right=False)

    session.flush()
    assert refused.value.facts == {"wrong": 17}
    assert _everything(session) == before
    assert (big.taken, big.queued) == (1, 1)
