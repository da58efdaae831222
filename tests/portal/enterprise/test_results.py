from datetime import timedelta

import pytest
from sqlalchemy import select

from scheduling import fairs, results
from scheduling.models import Booking, BoothReport
from tests.factories import NOW, BoothFactory, EnterpriseFactory, FairFactory, approve
from tests.scheduling.test_results import GOOD

SAID = {"intent_people": "3", "intent_times": "4", "hired_on_site": "1"}


@pytest.fixture
def booking(session, firm):
    """The firm's booth at a fair held yesterday."""
    fair = FairFactory(title="柳河镇赶集招聘会", starts_at=NOW - timedelta(days=1))
    told = {"fair_id": fair.id, "booth_id": BoothFactory(fair=fair).id, "enterprise_id": firm.id}
    row = Booking(**told, booked_at=NOW - timedelta(days=5))
    session.add(row)
    session.commit()
    return row


def path(booking) -> str:
    return f"/enterprise/bookings/{booking.id}/results"


def test_a_company_is_asked_on_its_first_page_and_says_what_came(company, session, booking):
    home = company.get("/enterprise/")
    asked = company.get(path(booking))
    answers = [company.post(path(booking), data=SAID) for _ in range(2)]

    assert ("招得怎么样？柳河镇赶集招聘会" in home.text, path(booking) in home.text) == (True, True)
    assert "一个人看中两个岗位，算2次。" in asked.text
    assert [answer.status_code for answer in answers] == [303, 303]
    row = session.scalars(select(BoothReport)).one()
    assert (row.intent_people, row.intent_times, row.hired_on_site) == (3, 4, 1)
    again = company.get("/enterprise/").text
    assert ("招得怎么样" in again, "意向3人4次，录用1人" in again) == (False, True)
    assert 'value="4"' in company.get(path(booking)).text


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"intent_times": "2"}, "意向人次不能少于意向人数"),
        ({"hired_on_site": "4"}, "录用人数不能多于意向人数"),
        ({"intent_people": ""}, "请填数字，没有填0。"),
        ({"intent_people": "-1"}, "请填0到1000000之间的整数。"),
        ({"intent_people": "三"}, "请填整数"),
    ],
)
def test_numbers_that_cannot_be_are_explained_and_kept(company, session, booking, told, words):
    page = company.post(path(booking), data=SAID | told)

    assert (page.status_code, words in page.text) == (422, True)
    assert session.scalars(select(BoothReport)).all() == []


def test_before_the_end_and_after_the_finish_it_is_not_asked(company, session, booking, firm):
    soon = FairFactory()
    told = {"fair_id": soon.id, "booth_id": BoothFactory(fair=soon).id, "enterprise_id": firm.id}
    early = Booking(**told, booked_at=NOW)
    session.add(early)
    session.flush()
    for name, value in GOOD.items():
        fairs.record_figure(session, booking.fair, name, value, "staff_counted", by=None, now=NOW)
    results.finish(session, booking.fair, by=None, now=NOW)

    assert "还没结束" in company.get(path(early)).text
    assert company.post(path(early), data=SAID).status_code == 409
    assert "已经办结" in company.get(path(booking)).text
    assert company.post(path(booking), data=SAID).status_code == 409


def test_another_companys_booth_is_not_found(company, session):
    fair = FairFactory(starts_at=NOW - timedelta(days=1))
    other = approve(EnterpriseFactory())
    told = {"fair_id": fair.id, "booth_id": BoothFactory(fair=fair).id, "enterprise_id": other.id}
    row = Booking(**told, booked_at=NOW)
    session.add(row)
    session.flush()

    assert company.get(path(row)).status_code == 404
    assert company.post(path(row), data=SAID).status_code == 404
