"""Runs of show made at the desk: what is asked, what the planner makes of it, hands, and the show on air."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from scheduling import livestreams, plans, vacancies
from scheduling.models import LiveSlot, Plan, PlanVersion
from tests.factories import EnterpriseFactory, FairFactory, VacancyFactory, approve
from tests.forms import typed
from tests.thinkers import think

GIVEN = "/desk/fairs/live/show-plan"
HOST = {"host-0-name": "小青", "host-1-name": "小禾"}
NAMES = ("穗香食品", "铁山机械", "木语家具")


@pytest.fixture
def fair(session, now):
    """An hour and a half on air, an hour from now."""
    starts = now + timedelta(hours=1)
    return FairFactory(
        slug="live", kind="livestream", outdoor=False, starts_at=starts, ends_at=starts + timedelta(minutes=90)
    )


@pytest.fixture
def firms(session, fair, now):
    """Three that ask to be on air, each with one vacancy."""
    rows = []
    for name in NAMES:
        firm = approve(EnterpriseFactory(name=name, industry=name[-2:]))
        job = approve(VacancyFactory(enterprise=firm))
        livestreams.want(session, fair, firm, speaker=f"{name[:2]}经理", jobs=[str(job.no)], by=None, now=now)
        rows.append(firm)
    return rows


@pytest.fixture
def solved(desk, session, firms):
    """The plan's first version, as the planner made it."""
    desk.post(GIVEN, data=typed(desk.get(GIVEN), **HOST))
    think()
    return session.scalars(select(PlanVersion)).one()


@pytest.fixture
def on_air(desk, session, fair, solved, app, monkeypatch):
    """Accept the plan, and let it be so many minutes into the show: `on_air(30)`."""
    desk.post("/desk/plans/1/versions/1/acceptance")
    starts = fair.starts_at

    def at(minute: int) -> None:
        monkeypatch.setitem(app.config, "CLOCK", lambda: starts + timedelta(minutes=minute))

    return at


def shown(session, fair) -> list[tuple]:
    rows = livestreams.of_show(session, fair)
    return [(row.title, (row.starts_at - fair.starts_at) // timedelta(minutes=1), row.minutes) for row in rows]


def newest(session) -> PlanVersion:
    return session.scalars(select(PlanVersion).order_by(PlanVersion.number.desc())).first()


def test_the_page_shows_who_asked_and_who_shows_jobs_there(desk, session, fair, firms, now):
    other = approve(VacancyFactory(enterprise=approve(EnterpriseFactory(name="顺达物流", contact_name="冯经理"))))
    vacancies.show_at(session, fair, other, by=None, now=now)

    page = desk.get(GIVEN)

    assert page.status_code == 200
    assert [words in page.text for words in (*NAMES, "穗香经理 12分钟", "顺达物流", "冯经理")] == [True] * 6


def test_what_is_typed_is_kept_and_a_run_is_asked_for_once(desk, session, fair, firms):
    key = f"firm-{firms[0].id}-"
    more = {f"{key}speaker": "孙主管", f"{key}free_from": "10:30", f"firm-{firms[2].id}-comes": None}
    data = typed(desk.get(GIVEN), **HOST, **more)

    answers = [desk.post(GIVEN, data=data) for _ in range(2)]

    asked = livestreams.asked(session, fair)
    assert [page.status_code for page in answers] == [303, 303]
    assert answers[0].location == answers[1].location
    assert [(row.enterprise.name, row.speaker) for row in asked] == [("穗香食品", "孙主管"), ("铁山机械", "铁山经理")]
    assert asked[0].free_from - fair.starts_at == timedelta(minutes=30)
    problem = plans.problem_of(session.scalars(select(Plan)).one())
    assert [(host.name, host.stretch, host.rest) for host in problem.show.hosts] == [("小青", 60, 5), ("小禾", 60, 5)]
    assert [(each.kind, each.minutes, each.after) for each in problem.show.segments] == [
        ("opening", 5, 0),
        ("policy", 10, 1),
        ("qa", 5, 2),
    ]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"host-0-name": ""}, "至少要有一位主播"),
        ({"least": "20"}, "最少不能比想讲的还多"),
        ({"speaker": ""}, "请填谁来讲"),
        ({"free_from": "11:00", "free_until": "10:30"}, "走的时间要晚于来的时间"),
    ],
)
def test_what_cannot_be_planned_is_explained(desk, session, firms, changes, words):
    key = f"firm-{firms[0].id}-"
    told = {name if name.startswith("host") else key + name: value for name, value in changes.items()}
    page = desk.post(GIVEN, data=typed(desk.get(GIVEN), **{**HOST, "host-1-name": "", **told}))

    assert (page.status_code, words in page.text) == (422, True)
    assert session.scalars(select(Plan)).all() == []


def test_a_run_of_show_has_times_hosts_job_numbers_and_reasons(desk, session, solved):
    page = desk.get("/desk/plans/1/versions/1")

    assert page.status_code == 200
    assert [name in page.text for name in (*NAMES, "开场", "讲政策", "答疑", "号岗位")] == [True] * 7
    assert page.text.count("为什么这样排？") == 6
    assert plans.planner("airtime").breaches(plans.problem_of(solved), plans.answer_of(solved).plan) == ()


