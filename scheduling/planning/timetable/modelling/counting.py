"""The times of a timetable alone, with rooms and teachers only counted: what no timetable can do better than.

Rooms and teachers are counted by Hall's condition: meetings that all must choose from one set of rooms or teachers are
no more than these can take. Every timetable keeps to this, so a bound here is a bound there, and no times here means no
timetable at all. The terms for rooms, teachers, overload and overflow are left at 0; no term is ever negative.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TypeAlias

from scheduling.planning.timetable.lookup import Lookup
from scheduling.planning.timetable.modelling.choices import Choices, Options, every_option
from scheduling.planning.timetable.modelling.rules import constrain_times
from scheduling.planning.timetable.problem import Slot

_MOST_SETS = 64  # of unions looked at for one slot or week
Keys: TypeAlias = frozenset[str]


def counted(look: Lookup) -> Choices:
    """Give the choices of times with every rule about times, and the conditions on rooms and teachers."""
    options = every_option(look)
    choices = Choices(look, {held: ((None,), ((),) * len(roles)) for held, (_, roles) in options.items()})
    constrain_times(choices)
    by_slot: dict[Slot, list[str]] = defaultdict(list)
    for activity, slot in options:
        by_slot[slot].append(activity)
    for slot, activities in by_slot.items():
        _rooms(choices, slot, {key: options[key, slot][0] for key in activities})
        _teachers(choices, slot, {key: [frozenset(role) for role in options[key, slot][1]] for key in activities})
    _weekly(choices, options)
    for pin in look.problem.pins:
        choices.model.add_bool_or([meets] if (meets := choices.meets.get((pin.activity, pin.slot))) is not None else [])
    return choices


def _unions(sets: Iterable[Keys]) -> list[Keys]:
    """Give the sets and their unions, smallest first, or some of them where there are very many."""
    found = dict.fromkeys(sets)
    for one in list(found):
        if len(found) > _MOST_SETS:
            break
        found.update(dict.fromkeys([one | other for other in found]))
    return sorted(found, key=len)


def _rooms(choices: Choices, slot: Slot, homes: dict[str, tuple[str | None, ...]]) -> None:
    """Count rooms, then stations: of meetings that need more than half of the largest room, each takes one room."""
    look = choices.look
    sets = {key: frozenset(room for room in rooms if room is not None) for key, rooms in homes.items()}
    for union in _unions(rooms for rooms in sets.values() if rooms):
        inside = [key for key, rooms in sets.items() if rooms and rooms <= union]
        if len(inside) <= 1:
            continue
        meets = [choices.meets[key, slot] for key in inside]
        stations = [look.activity[key].stations for key in inside]
        sizes = [look.room[key].stations for key in union]
        halves = [2 if not asked else (2 * asked > max(sizes)) + (2 * asked >= max(sizes)) for asked in stations]
        choices.model.add(sum(half * one for half, one in zip(halves, meets, strict=True)) <= 2 * len(union))
        if any(stations):
            taken = [asked or min(sizes) for asked in stations]
            choices.model.add(sum(part * one for part, one in zip(taken, meets, strict=True)) <= sum(sizes))


def _teachers(choices: Choices, slot: Slot, roles: dict[str, list[Keys]]) -> None:
    for union in _unions(role for some in roles.values() for role in some):
        asked = {key: sum(role <= union for role in some) for key, some in roles.items()}
        if sum(asked.values()) > len(union):
            choices.model.add(sum(many * choices.meets[key, slot] for key, many in asked.items() if many) <= len(union))


def _weekly(choices: Choices, options: Options) -> None:
    """Count what each set of teachers is asked for in a week against what they may teach in it."""
    look = choices.look
    fillers = {
        activity.key: [frozenset(look.fillers(role)) for role in activity.roles] for activity in look.problem.activities
    }
    held: dict[int, list[tuple[str, Slot]]] = defaultdict(list)
    for activity, slot in options:
        held[look.weeks[slot[0]]].append((activity, slot))
    for union in _unions(role for roles in fillers.values() for role in roles):
        asked = {key: sum(role <= union for role in roles) for key, roles in fillers.items()}
        for some in held.values():
            most = sum(_most(look, key, {slot for _, slot in some}) for key in union)
            choices.model.add(sum(asked[one[0]] * choices.meets[one] for one in some if asked[one[0]]) <= most)


def _most(look: Lookup, key: str, slots: set[Slot]) -> int:
    """Give how often a teacher can teach in these slots of one week."""
    teacher = look.teacher[key]
    present = len(slots - teacher.unavailable)
    return present if teacher.max_per_week is None else min(present, teacher.max_per_week)
