"""The compiled annealing: what it counts is what is there, it breaks no rule, and the same seed gives the same."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from scheduling.planning import timetable
from scheduling.planning.ctt import read, write
from scheduling.planning.solving import Limits, Status, Stopped, total
from scheduling.planning.timetable.annealing import Arrays, supports
from scheduling.planning.timetable.annealing.arrays import cost
from scheduling.planning.timetable.annealing.cooling import Cooling
from scheduling.planning.timetable.annealing.kernel import BREACH, LONGEST, anneal
from scheduling.planning.timetable.lookup import Lookup
from tests.scheduling.planning.ctt import official
from tests.scheduling.planning.ctt.instances import instance

LARGE = {"courses": 30, "rooms": 6, "days": 5, "periods": 6}


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize("chains", [0, 200, 1024])
def test_the_cost_kept_while_moving_is_the_cost_counted_from_nothing(seed, chains):
    arrays = Arrays(Lookup(read(instance(seed))))
    given = arrays.given
    cells = np.random.default_rng(seed).permutation(given.cost.shape[1])[: len(given.activity)]
    state = arrays.state(cells.tolist(), seed + 1)
    current = least = cost(given, state.cell)
    best, scratch = state.cell.copy(), np.empty(LONGEST, np.int32)

    for heat in (50.0, 5.0, 1.0, 0.2):
        current, least = anneal(given, state, best, current, least, 3000, heat, 40, chains, scratch, scratch.copy())
        assert (current, least) == (cost(given, state.cell), cost(given, best))

    again = arrays.state(state.cell.tolist(), 1)
    for kept, counted in zip(state[:-1], again[:-1], strict=True):
        assert (kept == counted).all()


@pytest.mark.parametrize("seed", range(3))
def test_a_timetable_breaks_no_hard_rule_and_costs_what_the_validator_says(seed):
    text = instance(seed, **LARGE)
    problem = read(text)

    answer = timetable.solve(problem, Limits(seconds=2, seed=seed, workers=1))

    broken, soft = official.cost(text, write(answer.plan))
    assert (broken, timetable.breaches(problem, answer.plan)) == (0, ())
    assert (answer.value, total(answer.terms)) == (sum(soft.values()), sum(soft.values()))


def test_what_annealing_cannot_take_is_left_to_the_solver():
    problem = read(instance(1))
    two_teachers = timetable.Role("teacher", ("t0", "t1"))
    first, *others = problem.activities

    assert supports(Lookup(problem))
    for change in ({"roles": (two_teachers,)}, {"after": ("c1",)}, {"max_per_day": 1}, {"rooms": ()}):
        changed = type(first)(**{**vars(first), **change})
        assert not supports(Lookup(type(problem)(**{**vars(problem), "activities": (changed, *others)})))


def test_the_same_seed_gives_the_same_timetable_in_two_processes(tmp_path):
    source = tmp_path / "made.ctt"
    source.write_text(instance(5, **LARGE))
    outs = [tmp_path / "one.sol", tmp_path / "two.sol"]

    for out in outs:
        command = [sys.executable, "-m", "scheduling.planning.ctt", source, "--seconds", "4", "--workers", "1"]
        subprocess.run([*command, "--seed", "3", "--out", out], check=True, capture_output=True)

    assert outs[0].read_bytes() == outs[1].read_bytes() != b""


def test_who_cancels_gets_the_best_so_far():
    asked = iter([False] * 40)
    problem = read(instance(2, **LARGE))

    answer = timetable.solve(problem, Limits(seconds=600, workers=1), cancelled=lambda: next(asked, True))

    assert (answer.status, answer.stopped) in {(Status.FEASIBLE, Stopped.CANCEL), (Status.UNKNOWN, Stopped.CANCEL)}


@pytest.mark.parametrize("seed", range(3))
def test_where_heat_sorted_nothing_out_it_cools_on_from_a_draft(seed):
    arrays = Arrays(Lookup(read(instance(seed, **LARGE))))
    run = Cooling(arrays, Limits(seconds=1, seed=seed, workers=1), seed, 0.0, lambda: False)
    assert run.least >= BREACH  # it begins by lot

    assert run._kept(run.least) == run.least == cost(arrays.given, run.state.cell) < BREACH
    assert arrays.cells(arrays.plan(run.best.tolist())) is not None
    kept = run.least
    assert run._kept(kept + 5) == kept + 5  # what keeps every rule goes on
