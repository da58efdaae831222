"""The pages on which a season is given: looked up, changed, kept."""

from datetime import date

import pytest
from sqlalchemy import select

from scheduling import markets, plans
from scheduling.models import Plan, PlanRun
from scheduling.planning.season import PRESETS, Ban, Lock
from tests.factories import COUNTY, NOW, EnterpriseFactory, TownshipFactory, VacancyFactory, approve
from tests.scheduling.season_examples import answer, fair, opened, solved

TYPED = {
    "title": "春季赶集招聘",
    "first": "2027-03-01",
    "last": "2027-03-28",
    "preset": "先久等",
    "gap_days": "7",
    "a_day": "1",
    "a_week": "3",
    "reserve_days": "10",
}


@pytest.fixture(autouse=True)
def willow(session):
    """A market and an enterprise that needs welders."""
    town = TownshipFactory(name="柳河镇", code="990102", population_10k=5.9)
    told = {"slug": "liuhe", "township": town, "name": "柳河镇", "term": "集", "rule_text": "农历逢三六九"}
    approve(VacancyFactory(enterprise=approve(EnterpriseFactory(name="精工数控")), trade="焊工", headcount=7))
    return markets.open(session, COUNTY, **told, opens=None, closes=None, by=None, now=NOW)


@pytest.fixture
def plan(desk, session):
    """The season as it was typed."""
    desk.post("/desk/plans/season/new", data=TYPED)
    return session.scalars(select(Plan)).one()


def given(session):
    return plans.problem_of(session.scalars(select(Plan)).one())


def test_a_season_is_opened_with_what_was_typed_and_looked_up(desk, session):
    for _ in range(2):
        page = desk.post("/desk/plans/season/new", data=TYPED)

    problem = given(session)
    assert (page.status_code, page.location) == (303, "/desk/plans/1")
    assert (problem.first, problem.last, problem.weights) == (date(2027, 3, 1), date(2027, 3, 28), PRESETS["先久等"])
    assert (problem.pace.gap_days, problem.pace.a_day, problem.pace.season) == (7, 1, None)
    assert [(firm.name, firm.needs) for firm in problem.enterprises] == [("精工数控", (("焊工", 7),))]
    shown = desk.get("/desk/plans/1").text
    assert [words in shown for words in ("春季赶集招聘", "柳河镇", "精工数控", "焊工7", "1家，还缺7人")] == [True] * 5


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"title": ""}, "请填名称"),
        ({"last": "2027-02-01"}, "结束时间要晚于开始时间"),
        ({"last": "2029-02-01"}, "结束时间要晚于开始时间"),
        ({"gap_days": "0"}, "请填1到120之间的整数"),
    ],
)
def test_what_no_season_can_be_is_explained_and_kept(desk, session, typed, words):
    page = desk.post("/desk/plans/season/new", data=TYPED | typed)

    assert (page.status_code, words in page.text, 'value="2027-03-01"' in page.text) == (422, True, True)
    assert session.scalars(select(Plan)).all() == []


def test_other_days_are_looked_up_again_and_what_a_town_wants_stays(desk, session, plan):
    desk.post("/desk/plans/1/season/towns/990102", data=town(fairs_min="2"))

    page = desk.post("/desk/plans/1/season", data=TYPED | {"title": "春季", "last": "2027-04-11"})

    problem = given(session)
    assert page.status_code == 303
    assert (problem.last, problem.towns[0].fairs_min) == (date(2027, 4, 11), 2)
    assert session.scalars(select(Plan.title)).one() == "春季"


def town(**typed):
    asked = {"staff_min": "2", "staff_max": "3", "leaders_min": "1", "enterprises_min": "1", "enterprises_max": "9"}
    return {"fairs_min": "0", "needs_van": "y", **asked, "seekers": "焊工 30\n缝纫工12", **typed}


def test_a_town_says_what_it_wants_and_needs(desk, session, plan):
    page = desk.post("/desk/plans/1/season/towns/990102", data=town(fairs_max="4"))

    problem = given(session)
    assert (page.location, problem.towns[0].fairs_max) == ("/desk/plans/1", 4)
    assert problem.towns[0].seekers == (("焊工", 30), ("缝纫工", 12))
    assert {(each.exposed, each.staff_min, each.enterprises_max) for each in problem.candidates} == {(False, 2, 9)}
    assert "焊工 30\n缝纫工 12" in desk.get("/desk/plans/1/season/towns/990102").text


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"seekers": "很多焊工"}, "看不懂“很多焊工”"),
        ({"staff_max": "1"}, "最多不能比至少还少"),
        ({"fairs_min": ""}, "请填数字"),
    ],
)
def test_what_a_town_cannot_want_is_explained(desk, session, plan, typed, words):
    page = desk.post("/desk/plans/1/season/towns/990102", data=town(**typed))

    assert (page.status_code, words in page.text, given(session).towns[0].seekers) == (422, True, ())


