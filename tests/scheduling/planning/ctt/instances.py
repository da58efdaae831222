"""Instances made up by chance, as texts: some tight, none known to be solvable."""

from __future__ import annotations

from random import Random

TOY = """Name: Toy
Courses: 3
Rooms: 2
Days: 2
Periods_per_day: 3
Curricula: 1
Constraints: 2

COURSES:
algebra hilbert 2 2 30
logic goedel 2 2 10
topology hilbert 1 1 40

ROOMS:
small 20
large 30

CURRICULA:
first 2 algebra logic

UNAVAILABILITY_CONSTRAINTS:
logic 0 0
topology 1 2

END.
"""


def instance(seed: int, *, courses: int = 24, rooms: int = 5, days: int = 5, periods: int = 5) -> str:
    """Make an instance: about two thirds of the rooms' periods are asked for."""
    chance = Random(seed)
    lectures = max(1, days * periods * rooms * 2 // (3 * courses))
    made = [
        f"c{n} t{n // 2 if n % 3 else n} {chance.randint(1, lectures)} {chance.randint(1, 3)} {chance.randint(5, 90)}"
        for n in range(courses)
    ]
    curricula = [
        f"q{n} {len(some)} {' '.join(some)}"
        for n in range(courses // 2)
        for some in [[f"c{c}" for c in sorted(chance.sample(range(courses), 3))]]
    ]
    closed = sorted(
        {f"c{chance.randrange(courses)} {chance.randrange(days)} {chance.randrange(periods)}" for _ in range(courses)}
    )
    sizes = [f"r{n} {chance.choice((30, 60, 90))}" for n in range(rooms)]
    return "\n".join(
        [
            f"Name: seed {seed}",
            f"Courses: {courses}",
            f"Rooms: {rooms}",
            f"Days: {days}",
            f"Periods_per_day: {periods}",
            f"Curricula: {len(curricula)}",
            f"Constraints: {len(closed)}",
            *("", "COURSES:", *made, "", "ROOMS:", *sizes, "", "CURRICULA:", *curricula),
            *("", "UNAVAILABILITY_CONSTRAINTS:", *closed, "", "END.", ""),
        ]
    )
