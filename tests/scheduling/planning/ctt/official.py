"""The competition's rules once more, from its technical report: reads .ctt and .sol texts and nothing of ours."""

from __future__ import annotations

from collections import Counter, defaultdict


def sections(instance: str) -> dict[str, list[list[str]]]:
    """Give the rows of each section by its name."""
    rows, name = defaultdict(list), ""
    for line in instance.splitlines():
        words = line.split()
        if len(words) == 1 and words[0].endswith(":"):
            name = words[0]
        elif words and name and words != ["END."]:
            rows[name].append(words)
    return rows


def cost(instance: str, solution: str) -> tuple[int, dict[str, int]]:
    """Give the number of broken hard rules, and the points of each of the four soft rules."""
    parts = sections(instance)
    courses = {row[0]: (row[1], *map(int, row[2:])) for row in parts["COURSES:"]}
    rooms = {name: int(size) for name, size in parts["ROOMS:"]}
    curricula = [row[2:] for row in parts["CURRICULA:"]]
    closed = {(course, int(day), int(period)) for course, day, period in parts["UNAVAILABILITY_CONSTRAINTS:"]}
    lectures = [(c, r, int(d), int(p)) for c, r, d, p in (line.split() for line in solution.splitlines())]

    asked = Counter({name: course[1] for name, course in courses.items()})
    held = Counter(course for course, *_ in lectures)
    broken = sum(((asked - held) + (held - asked)).values())
    broken += sum((course, day, period) in closed for course, _, day, period in lectures)
    for n, (course, room, *when) in enumerate(lectures):
        for other, other_room, *other_when in lectures[:n]:
            if when == other_when:
                broken += room == other_room
                broken += (
                    course == other or courses[course][0] == courses[other][0] or together(curricula, course, other)
                )

    busy = [{(d, p) for c, _, d, p in lectures if c in curriculum} for curriculum in curricula]
    soft = {
        "RoomCapacity": sum(max(0, courses[c][3] - rooms[r]) for c, r, _, _ in lectures),
        "MinimumWorkingDays": 5
        * sum(max(0, course[2] - len({d for c, _, d, _ in lectures if c == name})) for name, course in courses.items()),
        "CurriculumCompactness": 2
        * sum(
            (d, p - 1) not in slots and (d, p + 1) not in slots
            for curriculum, slots in zip(curricula, busy, strict=True)
            for c, _, d, p in lectures
            if c in curriculum
        ),
        "RoomStability": sum(max(0, len({r for c, r, _, _ in lectures if c == name}) - 1) for name in courses),
    }
    return broken, soft


def together(curricula: list[list[str]], one: str, other: str) -> bool:
    """Say whether a curriculum has both courses."""
    return any(one in curriculum and other in curriculum for curriculum in curricula)
