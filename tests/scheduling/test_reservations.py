from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from portal.database import db, writing
from scheduling import jobseekers, reservations, tickets
from scheduling.models import Deed, Fair, FairCallingOff, Jobseeker, Notice, Reservation, Ticket
from scheduling.refusals import ConsentMissing, FairFull, FairNotOpen, NameMissing, NotAPhone
from tests.factories import COUNTY, NOW, FairFactory

WANG = {"name": "王秀兰", "phone": "13600000001"}
BY_CHILD = {"relation": "child", "agent_name": "王小明", "agent_phone": "13600000002"}


def reserve(session, fair, **more) -> Reservation:
    return reservations.reserve(session, fair, **{**WANG, **more}, by=None, now=NOW)


def test_a_name_and_a_phone_are_one_person_and_a_phone_may_serve_many(session):
    people = [
        jobseekers.known(session, COUNTY, name=name, phone=phone, now=NOW)
        for name, phone in (("王秀兰", "13600000001"), (" 王秀兰 ", "136 0000 0001"), ("王小明", "13600000001"))
    ]

    assert people[0] is people[1]
    assert session.scalar(select(func.count()).select_from(Jobseeker)) == 2
    assert session.scalars(select(Deed.what)).all() == ["jobseeker.known"] * 2


def test_a_reservation_takes_a_place_and_gives_a_ticket_and_a_notice(session):
    fair = FairFactory(capacity=10, title="柳河镇赶集招聘", place="柳河镇集市入口")

    reservation = reserve(session, fair)

    ticket = tickets.standing(session, reservation)
    notice = session.scalars(select(Notice)).one()
    assert fair.taken == 1
    assert (notice.phone, notice.text) == (
        "13600000001",
        f"已预约“柳河镇赶集招聘”：11月25日8:30，柳河镇集市入口。报名号{ticket.code}，来时说这个号或出示入场码。【送岗】",
    )


def test_the_same_person_again_gets_the_same_reservation(session):
    fair = FairFactory(capacity=1)

    first, again = reserve(session, fair), reserve(session, fair, name="王秀兰 ")

    assert first is again
    assert fair.taken == 1
    assert [session.scalar(select(func.count()).select_from(row)) for row in (Reservation, Ticket, Notice)] == [1, 1, 1]


def test_the_last_place_is_the_last(session):
    fair = FairFactory(capacity=1)
    reserve(session, fair)

    with pytest.raises(FairFull):
        reserve(session, fair, name="李四")

    assert fair.taken == 1


def test_a_fair_without_a_number_of_places_has_room_for_everybody(session):
    fair = FairFactory(capacity=None)

    for name in ("王秀兰", "李四", "赵明田"):
        reserve(session, fair, name=name)

    assert fair.taken == 3


@pytest.mark.parametrize("why", ["draft", "over", "called off"])
def test_a_fair_that_is_not_open_takes_no_reservation(session, why):
    fair = FairFactory(draft=why == "draft", starts_at=NOW - timedelta(days=1 if why == "over" else -1))
    if why == "called off":
        session.add(FairCallingOff(fair_id=fair.id, reason="下雨", at=NOW))
        session.flush()

    with pytest.raises(FairNotOpen):
        reserve(session, fair)


def test_somebody_else_signs_up_with_consent_and_is_told_too(session):
    fair = FairFactory()

    reservation = reserve(session, fair, **BY_CHILD, consent=True)

    told = session.execute(select(Notice.phone, Notice.text).order_by(Notice.phone)).all()
    assert (reservation.relation, reservation.agent_phone) == ("child", "13600000002")
    assert [phone for phone, _ in told] == ["13600000001", "13600000002"]
    assert told[1].text == f"您代王*兰办理：{told[0].text}"


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({**BY_CHILD}, ConsentMissing),
        ({**BY_CHILD, "consent": True, "agent_name": " "}, NameMissing),
        ({**BY_CHILD, "consent": True, "agent_phone": "123"}, NotAPhone),
        ({"name": ""}, NameMissing),
        ({"phone": "12345"}, NotAPhone),
    ],
)
def test_what_is_missing_is_refused_by_name(session, said, refusal):
    fair = FairFactory()

    with pytest.raises(refusal):
        reserve(session, fair, **said)

    assert session.scalars(select(Reservation)).all() == []


def test_cancelling_frees_the_place_and_revokes_the_ticket_once(session):
    fair = FairFactory(capacity=1)
    reservation = reserve(session, fair)
    ticket = tickets.standing(session, reservation)

    reservations.cancel(session, reservation, by=None, now=NOW)
    reservations.cancel(session, reservation, by=None, now=NOW)

    assert (fair.taken, ticket.revoked_why) == (0, "cancelled")
    assert session.scalar(select(func.count()).where(Deed.what == "reservation.cancelled")) == 1
    assert reservations.of_fair(session, fair) == []


def test_whoever_cancelled_may_come_back(session):
    fair = FairFactory(capacity=1)
    first = reserve(session, fair)
    reservations.cancel(session, first, by=None, now=NOW)

    again = reserve(session, fair)

    assert again.id != first.id
    assert reservations.of_fair(session, fair) == [again]


def test_many_at_once_take_exactly_the_places_there_are(app, session):
    fair_id = FairFactory(capacity=5).id
    session.commit()

    def one(n: int) -> str:
        with app.app_context():
            try:
                with writing() as mine:
                    reserve(mine, mine.get_one(Fair, fair_id), name=f"王{n % 12}")
            except FairFull:
                return "full"
            finally:
                db.session.remove()
            return "reserved"

    with ThreadPoolExecutor(8) as people:
        answers = list(people.map(one, range(24)))  # everybody taps twice

    session.rollback()
    assert session.get_one(Fair, fair_id).taken == 5
    assert session.scalar(select(func.count()).select_from(Reservation)) == 5
    assert answers.count("reserved") == 10
