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
from scheduling.planning.airtime.scoring import score
from scheduling.planning.solving import Cancelled, Limits, Progress, Status, Watch, total


def best_plan(ground: Ground, first: Plan | None, limits: Limits, *, watch: Watch, cancelled: Cancelled) -> Found:
    """Give the plan of least points; the `first` when nothing better was found in time."""
    began, known = time.monotonic(), total(score(ground.problem, first)) if first else None

    def order_watch(progress: Progress) -> None:
        watch(replace(progress, value=known))  # what it has itself is not a plan yet

    def whole_watch(progress: Progress) -> None:
        watch(replace(progress, seconds=time.monotonic() - began))

    model = Model(ground, rests=False)
    model.cp.minimize(points(model))
    order = model.best(first, limits, share=0.5, watch=order_watch, cancelled=cancelled)
    if order.status is Status.INFEASIBLE:
        return replace(order, plan=None)
    if cancelled():
        return replace(order, status=Status.FEASIBLE if first else Status.UNKNOWN, plan=first)
    begin, left = first, order.left
    if order.plan is not None:
        model = _whole(ground, order.bound)
        model.keep_order(order.plan)
        hosted = model.best(order.plan, left, share=0.3, fallback=first, cancelled=cancelled)
        begin, left = hosted.plan, hosted.left
    found = _whole(ground, order.bound).best(begin, left, fallback=begin, watch=whole_watch, cancelled=cancelled)
    return replace(found, bound=max(found.bound, order.bound))


def least_change(
    ground: Ground, accepted: Plan, first: Plan | None, limits: Limits, *, watch: Watch, cancelled: Cancelled
) -> Found:
    """Give the plan of least price, of these the one of least points; what is proven is of the price."""
    model = Model(ground)
    cost = price(model, accepted)
    model.cp.minimize(cost)
    least = model.best(accepted, limits, share=0.7, fallback=first, watch=watch, cancelled=cancelled)
    if least.plan is None or cancelled():
        return least
    model.cp.add(cost <= total(change_terms(ground.problem, accepted, least.plan)))
    model.cp.minimize(_everything(model))
    better = model.best(least.plan, least.left, fallback=least.plan, cancelled=cancelled)
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
