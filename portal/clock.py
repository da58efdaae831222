"""The one place that reads the clock; everything else is told the time."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from flask import Flask, current_app

HERE = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """Give the time now, aware, in UTC. A test may set `CLOCK` in the app's configuration."""
    return now_of(current_app)


def now_of(app: Flask) -> datetime:
    """Give the time now as `app` believes it, where no request has been begun yet."""
    told = app.config.get("CLOCK")
    moment: datetime = told() if told else datetime.now(UTC)  # noqa: TID251  the one place
    return moment


def today() -> date:
    """Give the day it is in the county."""
    return now().astimezone(HERE).date()
