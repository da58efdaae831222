"""Planners at work, in the test's own process: what a worker starts another process for."""

from __future__ import annotations

from flask import current_app

from portal import clock
from portal.commands import plan_run
from portal.database import db, writing
from scheduling import plans


def think() -> None:
    """Solve what was asked for, and keep what comes of it."""
    db.session.commit()
    while True:
        with writing() as session:
            leased = plans.lease(session, now=clock.now())
        if leased is None:
            break
        plan_run.solve(current_app._get_current_object(), *leased)
    db.session.rollback()
    db.session.expire_all()
