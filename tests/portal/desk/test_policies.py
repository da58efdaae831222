"""The desk makes the rules of booking, and chooses which a fair goes by."""

from datetime import timedelta

import pytest

from scheduling import booths
from scheduling.booths import policies
from scheduling.booths.policies import PRESETS, Terms
from tests.factories import COUNTY, FairFactory
from tests.forms import typed


@pytest.fixture
def fair(session):
    return FairFactory(slug="liuhe")


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_is_saved_as_it_stands(desk, session, preset):
    form = typed(desk.get(f"/desk/policies/new?preset={preset}"), name="样板")

    answer = desk.post("/desk/policies/new", data=form)

    assert answer.status_code == 303
    assert booths.policies.terms_of(booths.policies.find(session, COUNTY, "样板")) == PRESETS[preset]


def test_a_policy_is_changed_and_shown_in_words(desk, session):
    named = typed(desk.get("/desk/policies/new?preset=weekly_hall"), name="赶集/大厅")
    desk.post("/desk/policies/new", data=named)
    address = f"/desk/policies/{booths.policies.find(session, COUNTY, '赶集/大厅').id}"
    assert address in desk.get("/desk/policies/").text
    form = typed(desk.get(address), most_a_month="3", count_2="3", effect_2="year", cause_2="late")

    desk.post(address, data=form)

    page = desk.get("/desk/policies/")
    assert "一家一个月最多3场" in page.text
    assert "12个月内爽约1次，下一场不能订" in page.text
    assert "3次，一年不能订" in page.text


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"name": ""}, "请填名称。"),
        ({"opens_days": "2", "closes_days": "5"}, "截止不能早于开始。"),
        ({"most_a_month": "0"}, "请填1到31之间的整数。"),
        ({"closes_days": "很多"}, "请填整数"),
        ({"opens_at": "25:00"}, "请填时间"),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_kept(desk, wrong, words):
    form = typed(desk.get("/desk/policies/new?preset=weekly_hall"), **{"name": "大厅", **wrong})

    page = desk.post("/desk/policies/new", data=form)

    assert page.status_code == 422
    assert words in page.text


def test_a_name_that_is_taken_is_refused(desk):
    form = typed(desk.get("/desk/policies/new?preset=weekly_hall"), name="大厅")
    desk.post("/desk/policies/new", data=form)

    page = desk.post("/desk/policies/new", data={**form, "most_a_month": "5"})

    assert page.status_code == 409
    assert "已经有一套规则叫“大厅”" in page.text


def test_a_fair_goes_by_a_policy_and_by_none_again(desk, session, fair):
    desk.post("/desk/policies/new", data=typed(desk.get("/desk/policies/new?preset=weekly_hall"), name="大厅"))

    desk.post("/desk/fairs/liuhe/policy", data={"policy-policy": "大厅"})
    chosen = booths.policies.of_fair(session, fair)
    assert "展位规则：大厅" in desk.get("/desk/fairs/liuhe/booths").text
    desk.post("/desk/fairs/liuhe/policy", data={"policy-policy": ""})

    assert chosen.name == "大厅"
    assert booths.policies.of_fair(session, fair) is None


def test_a_livestream_gets_its_rules_by_a_link_on_its_pages(desk, session, now):
    show = FairFactory(slug="live", kind="livestream", outdoor=False, starts_at=now + timedelta(days=9))
    policies.keep(session, COUNTY, None, "直播规则", Terms(closes_days=3), by=None, now=now)
    path = "/desk/fairs/live/policy"

    assert f'href="{path}"' in desk.get("/desk/fairs/live").text
    assert f'href="{path}"' in desk.get("/desk/fairs/live/show/").text
    answer = desk.post(path, data={"policy-policy": "直播规则"})
    after = desk.get(path)

    assert (answer.status_code, answer.location) == (303, "/desk/fairs/live/show/")
    assert policies.of_fair(session, show).name == "直播规则"
    assert ("11月29日 周日 17:00截止" in after.text, "免责取消" in after.text) == (True, False)


def test_a_policy_that_is_not_there_is_no_choice(desk, session, fair):
    answer = desk.post("/desk/fairs/liuhe/policy", data={"policy-policy": "没有的"})

    assert (answer.status_code, policies.of_fair(session, fair)) == (422, None)
