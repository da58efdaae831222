from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from scheduling import courses, enrolments, tickets
from scheduling.models import Deed, Enrolment, Jobseeker, Notice, Ticket
from scheduling.refusals import (
    AlreadyEnrolled,
    ClassNotOpen,
    ClassOver,
    CommitmentMissing,
    ConsentMissing,
    EducationTooLow,
    NameMissing,
    NotAnIdNumber,
    NotAPhone,
    NotFound,
    ReasonMissing,
    TooOld,
    TooYoung,
)
from tests.factories import COUNTY, KEYS, NOW, ClassFactory, CourseFactory, id_number
from tests.graduates import OVER

LATER = NOW + timedelta(hours=1)


def sign_up(session, training_class, n=1, *, now: datetime = NOW, by=None, **other) -> Enrolment:
    """The n-th person signs herself up."""
    answers = {
        "name": f"赵明{n}",
        "phone": f"136{n:08d}",
        "id_number": id_number(n),
        "education": "junior",
        "category": "rural",
        "relation": "self",
        "agent_name": "",
        "agent_phone": "",
        "consent": False,
        "commitment": True,
    }
    return enrolments.enrol(session, training_class, **{**answers, **other}, keys=KEYS, by=by, now=now)


def states(session, training_class) -> list[tuple[int, str]]:
    return [(row.place, row.state) for row in enrolments.of_class(session, training_class)]


def messages(session, enrolment) -> list[str]:
    rows = select(Notice.once).where(Notice.about == f"enrolments/{enrolment.id}").order_by(Notice.id)
    return [once.removeprefix(f"enrolment/{enrolment.id}/") for once in session.scalars(rows)]


def test_the_last_seat_goes_to_the_first_and_the_next_one_waits(session):
    training_class = ClassFactory(seats=1)

    first, second = sign_up(session, training_class, 1), sign_up(session, training_class, 2)

    assert [(row.place, row.state) for row in (first, second)] == [(1, "confirmed"), (2, "waitlisted")]
    assert (training_class.taken, training_class.queued) == (1, 2)
    assert [messages(session, row) for row in (first, second)] == [["confirmed"], ["waiting"]]


def test_who_signs_up_gets_a_ticket_and_its_number_in_the_message(session):
    enrolment = sign_up(session, ClassFactory(title="焊工班"))

    ticket = tickets.standing(session, enrolment)
    text = session.scalars(select(Notice.text)).one()

    assert f"已报上“焊工班”，12月7日开班，地点县技工学校。报名号{ticket.code}" in text


def test_asking_again_gives_the_same_enrolment_and_changes_nothing(session):
    training_class = ClassFactory()

    first, again = sign_up(session, training_class), sign_up(session, training_class, now=LATER)

    assert again is first
    assert (training_class.taken, training_class.queued) == (1, 1)
    assert len(session.scalars(select(Notice)).all()) == len(session.scalars(select(Ticket)).all()) == 1


def test_asking_again_after_closing_still_gives_the_same_answer(session):
    training_class = ClassFactory()

    first = sign_up(session, training_class)

    assert sign_up(session, training_class, now=training_class.enrol_until + timedelta(days=1)) is first


@pytest.mark.parametrize("other", [{"name": "钱二"}, {"phone": "13699999999"}])
def test_the_same_id_number_with_another_name_or_phone_is_refused(session, other):
    training_class = ClassFactory()
    sign_up(session, training_class)

    with pytest.raises(AlreadyEnrolled):
        sign_up(session, training_class, **other)

    assert training_class.taken == 1


def test_a_family_may_share_one_phone(session):
    training_class = ClassFactory()

    mother = sign_up(session, training_class, 1, phone="13600000000")
    daughter = sign_up(session, training_class, 2, phone="13600000000")

    assert [mother.state, daughter.state] == ["confirmed", "confirmed"]
    assert len(session.scalars(select(Jobseeker)).all()) == 2


def test_the_id_number_is_sealed_and_never_in_clear(session, keys):
    enrolment = sign_up(session, ClassFactory())

    assert id_number(1).encode() not in enrolment.id_sealed
    assert (enrolment.id_last4, enrolment.id_blind) == (id_number(1)[-4:], keys.blind(id_number(1), "id number"))
    assert keys.unseal(enrolment.id_sealed, "id number") == id_number(1)


