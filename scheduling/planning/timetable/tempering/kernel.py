"""The compiled part: meetings moved one at a time by simulated annealing, a broken rule priced like a cost."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

import numpy as np
from numba import njit
from numpy.typing import NDArray

HARD = 12  # points that breaking a rule once costs while searching: three trips of a group's
HOT, COLD = 3.0, 0.3  # points: from taking a trip lightly to minding every wish


Row: TypeAlias = NDArray[np.int32]


class Ragged(NamedTuple):
    """Rows of different lengths: row n is `items[at[n] : at[n + 1]]`."""

    at: Row
    items: Row


class Given(NamedTuple):
    """The problem. Activities, meetings, slots, groups and counters go by number.

    A counter counts in slots, days or weeks (level 0, 1, 2; `bucket` says which of them a slot is in) and has a limit;
    each activity adds its `needs` to its `counters`.
    """

    activity: Row  # of each meeting
    first: Row  # of each activity its first meeting, and the end: they stand together
    times: Ragged  # the slots each activity may be in
    counters: Ragged
    needs: Row  # beside the counters' items
    level: Row
    limit: Row
    bucket: Row  # level × slot
    week: Row  # of each bucket of level 2: the weeks gone by
    groups: Ragged
    before: Ragged  # the activities that must be over
    after: Ragged  # the activities that must wait
    wishes: Row  # activity × slot: what it costs
    min_days: Row
    weights: Row  # of trips, finish, isolated, spread


class State(NamedTuple):
    """Where the meetings are, and the counts that follow from it."""

    slot: Row  # of each meeting
    used: Row  # counter × bucket
    attended: Row  # group × level × bucket
    days: Row  # activity × day
    stop: Row  # [1] once somebody cancels


@njit(cache=True)
def put(given: Given, state: State, a: int, s: int, sign: int) -> None:
    """Count a meeting of activity `a` in slot `s` in (sign 1) or out (-1)."""
    for i in range(given.counters.at[a], given.counters.at[a + 1]):
        k = given.counters.items[i]
        state.used[k, given.bucket[given.level[k], s]] += sign * given.needs[i]
    for i in range(given.groups.at[a], given.groups.at[a + 1]):
        for level in range(3):
            state.attended[given.groups.items[i], level, given.bucket[level, s]] += sign
    state.days[a, given.bucket[1, s]] += sign


@njit(cache=True)
def broken(given: Given, state: State, a: int, s: int) -> int:
    """Count the rules that one more meeting of `a` in `s` would break."""
    count = 0
    for i in range(given.counters.at[a], given.counters.at[a + 1]):
        k = given.counters.items[i]
        over = state.used[k, given.bucket[given.level[k], s]] - given.limit[k]
        count += max(0, over + given.needs[i]) - max(0, over)
    for i in range(given.before.at[a], given.before.at[a + 1]):
        b = given.before.items[i]
        for m in range(given.first[b], given.first[b + 1]):
            count += state.slot[m] >= s
    for i in range(given.after.at[a], given.after.at[a + 1]):
        b = given.after.items[i]
        for m in range(given.first[b], given.first[b + 1]):
            count += 0 <= state.slot[m] <= s
    return int(count)


@njit(cache=True)
def alone(given: Given, state: State, g: int, s: int) -> bool:
    """Say whether a group has nothing in the slots beside `s` on its day."""
    day = given.bucket[1, s]
    for beside in (s - 1, s + 1):
        if 0 <= beside < given.bucket.shape[1] and given.bucket[1, beside] == day and state.attended[g, 0, beside]:
            return False
    return True


@njit(cache=True)
def costs(given: Given, state: State, a: int, s: int) -> int:
    """Price one more meeting of `a` in `s`, rules left aside."""
    trips, finish, isolated, spread = given.weights
    day, week = given.bucket[1, s], given.bucket[2, s]
    cost = given.wishes[a, s]
    for i in range(given.groups.at[a], given.groups.at[a + 1]):
        g = given.groups.items[i]
        if trips and not state.attended[g, 1, day]:
            cost += trips
        later = len(given.week) - 1 if finish else 0
        while later > 0 and not state.attended[g, 2, later]:
            later -= 1
        if week > later and finish:
            cost += finish * (given.week[week] - given.week[later])
        if isolated and not state.attended[g, 0, s]:
            cost += isolated * alone(given, state, g, s)
            for beside in (s - 1, s + 1):
                if (
                    0 <= beside < given.bucket.shape[1]
                    and given.bucket[1, beside] == day
                    and state.attended[g, 0, beside]
                    and alone(given, state, g, beside)
                ):
                    cost -= isolated
    if spread and not state.days[a, day] and np.count_nonzero(state.days[a]) < given.min_days[a]:
        cost -= spread
    return int(cost)


@njit(cache=True, nogil=True)
def anneal(given: Given, state: State, movable: Row, moves: int, seed: int) -> Row:
    """Move `movable` meetings so many times while it cools, and give the cheapest slots seen with no rule broken.

    It begins from `state.slot`, where none is broken; `state` counts nothing yet. Once `state.stop` is set, it ends.
    """
    np.random.seed(seed)  # noqa: NPY002  the chance that numba has
    for m in range(len(state.slot)):
        put(given, state, given.activity[m], state.slot[m], 1)
    wrong, cost, least, best = 0, 0, 0, state.slot.copy()
    heat = HOT
    for move in range(moves):
        if move % 1000 == 0:
            heat = HOT * (COLD / HOT) ** (move / moves)
            if state.stop[0]:
                break
        m = movable[np.random.randint(len(movable))]  # noqa: NPY002  the same
        a, s = given.activity[m], state.slot[m]
        t = given.times.items[np.random.randint(given.times.at[a], given.times.at[a + 1])]  # noqa: NPY002  the same
        if t == s:
            continue
        put(given, state, a, s, -1)
        state.slot[m] = -1
        worse = broken(given, state, a, t) - broken(given, state, a, s)
        dearer = costs(given, state, a, t) - costs(given, state, a, s)
        price = HARD * worse + dearer
        if price <= 0 or np.random.random() < np.exp(-price / heat):  # noqa: NPY002  the same
            wrong, cost, s = wrong + worse, cost + dearer, t
        put(given, state, a, s, 1)
        state.slot[m] = s
        if wrong == 0 and cost < least:
            least = cost
            best[:] = state.slot
    return best
