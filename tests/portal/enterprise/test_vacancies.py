import pytest
from sqlalchemy import select

from scheduling.models import Vacancy
from tests.factories import VacancyFactory, approve

CARD = {
    "title": "缝纫工",
    "headcount": "5",
    "wage_low": "3500",
    "wage_high": "6500",
    "pay_unit": "month",
    "settlement": "monthly",
    "insurance": "five",
    "room_and_board": "both",
    "education": "any",
}


@pytest.fixture
def vacancy(firm):
    return approve(VacancyFactory(enterprise=firm, title="缝纫工"))


def test_a_company_posts_a_vacancy(company, session, firm):
    page = company.post("/enterprise/vacancies/new", data={**CARD, "commute": "y"})
    posted = session.scalars(select(Vacancy)).one()

    assert (page.status_code, page.location) == (303, f"/enterprise/vacancies/{posted.no}")
    assert (posted.enterprise_id, posted.commute, posted.accepts_older) == (firm.id, True, False)
    assert "窗口审核后公开" in company.get(page.location).text


def test_a_new_form_promises_nothing_by_itself(company):
    page = company.get("/enterprise/vacancies/new").text

    assert '<option selected value="unsaid">' in page
    assert '<option selected value="none">' in page


def test_a_title_that_nobody_can_see_is_no_title(company, session):
    page = company.post("/enterprise/vacancies/new", data={**CARD, "title": "\u200b\ufeff\u2060"})

    assert (page.status_code, 'id="title-error"' in page.text) == (422, True)
    assert session.scalars(select(Vacancy)).all() == []


def test_what_the_law_forbids_is_explained_beside_the_field_it_stands_in(company, session):
    page = company.post("/enterprise/vacancies/new", data={**CARD, "experience": "限　男"})

    assert page.status_code == 422
    assert "“限 男”不能写进招聘信息：不得限定性别或性别优先。请删去再提交。" in page.text
    assert 'id="experience-error"' in page.text
    assert 'value="限　男"' in page.text
    assert session.scalars(select(Vacancy)).all() == []


def test_what_needs_a_reason_asks_for_it_and_takes_it(company, session):
    asked = company.post("/enterprise/vacancies/new", data={**CARD, "age_note": "35岁以下"})
    taken = company.post(
        "/enterprise/vacancies/new", data={**CARD, "age_note": "35岁以下", "justification": "夜班重活"}
    )

    assert (asked.status_code, taken.status_code) == (422, 303)
    assert 'id="justification-error"' in asked.text
    assert session.scalars(select(Vacancy.justification)).one() == "夜班重活"


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"title": ""}, "请填岗位名称"),
        ({"headcount": "0"}, "请填1到9999之间的整数"),
        ({"headcount": "五"}, "整数"),
        ({"wage_low": "7000"}, "最低工资不能高于最高工资"),
        ({"title": "长" * 61}, "最多60个字"),
    ],
)
def test_what_is_wrong_is_explained(company, wrong, words):
    page = company.post("/enterprise/vacancies/new", data={**CARD, **wrong})

    assert page.status_code == 422
    assert words in page.text


def test_advice_is_shown_and_stands_in_nobody_s_way(company):
    posted = company.post("/enterprise/vacancies/new", data={**CARD, "age_note": "18-45周岁"})

    assert posted.status_code == 303
    assert "年龄范围建议改写成“年满18周岁”" in company.get(posted.location).text


def test_a_change_is_reviewed_again(company, vacancy, session):
    company.post(f"/enterprise/vacancies/{vacancy.no}/edit", data={**CARD, "headcount": "9"})

    kept = session.scalars(select(Vacancy)).one()
    assert (kept.state, kept.headcount, kept.revision.card["headcount"]) == ("approved", 5, 9)


def test_a_vacancy_is_taken_down_by_a_post_only(company, vacancy, session):
    assert company.get(f"/enterprise/vacancies/{vacancy.no}/closing").status_code == 405
    company.post(f"/enterprise/vacancies/{vacancy.no}/closing")

    assert session.scalars(select(Vacancy)).one().state == "closed"
    assert company.post(f"/enterprise/vacancies/{vacancy.no}/edit", data=CARD).status_code == 409


def test_another_company_sees_none_of_it(stranger, vacancy, session):
    addresses = [f"/enterprise/vacancies/{vacancy.no}{rest}" for rest in ("", "/edit")]

    assert [stranger.get(address).status_code for address in addresses] == [404, 404]
    assert stranger.post(f"/enterprise/vacancies/{vacancy.no}/edit", data=CARD).status_code == 404
    assert stranger.post(f"/enterprise/vacancies/{vacancy.no}/closing").status_code == 404
    assert f"/enterprise/vacancies/{vacancy.no}" not in stranger.get("/enterprise/vacancies/").text
    assert session.scalars(select(Vacancy)).one().state == "approved"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_no_more_for_more(company, firm, queries, rows):
    VacancyFactory.create_batch(rows, enterprise=firm)
    company.get("/enterprise/vacancies/")
    with queries() as asked:
        page = company.get("/enterprise/vacancies/")

    assert page.text.count('<th scope="row"') == rows
    assert len([words for words in asked if words.startswith("SELECT")]) <= 6


def test_a_form_that_leaves_fields_out_breaks_nothing(company, vacancy, session):
    new = company.post("/enterprise/vacancies/new", data=CARD)
    changed = company.post(f"/enterprise/vacancies/{vacancy.no}/edit", data={"title": "平车工", "headcount": "5"})

    assert (new.status_code, changed.status_code) == (303, 303)
    assert session.scalars(select(Vacancy.trade)).all() == ["", ""]
