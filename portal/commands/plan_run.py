"""`portal plan_run`: one run of a planner, in a process of its own. The worker starts it; nobody types it.

So a solver that dies takes nobody with it, and messages go out while it thinks.
"""

from __future__ import annotations

import os
import threading
from typing import Self
from uuid import UUID

import click
from flask import Flask
from flask.cli import ScriptInfo

from portal import clock
from portal.database import reading, writing
from scheduling import plans
from scheduling.models import PlanRun
from scheduling.planning.solving import Limits, Progress

EVERY = 1.0  # seconds between two signs of life
MOST_STEPS = 240


@click.command("plan_run", hidden=True)
@click.argument("run_id", type=click.UUID)
@click.argument("taken", type=int)
@click.option("--beside", type=int, help="Stop when this process, which started it, is gone.")
@click.pass_obj
def command(script: ScriptInfo, run_id: UUID, taken: int, beside: int | None) -> None:
    """Think about RUN_ID, leased with try number TAKEN, and keep what comes of it."""
    app = script.load_app()
    with app.app_context():
        solve(app, run_id, taken, beside=beside)


def solve(app: Flask, run_id: UUID, taken: int, *, beside: int | None = None) -> None:
    """Solve a leased run inside an app context.

    Whoever lost the lease leaves everything as it is; so does one whose worker, the process `beside`, is gone.
    """
    run = reading().get_one(PlanRun, run_id)
    planner, problem = plans.planner(run.plan.kind), plans.problem_of(run)
    limits = Limits(seconds=run.seconds, seed=run.seed, workers=run.workers)
    accepted = plans.answer_of(run.replans).plan if run.replans else None
    reading().rollback()  # hold nothing while thinking
    with Pulse(app, run_id, taken, beside) as pulse:
        more = {"watch": pulse.watch, "cancelled": pulse.cancelled}
        try:
            answer = (
                planner.replan(problem, accepted, limits, **more)
                if accepted
                else planner.solve(problem, limits, **more)
            )
        except Exception:
            app.logger.exception("a plan could not be solved")
            with writing() as db:
                plans.fail(db, run_id, taken, "failed", now=clock.now())
            return
    if not pulse.orphaned:
        with writing() as db:
            plans.conclude(db, run_id, taken, answer, now=clock.now())


class Pulse:
    """A thread beside the solver: once a second it renews the lease, notes the progress, asks whether to go on."""

    def __init__(self, app: Flask, run_id: UUID, taken: int, beside: int | None) -> None:
        self.app, self.run_id, self.taken, self.beside = app, run_id, taken, beside
        self.steps: list[list[float | int | None]] = []
        self.orphaned, self.stop = False, False
        self.over = threading.Event()
        self.thread = threading.Thread(target=self._beat, daemon=True)

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.over.set()
        self.thread.join()

    def watch(self, progress: Progress) -> None:
        """Note a step when value or bound changed; of very many every other one is forgotten."""
        if self.steps and self.steps[-1][1:] == [progress.value, progress.bound]:
            return
        self.steps.append([round(progress.seconds, 1), progress.value, progress.bound])
        if len(self.steps) > MOST_STEPS:
            self.steps = [*self.steps[:-1:2], self.steps[-1]]

    def cancelled(self) -> bool:
        """Say whether the solver shall stop with what it has."""
        return self.stop

    def _beat(self) -> None:
        while not self.over.wait(EVERY):
            self.orphaned = self.beside not in {None, os.getppid()}
            try:
                with self.app.app_context(), writing() as db:
                    going = plans.keep(db, self.run_id, self.taken, list(self.steps), now=clock.now())
            except Exception:
                self.app.logger.exception("the progress of a plan could not be written")
                continue
            self.stop = self.orphaned or not going
