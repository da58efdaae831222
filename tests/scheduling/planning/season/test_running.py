"""How a search runs: the same every time, and it stops when told to."""

from __future__ import annotations

import subprocess
import sys
import time

from benchmarks.cases.season import disturbance, make
from scheduling.planning.season import at_random, breaches, greedy, replan, score, solve
from scheduling.planning.solving import Limits, Status, Stopped, total

SMALL = 0.35  # of 青禾县
ONCE = f"""
from benchmarks.cases.season import make
from scheduling.planning.season import solve
from scheduling.planning.solving import Limits, codec

print(codec.dumps(solve(make({SMALL}), Limits(seconds=60, seed=3)).plan))
"""


def test_two_processes_make_the_same_plan_to_the_byte():
    first, second = (
        subprocess.run([sys.executable, "-c", ONCE], capture_output=True, text=True, check=True).stdout for _ in "12"
    )

    assert len(first) > 1000
    assert first == second


def test_a_season_beats_what_is_made_by_hand_and_at_random_and_is_proven():
    problem = make(SMALL)

    answer = solve(problem, Limits(seconds=60))

    assert breaches(problem, answer.plan) == ()
    assert answer.gap < 0.01
    assert answer.value > total(score(problem, greedy(problem))) > total(score(problem, at_random(problem, 1)))


def test_told_to_stop_at_once_it_gives_the_plan_it_began_with():
    problem = make(SMALL)

    answer = solve(problem, Limits(seconds=60), cancelled=lambda: True)

    assert (answer.status, answer.stopped) == (Status.FEASIBLE, Stopped.CANCEL)
    assert answer.plan == greedy(problem)


def test_told_to_stop_in_the_middle_it_soon_gives_the_best_it_has():
    problem, told, asked = make(), [], []

    def cancelled() -> bool:
        if told and told[-1].bound is not None:
            asked.append(time.monotonic())
        return bool(asked)

    answer = solve(problem, Limits(seconds=120, workers=2), watch=told.append, cancelled=cancelled)

    assert answer.stopped is Stopped.CANCEL
    assert breaches(problem, answer.plan) == ()
    assert answer.bound >= answer.value


def test_a_whole_season_is_mended_with_proof_after_bad_news():
    problem = make()
    plan = greedy(problem)
    news = disturbance(problem, plan)

    answer = replan(news, plan, Limits(seconds=60))

    assert breaches(news, plan) != ()
    assert breaches(news, answer.plan) == ()
    assert (answer.status, answer.value) == (Status.OPTIMAL, sum(change.price for change in answer.changes))
