from datetime import timedelta

import pytest
from sqlalchemy import select

from scheduling import (
    attendance,
    booths,
    checkins,
    fairs,
    livestreams,
    notices,
    plans,
    reservations,
    retention,
    tickets,
)
from scheduling.models import Deed, FairFile, Jobseeker, Notice, Scan
from scheduling.planning.airtime.problem import Host, Problem, Show
from scheduling.refusals import NotFound
from tests.factories import COUNTY, KEYS, NOW, BoothFactory, EnterpriseFactory, FairFactory, approve
from tests.scheduling.test_fair_papers import PDF
from tests.scheduling.test_live_stats import JPEG, png
from tests.shows import arranged

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


def test_who_came_for_an_enterprise_and_what_was_read_is_forgotten_and_attendance_stays(session):
    fair = FairFactory(starts_at=NOW + timedelta(hours=1))
    booking = booths.book(session, BoothFactory(fair=fair), approve(EnterpriseFactory()), by=None, now=NOW)
    booths.name_attendees(session, booking, attendees="钱经理", phone="13600000003", by=None, now=NOW)
    code = tickets.standing(session, reserve(session, fair)).code
    said = {"county": COUNTY, "fair": fair, "way": "typed", "by": None, "now": NOW, "keys": KEYS}
    scan = checkins.record(session, id="scan-0001", read=code, **said)
    checkins.record(session, id="scan-0002", read="13600000009", **said)
    before = attendance.of_fair(session, fair)

    retention.forget_visitors(session, COUNTY, now=HALF_A_YEAR_ON)

    session.expire_all()
    assert (booking.attendees, booking.attendee_phone) == ("", "")
    assert session.scalars(select(Scan.read)).all() == ["", ""]
    assert attendance.of_fair(session, fair) == before
    assert attendance.verdict_of(session, scan).kind == "counted"
    assert checkins.record(session, id="scan-0001", read=code, **said) is scan


def test_who_spoke_in_a_livestream_is_forgotten_with_the_plans_of_it(session):
    shows = [FairFactory(kind="livestream", starts_at=at) for at in (NOW + timedelta(days=1), HALF_A_YEAR_ON)]
    firm = approve(EnterpriseFactory())
    asked = [livestreams.want(session, fair, firm, speaker="钱经理", by=None, now=NOW) for fair in shows]
    for fair in shows:
        slot = livestreams.Slot("a", "company", "穗香食品", fair.starts_at, 10, speaker="钱经理")
        livestreams.arrange(session, fair, [slot], by=None, now=NOW)
        told = {"kind": "airtime", "title": "流程", "about": fair, "by": None, "now": NOW}
        plan = plans.open_plan(session, COUNTY, problem=Problem(Show(60, (Host("host", "主播"),)), ()), **told)
        plans.ask(session, plan, seconds=5, by=None, now=NOW)

    retention.forget_visitors(session, COUNTY, now=HALF_A_YEAR_ON)

    session.expire_all()
    assert [row.speaker for row in asked] == ["", "钱经理"]
    assert [livestreams.of_show(session, fair)[0].speaker for fair in shows] == ["", "钱经理"]
    assert [len(plans.about(session, fair, "airtime")) for fair in shows] == [0, 1]


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


# Pictures and papers


def test_photos_and_screenshots_go_with_the_visitors_and_the_plan_stays_three_years(session, now):
    fair = FairFactory(starts_at=now - timedelta(days=1))
    fairs.add_photo(session, fair, JPEG, caption="焊工展位前", by=None, now=now)
    plan = fairs.attach_plan(session, fair, PDF, by=None, now=now)
    show = arranged(session, starts_at=now - timedelta(days=1))
    stats = livestreams.note_stats(session, show.fair, {"views": 9}, picture=png(), by=None, now=now)

    retention.forget_visitors(session, COUNTY, now=now + timedelta(days=178))
    assert (len(fairs.photos(session, fair)), livestreams.has_picture(session, stats) is None) == (1, False)

    for _ in range(2):
        retention.forget_visitors(session, COUNTY, now=now + timedelta(days=181))
    session.expire_all()
    assert (fairs.photos(session, fair), livestreams.has_picture(session, stats)) == ([], None)
    assert fairs.file_of(session, fair, plan.id).content == PDF
    assert livestreams.stats_of(session, show.fair).views == 9

    retention.forget_visitors(session, COUNTY, now=now + timedelta(days=3 * 365))
    session.expire_all()
    assert fairs.file_of(session, fair, plan.id).content == PDF

    retention.forget_visitors(session, COUNTY, now=now + timedelta(days=3 * 366 + 2))
    session.expire_all()
    with pytest.raises(NotFound):
        fairs.file_of(session, fair, plan.id)
    assert len(session.scalars(select(FairFile)).all()) == 2  # that there were some stays known


def test_pictures_of_a_fair_still_ahead_or_lately_held_are_left_alone(session, now):
    fair = FairFactory(starts_at=now - timedelta(days=170))
    fairs.add_photo(session, fair, JPEG, by=None, now=now)

    retention.forget_visitors(session, COUNTY, now=now)
    session.expire_all()

    assert len(fairs.photos(session, fair)) == 1
