"""Leaving a phone for a vacancy: one page, no account."""

import pytest
from sqlalchemy import func, select

from scheduling import vacancies
from scheduling.models import Jobseeker, VacancyInterest
from tests.factories import EnterpriseFactory, FairFactory, VacancyFactory, approve

WHO = {"name": "李秀英", "phone": "160 0000 0001", "relation": "self", "consent": "y"}


@pytest.fixture
def vacancy():
    return approve(VacancyFactory(title="缝纫工", enterprise=approve(EnterpriseFactory(name="穗香食品有限公司"))))


@pytest.fixture
def address(vacancy):
    return f"/vacancies/{vacancy.no}/interests/new"


def count(session):
    return session.scalar(select(func.count(VacancyInterest.id)))


def test_the_vacancy_and_its_card_lead_there(phone, vacancy, address, session, now):
    fair = FairFactory(slug="liuhe")
    vacancies.show_at(session, fair, vacancy, by=None, now=now)

    for page in (f"/vacancies/{vacancy.no}", "/vacancies/", "/fairs/liuhe"):
        assert f'href="{address}"' in phone.get(page).text, page


def test_a_phone_is_left_in_one_step_and_the_double_tap_leaves_one(phone, address, vacancy, session):
    assert "缝纫工" in phone.get(address).text
    pages = [phone.post(address, data=WHO) for _ in range(2)]

    assert [(page.status_code, page.location) for page in pages] == [
        (303, f"/vacancies/{vacancy.no}/interests/done")
    ] * 2
    assert count(session) == 1
    done = phone.get(pages[0].location).text
    assert "穗香食品有限公司这几天会打电话来" in done
    assert ("李秀英" in done, "16000000001" in done) == (False, False)


def test_a_daughter_leaves_her_mother_s(phone, address, session):
    phone.post(address, data={**WHO, "relation": "child"})

    assert session.scalars(select(VacancyInterest.relation)).one() == "child"


@pytest.mark.parametrize(
    ("wrong", "field", "words"),
    [
        ({"name": " "}, "name", "请填姓名"),
        ({"phone": "123"}, "phone", "请填11位手机号"),
        ({"consent": None}, "consent", "请勾选“同意”，单位才能打电话"),
        ({"relation": "staff"}, "relation", "请从给出的几项里选一项"),
        ({"name": "长" * 61}, "name", "最多60个字"),
    ],
)
def test_what_is_wrong_is_explained_beside_the_field_and_the_rest_stays(phone, address, session, wrong, field, words):
    page = phone.post(address, data={key: value for key, value in {**WHO, **wrong}.items() if value is not None})

    assert page.status_code == 422
    assert (f'id="{field}-error"' in page.text, words in page.text) == (True, True)
    assert count(session) == 0
    if field != "name":
        assert 'value="李秀英"' in page.text


def test_too_many_from_one_phone_are_asked_to_wait(phone, address, session):
    pages = [phone.post(address, data={**WHO, "name": f"赵{n}"}).status_code for n in range(21)]

    assert pages == [303] * 20 + [429]
    assert session.scalar(select(func.count(Jobseeker.id))) == 20


@pytest.mark.parametrize("rest", ["new", "done"])
def test_what_the_public_may_not_see_has_no_such_page(phone, rest):
    hidden = VacancyFactory()

    assert phone.get(f"/vacancies/{hidden.no}/interests/{rest}").status_code == 404
    assert phone.post(f"/vacancies/{hidden.no}/interests/new", data=WHO).status_code == 404
