"""Booths given out at the desk: what is asked, what the planner makes of it, hands, changes, bookings."""

import re

import pytest
from sqlalchemy import select

from scheduling import booths, plans
from scheduling.models import Notice, Plan, PlanVersion
from tests.factories import EnterpriseFactory, FairFactory, VacancyFactory, approve
from tests.forms import typed
from tests.thinkers import think

GIVEN = "/desk/fairs/liuhe/booth-plan"


@pytest.fixture
def fair(session, now):
    row = FairFactory(slug="liuhe", title="柳河镇赶集招聘")
    booths.lay_out(session, row, count=6, columns=3, by=None, now=now)
    booths.fit(session, row, {n: booths.Fittings(zone="制造区", power=n < 3) for n in (1, 2, 3)}, by=None, now=now)
    return row


@pytest.fixture
def firms(session, fair, now):
    """Three that asked: two for the same booth."""
    rows = []
    for name, wishes in (("穗香食品", ["2"]), ("铁山机械", ["2", "制造区"]), ("木语家具", [])):
        firm = approve(EnterpriseFactory(name=name, industry=name[-2:]))
        booths.want(session, fair, firm, wishes=wishes, by=None, now=now)
        rows.append(firm)
    return rows


@pytest.fixture
def solved(desk, session, firms):
    """The plan's first version, as the planner made it."""
    desk.post(GIVEN, data=typed(desk.get(GIVEN)))
    think()
    return session.scalars(select(PlanVersion)).one()


def stands(session, fair) -> dict:
    laid = booths.of_fair(session, fair)
    return {booth.booking.enterprise.name: booth.number for booth in laid if booth.booking}


def planned(version) -> dict:
    names = {each.key: each.name for each in plans.problem_of(version).enterprises}
    return {names[key]: number for key, number in plans.answer_of(version).plan.places.items()}


def newest(session) -> PlanVersion:
    return session.scalars(select(PlanVersion).order_by(PlanVersion.number.desc())).first()


def test_the_page_shows_who_asked_and_who_else_is_hiring(desk, session, fair, firms):
    other = approve(VacancyFactory(enterprise=approve(EnterpriseFactory(name="顺达物流")))).enterprise

    page = desk.get(GIVEN)

    assert page.status_code == 200
    assert [name in page.text for name in ("穗香食品", "想要2、制造区", "没写志愿")] == [True] * 3
    assert f'value="{other.id}"' in page.text


def test_what_is_typed_is_kept_and_a_run_is_asked_for_once(desk, session, fair, firms):
    key = f"firm-{firms[2].id}-"
    data = typed(
        desk.get(GIVEN), **{f"{key}wishes": "5号、制造区", f"{key}power": "y", f"firm-{firms[1].id}-comes": None}
    )

    answers = [desk.post(GIVEN, data=data) for _ in range(2)]

    assert [page.status_code for page in answers] == [303, 303]
    assert answers[0].location == answers[1].location
    assert [(row.enterprise.name, row.wishes, row.power) for row in booths.asked(session, fair)] == [
        ("穗香食品", ["2"], False),
        ("木语家具", ["5", "制造区"], True),
    ]
    assert len(session.scalars(select(Plan)).all()) == 1


@pytest.mark.parametrize(("wishes", "words"), [("9", "这场没有“9”"), ("1、2、3、4、5、6", "最多写5个")])
def test_a_wish_for_what_is_not_there_is_explained(desk, session, firms, wishes, words):
    page = desk.post(GIVEN, data=typed(desk.get(GIVEN), **{f"firm-{firms[0].id}-wishes": wishes}))

    assert (page.status_code, words in page.text) == (422, True)
    assert session.scalars(select(Plan)).all() == []


def test_each_stands_somewhere_and_it_is_said_why(desk, session, fair, firms, solved):
    page = desk.get("/desk/plans/1/versions/1")

    assert page.status_code == 200
    assert planned(solved)["穗香食品"] != planned(solved)["铁山机械"]
    assert {planned(solved)["穗香食品"], planned(solved)["铁山机械"]} & {2} == {2}
    assert page.text.count("为什么这样排？") == 3
    assert plans.answer_of(solved).gap == 0.0


def test_an_accepted_plan_becomes_bookings_once(desk, session, fair, solved):
    answers = [desk.post("/desk/plans/1/versions/1/acceptance") for _ in range(2)]

    assert [page.status_code for page in answers] == [303, 303]
    assert stands(session, fair) == planned(solved)


def test_a_plan_for_a_draft_is_not_booked_and_not_accepted(desk, session, fair, solved):
    session.delete(fair.publication)
    session.commit()

    page = desk.post("/desk/plans/1/versions/1/acceptance")

    assert (page.status_code, "现在不能预约" in page.text) == (409, True)
    assert (stands(session, fair), plans.accepted(session, solved.plan)) == ({}, None)