@pytest.mark.parametrize(
    ("answers", "refusal"),
    [
        ({"name": " "}, NameMissing),
        ({"phone": "12345"}, NotAPhone),
        ({"id_number": "990101199001010010"}, NotAnIdNumber),
        ({"commitment": False}, CommitmentMissing),
        ({"relation": "child"}, ConsentMissing),
        ({"relation": "child", "consent": True}, NameMissing),
        ({"relation": "child", "consent": True, "agent_name": "赵小"}, NotAPhone),
        ({"education": "primary"}, EducationTooLow),
        ({"education": "unsure"}, EducationTooLow),
        ({"id_number": id_number(1, date(2008, 12, 8))}, TooYoung),
        ({"id_number": id_number(1, date(1960, 1, 1))}, TooOld),
    ],
)
def test_what_the_rules_forbid_leaves_nothing_behind(session, answers, refusal):
    training_class = ClassFactory(course=CourseFactory(max_age=59))

    with pytest.raises(refusal):
        sign_up(session, training_class, **answers)

    assert (training_class.taken, training_class.queued) == (0, 0)
    assert session.scalars(select(Enrolment)).all() == []


def test_who_turns_eighteen_on_the_first_day_may_come(session):
    enrolment = sign_up(session, ClassFactory(), id_number=id_number(1, date(2008, 12, 7)))

    assert enrolment.state == "confirmed"


def test_not_knowing_ones_schooling_is_no_matter_where_none_is_asked(session):
    training_class = ClassFactory(course=CourseFactory(education="any"))

    assert sign_up(session, training_class, education="unsure", category="unsure").state == "confirmed"


def test_nobody_signs_up_for_a_draft_or_a_class_called_off(session, clerk):
    draft, off = ClassFactory(draft=True), ClassFactory()
    courses.call_off(session, off, reason="机器检修", by=clerk, now=NOW)

    for training_class in (draft, off):
        with pytest.raises(ClassNotOpen):
            sign_up(session, training_class)


def test_after_closing_only_the_desk_signs_up(session, clerk):
    training_class = ClassFactory(enrol_until=NOW - timedelta(minutes=1))

    with pytest.raises(ClassNotOpen):
        sign_up(session, training_class, 1)
    with pytest.raises(ClassNotOpen):
        sign_up(session, training_class, 2, at_desk=True)

    assert sign_up(session, training_class, 3, by=clerk, at_desk=True).state == "confirmed"


def test_not_even_the_desk_signs_up_somebody_once_the_class_is_over(session, clerk):
    training_class = ClassFactory()
    late = {"by": clerk, "at_desk": True}
    last_day = OVER - timedelta(days=3)

    assert sign_up(session, training_class, 1, now=last_day, **late).state == "confirmed"
    with pytest.raises(ClassOver):
        sign_up(session, training_class, 2, now=last_day + timedelta(days=1), **late)


def test_who_signs_up_another_is_told_as_well(session):
    enrolment = sign_up(
        session, ClassFactory(), relation="child", agent_name="赵小", agent_phone="13700000000", consent=True
    )
    enrolments.cancel(session, enrolment, by=None, now=NOW)

    assert messages(session, enrolment) == ["confirmed", "confirmed/agent", "cancelled", "cancelled/agent"]
    assert session.scalars(select(Notice.phone).where(Notice.once.endswith("/agent")).distinct()).all() == [
        "13700000000"
    ]


def test_an_id_number_is_told_for_a_reason_and_leaves_a_deed(session, clerk):
    enrolment = sign_up(session, ClassFactory())

    with pytest.raises(ReasonMissing):
        enrolments.reveal_id(session, enrolment, reason=" ", keys=KEYS, by=clerk, now=NOW)
    told = enrolments.reveal_id(session, enrolment, reason="exam", keys=KEYS, by=clerk, now=NOW)

    deed = session.scalars(select(Deed).where(Deed.what == "enrolment.id_revealed")).one()
    assert (told, deed.by_id, deed.facts) == (id_number(1), clerk.id, {"reason": "exam"})


def test_the_roster_leaves_out_who_waits_and_who_cancelled(session):
    training_class = ClassFactory(seats=2)
    first, second, third = (sign_up(session, training_class, n) for n in (1, 2, 3))
    enrolments.cancel(session, third, by=None, now=NOW)
    fourth = sign_up(session, training_class, 4)

    assert enrolments.roster(session, training_class) == [first, second]
    assert enrolments.waiting(session, training_class) == [fourth]


def test_an_enrolment_is_found_in_its_own_class_only(session):
    enrolment, other = sign_up(session, ClassFactory()), ClassFactory()

    with pytest.raises(NotFound):
        enrolments.find(session, other, enrolment.id)

    assert enrolment.training_class.county == COUNTY
