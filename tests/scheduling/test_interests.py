"""A phone left for a vacancy: once, by consent, for the company that asked, and forgotten in time."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from scheduling import retention, vacancies
from scheduling.models import Deed, Jobseeker, Notice, VacancyInterest
from scheduling.refusals import ConsentMissing, NameMissing, NotAPhone, NotFound
from tests.factories import COUNTY, EnterpriseFactory, VacancyFactory, approve

WHO = {"name": "李秀英", "phone": "16000000001", "consent": True}


@pytest.fixture
def vacancy():
    return approve(VacancyFactory(enterprise=approve(EnterpriseFactory(contact_phone="16000000099"))))


def leave(session, vacancy, now, **more):
    return vacancies.leave(session, vacancy, **{**WHO, **more}, by=None, now=now)


def test_the_double_tap_leaves_one_and_the_company_is_told_once_a_day_without_a_name(session, vacancy, now):
    first = leave(session, vacancy, now)
    again = leave(session, vacancy, now + timedelta(seconds=1), phone="+86 160 0000 0001")
    leave(session, vacancy, now, name="王小妹", relation="child")
    leave(session, vacancy, now + timedelta(days=1), name="赵明田")

    assert again == first
    assert len(session.scalars(select(VacancyInterest)).all()) == 3
    texts = session.scalars(select(Notice.text).where(Notice.phone == "16000000099")).all()
    assert len(texts) == 2
    assert not [text for text in texts if "李秀英" in text or "16000000001" in text]
    assert {
        deed.facts.get("relation") for deed in session.scalars(select(Deed).where(Deed.what == "interest.left"))
    } == {
        "self",
        "child",
    }


@pytest.mark.parametrize(
    ("more", "refusal"),
    [({"consent": False}, ConsentMissing), ({"name": " "}, NameMissing), ({"phone": "12345"}, NotAPhone)],
)
def test_without_consent_name_or_phone_nothing_is_left(session, vacancy, now, more, refusal):
    with pytest.raises(refusal):
        leave(session, vacancy, now, **more)

    assert session.scalars(select(VacancyInterest)).all() == []


def test_what_the_public_may_not_see_takes_none_and_one_whose_change_waits_does(session, vacancy, now):
    vacancies.revise(session, vacancy, headcount=9, by=None, now=now)
    leave(session, vacancy, now)

    for hidden in (
        VacancyFactory(),
        approve(VacancyFactory()),
        VacancyFactory(enterprise=approve(EnterpriseFactory())),
    ):
        with pytest.raises(NotFound):
            leave(session, hidden, now)


def test_a_company_sees_its_own_for_half_a_year_and_the_desk_counts_all(session, vacancy, now):
    other = approve(VacancyFactory(enterprise=approve(EnterpriseFactory())))
    old = leave(session, vacancy, now - timedelta(days=181), name="周桂兰")
    mine, theirs = leave(session, vacancy, now), leave(session, other, now, name="孙二")

    assert vacancies.interests_of(session, vacancy.enterprise, now=now) == [mine]
    assert vacancies.interests_of(session, other.enterprise, now=now) == [theirs]
    assert set(vacancies.interests(session, COUNTY)) == {old, mine, theirs}
    assert vacancies.count_interests(session, COUNTY) == 3
    assert vacancies.count_interests(session, COUNTY, of=vacancy.enterprise, since=now - vacancies.KEPT) == 1
    assert vacancies.count_interests(session, COUNTY, about=vacancy) == 2
    assert vacancies.wanted_most(session, COUNTY) == [(vacancy, 2), (other, 1)]
    assert vacancies.interests_of(session, vacancy.enterprise, now=now, most=1, skip=1) == []


def test_a_revealed_phone_is_a_deed(session, vacancy, clerk, now):
    interest = leave(session, vacancy, now)

    assert vacancies.reveal_phone(session, interest, by=clerk, now=now) == "16000000001"
    deed = session.scalars(select(Deed).where(Deed.what == "interest.phone_revealed")).one()
    assert (deed.by_id, deed.about) == (clerk.id, f"vacancy_interests/{interest.id}")
    assert "160" not in str(deed.facts)


def test_who_left_a_phone_is_forgotten_half_a_year_later_and_still_counted(session, vacancy, now):
    leave(session, vacancy, now)
    half_a_year_on = now + timedelta(days=183)
    assert retention.forget_visitors(session, COUNTY, now=now + timedelta(days=100)) == 0

    assert retention.forget_visitors(session, COUNTY, now=half_a_year_on) == 1
    session.expire_all()
    assert session.scalars(select(Jobseeker.name)).all() == ["已清除"]
    assert vacancies.count_interests(session, COUNTY) == 1


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_ask_once(session, queries, vacancy, now, rows):
    for n in range(rows):
        leave(session, vacancy, now, name=f"赵{n}")
    session.expunge_all()

    with queries() as asked:
        seen = [(row.jobseeker.name, row.vacancy.enterprise.name) for row in vacancies.interests(session, COUNTY)]

    assert (len(asked), len(seen)) == (1, rows)
