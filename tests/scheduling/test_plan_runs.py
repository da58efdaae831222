"""Runs are asked for once, leased to one worker at a time, and concluded once, whoever dies on the way."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from scheduling import plans
from scheduling.models import Deed, PlanRun, PlanVersion
from scheduling.planning.solving import Answer, Conflict, Rule, Status, Stopped, codec, say
from scheduling.plans.running import LEASE, TRIES
from tests.factories import NOW, AccountFactory
from tests.scheduling.season_examples import WILLOW, answer, fair, opened, small_season, solved

SOON, LATE = NOW + timedelta(seconds=1), NOW + LEASE + timedelta(seconds=1)


@pytest.fixture
def plan(session):
    """The small season, with nothing asked for."""
    return opened(session)


def asked(session, plan):
    return plans.ask(session, plan, seconds=5, by=None, now=NOW)


def test_a_plan_opened_twice_by_a_double_tap_is_one(session):
    clerk = AccountFactory()

    assert opened(session, by=clerk) is opened(session, by=clerk)
    assert opened(session, by=clerk).number == 1


def test_what_is_kept_comes_back_as_it_was(session, plan):
    assert plans.problem_of(plan) == small_season()


def test_asking_twice_is_one_run(session, plan):
    assert asked(session, plan) is asked(session, plan)
    assert [deed.what for deed in session.scalars(select(Deed))].count("plan.run_asked") == 1


def test_a_run_keeps_what_was_given_when_it_was_asked_for(session, plan):
    run = asked(session, plan)
    other = codec.loads(plan.problem.replace("柳河镇", "柳林镇"), type(small_season()))

    plans.revise(session, plan, other, by=None, now=SOON)

    assert plans.problem_of(run) == small_season()
    assert plans.problem_of(plan) == other


def test_a_leased_run_is_taken_by_nobody_else_until_its_lease_runs_out(session, plan):
    run = asked(session, plan)

    assert plans.lease(session, now=NOW) == (run.id, 1)
    assert plans.lease(session, now=SOON) is None
    assert plans.waiting(session, now=SOON) is False
    assert plans.lease(session, now=LATE) == (run.id, 2)


def test_whoever_keeps_it_holds_the_lease_and_shows_how_far_it_is(session, plan):
    run = asked(session, plan)
    plans.lease(session, now=NOW)

    assert plans.keep(session, run.id, 1, [[0.5, 80, 120]], now=LATE - timedelta(seconds=2)) is True
    assert plans.lease(session, now=LATE) is None
    session.refresh(run)
    assert run.progress == {"steps": [[0.5, 80, 120]]}


def test_who_lost_the_lease_can_write_nothing_any_more(session, plan):
    run = asked(session, plan)
    plans.lease(session, now=NOW)
    plans.lease(session, now=LATE)

    assert plans.keep(session, run.id, 1, [], now=LATE) is False
    assert plans.conclude(session, run.id, 1, answer(fair(WILLOW)), now=LATE) is None
    plans.fail(session, run.id, 1, "failed", now=LATE)
    session.refresh(run)
    assert (run.finished_at, session.scalars(select(PlanVersion)).all()) == (None, [])


def test_a_run_that_kills_every_solver_is_given_up(session, plan):
    run = asked(session, plan)
    times = [NOW + number * (LEASE + timedelta(seconds=1)) for number in range(TRIES + 2)]

    taken = [plans.lease(session, now=moment) for moment in times]

    assert taken == [(run.id, number + 1) for number in range(TRIES)] + [None, None]
    session.refresh(run)
    assert (run.failure, run.finished_at) == ("gave_up", times[TRIES])


def test_what_came_of_it_is_a_version_of_that_number(session, plan):
    said = answer(fair(WILLOW))
    first = solved(session, plan, said)
    second = solved(session, plan, said)

    assert [(each.number, each.made) for each in (first, second)] == [(1, "solved"), (2, "solved")]
    assert plans.answer_of(first) == said
    assert plans.problem_of(first) == small_season()


def test_concluding_twice_is_one_version(session, plan):
    run = asked(session, plan)
    plans.lease(session, now=NOW)

    plans.conclude(session, run.id, 1, answer(fair(WILLOW)), now=SOON)
    plans.conclude(session, run.id, 1, answer(), now=SOON)

    assert [each.number for each in session.scalars(select(PlanVersion))] == [1]
    assert run.version.number == 1


def test_an_answer_without_a_plan_stays_with_the_run(session, plan):
    run = asked(session, plan)
    plans.lease(session, now=NOW)
    none = Answer(
        Status.INFEASIBLE,
        "max",
        Stopped.PROOF,
        conflict=Conflict((Rule("least:liuhe", say("柳河镇至少办%(n)s场", n=3)),)),
    )

    assert plans.conclude(session, run.id, 1, none, now=SOON) is None
    assert plans.answer_of(run) == none
    assert run.finished_at == SOON


def test_a_run_nobody_began_ends_at_once_when_it_is_cancelled(session, plan):
    run = asked(session, plan)

    for _ in range(2):
        plans.cancel(session, run, by=None, now=SOON)

    assert (run.finished_at, run.failure) == (SOON, "cancelled")
    assert plans.lease(session, now=LATE) is None


def test_a_solver_at_work_hears_that_it_shall_stop_and_keeps_its_best_plan(session, plan):
    run = asked(session, plan)
    plans.lease(session, now=NOW)
    plans.cancel(session, run, by=None, now=SOON)

    assert plans.keep(session, run.id, 1, [], now=SOON) is False
    assert plans.conclude(session, run.id, 1, answer(fair(WILLOW)), now=SOON).number == 1


def test_a_finished_run_makes_room_for_the_next(session, plan):
    solved(session, plan)

    again = asked(session, plan)

    assert again.finished_at is None
    assert plans.open_runs(session, plan) == [again]
    assert len(session.scalars(select(PlanRun)).all()) == 2
