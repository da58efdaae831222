"""Leaving a phone for a job on a small phone: seen on the list, left in a few taps, read by the company."""

import pytest

from scheduling import accounts, vacancies
from tests.browser.people import Person
from tests.factories import COUNTY, NOW, EnterpriseFactory, VacancyFactory, approve


@pytest.fixture
def vacancy(session):
    firm = approve(EnterpriseFactory(name="青禾县穗香食品有限公司", contact_phone="16000000099"))
    row = approve(
        VacancyFactory(
            enterprise=firm, title="低压电工", trade="电工", insurance="five", room_and_board="both", commute=True,
            work_place="柳河镇产业园3号", description="车间照明和设备检修，有老师傅带。", certificate="低压电工作业证",
        )
    )  # fmt: skip
    session.commit()
    return row


@pytest.fixture
def boss(session, vacancy):
    """The account that speaks for the company."""
    account = accounts.by_phone(session, COUNTY, "16000000099", now=NOW)
    account.enterprise_id = vacancy.enterprise_id
    accounts.grant(session, account, "enterprise", by=None, now=NOW)
    session.commit()
    return account


@pytest.mark.parametrize("script", [True, False])
def test_a_phone_is_left_from_the_list_in_a_few_taps_and_the_company_rings(
    server, vacancy, boss, browser_page, sign_in, script
):
    mother = Person("mother", browser_page(width=360, java_script_enabled=script))
    mother.goes_to("/vacancies/")
    mother.types({"想做什么？": "电工"})
    mother.presses("查找")
    mother.sees("低压电工", "共1个岗位")
    mother.clicks("留电话 低压电工")
    mother.presses("提交")
    mother.is_told("姓名", "请填姓名。")
    mother.types({"姓名": "李秀英", "手机号": "160 0000 0001"})
    mother.page.get_by_label("同意把姓名和手机号交给这家单位").check()
    mother.presses("提交")
    mother.sees("记下了，等单位打来", "青禾县穗香食品有限公司这几天会打电话来")
    assert "李秀英" not in mother.page.content()

    company = Person("company", browser_page(width=360))
    sign_in(company.page, boss)
    company.goes_to("/enterprise/")
    company.finds("谁留了电话")
    company.sees("李秀英", "16000000001", "低压电工")
    assert vacancies.count_interests(server.session, COUNTY) == 1


def test_the_link_on_a_card_is_its_own_and_the_card_leads_to_the_job(server, vacancy, browser_page):
    page = browser_page(width=360)
    page.goto("/vacancies/")
    page.locator("article.job").click(position={"x": 40, "y": 90})
    assert page.url.endswith(f"/vacancies/{vacancy.no}")
    page.go_back()
    box = page.get_by_role("link", name="留电话 低压电工").bounding_box()
    assert box["height"] >= 44
