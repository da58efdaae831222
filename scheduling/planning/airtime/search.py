"""How the model is solved, in steps.

Who hosts what and the order of the enterprises hardly depend on each other, but proving both at once is slow. So the
order is proven first, as if hosts needed no rest: no plan has fewer points than that, and told so, the whole model has
only the handovers left to prove. It begins from the best hosts for that order.
"""

from __future__ import annotations

import time
from dataclasses import replace

from scheduling.planning.airtime.changing import change_terms
from scheduling.planning.airtime.costing import handovers, points, price
from scheduling.planning.airtime.ground import Ground
from scheduling.planning.airtime.model import Found, Model, Points
from scheduling.planning.airtime.problem import Plan
from scheduling.planning.solving import Cancelled, Limits, Progress, Status, Watch, total


def best_plan(ground: Ground, first: Plan | None, limits: Limits, *, watch: Watch, cancelled: Cancelled) -> Found:
    """Give the plan of least points; the `first` when nothing better was found in time."""
    half, quarter = (replace(limits, seconds=limits.seconds / parts) for parts in (2, 4))
    began = time.monotonic()

    def order_watch(progress: Progress) -> None:
        watch(replace(progress, value=None))  # what it has is not a plan yet

    def whole_watch(progress: Progress) -> None:
        watch(replace(progress, seconds=time.monotonic() - began))

    model = Model(ground, rests=False)
    model.cp.minimize(points(model))
    order = model.best(first, half, watch=order_watch, cancelled=cancelled)
    if order.status is Status.INFEASIBLE:
        return replace(order, plan=None)
    if cancelled():
        return replace(order, status=Status.FEASIBLE if first else Status.UNKNOWN, plan=first)
    begin = first
    if order.plan is not None:
        hosted = _whole(ground, order.bound)
        hosted.keep_order(order.plan)
        begin = hosted.best(order.plan, quarter, fallback=first, cancelled=cancelled).plan
    found = _whole(ground, order.bound).best(begin, quarter, fallback=begin, watch=whole_watch, cancelled=cancelled)
    return replace(found, bound=max(found.bound, order.bound))


def least_change(
    ground: Ground, accepted: Plan, first: Plan | None, limits: Limits, *, watch: Watch, cancelled: Cancelled
) -> Found:
    """Give the plan of least price, of these the one of least points; what is proven is of the price."""
    half = replace(limits, seconds=limits.seconds / 2)
    model = Model(ground)
    cost = price(model, accepted)
    model.cp.minimize(cost)
    least = model.best(accepted, half, fallback=first, watch=watch, cancelled=cancelled)
    if least.plan is None or cancelled():
        return least
    model.cp.add(cost <= total(change_terms(ground.problem, accepted, least.plan)))
    model.cp.minimize(_everything(model))
    better = model.best(least.plan, half, fallback=least.plan, cancelled=cancelled)
    return replace(least, plan=better.plan)


def _whole(ground: Ground, floor: int) -> Model:
    """Give the whole model, which knows that the points without handovers are no less than `floor`."""
    model = Model(ground)
    order = points(model)
    model.cp.add(order >= floor)
    model.cp.minimize(order + ground.problem.weights.handover * handovers(model))
    return model


def _everything(model: Model) -> Points:
    return points(model) + model.ground.problem.weights.handover * handovers(model)
