"""The desk's queues: enterprises and adverts."""

import pytest
from sqlalchemy import select

from scheduling import vacancies
from scheduling.models import Enterprise, EnterpriseReview, Notice, Vacancy
from tests.factories import EnterpriseFactory, TownshipFactory, VacancyFactory, approve


def test_the_queue_shows_who_waits(desk):
    EnterpriseFactory(name="等审核有限公司")
    approve(EnterpriseFactory(name="通过了有限公司"))
    page = desk.get("/desk/enterprises/")

    assert ("等审核有限公司" in page.text, "通过了有限公司" in page.text) == (True, False)
    assert "通过了有限公司" in desk.get("/desk/enterprises/?state=approved").text
    assert "通过了有限公司" in desk.get("/desk/enterprises/?q=通过了").text


def test_the_desk_reads_the_full_phone_and_the_list_shows_none(desk):
    firm = EnterpriseFactory(contact_phone="13600000005")

    assert "13600000005" in desk.get(f"/desk/enterprises/{firm.id}").text
    assert "13600000005" not in desk.get("/desk/enterprises/").text


def test_a_verdict_is_a_post_and_is_told(desk, session, clerk):
    firm = EnterpriseFactory()
    page = desk.post(f"/desk/enterprises/{firm.id}/reviews", data={"verdict": "approved"})

    assert (page.status_code, page.location) == (303, "/desk/enterprises/")
    assert session.get(Enterprise, firm.id).state == "approved"
    assert session.scalars(select(EnterpriseReview.by_id)).one() == clerk.id
    assert len(session.scalars(select(Notice)).all()) == 1


def test_a_return_without_a_reason_is_refused_beside_the_field(desk, session):
    firm = EnterpriseFactory()
    page = desk.post(f"/desk/enterprises/{firm.id}/reviews", data={"verdict": "returned", "reason": " "})

    assert page.status_code == 422
    assert 'id="reason-error"' in page.text
    assert session.scalars(select(EnterpriseReview)).all() == []


@pytest.mark.parametrize("address", ["/desk/enterprises/{}/reviews", "/desk/vacancies/{}/reviews"])
def test_a_verdict_that_is_none_is_refused(desk, session, address):
    vacancy = VacancyFactory()
    place = address.format(vacancy.enterprise_id if "enterprises" in address else vacancy.no)

    assert desk.post(place, data={"verdict": "burned"}).status_code == 422
    assert session.get(Vacancy, vacancy.id).state == "submitted"


def test_what_the_lint_found_is_marked_where_it_stands(desk):
    vacancy = VacancyFactory(description="车工，限 男，要求18-45岁；<b>", justification="井下")
    page = desk.get(f"/desk/vacancies/{vacancy.no}")

    assert (
        '车工，<mark class="lint lint-block">限 男</mark>，要求<mark class="lint lint-hint">18-45岁</mark>；&lt;b&gt;'
        in page.text
    )
    assert "不得限定性别或性别优先" in page.text


def test_the_queue_of_adverts_says_which_need_a_second_look(desk):
    VacancyFactory(title="会计", age_note="35岁以下")
    VacancyFactory(title="焊工")
    page = desk.get("/desk/vacancies/")

    assert page.text.count("tag-wait") == 1
    assert "焊工" in page.text


def test_an_advert_is_approved_with_the_reason_for_letting_words_pass(desk, session):
    vacancy = VacancyFactory(enterprise=approve(EnterpriseFactory()), age_note="35岁以下", justification="重活")
    address = f"/desk/vacancies/{vacancy.no}/reviews"
    refused = desk.post(address, data={"verdict": "approved"})
    passed = desk.post(address, data={"verdict": "approved", "reason": "高处作业，理由成立"})

    assert (refused.status_code, passed.location) == (422, "/desk/vacancies/")
    assert "“35岁以下”要放行，请写明理由。" in refused.text
    assert session.get(Vacancy, vacancy.id).standing.override_reason == "高处作业，理由成立"


def test_an_advert_is_returned_with_a_reason(desk, session):
    vacancy = VacancyFactory()
    desk.post(f"/desk/vacancies/{vacancy.no}/reviews", data={"verdict": "returned", "reason": "写清地点"})

    assert session.get(Vacancy, vacancy.id).standing.reason == "写清地点"


def test_a_company_goes_first(desk):
    vacancy = VacancyFactory()
    page = desk.post(f"/desk/vacancies/{vacancy.no}/reviews", data={"verdict": "approved"})

    assert page.status_code == 409
    assert "单位资料还没审核通过" in page.text


def test_what_was_taken_down_can_be_read_and_not_reviewed(desk, session, now):
    vacancy = VacancyFactory()
    vacancies.close(session, vacancy, by=None, now=now)

    assert 'value="approved"' not in desk.get(f"/desk/vacancies/{vacancy.no}").text
    assert desk.post(f"/desk/vacancies/{vacancy.no}/reviews", data={"verdict": "approved"}).status_code == 409


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("address", ["/desk/enterprises/", "/desk/vacancies/"])
def test_queues_ask_no_more_for_more(desk, queries, rows, address):
    for _ in range(rows):
        VacancyFactory(enterprise=EnterpriseFactory(township=(there := TownshipFactory()), township_id=there.id))
    desk.get(address)
    with queries() as asked:
        page = desk.get(address)

    assert page.text.count('<th scope="row"') == rows
    assert len([words for words in asked if words.startswith("SELECT")]) <= 6
