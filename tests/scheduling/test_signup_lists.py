"""Lists of people: all, what is right, or nothing; the same again is the same."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import select

from scheduling import enrolments, signups
from scheduling.models import ClassOrder, Deed, Enrolment, Notice, SignupList
from scheduling.refusals import (
    ClassNotOpen,
    CommitmentMissing,
    ConsentMissing,
    NameMissing,
    NotAPhone,
    NotFound,
    NumberInHousehold,
    OrderUnknown,
    RowHidden,
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
)
from tests.people_files import person, xlsx
from tests.scheduling.test_enrolments import sign_up

AGENT = {"agent_name": "郑满堂", "agent_phone": "13900000000", "consent": True, "commitment": True}


@pytest.fixture
def big(session):
    """A class with room for three hundred, with one lesson; people from 18 to 59 with 初中."""
    course = CourseFactory(class_cap=400, max_age=59, education="junior")
    row = ClassFactory(seats=300, course=course, title="焊工班")
    SessionFactory(training_class=row, number=1)
    return row


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


def test_a_phone_beside_the_township_is_told_in_its_cell(session, big):
    content = xlsx([[*person(1)[:5], "柳河镇１３６１２３４９９９１"], [*person(2)[:5], "柳河镇12组"]])

    rows = signups.judged(session, big, signups.read(content).lines, keys=KEYS, by=None, now=NOW).rows

    faults = [[(fault.column, type(fault.refusal)) for fault in row.faults] for row in rows]
    assert faults == [[("household", NumberInHousehold)], []]


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