def test_a_hand_moves_an_enterprise_and_the_next_run_respects_it(desk, session, firms, solved):
    moved = {"enterprise": str(firms[0].id), "booth": "6", "lock": "y"}
    page = desk.post("/desk/plans/1/versions/1/stalls", data=moved)
    hand = newest(session)

    desk.post("/desk/plans/1/runs", data={"seconds": "5"})
    think()

    assert page.location == "/desk/plans/1/versions/2"
    assert (hand.made, planned(hand)["穗香食品"]) == ("by_hand", 6)
    assert (newest(session).made, planned(newest(session))["穗香食品"]) == ("solved", 6)


def test_what_a_hand_breaks_is_said_at_once_and_may_be_overruled(desk, session, fair, firms, now):
    booths.want(session, fair, firms[0], wishes=["2"], power=True, by=None, now=now)
    desk.post(GIVEN, data=typed(desk.get(GIVEN)))
    think()
    moved = {"enterprise": str(firms[0].id), "booth": "6"}

    warned = desk.post("/desk/plans/1/versions/1/stalls", data=moved)
    assert (warned.status_code, "有1处冲突" in warned.text, newest(session).number) == (200, True, 1)

    desk.post("/desk/plans/1/versions/1/stalls", data={**moved, "anyway": "y"})
    assert planned(newest(session))["穗香食品"] == 6
    refused = desk.post("/desk/plans/1/versions/2/acceptance")
    accepted = desk.post("/desk/plans/1/versions/2/acceptance", data={"reason": "自带发电机"})
    assert [refused.status_code, accepted.status_code] == [409, 303]
    assert stands(session, fair)["穗香食品"] == 6


def test_ticked_choices_are_locked_and_unticked_ones_are_let_go(desk, session, firms, solved):
    desk.post("/desk/plans/1/versions/1/stall-locks", data={"lock": [str(firms[0].id), str(firms[1].id)]})
    assert {lock.enterprise for lock in plans.problem_of(solved.plan).locks} == {str(f.id) for f in firms[:2]}

    desk.post("/desk/plans/1/versions/1/stall-locks", data={"lock": [str(firms[1].id)]})
    assert {lock.enterprise for lock in plans.problem_of(solved.plan).locks} == {str(firms[1].id)}


def test_a_booth_that_fails_moves_as_few_as_can_be_and_they_are_told(desk, session, fair, firms, solved):
    desk.post("/desk/plans/1/versions/1/acceptance")
    before = stands(session, fair)
    lost = next(name for name, number in before.items() if number == 2)

    told = {"change-what": "booth", "change-booth": "2", "change-enterprise": str(firms[2].id)}
    desk.post("/desk/plans/1/versions/1/stall-changes", data=told)
    think()
    page = desk.get("/desk/plans/1/versions/2")
    desk.post("/desk/plans/1/versions/2/acceptance")

    after = stands(session, fair)
    assert {name for name in before if before[name] != after[name]} == {lost}
    assert re.search("改了1处", page.text)
    assert [lost in text or "改到" in text for text in session.scalars(select(Notice.text))] == [True]
    assert 2 not in {booth.number for booth in booths.of_fair(session, fair)}


def test_rules_that_cannot_hold_together_are_named_in_plain_words(desk, session, now):
    fair = FairFactory(slug="liuhe")
    booths.lay_out(session, fair, count=1, by=None, now=now)
    firms = [approve(EnterpriseFactory(name=name)) for name in ("穗香食品", "铁山机械")]
    for firm in firms:
        booths.want(session, fair, firm, invited=True, by=None, now=now)

    run = desk.post(GIVEN, data=typed(desk.get(GIVEN))).location
    think()
    page = desk.get(run)

    assert "这样排不出来" in page.text
    assert "怎么办" in page.text
    assert [name in page.text for name in ("穗香食品", "铁山机械")] == [True, True]
    assert [f"{GIVEN}#firm-{firm.id}-invited" in page.text for firm in firms] == [True, True]


def test_fittings_are_typed_for_several_booths_at_once(desk, session, fair):
    told = {"fit-first": "4", "fit-last": "6", "fit-zone": "服务区", "fit-tables": "2", "fit-accessible": "y"}
    page = desk.post("/desk/fairs/liuhe/booths/fittings", data=told)
    wrong = desk.post("/desk/fairs/liuhe/booths/fittings", data={**told, "fit-last": "1"})

    laid = {booth.number: (booth.zone, booth.tables, booth.accessible) for booth in booths.of_fair(session, fair)}
    assert (page.status_code, wrong.status_code) == (303, 422)
    assert (laid[4], laid[6], laid[1]) == (("服务区", 2, True), ("服务区", 2, True), ("制造区", 1, False))


def test_the_page_asks_as_often_for_three_as_for_one(desk, session, fair, queries, now):
    counts = []
    for more in (1, 2):
        for _ in range(more):
            firm = approve(EnterpriseFactory())
            approve(VacancyFactory(enterprise=firm))
            booths.want(session, fair, firm, by=None, now=now)
            approve(VacancyFactory(enterprise=approve(EnterpriseFactory())))
        with queries() as asked:
            desk.get(GIVEN)
        counts.append(len(asked))

    assert counts[0] == counts[1]
