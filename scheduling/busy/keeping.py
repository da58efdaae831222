"""A file that was read, as a draft keeps it between looking and taking in: plain JSON, and back."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any

from scheduling.busy.reading import Fault, Period, Reading


def kept(reading: Reading) -> dict[str, Any]:
    """Give a reading as JSON values."""
    return {
        **asdict(reading),
        "periods": [_plain(one) for one in reading.periods],
        "uids": sorted(reading.uids),
        "first": reading.first.isoformat(),
        "last": reading.last.isoformat(),
    }


def reread(told: dict[str, Any]) -> Reading:
    """Give the reading that `kept` gave."""
    return Reading(
        periods=tuple(_period(one) for one in told["periods"]),
        faults=tuple(Fault(**one) for one in told["faults"]),
        uids=frozenset(told["uids"]),
        first=datetime.fromisoformat(told["first"]),
        last=datetime.fromisoformat(told["last"]),
        outside=told["outside"],
        cancelled=told["cancelled"],
    )


def _plain(one: Period) -> dict[str, Any]:
    return {**asdict(one), "starts": one.starts.isoformat(), "ends": one.ends.isoformat()}


def _period(told: dict[str, Any]) -> Period:
    times = {name: datetime.fromisoformat(told[name]) for name in ("starts", "ends")}
    return Period(**{**told, **times})
