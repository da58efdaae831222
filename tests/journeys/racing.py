"""Processes that all do something at the same moment: each says "ready", waits for "go", and prints what came of it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

HOME = Path(__file__).parents[2]


def together(script: Path, told: Iterable[dict[str, Any]]) -> list[Any]:
    """Start `script` once for each of `told`, let them all go at once, and give all that they print as one list."""
    running = [
        subprocess.Popen(
            [sys.executable, str(script), json.dumps(each)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=HOME,
            env={"PYTHONPATH": str(HOME), "PATH": ""},
        )
        for each in told
    ]
    assert [process.stdout.readline().strip() for process in running] == ["ready"] * len(running)
    for process in running:
        process.stdin.write("go\n")
        process.stdin.flush()
    return [outcome for process in running for outcome in json.loads(process.communicate(timeout=300)[0])]
