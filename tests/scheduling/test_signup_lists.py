"""Lists of people: three hundred of whom seventeen are wrong in seventeen ways; all, what is right, or nothing."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from portal import errors
from scheduling import enrolments, signups
from scheduling.models import ClassOrder, Deed, Enrolment, Jobseeker, Notice, SignupList, Ticket
from scheduling.refusals import (
    AlreadyEnrolled,
    CategoryUnknown,
    ClassNotOpen,
    CommitmentMissing,
    ConsentMissing,
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
    NotFound,
    OnceAYear,
    OrderUnknown,
    RowHidden,
    TooLongForCell,
    TooOld,
    TooYoung,
    TwiceInList,
)
from scheduling.signups import Line
from tests.factories import (
    KEYS,
    NOW,
    AccountFactory,
    ClassFactory,
    CourseFactory,
    OrderFactory,
    SessionFactory,
    id_number,
)
from tests.people_files import person, xlsx
from tests.scheduling.test_eligibility import going_by
from tests.scheduling.test_enrolments import sign_up

AGENT = {"agent_name": "郑满堂", "agent_phone": "13900000000", "consent": True, "commitment": True}


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


def taken_in(session, row, content: bytes | list[Line], *, by=None, now=NOW, only_right=True, **other) -> SignupList:
    lines = signups.read(content).lines if isinstance(content, bytes) else content
    return signups.take_in(
        session,
        row,
        lines,
        digest=signups.digest(content, KEYS),
        **{**AGENT, "only_right": only_right, **other},
        keys=KEYS,
        by=by,
        now=now,
    )


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


def test_who_is_on_the_list_already_is_left_as_she_is(session, big):
    sign_up(session, big, 1, name="李1", phone="13600000001", id_number=person(1)[2])

    row = taken_in(session, big, xlsx([person(1), person(2)]), only_right=False)

    assert (row.enrolled, row.known, big.taken) == (1, 1, 2)


def test_who_cancelled_is_not_put_back_by_the_same_file_but_by_a_new_one(session, big):
    content = xlsx([person(1)])
    taken_in(session, big, content)
    enrolments.cancel(session, session.scalars(select(Enrolment)).one(), by=None, now=NOW)

    taken_in(session, big, content)
    assert enrolments.roster(session, big) == []

    taken_in(session, big, xlsx([person(1), person(2)]))
    assert [row.jobseeker.name for row in enrolments.roster(session, big)] == ["李1", "李2"]


def test_seats_go_by_the_order_of_the_list_and_the_rest_wait(session, big):
    big.seats = 2

    row = taken_in(session, big, xlsx([person(n) for n in (5, 3, 4)]))

    assert [(one.jobseeker.name, one.state) for one in signups.people_of(session, row)] == [
        ("李5", "confirmed"),
        ("李3", "confirmed"),
        ("李4", "waitlisted"),
    ]


def test_each_person_gets_a_message_and_the_coordinator_one_for_all(session, big):
    big.seats = 2

    row = taken_in(session, big, xlsx([person(n) for n in (1, 2, 3)]))

    sent = Counter(session.scalars(select(Notice.phone)))
    assert sent == {"13600000001": 1, "13600000002": 1, "13600000003": 1, "13900000000": 1}
    told = session.scalars(select(Notice.text).where(Notice.once == f"list/{row.id}")).one()
    assert told.startswith("“焊工班”的名单办好了：录取2人，候补1人，原来就在的0人。")


@pytest.mark.parametrize(
    ("other", "refusal"),
    [
        ({"consent": False}, ConsentMissing),
        ({"commitment": False}, CommitmentMissing),
        ({"agent_name": " "}, NameMissing),
        ({"agent_phone": "1"}, NotAPhone),
    ],
)
def test_who_hands_it_in_is_named_and_has_their_consent(session, big, other, refusal):
    with pytest.raises(refusal):
        taken_in(session, big, xlsx([person(1)]), **other)
    assert session.scalars(select(Enrolment)).all() == []


def test_after_closing_only_the_desk_hands_in_a_list(session, big, clerk):
    late = big.enrol_until + timedelta(hours=1)

    with pytest.raises(ClassNotOpen):
        taken_in(session, big, xlsx([person(1)]), by=AccountFactory(), now=late)

    assert taken_in(session, big, xlsx([person(1)]), by=clerk, now=late).enrolled == 1


def test_a_hidden_row_is_asked_about_and_not_imported(session, big):
    content = xlsx([person(1), person(2)], hidden=[3])

    checked = signups.judged(session, big, signups.read(content).lines, keys=KEYS, by=None, now=NOW)

    assert [[type(fault.refusal) for fault in row.faults] for row in checked.rows] == [[], [RowHidden]]


def test_a_table_typed_on_the_page_has_the_same_rules(session, big):
    cells = dict(zip(("name", "phone", "id_number", "education"), person(1), strict=False))
    lines = [Line(1, cells), Line(2, {**cells, "phone": "12"})]

    checked = signups.judged(session, big, lines, keys=KEYS, by=None, now=NOW)
    row = taken_in(session, big, lines)

    assert [(f.column, type(f.refusal)) for r in checked.wrong for f in r.faults] == [("phone", NotAPhone)]
    assert (row.rows, row.enrolled) == (2, 1)
    assert taken_in(session, big, lines) is row


def test_every_cell_of_a_row_that_cannot_be_read_is_told_at_once(session, big):
    content = xlsx([["", "1", "2", "3", "4", "镇" * 61]])

    (row,) = signups.judged(session, big, signups.read(content).lines, keys=KEYS, by=None, now=NOW).rows

    assert [fault.column for fault in row.faults] == [
        "name",
        "phone",
        "id_number",
        "education",
        "category",
        "household",
    ]


def test_staff_may_name_an_order_of_the_class_and_a_coordinator_none(session, big, clerk):
    order = OrderFactory()
    session.add(ClassOrder(class_id=big.id, order_id=order.id))
    session.flush()
    heading = ["姓名", "手机号", "身份证号", "学历", "订单号"]
    content = xlsx([heading, [*person(1)[:4], str(order.no)], [*person(2)[:4], "999999"]], plain=True)

    def faults(by):
        rows = signups.judged(session, big, signups.read(content).lines, keys=KEYS, by=by, now=NOW).rows
        return [[type(fault.refusal) for fault in row.faults] for row in rows]

    assert (faults(clerk), faults(AccountFactory())) == ([[], [OrderUnknown]], [[OrderUnknown], [OrderUnknown]])
    row = taken_in(session, big, content, by=clerk)
    assert [one.order_id for one in signups.people_of(session, row)] == [order.id]


def test_a_list_is_seen_by_who_handed_it_in_and_by_staff(session, big, clerk):
    mine, other = AccountFactory(), AccountFactory()
    row = taken_in(session, big, xlsx([person(1)]), by=mine)

    assert signups.find(session, big, row.id, by=mine) is signups.find(session, big, row.id, by=clerk) is row
    assert [one for one, _ in signups.of_account(session, mine)] == [row]
    with pytest.raises(NotFound):
        signups.find(session, big, row.id, by=other)


def test_what_is_kept_of_a_list_tells_nobodys_number(session, big):
    content = xlsx([person(1)])
    row = taken_in(session, big, content)

    assert row.digest != signups.digest(xlsx([person(2)]), KEYS)
    deed = session.scalars(select(Deed).where(Deed.what == "list.imported")).one()
    assert deed.facts == {"rows": 1, "enrolled": 1, "known": 0}


@pytest.mark.parametrize("people", [1, 60])
def test_checking_sixty_asks_no_more_than_checking_one(session, big, queries, people):
    lines = signups.read(xlsx([person(n) for n in range(people)])).lines
    session.commit()
    session.refresh(big)

    with queries() as asked:
        checked = signups.judged(session, big, lines, keys=KEYS, by=None, now=NOW)

    assert len(checked.right) == people
    assert len(asked) <= 6
