"""The terms of the objective, and the price of changes, over the variables of a model."""

from __future__ import annotations

from itertools import pairwise

from ortools.sat.python import cp_model

from scheduling.planning.airtime.model import Model, Points
from scheduling.planning.airtime.problem import Plan, Request


def points(model: Model) -> Points:
    """Give the objective but for the handovers, adding to the model what it counts."""
    ground, weights = model.ground, model.ground.problem.weights
    aired = sum(ground.points_at(ground.requests[key], place) for place, key in enumerate(ground.aired, start=1))
    placed = sum(
        ground.points_at(ground.requests[key], part.place) * takes
        for part in model.places
        for key, takes in part.takes.items()
    )
    cut = sum(
        ground.requests[key].wanted * takes - part.minutes[key]
        for part in model.places
        for key, takes in part.takes.items()
    )
    left_out = len(ground.waiting) - sum(part.used for part in model.places)
    return (
        aired
        + placed
        + weights.shortened * cut
        + weights.left_out * left_out
        + weights.wish * sum(_too_soon(model, request) for request in ground.problem.requests if request.follows)
        + weights.idle * sum(model.gaps)
    )


def price(model: Model, accepted: Plan) -> Points:
    """Give the price of changes to the accepted plan, adding to the model what it counts."""
    ground, prices = model.ground, model.ground.problem.prices
    told = dict(enumerate(ground.told(accepted), start=1))
    segments = {item.key: item for item in accepted.items}
    price: Points = prices.idle * sum(model.gaps)
    for part in model.parts:
        was = segments.get(part.segment.key) if part.segment else told.get(part.place)
        if was is not None:
            rehosted = model.cp.new_bool_var("rehosted")
            model.cp.add(rehosted >= part.used - part.hosts.get(was.host, 0))
            price += prices.rehosted * rehosted + prices.minute * _difference(model, part.start - was.start, part.used)
    for place, was in told.items():
        if was.key not in ground.aired:
            on_air = sum(part.takes[was.key] for part in model.places)
            elsewhere = sum(part.takes[was.key] for part in model.places if part.place != place)
            minutes = sum(part.minutes[was.key] for part in model.places)
            resized = _difference(model, minutes - was.minutes, on_air)
            price += prices.moved * elsewhere + prices.resized * resized + prices.dropped * (1 - on_air)
    return price


def _difference(model: Model, signed: Points, counts: Points) -> Points:
    """Give how far from 0 a number is, where it counts (1, else 0)."""
    difference = model.cp.new_int_var(0, model.latest, "difference")
    model.cp.add(difference >= signed - model.latest * (1 - counts))
    model.cp.add(difference >= -signed - model.latest * (1 - counts))
    return difference


def _too_soon(model: Model, request: Request) -> Points:
    """Give 1 for a request that comes before the one it would like to follow."""
    aired = model.ground.aired
    if request.follows in aired:
        return int(request.key in aired and aired.index(request.key) < aired.index(request.follows))
    other = [part.takes[request.follows] for part in model.places]
    if request.key in aired:
        return sum(other)
    soon = model.cp.new_bool_var("too soon")
    mine = [part.takes[request.key] for part in model.places]
    for place in range(len(mine)):
        model.cp.add(sum(mine[: place + 1]) + sum(other[place + 1 :]) <= 1 + soon)
    return soon


def handovers(model: Model) -> Points:
    """Give how many items have not the host of the item before."""
    hosts = [item.host for item in model.ground.problem.aired]
    aired = sum(before != after for before, after in pairwise(hosts))
    takes_over = {host: _takes_over(model, host, hosts[-1:]) for host in model.ground.hosts}
    _enough(model, takes_over)
    first = 0 if hosts or not model.parts else 1  # somebody begins, from nobody
    return aired + sum(takes_over.values()) - first


def _takes_over(model: Model, host: str, aired: list[str]) -> Points:
    """Give how often a host leads after somebody else did, or after nobody."""
    before: cp_model.IntVar | int = int(host in aired)
    times = []
    for part in model.parts:
        times.append(model.cp.new_bool_var("takes over"))
        model.cp.add(times[-1] >= part.hosts[host] - before)
        before = part.hosts[host]
    turns = model.cp.new_int_var(0, len(times), f"turns of {host}")
    model.cp.add(turns == sum(times))
    return turns


def _enough(model: Model, takes_over: dict[str, Points]) -> None:
    """Say what follows from the rests: nobody leads for longer than a stretch, but by another or a break.

    The relaxation knows little of who leads when, and would count on no handovers without this.
    """
    show = model.show
    rest = min(host.rest for host in show.hosts) - show.buffer
    if rest <= 0:  # the buffer is rest enough
        return
    breaks = []
    for gap in model.gaps:
        breaks.append(model.cp.new_bool_var("break"))
        model.cp.add(gap >= rest * breaks[-1])
        model.cp.add(gap <= rest - 1).only_enforce_if(~breaks[-1])
    segments = sum(part.segment.minutes for part in model.parts if part.segment)
    slots = sum(sum(part.minutes.values()) + show.buffer * part.used for part in model.places)
    longest = max(host.stretch for host in show.hosts) + show.buffer
    aired = longest if model.ground.problem.aired else 0
    runs = sum((host.stretch + show.buffer) * takes_over[host.key] for host in show.hosts)
    model.cp.add(segments + slots <= runs + longest * sum(breaks) + aired)
    everybody = sum(takes_over.values())
    for times in takes_over.values():
        model.cp.add(2 * times <= 1 + everybody)
