"""A run drawn as lines: the best plan so far, and the bound that nothing can beat, over the seconds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDE, HIGH = 600, 160

Step = tuple[float, int | None, int | None]  # seconds, value, bound


@dataclass(frozen=True)
class Chart:
    """Points of two SVG polylines in a box of WIDE x HIGH; empty ones have nothing to show yet."""

    value: str
    bound: str


def chart(steps: Sequence[Step], seconds: float) -> Chart:
    """Draw `steps` for a run of `seconds`. The scale leaves out a first bound that is far from everything else."""
    values = [value for _, value, _ in steps if value is not None]
    bounds = [bound for _, _, bound in steps if bound is not None]
    if not values:
        return Chart("", "")
    spread = max(values) - min(values) or max(abs(values[-1]) // 20, 1)
    near = [bound for bound in bounds if abs(bound - values[-1]) <= 3 * spread] or bounds[-1:]
    low, high = min([*values, *near]), max([*values, *near])
    last = max([seconds, *(step[0] for step in steps)])

    def line(place: int) -> str:
        """Let each step hold until the next: what was known stays known."""
        points: list[tuple[float, float]] = []
        for step in steps:
            if step[place] is None:
                continue
            x = WIDE * step[0] / last
            y = HIGH - HIGH * (min(max(step[place] or 0, low), high) - low) / max(high - low, 1)
            if points:
                points.append((x, points[-1][1]))
            points.append((x, y))
        return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)

    return Chart(line(1), line(2))
