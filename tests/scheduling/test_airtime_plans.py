"""Livestreams: from rows to the planner's problem and back, by hand, and while they are on air."""

from datetime import timedelta

import pytest

from scheduling import livestreams, vacancies
from scheduling.planning.airtime import Dropped, Overrun
from scheduling.planning.airtime import problem as given
from scheduling.plans import airtime
from tests.factories import EnterpriseFactory, FairFactory, VacancyFactory, approve

HOSTS = (given.Host("小青", "小青"), given.Host("小禾", "小禾"))
SETUP = airtime.Setup(hosts=HOSTS, segments=(given.Segment("opening", "opening", 5),), buffer=1)


@pytest.fixture
def fair(session, now):
    return FairFactory(kind="livestream", outdoor=False, ends_at=now + timedelta(days=2, hours=1))


@pytest.fixture
def firms(session, fair, now):
    """Two firms with two vacancies each, that asked to be on air."""
    rows = []
    for name in ("穗香食品", "铁山机械"):
        firm = approve(EnterpriseFactory(name=name, industry=name[-2:]))
        jobs = [str(approve(VacancyFactory(enterprise=firm)).no) for _ in range(2)]
        livestreams.want(session, fair, firm, speaker="钱经理", jobs=jobs, by=None, now=now)
        rows.append(firm)
    return rows


def show(*items: tuple[str, int, int], kind="company") -> given.Plan:
    return given.Plan(tuple(given.Item(key, kind, start, end, "小青") for key, start, end in items))


def test_who_asked_is_given_with_windows_in_minutes_and_jobs_to_number(session, fair, firms, now):
    since, until = fair.starts_at + timedelta(minutes=10), fair.starts_at + timedelta(minutes=40)
    livestreams.want(session, fair, firms[0], speaker="孙主管", free_from=since, free_until=until, by=None, now=now)

    problem = airtime.gather(session, fair, SETUP)

    assert (problem.show.length, problem.show.buffer, problem.show.last_number) == (90, 1, 0)
    assert [(r.name, r.trade, r.jobs, r.announced) for r in problem.requests] == [
        ("穗香食品", "食品", 2, 0),
        ("铁山机械", "机械", 2, 0),
    ]
    assert [(s.name, s.windows) for s in problem.speakers] == [
        ("孙主管", (given.Window(10, 40),)),
        ("钱经理", ()),
    ]


def test_numbers_announced_before_stay_and_are_never_given_again(session, fair, firms, now):
    for vacancy in vacancies.of_enterprise(session, firms[1])[::-1]:
        vacancies.show_at(session, fair, vacancy, by=None, now=now)

    problem = airtime.gather(session, fair, SETUP)

    assert [(r.announced, r.jobs) for r in problem.requests] == [(0, 2), (1, 2)]
    assert problem.show.last_number == 2


def test_numbers_that_lie_apart_are_left_to_stand_as_they_are(session, fair, firms, now):
    own, other = (vacancies.of_enterprise(session, firm)[::-1] for firm in firms)
    for vacancy in (own[0], other[0], own[1]):
        vacancies.show_at(session, fair, vacancy, by=None, now=now)

    problem = airtime.gather(session, fair, SETUP)

    assert [(r.announced, r.jobs) for r in problem.requests] == [(0, 0), (0, 0)]
    assert problem.show.last_number == 3


def test_a_run_of_show_becomes_slots_with_job_numbers_in_its_order_once(session, fair, firms, now):
    first, second = (str(firm.id) for firm in firms)
    opening = given.Item("opening", "opening", 0, 5, "小禾")
    plan = given.Plan((opening, *show((second, 5, 17), (first, 18, 30)).items))

    for _ in range(2):
        airtime.carry_out(session, fair, plan, by=None, now=now)

    rows = livestreams.of_show(session, fair)
    assert [(row.title, airtime.minute(fair, row.starts_at), row.minutes, row.host, row.speaker) for row in rows] == [
        ("开场", 0, 5, "小禾", ""),
        ("铁山机械", 5, 12, "小青", "钱经理"),
        ("穗香食品", 18, 12, "小青", "钱经理"),
    ]
    assert [(row.first_job_no, row.last_job_no) for row in rows] == [(None, None), (1, 2), (3, 4)]


def test_an_item_moved_by_hand_lets_the_later_ones_move_up_behind_it(session, fair, firms):
    problem = airtime.gather(session, fair, SETUP)
    first, second = (request.key for request in problem.requests)
    opening = given.Item("opening", "opening", 0, 5, "小禾")
    plan = given.Plan((opening, *show((first, 5, 17), (second, 20, 30)).items))

    moved = airtime.moved(problem, plan, second, 2, "小禾")

    assert [(item.key, item.start, item.end, item.host) for item in moved.items] == [
        ("opening", 0, 5, "小禾"),
        (second, 5, 15, "小禾"),
        (first, 16, 28, "小青"),
    ]
    assert [(item.first_number, item.last_number) for item in moved.items] == [(0, 0), (1, 2), (3, 4)]


def test_segments_stay_after_as_many_enterprises_when_one_of_these_is_moved(session, fair, firms):
    qa = given.Segment("qa", "qa", 5, after=2)
    problem = airtime.gather(session, fair, airtime.Setup(hosts=HOSTS, segments=(*SETUP.segments, qa)))
    first, second = (request.key for request in problem.requests)
    ends = [given.Item("opening", "opening", 0, 5, "小禾"), given.Item("qa", "qa", 29, 34, "小禾")]
    plan = given.Plan((ends[0], *show((first, 5, 17), (second, 17, 29)).items, ends[1]))

    moved = airtime.moved(problem, plan, first, 4, "小青")

    assert [item.key for item in moved.items] == ["opening", second, first, "qa"]


def test_a_locked_item_has_its_start_and_host_until_it_is_let_go(session, fair, firms):
    problem = airtime.gather(session, fair, SETUP)
    key = problem.requests[0].key
    plan = show((key, 5, 17))

    locked = airtime.locked(airtime.locked(problem, plan, key), plan, key)

    assert locked.locks == (given.Lock(key, 5, "小青"),)
    assert airtime.unlocked(locked, key).locks == ()


def test_what_runs_over_is_a_fact_and_the_rest_begins_after_it(session, fair, firms):
    problem = airtime.gather(session, fair, SETUP)
    first, second = (request.key for request in problem.requests)
    plan = show((first, 0, 12), (second, 13, 25))

    told = airtime.now_that(Overrun(6), problem, plan, 10, longer=5)

    assert [(item.key, item.start, item.end) for item in told.aired] == [(first, 0, 18)]
    assert (told.now, told.show.length) == (18, 95)


@pytest.mark.parametrize(("minute", "key"), [(-2000, None), (0, "a"), (12, "a"), (13, "b"), (99, "b")])
def test_what_has_begun_last_is_on_air(minute, key):
    now = airtime.on_air(show(("a", 0, 12), ("b", 13, 25)), minute)

    assert (now and now.key) == key


def test_who_does_not_come_is_left_out_even_before_the_show(session, fair, firms):
    problem = airtime.gather(session, fair, SETUP)
    first, second = (request.key for request in problem.requests)
    plan = show((first, 0, 12), (second, 13, 25))

    told = airtime.now_that(Dropped(first), problem, plan, -2000)

    assert ([request.key for request in told.requests], told.aired) == ([second], ())
    assert told.now <= 0
