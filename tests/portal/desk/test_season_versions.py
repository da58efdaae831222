"""The pages of a season's versions: reasons, changes by hand with what they break, two beside each other, accepting."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from scheduling import plans
from scheduling.models import PlanVersion
from scheduling.planning.season import Ban, Lock
from scheduling.planning.solving import Answer, Conflict, Remedy, Rule, Status, Stopped, say
from tests.factories import NOW
from tests.scheduling.season_examples import BRIDGE, LATER, WILLOW, answer, fair, opened, small_season, solved
from tests.thinkers import think

VERSION = "/desk/plans/1/versions/1"


@pytest.fixture
def plan(session):
    """The small season."""
    return opened(session)


@pytest.fixture
def version(session, plan):
    """Fairs in both towns."""
    return solved(session, plan, answer(fair(WILLOW), fair(BRIDGE, staff=("wu",)), value=1000, bound=1006))


def typed(candidate=WILLOW, **more):
    """Give a fair as the form sends it."""
    return {"candidate": candidate, "van": "van", "reserve": "", "reserve_van": "", "staff": ["zhou"]} | {
        "enterprises": ["sui"],
        **more,
    }


def test_a_version_shows_its_fairs_with_who_goes_and_why(desk, version):
    page = desk.get(VERSION).text

    words = (
        "柳河镇",
        "石桥铺镇",
        "1号大篷车",
        "周带队",
        "穗香食品",
        "这里等得最久",
        "最多差0.6%",
        "没有冲突",
        "十月廿九",
    )
    assert [each for each in words if each not in page] == []
    assert page.count("为什么这样排？") == 2


def test_what_it_breaks_stands_at_its_head(desk, session, plan):
    solved(session, plan, answer(fair(WILLOW, van=None)))

    page = desk.get(VERSION).text

    assert ("有1处冲突" in page, "有冲突，还是要采用" in page) == (True, True)


def test_a_change_by_hand_says_at_once_what_it_breaks_and_keeps_the_version(desk, session, version):
    page = desk.post(f"{VERSION}/season/{WILLOW}", data=typed(van=""))
    shown = desk.get(page.location).text
    all_of_them = desk.get(f"{VERSION}/season").text

    assert (page.status_code, "有1处冲突" in shown) == (303, True)
    assert ("改过" in all_of_them, "存成新的一版" in all_of_them) == (True, True)
    assert plans.answer_of(session.scalars(select(PlanVersion)).one()).plan.fairs[0].van == "van"


def test_who_cannot_come_that_day_is_said_beside_the_name(desk, version):
    desk.post(f"{VERSION}/season/{BRIDGE}", data=typed(BRIDGE, staff=["wu"]))

    page = desk.get(f"{VERSION}/season/{BRIDGE}").text

    assert ("王专员（那天休息）" in page, "穗香食品（缺12人）" in page) == (True, True)
    assert "穗香食品（缺12人，愿意来这里）" in desk.get(f"{VERSION}/season/{WILLOW}").text


def test_a_fair_moves_to_another_market_day_of_its_town(desk, version):
    page = desk.post(f"{VERSION}/season/{WILLOW}", data=typed(LATER))
    listed = desk.get(f"{VERSION}/season").text

    assert page.location == f"{VERSION}/season/{LATER}"
    assert (f'id="fair-{LATER}"' in listed, f'id="fair-{WILLOW}"' in listed) == (True, False)


def test_a_fair_is_added_on_a_free_market_day(desk, session, version):
    offered = desk.get(f"{VERSION}/season?day={LATER}")
    desk.post(f"{VERSION}/season/{LATER}", data=typed(LATER))
    desk.post(f"{VERSION}/hand")

    made = session.scalars(select(PlanVersion).where(PlanVersion.number == 2)).one()
    assert offered.location == f"{VERSION}/season/{LATER}"
    assert [each.candidate for each in plans.answer_of(made).plan.fairs] == [WILLOW, BRIDGE, LATER]


def test_what_was_changed_is_a_new_version_that_later_runs_respect(desk, session, plan, version):
    desk.post(f"{VERSION}/season/{WILLOW}", data=typed(staff=["zheng", "zhou"]))
    desk.post(f"{VERSION}/season/{BRIDGE}/dropping")
    page = desk.post(f"{VERSION}/hand")

    assert page.location == "/desk/plans/1/versions/2"
    given = plans.problem_of(plan)
    assert (given.locks, given.bans) == ((Lock(WILLOW, staff=("zheng",)),), (Ban(BRIDGE),))
    shown = desk.get(page.location).text
    assert [words in shown for words in ("在第1版上手工改的", "窗口手工定的，电脑照办", "改了2处")] == [True] * 3
    assert "什么都没改" in desk.get(desk.post(f"{VERSION}/hand").location).text


def test_changes_thought_better_of_are_forgotten(desk, version):
    desk.post(f"{VERSION}/season/{WILLOW}", data=typed(van=""))

    page = desk.post(f"{VERSION}/hand/discarding")

    assert page.location == VERSION
    assert "改过" not in desk.get(f"{VERSION}/season").text


def test_two_versions_stand_beside_each_other_with_what_differs(desk, session, plan, version):
    solved(session, plan, answer(fair(LATER), fair(BRIDGE, staff=("wu",)), value=990))

    page = desk.get("/desk/plans/1/versions/2?with=1").text

    assert [words in page for words in ("第1版和第2版", "改了什么", "分数差在哪里")] == [True] * 3
    assert page.count("differs") == 2
    assert page.count('class="change change-') >= 1


def test_a_season_in_use_is_changed_as_little_as_may_be(desk, session, plan):
    desk.post("/desk/plans/1/runs", data={"seconds": "5"})
    think()
    first = session.scalars(select(PlanVersion)).one()
    before = plans.answer_of(first).plan
    plans.accept(session, first, by=None, now=NOW)
    plans.revise(session, plan, replace(small_season(), bans=(Ban(before.fairs[0].candidate),)), by=None, now=NOW)

    desk.post("/desk/plans/1/runs", data={"seconds": "5", "way": "little"})
    think()
    shown = desk.get("/desk/plans/1/versions/2").text

    second = session.scalars(select(PlanVersion).where(PlanVersion.number == 2)).one()
    answer_now = plans.answer_of(second)
    assert (second.made, second.came_from.number, answer_now.value) == ("replanned", 1, answer_now.bound)
    assert before.fairs[0].candidate not in [each.candidate for each in answer_now.plan.fairs]
    assert [words in shown for words in ("在第1版上少改重排", "改动的代价", "已证明不能再少")] == [True] * 3


def test_a_season_that_cannot_be_is_answered_with_the_rules_that_conflict(desk, session, plan):
    towns = (replace(small_season().towns[0], fairs_min=3), small_season().towns[1])
    plans.revise(session, plan, replace(small_season(), towns=towns), by=None, now=NOW)

    page = desk.post("/desk/plans/1/runs", data={"seconds": "5"})
    think()

    shown = desk.get(page.location).text
    assert [words in shown for words in ("这样排不出来", "柳河镇", "怎么办", "/season/towns/liuhe")] == [True] * 4


def test_accepting_a_broken_version_asks_why_beside_the_field(desk, session, plan):
    solved(session, plan, answer(fair(WILLOW, van=None)))

    page = desk.post(f"{VERSION}/acceptance", data={"reason": ""})

    assert (page.status_code, "这一版有1处冲突。要照办请写明原因" in page.text) == (409, True)
    assert plans.accepted(session, plan) is None


def test_a_run_that_found_why_there_is_no_plan_says_it_and_shows_where_to_change_it(desk, session, plan):
    run = plans.ask(session, plan, seconds=5, by=None, now=NOW)
    plans.lease(session, now=NOW)
    rules = (
        Rule("least:liuhe", say("%(town)s至少办%(n)s场", town="柳河镇", n=3)),
        Rule("van.range:van", say("%(van)s开不到那么远", van="1号大篷车")),
        Rule("pace.week", say("一周最多%(n)s场", n=2)),
        Rule(f"lock:{WILLOW}", say("%(day)s定好了要去", day="2026-12-07")),
    )
    remedy = Remedy(("pace.week",), say("放宽这一条就能排：%(rule)s", rule=rules[2].words))
    none = Answer(Status.INFEASIBLE, "max", Stopped.PROOF, conflict=Conflict(rules, (remedy,)))
    plans.conclude(session, run.id, 1, none, now=NOW)

    page = desk.get(f"/desk/plans/1/runs/{run.id}").text

    words = ("这样排不出来", "柳河镇至少办3场", "12月7日 周一定好了要去", "放宽这一条就能排：一周最多2场")
    assert [each for each in words if each not in page] == []
    ways = ("/desk/plans/1/season/towns/liuhe", "/desk/vans/", "/desk/plans/1/season")
    assert [way for way in ways if f'href="{way}"' not in page] == []
