from datetime import timedelta

from sqlalchemy import select

from scheduling import notices, reservations, retention
from scheduling.models import Deed, Jobseeker, Notice
from tests.factories import COUNTY, NOW, FairFactory

HALF_A_YEAR_ON = NOW + timedelta(days=183)


def reserve(session, fair, name="王秀兰", phone="13600000001"):
    return reservations.reserve(
        session, fair, name=name, phone=phone, relation="child", agent_name="王小妹", agent_phone="13600000002",
        consent=True, by=None, now=NOW,
    )  # fmt: skip


def test_a_visitor_is_forgotten_half_a_year_after_her_last_fair(session):
    reservation = reserve(session, FairFactory())

    forgotten = retention.forget_visitors(session, COUNTY, now=HALF_A_YEAR_ON)

    session.expire_all()
    assert forgotten == 1
    assert reservation.jobseeker.name == "已清除"
    assert "136" not in reservation.jobseeker.phone
    assert (reservation.agent_name, reservation.agent_phone) == ("", "")
    assert session.scalars(select(Notice)).all() == []


def test_who_comes_again_is_remembered(session):
    reserve(session, FairFactory())
    reserve(session, FairFactory(starts_at=HALF_A_YEAR_ON))

    assert retention.forget_visitors(session, COUNTY, now=HALF_A_YEAR_ON) == 0
    assert session.scalars(select(Jobseeker.name)).all() == ["王秀兰"]


def test_nobody_is_forgotten_early_nor_twice(session):
    reserve(session, FairFactory())
    reserve(session, FairFactory(), name="李四")

    runs = [retention.forget_visitors(session, COUNTY, now=moment) for moment in (NOW, HALF_A_YEAR_ON, HALF_A_YEAR_ON)]

    assert runs == [0, 2, 0]
    assert session.scalars(select(Deed.facts).where(Deed.what == "retention.visitors")).all() == [{"people": 2}]


def test_a_message_younger_than_that_stays(session):
    notices.write(session, COUNTY, "13600000001", "明天8:30", about="fairs/1", once="n/1", now=NOW)
    session.flush()

    retention.forget_visitors(session, COUNTY, now=NOW + timedelta(days=1))

    assert len(session.scalars(select(Notice)).all()) == 1
