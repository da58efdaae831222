"""A worker in a process of its own thinks about a plan; killed ones leave nothing locked and nothing half done."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from portal.setup import HOME
from scheduling import plans
from scheduling.models import PlanRun, PlanVersion
from scheduling.planning.season import Candidate, Enterprise, Staff, Town, Van
from scheduling.planning.solving import Stopped
from tests.conftest import COUNTY, SECRET
from tests.scheduling.season_examples import opened, small_season

PATIENCE = 60  # seconds; a solver has to be started, on a machine that may be busy


@pytest.fixture
def command(app):
    """Start one of our commands on the test's database."""
    started = []
    settings = {
        "SONGGANG_SECRET": SECRET,
        "DATABASE_URL": app.config["SETTINGS"].database_url,
        "SONGGANG_COUNTY": COUNTY,
    }

    def start(*words, **more):
        line = [sys.executable, *words] if words[0] == "-c" else [sys.executable, "-m", "portal", *words]
        more |= {"cwd": HOME, "env": {**os.environ, **settings}, "start_new_session": True}
        started.append(subprocess.Popen(line, **more))
        return started[-1]

    yield start
    for process in started:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)  # its children too
        process.wait()


@pytest.fixture
def clock(app, monkeypatch):
    """Let this process believe in the time the other processes see."""
    monkeypatch.delitem(app.config, "CLOCK")
    from portal import clock

    return clock.now


def ask(session, clock, seconds, problem=None):
    plan = opened(session, problem)
    run = plans.ask(session, plan, seconds=seconds, by=None, now=clock())
    session.commit()
    return run.id


def long_season():
    """Give a season that nobody proves best in a minute: many towns and firms that all differ a little."""
    small, towns, needs = small_season(), range(24), {"staff_min": 2, "enterprises_min": 4, "enterprises_max": 9}
    days = [small.first + timedelta(days=number) for number in range(60)]
    markets = [(town, day) for town in towns for day in days if (town + day.toordinal()) % 3 == 0]
    return replace(
        small,
        last=days[-1],
        towns=tuple(Town(f"t{town}", f"{town}镇", 10_000 + 37 * town) for town in towns),
        candidates=tuple(Candidate(f"t{t}@{day}", f"t{t}", day, exposed=True, **needs) for t, day in markets),
        vans=tuple(
            Van(f"v{n}", f"{n}号车", tuple((f"t{t}", 10 + (t * 7 + n) % 50) for t in towns), 60) for n in range(2)
        ),
        staff=tuple(Staff(f"s{n}", f"{n}专员", f"t{n % 24}", (n % 7 + 1,), leads=True) for n in range(30)),
        enterprises=tuple(
            Enterprise(f"e{n}", f"{n}厂", (("焊工", 5 + n * 3 % 17),), (f"t{n % 24}",), max_a_month=3)
            for n in range(60)
        ),
    )


def fresh(session, id_):
    session.rollback()
    session.expire_all()
    return session.get_one(PlanRun, id_)


def stat(pid):
    """Give a process's state and its parent's id, from /proc; nothing for none."""
    try:
        state, parent = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[:2]
    except OSError:
        return None, None
    return state, int(parent)


def children(pid):
    """Give the processes that a process has started."""
    every = (int(path.name) for path in Path("/proc").iterdir() if path.name.isdecimal())
    return [each for each in every if stat(each)[1] == pid]


def gone(pid):
    """Whether a process is over, be it that nobody has asked yet how it ended."""
    return stat(pid)[0] in {None, "Z"}


def until(true):
    """Wait until something is so."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.1)


def test_a_worker_solves_what_was_asked_for(session, clock, command):
    run = ask(session, clock, seconds=5)

    assert command("worker", "--once").wait(PATIENCE) == 0

    version = fresh(session, run).version
    answer = plans.answer_of(version)
    assert (version.number, version.made) == (1, "solved")
    assert plans.planner("season").breaches(plans.problem_of(version), answer.plan) == ()
    assert answer.value is not None
    assert session.scalars(select(PlanVersion)).all() == [version]


def test_of_two_workers_one_solves_it(session, clock, command):
    run = ask(session, clock, seconds=5)
    both = [command("worker", "--once") for _ in range(2)]

    assert [worker.wait(PATIENCE) for worker in both] == [0, 0]

    assert (fresh(session, run).tries, session.scalars(select(PlanVersion.number)).all()) == (1, [1])


def test_a_killed_worker_leaves_the_run_to_the_next(session, clock, command):
    run = ask(session, clock, seconds=5)
    held, taken = plans.lease(session, now=clock())
    session.commit()
    killed = command("plan_run", str(held), str(taken))
    killed.kill()
    killed.wait()
    standing = fresh(session, run)
    standing.leased_until = clock() - timedelta(seconds=1)  # fifteen seconds later
    session.commit()

    assert command("worker", "--once").wait(PATIENCE) == 0

    run = fresh(session, run)
    assert (run.tries, run.version.number, run.failure) == (2, 1, "")


def test_a_solver_whose_worker_is_gone_stops_and_keeps_nothing(session, clock, command):
    run = ask(session, clock, 300, long_season())
    worker = command("worker")
    until(lambda: fresh(session, run).progress["steps"] != [])
    (solver,) = children(worker.pid)

    worker.kill()
    worker.wait()

    until(lambda: gone(solver))
    run = fresh(session, run)
    assert (run.finished_at, run.version) == (None, None)


def test_a_cancelled_solver_keeps_its_best_plan(session, clock, command):
    run = ask(session, clock, 300, long_season())
    worker = command("worker", "--once")
    until(lambda: fresh(session, run).progress["steps"] != [])

    plans.cancel(session, fresh(session, run), by=None, now=clock())
    session.commit()

    assert worker.wait(PATIENCE) == 0
    version = fresh(session, run).version
    answer = plans.answer_of(version)
    assert answer.stopped == Stopped.CANCEL
    assert len(answer.plan.fairs) > 0
    assert plans.planner("season").breaches(plans.problem_of(version), answer.plan) == ()


SERVER = """
import subprocess, sys, time
from portal.commands import serve

serve.beside("worker")
print("started", flush=True)
time.sleep(300)
"""


def test_a_worker_beside_a_server_ends_with_it(command):
    server = command("-c", SERVER, stdout=subprocess.PIPE)
    assert server.stdout.readline() == b"started\n"
    (worker,) = children(server.pid)

    server.kill()
    server.wait()
    server.stdout.close()

    until(lambda: gone(worker))
