"""A company copies a vacancy, changes one the public sees, brings it to fairs, and rings up who asked."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from scheduling import booths, vacancies
from scheduling.models import Vacancy
from tests.factories import BoothFactory, EnterpriseFactory, FairFactory, VacancyFactory, approve
from tests.forms import typed


@pytest.fixture
def vacancy(firm):
    return approve(VacancyFactory(enterprise=firm, title="缝纫工", trade="缝纫", commute=True, justification="夜班"))


@pytest.fixture
def fair(firm, session, now):
    """A coming fair where the firm has a booth."""
    fair = FairFactory(slug="liuhe", title="柳河镇赶集招聘会", starts_at=now + timedelta(hours=2))
    booths.book(session, BoothFactory(fair=fair, number=7), firm, by=None, now=now)
    return fair


def test_a_copy_begins_with_what_the_other_says(company, vacancy, session):
    assert (
        f'href="/enterprise/vacancies/new?from={vacancy.no}"' in company.get(f"/enterprise/vacancies/{vacancy.no}").text
    )
    page = company.get(f"/enterprise/vacancies/new?from={vacancy.no}")
    sent = company.post(f"/enterprise/vacancies/new?from={vacancy.no}", data=typed(page, title="平车工"))

    assert f"照岗位号 {vacancy.no} 抄来的" in page.text
    made = session.scalars(select(Vacancy).where(Vacancy.id != vacancy.id)).one()
    assert (sent.status_code, made.title, made.trade, made.commute) == (303, "平车工", "缝纫", True)
    assert (made.no != vacancy.no, made.justification) == (True, "")


def test_nobody_copies_another_company_s(stranger, vacancy):
    assert stranger.get(f"/enterprise/vacancies/new?from={vacancy.no}").status_code == 404


def test_one_taken_down_can_be_copied(company, vacancy, session, now):
    vacancies.close(session, vacancy, by=None, now=now)

    assert f"new?from={vacancy.no}" in company.get(f"/enterprise/vacancies/{vacancy.no}").text


def test_a_change_waits_beside_what_the_public_sees(company, phone, vacancy):
    edit = f"/enterprise/vacancies/{vacancy.no}/edit"
    sent = company.post(edit, data=typed(company.get(edit), headcount="9", commute=None))
    page = company.get(sent.location).text

    assert "公开的先还是原来的内容" in page
    assert ('<del class="was">5</del>' in page, '<ins class="now">9</ins>' in page) == (True, True)
    assert ('<del class="was">是</del>' in page, '<ins class="now">否</ins>' in page) == (True, True)
    assert "招5人" in phone.get(f"/vacancies/{vacancy.no}").text
    assert 'value="9"' in company.get(edit).text
    assert "改动待审核" in company.get("/enterprise/vacancies/").text


def test_a_change_can_be_taken_back(company, vacancy, session, now):
    vacancies.revise(session, vacancy, headcount=9, by=None, now=now)
    page = company.post(f"/enterprise/vacancies/{vacancy.no}/revision/withdrawal")

    assert (page.status_code, session.get(Vacancy, vacancy.id).revision) == (303, None)
    assert "改动已撤回" in company.get(page.location).text


def test_why_a_change_came_back_is_told(company, vacancy, session, now):
    vacancies.revise(session, vacancy, headcount=9, by=None, now=now)
    vacancies.review(session, vacancy, "returned", reason="人数与用工计划不符", by=None, now=now)

    for page in ("", "/edit"):
        assert "人数与用工计划不符" in company.get(f"/enterprise/vacancies/{vacancy.no}{page}").text
    assert "改动被退回" in company.get("/enterprise/vacancies/").text


def test_one_vacancy_is_brought_to_several_fairs_at_once(company, vacancy, fair, firm, session, now):
    other = FairFactory(slug="qinghe", starts_at=fair.ends_at)
    booths.book(session, BoothFactory(fair=other), firm, by=None, now=now)
    address = f"/enterprise/vacancies/{vacancy.no}/fairs"
    sent = company.post(address, data=typed(company.get(address), fairs=["liuhe", "qinghe"]))

    assert sent.status_code == 303
    shown = company.get(sent.location).text
    assert ("柳河镇赶集招聘会" in shown, "现在带到2场招聘会" in shown) == (True, True)
    assert [row.vacancy for row in vacancies.at_fair(session, fair)] == [vacancy]
    company.post(address, data=typed(company.get(address), fairs=["qinghe"]))
    assert vacancies.at_fair(session, fair) == []


def test_a_fair_that_is_settled_is_named_and_has_no_box(company, vacancy, fair, session, now, app, monkeypatch):
    vacancies.show_at(session, fair, vacancy, by=None, now=now)
    address = f"/enterprise/vacancies/{vacancy.no}/fairs"
    monkeypatch.setitem(app.config, "CLOCK", lambda: now + timedelta(hours=2))
    page = company.get(address).text
    sent = company.post(address, data={})

    assert ("已经定下的场次" in page, 'type="checkbox"' in page) == (True, False)
    assert sent.status_code == 303
    assert [row.vacancy for row in vacancies.at_fair(session, fair)] == [vacancy]


def test_a_change_of_a_settled_list_is_explained(company, vacancy, fair, firm, session, now, app, monkeypatch):
    vacancies.show_at(session, fair, approve(VacancyFactory(enterprise=firm)), by=None, now=now)
    monkeypatch.setitem(app.config, "CLOCK", lambda: now + timedelta(hours=2))
    page = company.post(f"/enterprise/vacancies/{vacancy.no}/fairs", data={"fairs": ["liuhe"]})

    assert page.status_code == 409
    assert "这一场的岗位单11月23日 周一 11:00已经定下，不能再改" in page.text


def test_an_unapproved_vacancy_is_brought_nowhere_and_the_form_says_why(company, fair, firm):
    waiting = VacancyFactory(enterprise=firm)
    page = company.post(f"/enterprise/vacancies/{waiting.no}/fairs", data={"fairs": ["liuhe"]})

    assert (page.status_code, "岗位审核通过后才能带到招聘会上" in page.text) == (409, True)


def test_without_a_booth_there_is_a_way_on(company, vacancy, stranger):
    assert "先订招聘会的展位" in company.get(f"/enterprise/vacancies/{vacancy.no}/fairs").text
    assert stranger.get(f"/enterprise/vacancies/{vacancy.no}/fairs").status_code == 404


def test_a_company_sees_who_asked_for_its_own_whole_phones(company, stranger, vacancy, session, now):
    said = {"consent": True, "by": None, "now": now}
    vacancies.leave(session, vacancy, name="李秀英", phone="16000000011", relation="child", **said)
    other = approve(VacancyFactory(enterprise=approve(EnterpriseFactory())))
    vacancies.leave(session, other, name="孙二", phone="16000000012", **said)
    page = company.get("/enterprise/interests/").text

    assert ("李秀英" in page, 'href="tel:16000000011"' in page, "子女代报" in page) == (True, True, True)
    assert ("孙二" in page, "16000000012" in page) == (False, False)
    assert "1人留了电话" in company.get(f"/enterprise/vacancies/{vacancy.no}").text
    assert "还没有人留电话" in stranger.get("/enterprise/interests/").text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_who_asked_asks_no_more_for_more(company, vacancy, session, queries, now, rows):
    for n in range(rows):
        vacancies.leave(session, vacancy, name=f"赵{n}", phone="16000000011", consent=True, by=None, now=now)
    company.get("/enterprise/interests/")
    with queries() as asked:
        page = company.get("/enterprise/interests/")

    assert page.text.count('<th scope="row"') == rows
    assert len([words for words in asked if words.startswith("SELECT")]) <= 7
