"""How many examples a property of a planner is tried on: a fifth on every run, all of them with SONGGANG_TESTS=full."""

from __future__ import annotations

import os
from typing import Any

from hypothesis import HealthCheck, settings

FULL = os.environ.get("SONGGANG_TESTS") == "full"  # `make full-test`


def examples(number: int, **more: Any) -> settings:
    """Give settings for a property that holds on `number` examples, always the same ones in the same order."""
    return settings(
        max_examples=number if FULL else number // 5,
        derandomize=True,
        database=None,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
        **more,
    )
