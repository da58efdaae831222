"""What annealing reaches on curriculum timetables: `.venv/bin/python -m benchmarks.ctt FOLDER [--seeds 1,2,3,4,5]`.

Runs the command line once for each .ctt file and seed, 60 seconds by the clock on two cores, judges every solution by
the validator of the tests, which shares no code with the planner, and prints a table. Nothing else should run.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from tests.scheduling.planning.ctt.official import cost

BEST_KNOWN = {  # by any method in any time; http://satt.diegm.uniud.it/ctt, as quoted by the literature until 2020
    "comp01": 5,
    "comp02": 24,
    "comp03": 64,
    "comp04": 35,
    "comp05": 284,
    "comp07": 6,
    "comp11": 0,
}


def solved(file: Path, seed: int, seconds: float) -> tuple[int, int]:
    """Solve one instance; give the hard rules broken and the cost, both by the validator."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out.sol"
        command = [sys.executable, "-m", "scheduling.planning.ctt", str(file), "--seconds", str(seconds)]
        subprocess.run([*command, "--seed", str(seed), "--out", str(out)], check=False, capture_output=True)  # noqa: S603
        if not out.exists():
            return 1, 0
        broken, soft = cost(file.read_text(encoding="utf-8"), out.read_text(encoding="utf-8"))
        return broken, sum(soft.values())


def main() -> None:
    """Read the command line and print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seeds", default="1,2,3,4,5")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--only", default="", help="names, with commas between")
    asked = parser.parse_args()
    seeds = [int(seed) for seed in asked.seeds.split(",")]
    print(f"| instance | {' | '.join(f'seed {seed}' for seed in seeds)} | median | best known |")
    print("|" + " --- |" * (len(seeds) + 3))
    for file in sorted(asked.folder.glob("*.ctt")):
        if asked.only and file.stem not in asked.only.split(","):
            continue
        found = [solved(file, seed, asked.seconds) for seed in seeds]
        costs = [f"{points} ({broken} broken)" if broken else str(points) for broken, points in found]
        middle = f"{median(points for _, points in found):g}"
        print(f"| {file.stem} | {' | '.join(costs)} | {middle} | {BEST_KNOWN.get(file.stem, '')} |", flush=True)


if __name__ == "__main__":
    main()