def test_an_enterprise_says_where_and_how_often_it_comes(desk, session, plan):
    key = given(session).enterprises[0].key
    typed = {"prefers": ["990102"], "max_a_month": "2", "unavailable": "2027-03-08"}

    desk.post(f"/desk/plans/1/season/enterprises/{key}", data=typed)

    firm = given(session).enterprises[0]
    assert (firm.prefers, firm.max_a_month, firm.unavailable) == (("990102",), 2, (date(2027, 3, 8),))


def test_a_campaign_is_added_once_under_its_name_and_taken_away(desk, session, plan):
    typed = {"name": "春风行动", "first": "2027-03-01", "last": "2027-03-14", "at_least": "2"}
    desk.post("/desk/plans/1/season/campaigns", data=typed)
    desk.post("/desk/plans/1/season/campaigns", data=typed | {"at_least": "3"})
    asked = [campaign.at_least for campaign in given(session).campaigns]

    refused = desk.post("/desk/plans/1/season/campaigns", data=typed | {"last": "2027-02-01"})
    desk.post("/desk/plans/1/season/campaigns/春风行动/removal")

    assert (asked, given(session).campaigns) == ([3], ())
    assert (refused.status_code, "结束的日子要在开始之后" in refused.text) == (422, True)


def test_a_change_costs_what_was_typed_and_a_move_no_more_than_dropping_and_adding(desk, session, plan):
    typed = dict.fromkeys(("dropped", "added", "van", "reserve", "staff", "enterprise"), "20")

    refused = desk.post("/desk/plans/1/season/prices", data=typed | {"moved": "41"})
    page = desk.post("/desk/plans/1/season/prices", data=typed | {"moved": "40"})

    assert (refused.status_code, "还贵" in refused.text) == (422, True)
    assert (page.location, given(session).prices.moved, given(session).prices.van) == ("/desk/plans/1", 40, 20)


def test_what_is_decided_is_shown_and_can_be_released(desk, session, plan):
    problem = given(session)
    lock, ban = problem.candidates[0].key, problem.candidates[1].key
    told = type(problem)(**{**problem.__dict__, "locks": (Lock(lock),), "bans": (Ban(ban),)})
    plans.revise(session, plan, told, by=None, now=NOW)

    shown = desk.get("/desk/plans/1").text
    for key in (lock, ban):
        desk.post(f"/desk/plans/1/season/decisions/{key}/release")

    assert [words in shown for words in ("一定去", "一定不去", "已经定死的（2处）")] == [True] * 3
    assert (given(session).locks, given(session).bans) == ((), ())


def test_a_run_is_asked_for_with_the_seconds_that_were_typed(desk, session, plan):
    refused = desk.post("/desk/plans/1/runs", data={"seconds": "1"})
    for _ in range(2):
        page = desk.post("/desk/plans/1/runs", data={"seconds": "5"})

    run = session.scalars(select(PlanRun)).one()
    assert (refused.status_code, "请填2到600之间的整数" in refused.text) == (422, True)
    assert (page.status_code, page.location, run.seconds) == (303, f"/desk/plans/1/runs/{run.id}", 5)


def test_the_page_of_a_run_shows_how_far_it_is_and_comes_again_by_itself(desk, session, plan):
    desk.post("/desk/plans/1/runs", data={"seconds": "5"})
    run = session.scalars(select(PlanRun)).one()
    waiting = desk.get(f"/desk/plans/1/runs/{run.id}").text
    plans.lease(session, now=NOW)
    plans.keep(session, run.id, 1, [[0.5, 900, 1200], [1.5, 1000, 1010]], now=NOW)
    thinking = desk.get(f"/desk/plans/1/runs/{run.id}").text

    assert ("在排队" in waiting, 'http-equiv="refresh"' in waiting, "data-live" in waiting) == (True, True, True)
    assert [words in thinking for words in ("有行得通的方案了", "1000", "1010", "最多差1.0%", "<polyline")] == [
        True
    ] * 5


def test_a_run_is_told_to_stop(desk, session, plan):
    desk.post("/desk/plans/1/runs", data={"seconds": "5"})
    run = session.scalars(select(PlanRun)).one()

    page = desk.post(f"/desk/plans/1/runs/{run.id}/cancellation")

    assert "还没开始就停下了" in desk.get(page.location).text


def test_a_run_that_made_a_version_leads_to_it(desk, session):
    version = solved(session, opened(session), answer(fair("liuhe@2026-12-07")))
    run = session.scalars(select(PlanRun)).one()

    assert desk.get(f"/desk/plans/1/runs/{run.id}").location == f"/desk/plans/1/versions/{version.number}"


def test_a_plan_nobody_opened_is_not_found(desk):
    paths = ("", "/season", "/runs/0190a4f0-0000-7000-8000-000000000000", "/versions/1", "/season/towns/1")

    assert [desk.get(f"/desk/plans/9{path}").status_code for path in paths] == [404] * 5


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_often_for_three_plans_as_for_one(desk, session, queries, rows):
    for number in range(rows):
        solved(session, opened(session, title=f"第{number}季"))
    session.commit()

    with queries() as asked:
        page = desk.get("/desk/plans/")

    assert (page.text.count("等您定"), len([one for one in asked if "FROM plan" in one])) == (rows, 4)
