"""The compiled part: meetings moved between cells by simulated annealing, millions of times a second.

A time is a slot's number in the grid, a cell a time and a room: `time * rooms + room`. A room holds one meeting at a
time; every other hard rule may be broken on the way, at a price. A change counts in one integer: points plus BREACH
for each rule broken more, so that both are exact. All of it stands in one file, for numba's cache watches one file.
"""

from __future__ import annotations

import numpy as np

from scheduling.planning.timetable.annealing.shapes import Given, Numbers, State, compiled

BREACH = 1 << 20  # one broken rule in a change; points stay far under half of it
REFUSED = 1 << 50  # the change of a move that cannot be
LONGEST = 12  # meetings in a chain: longer ones are hardly ever worth it
STAYING = 312  # of 1024 moves keep the room: most others cost seats


@compiled
def chance(state: State) -> np.uint64:
    """Give 64 random bits (xorshift64*)."""
    x = state.random[0]
    x ^= x << np.uint64(13)
    x ^= x >> np.uint64(7)
    x ^= x << np.uint64(17)
    state.random[0] = x
    return x * np.uint64(0x2545F4914F6CDD1D)


@compiled
def below(state: State, end: int) -> int:
    """Give a random number from 0 to `end` - 1."""
    return np.int64(((chance(state) >> np.uint64(32)) * np.uint64(end)) >> np.uint64(32))


