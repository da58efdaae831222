"""Leads: a name, a phone, a job number of a show."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from scheduling import livestreams, retention
from scheduling.models import Deed, FairCallingOff, Jobseeker, LiveLead, Notice
from scheduling.refusals import ConsentMissing, LeadsClosed, NameMissing, NoSuchJobNo, NotAPhone, NotFound
from tests.factories import COUNTY, AccountFactory, FairFactory
from tests.shows import arranged

HALF_A_YEAR = timedelta(days=183)


@pytest.fixture
def show(session):
    return arranged(session)


def leave(session, show, now, **told):
    said = {"name": "李秀英", "phone": "136 0000 0001", "job_no": 3, "consent": True, **told}
    return livestreams.leave(session, show.fair, **said, by=None, now=now)


def test_a_lead_goes_to_the_enterprise_of_the_job(session, show, now):
    lead = leave(session, show, now)

    assert (lead.jobseeker.name, lead.jobseeker.phone, lead.job_no) == ("李秀英", "13600000001", 3)
    assert (lead.channel, lead.relation, lead.left_at, lead.by_id) == ("scan", "self", now, None)
    assert livestreams.leads_of(session, show.fair, of=show.firms[1]) == [lead]
    assert livestreams.leads_of(session, show.fair, of=show.firms[0]) == []
    facts = session.scalars(select(Deed.facts).where(Deed.what == "lead.left")).all()
    assert facts == [{"job_no": 3, "channel": "scan", "relation": "self"}]


def test_the_same_person_and_job_again_is_the_first_lead_whatever_the_channel(session, show, now):
    first = leave(session, show, now)
    again = leave(session, show, now + timedelta(hours=1), channel="comment", name=" 李秀英", phone="+8613600000001")
    other = leave(session, show, now, job_no=4)

    assert again is first
    assert (first.channel, other.id != first.id) == ("scan", True)
    assert len(session.scalars(select(LiveLead)).all()) == 2
    assert len(session.scalars(select(Jobseeker)).all()) == 1


def test_a_relative_says_so_and_staff_are_named(session, show, now):
    clerk = AccountFactory()
    lead = livestreams.leave(
        session, show.fair, name="李秀英", phone="13600000001", job_no=1, channel="phone", relation="child",
        consent=True, at_desk=True, by=clerk, now=now,
    )  # fmt: skip

    assert (lead.channel, lead.relation, lead.by_id) == ("phone", "child", clerk.id)


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"consent": False}, ConsentMissing),
        ({"name": "  "}, NameMissing),
        ({"phone": "1360000"}, NotAPhone),
        ({"job_no": 9}, NoSuchJobNo),
    ],
)
def test_what_is_wrong_is_refused_and_nobody_is_written_down(session, show, now, told, refusal):
    with pytest.raises(refusal):
        leave(session, show, now, **told)

    assert session.scalars(select(Jobseeker)).all() == []


def test_leads_are_taken_from_the_announcement_until_a_week_after(session, show, now):
    last = show.fair.ends_at + timedelta(days=7)
    leave(session, show, now)
    leave(session, show, last - timedelta(minutes=1), job_no=1)

    with pytest.raises(LeadsClosed):
        leave(session, show, last, job_no=2)
    clerk = AccountFactory()
    kept = livestreams.leave(
        session, show.fair, name="王五", phone="13600000005", job_no=2, consent=True, at_desk=True, by=clerk, now=last
    )
    assert kept.job_no == 2


def test_a_draft_and_a_show_that_is_off_take_none(session, show, now):
    session.add(FairCallingOff(fair_id=show.fair.id, reason="停电", at=now))
    session.flush()
    session.expire(show.fair)

    with pytest.raises(LeadsClosed):
        leave(session, show, now)
    assert not livestreams.takes_leads(FairFactory(kind="livestream", draft=True), now=now)


def test_they_are_counted_by_channel(session, show, now):
    for number, channel in enumerate(("scan", "comment", "comment"), 1):
        leave(session, show, now, phone=f"1360000000{number}", channel=channel)

    assert livestreams.channels(session, show.fair) == {"scan": 1, "comment": 2}
    assert livestreams.channels(session, show.fair, of=show.firms[0]) == {}


def test_who_sees_a_whole_phone_is_written_down_without_it(session, show, now):
    lead, clerk = leave(session, show, now), AccountFactory()

    assert livestreams.reveal(session, lead, by=clerk, now=now) == "13600000001"
    session.flush()
    deed = session.scalars(select(Deed).where(Deed.what == "lead.phone_revealed")).one()
    assert (deed.about, deed.by_id, deed.facts) == (f"live_leads/{lead.id}", clerk.id, {"job_no": 3})


def test_a_lead_of_another_show_is_not_found(session, show, now):
    lead = leave(session, show, now)

    with pytest.raises(NotFound):
        livestreams.find_lead(session, FairFactory(kind="livestream"), lead.id)


def test_viewers_are_forgotten_half_a_year_after_they_asked_last_and_stay_counted(session, show, now):
    lead = leave(session, show, now)
    leave(session, show, now + timedelta(days=5), name="王五", phone="13600000005")

    assert retention.forget_visitors(session, COUNTY, now=now + HALF_A_YEAR) == 1
    session.expire_all()
    assert lead.jobseeker.name == "已清除"
    assert "1360000" not in lead.jobseeker.phone  # "136" alone comes by chance among the letters that stand there now
    assert livestreams.channels(session, show.fair) == {"scan": 2}
    assert retention.forget_visitors(session, COUNTY, now=now + HALF_A_YEAR + timedelta(days=6)) == 1


def test_she_is_told_once_that_it_arrived_and_who_will_ring(session, show, now):
    for name in ("李秀英", "李秀英", "李小妹"):  # her sister leaves the same phone for the same job
        leave(session, show, now, name=name)
    leave(session, show, now, job_no=4)

    told = session.scalars(select(Notice).order_by(Notice.once)).all()
    assert [(row.phone, "3号岗位" in row.text, "4号岗位" in row.text) for row in told] == [
        ("13600000001", True, False),
        ("13600000001", False, True),
    ]
    assert all(show.firms[1].name in row.text and "李" not in row.text for row in told)


def test_without_her_consent_nobody_is_told_anything(session, show, now):
    with pytest.raises(ConsentMissing):
        leave(session, show, now, consent=False)

    assert session.scalars(select(Notice)).all() == []
