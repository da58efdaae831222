"""Solves one instance from the command line."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from scheduling.planning import timetable
from scheduling.planning.ctt.files import Unreadable, read, write
from scheduling.planning.solving import Limits

_OFFICIAL = {
    "overflow": "RoomCapacity",
    "spread": "MinimumWorkingDays",
    "isolated": "CurriculumCompactness",
    "rooms": "RoomStability",
}


def main(arguments: list[str] | None = None) -> int:
    """Solve the file that is named; print the cost by the official soft rules. 1: nothing found, 2: not to be read."""
    began = time.monotonic()
    parser = argparse.ArgumentParser(prog="python -m scheduling.planning.ctt", description=__doc__)
    parser.add_argument("file", type=Path, help="a .ctt instance")
    parser.add_argument("--seconds", type=float, default=60.0, help="by the clock, from start to end (default 60)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=2, help="cores; with 1 the same seed gives the same timetable")
    parser.add_argument("--out", type=Path, help="where to write the solution")
    asked = parser.parse_args(arguments)
    try:
        problem = read(asked.file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, Unreadable) as error:
        print(f"{asked.file}: {error}", file=sys.stderr)  # noqa: T201  a command speaks
        return 2
    # With one worker the limit is an amount of work, the same whatever the start took.
    spent = time.monotonic() - began if asked.workers > 1 else 0.0
    answer = timetable.solve(problem, Limits(max(asked.seconds - spent, 0.1), asked.seed, asked.workers))
    if answer.plan is None:
        print(f"{asked.file}: no timetable was found ({answer.status})", file=sys.stderr)  # noqa: T201
        return 1
    for term in answer.terms:
        if term.key in _OFFICIAL:
            print(f"{_OFFICIAL[term.key]:<22}{term.value:>6}")  # noqa: T201
    broken = len(timetable.breaches(problem, answer.plan))
    print(f"{'Total':<22}{answer.value:>6}")  # noqa: T201
    print(f"hard rules broken: {broken}, seed {asked.seed}, {time.monotonic() - began:.1f} s")  # noqa: T201
    if asked.out:
        asked.out.write_text(write(answer.plan), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
