"""`portal worker`: sends what waits in the outbox, lets planners think, tidies up. Run one or several."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from datetime import datetime, timedelta

import click
from flask import Flask
from flask.cli import ScriptInfo

from portal import clock, doors, gateways
from portal.database import reading, writing
from scheduling import drafts, enrolments, limits, notices, plans, retention, signins, turnout

TIDY_EVERY = timedelta(hours=1)


@click.command("worker")
@click.option("--once", is_flag=True, help="Do what is due now and stop.")
@click.option("--pause", default=1.0, show_default=True, help="Seconds to wait when nothing is due.")
@click.option("--beside", type=int, hidden=True, help="End when this process, which started it, is gone.")
@click.pass_obj
def command(script: ScriptInfo, *, once: bool, pause: float, beside: int | None) -> None:
    """Send due messages through the gateway that SONGGANG_SMS names; run planners that somebody asked for."""
    app = script.load_app()
    gateway = gateways.named(os.environ.get("SONGGANG_SMS", ""))
    tidied, thinking = None, Thinking()
    while beside in {None, os.getppid()}:
        with app.app_context():
            if tidied is None or clock.now() - tidied > TIDY_EVERY:
                tidied = tidy()
            settle()
            sent = work(app, gateway)
            thinking.take()
        if once:
            thinking.wait()
            return
        if not sent:
            time.sleep(pause)


class Thinking:
    """The solver this worker has started: one at a time, in a process of its own (commands/plan_run.py)."""

    def __init__(self) -> None:
        self.solver: subprocess.Popen[bytes] | None = None

    def take(self) -> None:
        """Start a solver for the run that waits longest, unless one is at work."""
        if self.solver is not None and self.solver.poll() is None:
            return
        now = clock.now()
        if not plans.waiting(reading(), now=now):
            reading().rollback()
            return
        with writing() as db:
            leased = plans.lease(db, now=now)
        if leased:
            run, taken = leased
            command = [sys.executable, "-m", "portal", "plan_run", str(run), str(taken), "--beside", str(os.getpid())]
            self.solver = subprocess.Popen(command)  # noqa: S603  our own command, with an id and numbers

    def wait(self) -> None:
        """Wait for the solver at work."""
        if self.solver is not None:
            self.solver.wait()


def tidy() -> datetime:
    """Forget what is of no more use, and the people whose time is up; give when that was."""
    now = clock.now()
    with writing() as db:
        drafts.forget(db, now=now)
        signins.forget(db, now=now)
        limits.forget(db, before=now - timedelta(days=1))
        retention.forget_visitors(db, doors.county(), now=now)
        turnout.settle(db, doors.county(), now=now)
    return now


def settle() -> None:
    """Let waiting lists move where an offered seat was not answered in time or a seat stayed free."""
    now = clock.now()
    due = enrolments.due(reading(), doors.county(), now=now)
    reading().rollback()
    if due:
        with writing() as db:
            enrolments.settle(db, doors.county(), now=now)


def work(app: Flask, gateway: notices.Gateway) -> int:
    """Lease what is due, send it outside any transaction, note each outcome; give how many were tried."""
    now = clock.now()
    with writing() as db:
        due = [(notice.id, notice.phone, notice.text) for notice in notices.lease(db, now=now)]
    for id_, phone, text in due:
        try:
            gateway(phone, text)
            sent = True
        except Exception as error:  # noqa: BLE001  whatever a sender raises, the message is tried again later
            app.logger.warning("a message could not be sent: %s", type(error).__name__)
            sent = False
        with writing() as db:
            notices.settle(db, id_, sent=sent, now=clock.now())
    return len(due)
