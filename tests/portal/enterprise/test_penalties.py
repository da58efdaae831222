"""A company that did not come sees why it is barred, and says why it is not fair."""

import pytest

from scheduling import penalties
from tests.factories import COUNTY, VacancyFactory, approve
from tests.scheduling.test_booth_policies import firm_with_account, kept
from tests.scheduling.test_penalties import held


@pytest.fixture
def penalty(session, firm, now, keys):
    approve(VacancyFactory(enterprise=firm))
    held(session, kept(session, now), now, keys, firm, witness=firm_with_account())
    return penalties.of_enterprise(session, firm)[0]


def test_it_sees_which_fair_it_missed_and_what_that_costs(company, penalty):
    page = company.get("/enterprise/penalties/")

    assert "下一场不能订“每周大厅”的展位" in page.text
    assert "11月27日 周五" in page.text


def test_it_appeals_once_and_the_desk_lifts_it(company, desk, session, penalty):
    answers = [
        company.post(f"/enterprise/penalties/{penalty.id}/appeals", data={"reason": "高速封路"}).status_code
        for _ in range(2)
    ]
    queue = desk.get("/desk/penalties/")
    said = desk.post(f"/desk/penalties/{penalty.id}/decision", data={"reason": "已核实", "granted": "1"})

    assert (answers, said.status_code) == ([303, 303], 303)
    assert "高速封路" in queue.text
    assert "1件申诉待答复" in queue.text
    assert "答复：已核实" in company.get("/enterprise/penalties/").text
    assert penalties.find(session, COUNTY, penalty.id).lift_reason == "已核实"


def test_an_appeal_without_words_is_asked_for_them(company, penalty):
    page = company.post(f"/enterprise/penalties/{penalty.id}/appeals", data={"reason": " "})

    assert page.status_code == 422
    assert "请写明情况。" in page.text


def test_the_desk_answers_with_words(desk, penalty):
    page = desk.post(f"/desk/penalties/{penalty.id}/decision", data={"reason": "", "granted": "1"})

    assert page.status_code == 422
    assert "请写答复，会用短信发给单位。" in page.text


def test_a_stranger_sees_and_appeals_nothing(stranger, penalty):
    assert "每周大厅" not in stranger.get("/enterprise/penalties/").text
    assert stranger.post(f"/enterprise/penalties/{penalty.id}/appeals", data={"reason": "放过他们"}).status_code == 404