@compiled
def price(change: int, weight: int) -> int:
    """Give what a change counts when a broken rule costs `weight` points."""
    broken = (change + BREACH // 2) // BREACH
    return change - broken * (BREACH - weight)


@compiled
def arrive(given: Given, state: State, a: int, time: int, sign: int) -> None:
    """Count a meeting of activity `a` at a time in (sign 1) or out (-1)."""
    day, period = time // given.periods, time % given.periods
    for n in range(given.clashing_at[a], given.clashing_at[a + 1]):
        state.clashes[given.clashing[n], time] += sign
    for n in range(given.groups_at[a], given.groups_at[a + 1]):
        group = given.groups[n]
        state.attended[group, time] += sign
        if sign > 0:
            state.bits[group, day] |= np.uint64(4) << np.uint64(period)
        elif state.attended[group, time] == 0:
            state.bits[group, day] &= ~(np.uint64(4) << np.uint64(period))
    before = state.on_day[a, day]
    state.on_day[a, day] += sign
    state.days[a] += (before == 0) * (sign > 0) - (before == 1) * (sign < 0)


@compiled
def retiming(given: Given, state: State, a: int, old: int, new: int, beside: int) -> int:
    """Give the change of points when a meeting of `a` goes from one time to another.

    Groups that also attend activity `beside` (-1: none) stay as they are, for a meeting of it goes the other way.
    """
    day, period, change = old // given.periods, old % given.periods, 0
    to_day, to_period = new // given.periods, new % given.periods
    for n in range(given.groups_at[a], given.groups_at[a + 1]):
        group = given.groups[n]
        if beside >= 0 and given.attends[beside, group]:
            continue
        bits, isolated = state.bits[group, day], 0
        if state.attended[group, old] == 1:
            isolated -= given.isolation[(bits >> np.uint64(period)) & np.uint64(31)]
            bits &= ~(np.uint64(4) << np.uint64(period))
        if state.attended[group, new] == 0:
            there = bits if day == to_day else state.bits[group, to_day]
            isolated += given.isolation[(there >> np.uint64(to_period)) & np.uint64(31)]
        change += isolated * given.lonely[group]
    if day != to_day:
        days = state.days[a] + (state.on_day[a, to_day] == 0) - (state.on_day[a, day] == 1)
        change += given.spread * (max(0, given.min_days[a] - days) - max(0, given.min_days[a] - state.days[a]))
    return change


@compiled
def rehousing(given: Given, state: State, a: int, old: int, new: int) -> int:
    """Give the change of points when a meeting of `a` goes from one cell to another, but for its time's."""
    room, to_room = old % given.rooms, new % given.rooms
    change = given.cost[a, new] - given.cost[a, old]
    if room != to_room:
        change += given.moving * ((state.in_room[a, to_room] == 0) * 1 - (state.in_room[a, room] == 1) * 1)
    return change


@compiled
def exchange(given: Given, state: State, one: int, new: int, weight: int, most: float) -> int:
    """Put a meeting in a cell, and whoever is there in its own; give the change, or REFUSED if it is over `most`."""
    old, other, a = state.cell[one], state.holder[new], given.activity[one]
    b, time, to_time = -1 if other < 0 else given.activity[other], old // given.rooms, new // given.rooms
    if a == b or old == new:
        return REFUSED
    change = np.int64(rehousing(given, state, a, old, new))
    if b >= 0:
        change += rehousing(given, state, b, new, old)
    if time != to_time:
        broken = state.clashes[a, to_time] - state.clashes[a, time] + 1
        beside = False
        if b >= 0:
            beside = given.clash[a, b] == 1
            broken += state.clashes[b, time] - state.clashes[b, to_time] + 1 - 2 * beside
        change += broken * BREACH
        if price(change, weight) > most + weight:  # times can hardly make up for that
            return REFUSED
        change += retiming(given, state, a, time, to_time, b if beside else -1)
        if b >= 0:
            change += retiming(given, state, b, to_time, time, a if beside else -1)
    if price(change, weight) > most:
        return REFUSED
    move(given, state, one, new)
    if b >= 0:
        move(given, state, other, old)
        state.holder[new] = one
    return change


@compiled
def move(given: Given, state: State, one: int, new: int) -> None:
    """Put a meeting in another cell, and leave the old one empty."""
    old, a = state.cell[one], given.activity[one]
    if old // given.rooms != new // given.rooms:
        arrive(given, state, a, old // given.rooms, -1)
        arrive(given, state, a, new // given.rooms, 1)
    state.in_room[a, old % given.rooms] -= 1
    state.in_room[a, new % given.rooms] += 1
    state.holder[old], state.holder[new], state.cell[one] = -1, one, new


@compiled
def linked(given: Given, state: State, first: int, to_time: int, members: Numbers) -> int:
    """Fill `members` with a meeting and all that must change places with it between two times (a Kempe chain).

    Gives how many they are: 0 where they are too many, or where nothing would change.
    """
    time = state.cell[first] // given.rooms
    members[0], size, n = first, 1, 0
    while n < size:
        one = members[n]
        a, there = given.activity[one], to_time + time - state.cell[one] // given.rooms
        left = state.clashes[a, there]
        cell = there * given.rooms
        while left > 0:
            other = state.holder[cell]
            cell += 1
            if other < 0 or given.clash[a, given.activity[other]] == 0:
                continue
            left -= 1
            if given.activity[other] == a:
                return 0
            known = False
            for k in range(size):
                known = known or members[k] == other
            if not known:
                if size == LONGEST:
                    return 0
                members[size] = other
                size += 1
        n += 1
    return size


@compiled
def lift(given: Given, state: State, one: int, new: int) -> int:
    """Take a meeting out of its room and to another time; give the change, without what a room there will cost."""
    cell, a = state.cell[one], given.activity[one]
    old, room = cell // given.rooms, cell % given.rooms
    change = np.int64(state.clashes[a, new] - state.clashes[a, old] + 1) * BREACH
    change += retiming(given, state, a, old, new, -1) - given.cost[a, cell]
    arrive(given, state, a, old, -1)
    arrive(given, state, a, new, 1)
    state.holder[cell] = -1
    state.in_room[a, room] -= 1
    return change - given.moving * (state.in_room[a, room] == 0)


@compiled
def house(given: Given, state: State, one: int, time: int) -> int:
    """Put a lifted meeting into the cheapest room free at the time; give the change, or REFUSED where none is."""
    a, best, least, room = given.activity[one], -1, REFUSED, below(state, given.rooms)
    for _ in range(given.rooms):
        room = room + 1 if room + 1 < given.rooms else 0
        cell = time * given.rooms + room
        if state.holder[cell] < 0:
            points = given.cost[a, cell] + given.moving * (state.in_room[a, room] == 0)
            if points < least:
                best, least = cell, points
    if best >= 0:
        settle(given, state, one, best)
    return least


@compiled
def settle(given: Given, state: State, one: int, cell: int) -> None:
    """Put a meeting that is in no room into a cell of the time it is counted at."""
    state.holder[cell], state.cell[one] = one, cell
    state.in_room[given.activity[one], cell % given.rooms] += 1


@compiled
def chain(
    given: Given, state: State, first: int, to_time: int, weight: int, most: float, members: Numbers, cells: Numbers
) -> int:
    """Let a meeting and all linked to it change times, each to the cheapest room; the change, or REFUSED over `most`.

    `members` and `cells` are scratch, LONGEST long.
    """
    size = linked(given, state, first, to_time, members)
    time = state.cell[first] // given.rooms
    if size == 1:  # most are, and most of these are refused: seen before anything is touched
        a = given.activity[first]
        least = retiming(given, state, a, time, to_time, -1) - given.cost[a, state.cell[first]] - given.moving
        if price(least - np.int64(state.clashes[a, time] - 1) * BREACH, weight) > most:
            return REFUSED
    change = np.int64(0) if size else REFUSED
    for n in range(size):
        cells[n] = state.cell[members[n]]
        change += lift(given, state, members[n], to_time + time - cells[n] // given.rooms)
    housed = 0
    while housed < size and price(change, weight) <= most:
        change += house(given, state, members[housed], to_time + time - cells[housed] // given.rooms)
        housed += change < REFUSED // 2
    if housed < size or price(change, weight) > most:
        undo(given, state, members, cells, size, housed, time + to_time)
        return REFUSED
    return change


@compiled
def begin(given: Given, state: State) -> None:
    """Count all meetings in, where `state.cell` has them."""
    for one in range(len(state.cell)):
        arrive(given, state, given.activity[one], state.cell[one] // given.rooms, 1)
        settle(given, state, one, state.cell[one])


@compiled
def undo(given: Given, state: State, members: Numbers, cells: Numbers, size: int, housed: int, times: int) -> None:
    """Put the members of a chain back, of whom so many are housed; `times` is the sum of its two times."""
    for n in range(size):
        one = members[n]
        a, time = given.activity[one], cells[n] // given.rooms
        if n < housed:
            state.holder[state.cell[one]] = -1
            state.in_room[a, state.cell[one] % given.rooms] -= 1
        arrive(given, state, a, times - time, -1)
        arrive(given, state, a, time, 1)
    for n in range(size):
        settle(given, state, members[n], cells[n])


@compiled
def anneal(
    given: Given,
    state: State,
    best: Numbers,
    current: int,
    least: int,
    steps: int,
    temperature: float,
    weight: int,
    chains: int,
    members: Numbers,
    cells: Numbers,
) -> tuple[int, int]:
    """Try so many moves at a temperature, `chains` of 1024 as chains; give the cost there is and the least there was.

    Costs are points plus BREACH for each broken rule; `best` holds the cells of the least. The last two are scratch.
    """
    for _ in range(steps):
        most = -temperature * np.log((np.float64(chance(state) >> np.uint64(11)) + 1.0) / 9007199254740994.0)
        one, new = below(state, len(state.cell)), below(state, len(state.holder))
        draw = below(state, 1024)
        if draw < chains:
            time = new // given.rooms
            if time == state.cell[one] // given.rooms:
                continue
            change = chain(given, state, one, time, weight, most, members, cells)
        else:
            if draw >= 1024 - STAYING:
                new += state.cell[one] % given.rooms - new % given.rooms
            change = exchange(given, state, one, new, weight, most)
        if change < REFUSED // 2:
            current += change
            if current < least:
                least = current
                for n in range(len(best)):
                    best[n] = state.cell[n]
    return current, least