def test_an_accepted_run_of_show_becomes_slots_with_job_numbers_once(desk, session, fair, solved):
    for _ in range(2):
        assert desk.post("/desk/plans/1/versions/1/acceptance").status_code == 303

    plan = plans.answer_of(solved).plan
    rows = livestreams.of_show(session, fair)
    assert [(row.key, row.minutes) for row in rows] == [(item.key, item.minutes) for item in plan.items]
    assert [row.first_job_no for row in rows if row.kind == "company"] == [1, 2, 3]
    assert len(session.scalars(select(LiveSlot)).all()) == 6


def test_a_hand_moves_an_item_and_the_next_run_respects_it(desk, session, solved):
    problem, plan = plans.problem_of(solved), plans.answer_of(solved).plan
    last = plan.companies[-1]
    place = plan.items.index(plan.companies[0]) + 1
    told = {"item": last.key, "place": str(place), "host": problem.show.hosts[0].key, "lock": "y", "anyway": "y"}

    page = desk.post("/desk/plans/1/versions/1/items", data=told)
    hand = plans.answer_of(newest(session)).plan
    desk.post("/desk/plans/1/runs", data={"seconds": "5"})
    think()

    assert page.location == "/desk/plans/1/versions/2"
    assert hand.companies[0].key == last.key
    again = plans.answer_of(newest(session)).plan.item(last.key)
    assert (newest(session).made, again.start, again.host) == ("solved", hand.item(last.key).start, "小青")


def test_what_a_hand_breaks_is_said_at_once(desk, session, solved):
    plan = plans.answer_of(solved).plan
    told = {"item": "opening", "place": str(len(plan.items)), "host": "小青"}

    page = desk.post("/desk/plans/1/versions/1/items", data=told)

    assert (page.status_code, "处冲突" in page.text, newest(session).number) == (200, True, 1)


def test_ticked_items_are_locked_and_unticked_ones_are_let_go(desk, session, solved):
    keys = [item.key for item in plans.answer_of(solved).plan.items]
    desk.post("/desk/plans/1/versions/1/item-locks", data={"lock": keys[:2]})
    assert {lock.key for lock in plans.problem_of(solved.plan).locks} == set(keys[:2])

    desk.post("/desk/plans/1/versions/1/item-locks", data={"lock": keys[1:2]})
    assert [lock.key for lock in plans.problem_of(solved.plan).locks] == [keys[1]]


def test_without_an_accepted_run_of_show_there_is_no_live_page(desk, session, fair, solved):
    assert desk.get("/desk/fairs/live/live").status_code == 404


def test_the_live_page_says_what_is_on_air_and_what_comes(desk, session, fair, solved, on_air):
    on_air(2)
    page = desk.get("/desk/fairs/live/live")

    assert [words in page.text for words in ("正在播", "开场", "下一个")] == [True] * 3
    on_air(-30)
    assert "还没开播" in desk.get("/desk/fairs/live/live").text


def test_what_runs_over_pushes_the_rest_and_changes_no_number(desk, session, fair, solved, on_air):
    first = plans.answer_of(solved).plan.companies[0]
    numbers = {row.key: row.first_job_no for row in livestreams.of_show(session, fair)}
    on_air(first.start + 1)

    nothing = desk.post("/desk/fairs/live/live", data={"more": "", "gone": "", "longer": "0"})
    run = desk.post("/desk/fairs/live/live", data={"more": "6", "gone": "", "longer": "10"}).location
    think()
    page = desk.get(run)
    desk.post(f"{page.location}/acceptance")

    rows = {row.key: row for row in livestreams.of_show(session, fair)}
    assert (nothing.status_code, "请填超时几分钟" in nothing.text) == (422, True)
    assert rows[first.key].minutes == first.minutes + 6
    ends = first.end + 6
    assert all(
        (row.starts_at - fair.starts_at) // timedelta(minutes=1) >= ends
        for row in rows.values()
        if row.position > rows[first.key].position
    )
    assert {key: row.first_job_no for key, row in rows.items()} == numbers


def test_who_does_not_come_is_dropped_and_the_rest_closes_up(desk, session, fair, solved, on_air):
    gone = plans.answer_of(solved).plan.companies[-1]
    on_air(1)

    run = desk.post("/desk/fairs/live/live", data={"more": "", "gone": gone.key, "longer": "0"}).location
    think()
    desk.post(f"{desk.get(run).location}/acceptance")

    assert gone.key not in {row.key for row in livestreams.of_show(session, fair)}
    assert len(shown(session, fair)) == 5
    assert newest(session).made == "replanned"


def test_a_show_too_short_for_all_says_which_rules_conflict(desk, session, firms, fair):
    fair.ends_at = fair.starts_at + timedelta(minutes=15)

    run = desk.post(GIVEN, data=typed(desk.get(GIVEN), **HOST)).location
    think()
    page = desk.get(run)

    assert ("这样排不出来" in page.text, "怎么办" in page.text) == (True, True)
