from urllib.parse import unquote

import pytest

from scheduling import booths
from scheduling.models import FairCallingOff
from tests.factories import NOW, FairFactory


@pytest.fixture
def fair(session):
    made = FairFactory(slug="liuhe", title="柳河镇赶集招聘会")
    booths.lay_out(session, made, count=6, by=None, now=NOW)
    return made


@pytest.fixture
def booking(session, fair, firm):
    return booths.book(session, booths.find(session, fair, 3), firm, by=None, now=NOW)


@pytest.fixture
def confirmed(session, booking):
    booths.name_attendees(session, booking, attendees="钱经理", phone="13600000003", by=None, now=NOW)
    return booking


def test_a_company_prints_its_poster_its_job_sheet_and_its_pass(company, confirmed):
    page = company.get(f"/enterprise/bookings/{confirmed.id}").text
    for what, noun in (("poster", "海报"), ("sheet", "岗位单"), ("pass", "展位证")):
        address = f"/enterprise/bookings/{confirmed.id}/{what}.pdf"
        answer = company.get(address)

        assert address in page
        assert (answer.status_code, answer.mimetype) == (200, "application/pdf")
        assert unquote(answer.headers["Content-Disposition"]).endswith(
            f"柳河镇赶集招聘会 3号展位 青禾县穗香食品有限公司 {noun}.pdf"
        )


def test_without_attendees_there_is_no_pass_yet(company, booking):
    answer = company.get(f"/enterprise/bookings/{booking.id}/pass.pdf", follow_redirects=True)

    assert answer.request.path == f"/enterprise/bookings/{booking.id}"
    assert "写明谁来参加，才有展位证。" in answer.text
    assert company.get(f"/enterprise/bookings/{booking.id}/poster.pdf").mimetype == "application/pdf"


def test_what_is_cancelled_or_called_off_is_not_printed(company, session, fair, confirmed, now):
    session.add(FairCallingOff(fair_id=fair.id, reason="下大雨", at=now))
    session.flush()

    answer = company.get(f"/enterprise/bookings/{confirmed.id}/poster.pdf", follow_redirects=True)
    assert "这个展位已经取消，不打印了。" in answer.text


def test_another_company_does_not_find_it(stranger, confirmed):
    assert stranger.get(f"/enterprise/bookings/{confirmed.id}/poster.pdf").status_code == 404


def test_there_are_no_other_papers(company, confirmed):
    assert company.get(f"/enterprise/bookings/{confirmed.id}/money.pdf").status_code == 404
