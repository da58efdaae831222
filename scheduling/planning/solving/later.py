"""Names of a planner that bring a solver into memory: they are imported when somebody asks for them.

So the web can state, check and price a plan, and only who solves has OR-Tools loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any


def later(package: str, homes: Mapping[str, str]) -> Callable[[str], Any]:
    """Give the `__getattr__` of `package` (PEP 562): each name in `homes` comes from that module of it."""

    def fetch(name: str) -> Any:  # noqa: ANN401  a function of whichever kind
        if name not in homes:
            raise AttributeError(f"module {package!r} has no attribute {name!r}")
        return getattr(import_module(f"{package}.{homes[name]}"), name)

    return fetch
