"""`portal worker`: sends what waits in the outbox, and tidies up. Run one or several; each message is leased to one."""

from __future__ import annotations

import os
import time
from datetime import datetime, timedelta

import click
from flask import Flask
from flask.cli import ScriptInfo

from portal import clock, doors, gateways
from portal.database import writing
from scheduling import drafts, limits, notices, retention, signins

TIDY_EVERY = timedelta(hours=1)


@click.command("worker")
@click.option("--once", is_flag=True, help="Send what is due now and stop.")
@click.option("--pause", default=5.0, show_default=True, help="Seconds to wait when nothing is due.")
@click.pass_obj
def command(script: ScriptInfo, *, once: bool, pause: float) -> None:
    """Send due messages through the gateway that SONGGANG_SMS names."""
    app = script.load_app()
    gateway = gateways.named(os.environ.get("SONGGANG_SMS", ""))
    tidied = None
    while True:
        with app.app_context():
            if tidied is None or clock.now() - tidied > TIDY_EVERY:
                tidied = tidy()
            sent = work(app, gateway)
        if once:
            return
        if not sent:
            time.sleep(pause)


def tidy() -> datetime:
    """Forget what is of no more use, and the people whose time is up; give when that was."""
    now = clock.now()
    with writing() as db:
        drafts.forget(db, now=now)
        signins.forget(db, now=now)
        limits.forget(db, before=now - timedelta(days=1))
        retention.forget_visitors(db, doors.county(), now=now)
    return now


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
