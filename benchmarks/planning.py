"""What the planners reach: `.venv/bin/python -m benchmarks.planning [--only season] [--scales 1,2,4] [--seconds 60]`.

One run prints a table for each planner: the first plan, value and proven gap after ten seconds and at the end, beside a
greedy plan and a random one that keeps every hard rule, and a re-plan after something went wrong. Sizes are doubled
twice to show growth. Nothing else should run on the machine. `--work` measures how much CP-SAT work a second holds.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

from benchmarks.cases import airtime as airtime_cases
from benchmarks.cases import booths as booths_cases
from benchmarks.cases import season as season_cases
from benchmarks.cases import training as training_cases
from scheduling.planning import airtime, booths, season, timetable
from scheduling.planning.solving import Answer, Limits, Progress, gap, solver, total

PLANNERS: dict[str, tuple[ModuleType, ModuleType]] = {
    "season": (season, season_cases),
    "booths": (booths, booths_cases),
    "airtime": (airtime, airtime_cases),
    "training": (timetable, training_cases),
}
EARLY = 10.0  # seconds: how a plan stands then is shown beside how it ends
REPLAN = 20.0  # seconds a re-plan may take
HEAD = (
    "scale",
    "first plan",
    "value at 10 s",
    "gap at 10 s",
    "value",
    "gap",
    "ended",
    "broken",
    "greedy",
    "random",
    "re-plan",
    "proven",
)


@dataclass
class Log:
    """What a solve told while it ran."""

    told: list[Progress] = field(default_factory=list)

    def first(self) -> str:
        """Say when the first plan stood; the watch looks twice a second."""
        return next((f"≤ {each.seconds:.1f} s" for each in self.told if each.value is not None), "")

    def early(self) -> tuple[int | None, int | None]:
        """Give value and bound as they stood at ten seconds."""
        stood = [each for each in self.told if each.seconds <= EARLY + 0.5 and each.value is not None]
        return (stood[-1].value, stood[-1].bound) if stood else (None, None)


def timed(act: Callable[[], Any]) -> tuple[Any, float]:
    """Run `act`; give what it gave and the seconds it took."""
    began = time.monotonic()
    given = act()
    return given, time.monotonic() - began


def row(name: str, scale: float, limits: Limits) -> list[str]:
    """Plan one case and give its row of the table."""
    planner, cases = PLANNERS[name]
    problem, log = cases.make(scale), Log()
    answer, took = timed(lambda: planner.solve(problem, limits, watch=log.told.append))
    greedy, chance = planner.greedy(problem), planner.at_random(problem, limits.seed)
    value, bound = log.early() if took > EARLY else (answer.value, answer.bound)
    return [
        f"× {scale:g}",
        log.first() or f"≤ {took:.1f} s",
        points(value),
        share(gap(value, bound)),
        points(answer.value),
        share(answer.gap),
        f"{answer.stopped} {took:.1f} s",
        str(len(planner.breaches(problem, answer.plan))),
        against(planner, problem, greedy, answer),
        against(planner, problem, chance, answer),
        *replan(planner, cases, problem, answer, limits),
    ]


def replan(planner: ModuleType, cases: ModuleType, problem: Any, answer: Answer[Any], limits: Limits) -> list[str]:  # noqa: ANN401
    """Disturb the case, plan again with the fewest changes, and say how many and whether that is proven."""
    disturbed = cases.disturbance(problem, answer.plan)
    within = Limits(REPLAN, limits.seed, limits.workers)
    again, took = timed(lambda: planner.replan(disturbed, answer.plan, limits=within))
    return [f"{len(again.changes)} changes, {took:.1f} s", "yes" if again.status == "optimal" else "no"]


def against(planner: ModuleType, problem: Any, plan: Any, answer: Answer[Any]) -> str:  # noqa: ANN401
    """Give a plan's value, and how it stands to ours."""
    if plan is None:
        return "none found"
    value = total(planner.score(problem, plan))
    return f"{value:,} ({value / answer.value:.2f} ×)" if answer.value else f"{value:,}"


def points(value: int | None) -> str:
    """Write points."""
    return "" if value is None else f"{value:,}"


def share(part: float | None) -> str:
    """Write a gap."""
    return "" if part is None else f"{part:.2%}"


def table(head: tuple[str, ...], rows: list[list[str]]) -> str:
    """Write a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def work() -> None:
    """Say how much of CP-SAT's deterministic work a worker does in a second, solve by solve, on each planner's case."""
    really, done = solver.run, []

    def measured(model: Any, limits: Limits, **more: Any) -> solver.Outcome:  # noqa: ANN401
        outcome = really(model, limits, **more)
        done.append(outcome.solver.deterministic_time / max(outcome.solver.wall_time, 0.1))
        return outcome

    solver.run = measured
    for name, (planner, cases) in PLANNERS.items():
        done.clear()
        planner.solve(cases.make(1), Limits(20, workers=1))
        print(name, " ".join(f"{each:.2f}" for each in done), flush=True)


def main() -> None:
    """Read the command line and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", choices=PLANNERS, action="append")
    parser.add_argument("--scales", default="1,2,4", help="sizes, as shares of the first (default 1,2,4)")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--work", action="store_true", help="measure CP-SAT's work a second instead")
    asked = parser.parse_args()
    if asked.work:
        work()
        return
    limits = Limits(asked.seconds, asked.seed, asked.workers)
    for name in asked.only or PLANNERS:
        rows = [row(name, float(scale), limits) for scale in asked.scales.split(",")]
        print(f"\n## {name}\n\n{table(HEAD, rows)}", flush=True)


if __name__ == "__main__":
    main()
