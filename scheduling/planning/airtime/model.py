"""The run of show as a CP-SAT model.

The segments stand between places that the enterprises take, so the order of the parts is known and an enterprise
chooses a place: an assignment, nearly whole in the linear relaxation. Places at the end stay empty when requests are
left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeAlias

from ortools.sat.python import cp_model

from scheduling.planning.airtime.ground import Ground
from scheduling.planning.airtime.problem import COMPANY, Host, Item, Plan, Request, Segment, Window
from scheduling.planning.airtime.scoring import numbered
from scheduling.planning.solving import Cancelled, Limits, Status, Stopped, Watch, never, solver, unwatched

Points: TypeAlias = cp_model.LinearExpr | int
Whole: TypeAlias = cp_model.IntVar | int


PARAMETERS: dict[str, object] = {
    "subsolvers": ["max_lp"],  # instead of what more workers would begin with
    "linearization_level": 2,
    "symmetry_level": 0,
    "cp_model_probing_level": 0,
}
"""Every row in the linear relaxation: it is what the proof comes from."""


@dataclass(frozen=True)
class Found:
    """The best plan that was found, and what is proven of it."""

    status: Status
    stopped: Stopped
    plan: Plan | None
    bound: int
    left: Limits


@dataclass
class Part:
    """A segment, or a place that an enterprise may take: when, with which host, and who takes it."""

    segment: Segment | None
    place: int
    start: cp_model.IntVar
    end: cp_model.IntVar
    hosts: dict[str, cp_model.IntVar]  # an empty place has one too, so that the host before it may go on after it
    leads: dict[str, cp_model.IntVar]  # hosts what there is
    takes: dict[str, cp_model.IntVar]
    minutes: dict[str, cp_model.IntVar]

    @property
    def used(self) -> Points:
        """1 for a part that there is, 0 for a place that nobody takes."""
        return 1 if self.segment else sum(self.takes.values())


class Model:
    """The variables and the hard rules, but for the hosts' without `rests`; the terms are in `costing`."""

    def __init__(self, ground: Ground, *, rests: bool = True) -> None:
        self.ground, self.cp, self.show = ground, cp_model.CpModel(), ground.problem.show
        over = max((item.end for item in ground.problem.aired), default=0)
        self.latest = max(self.show.length, ground.problem.now, over) + self.show.buffer
        self.parts = [self._part(part) for part in ground.parts]
        self.places = [part for part in self.parts if part.segment is None]
        self.gaps: list[cp_model.IntVar] = []
        self._who()
        self._when()
        self._windows()
        self._locks()
        for host in self.show.hosts if rests else ():
            self._rests(host)

    def _part(self, part: Segment | int) -> Part:
        segment, place = (part, 0) if isinstance(part, Segment) else (None, part)
        waiting = () if segment else self.ground.waiting
        hosts = {host: self.cp.new_bool_var(f"{host} hosts") for host in self.ground.hosts}
        made = Part(
            segment,
            place,
            start=self.cp.new_int_var(0, self.latest, "start"),
            end=self.cp.new_int_var(0, self.latest, "end"),
            hosts=hosts,
            leads=hosts if segment else {host: self.cp.new_bool_var(f"{host} leads") for host in hosts},
            takes={r.key: self.cp.new_bool_var(f"{r.key} takes {place}") for r in waiting},
            minutes={r.key: self.cp.new_int_var(0, r.wanted, f"minutes of {r.key} at {place}") for r in waiting},
        )
        self.cp.add_exactly_one(hosts.values())
        for host, chosen in hosts.items():
            self.cp.add(made.leads[host] >= chosen + made.used - 1)
        return made

    def _who(self) -> None:
        """Every request has a place, but the optional, the places in order; no two of one trade in a row."""
        for request in self.ground.waiting:
            takes = [part.takes[request.key] for part in self.places]
            (self.cp.add_exactly_one if request in self.ground.required else self.cp.add_at_most_one)(takes)
        for part in self.places:
            self.cp.add_at_most_one(part.takes.values())
        for part, following in pairwise(self.places):
            self.cp.add(part.used >= following.used)
        trades = {request.trade for request in self.ground.waiting} - {""}
        before = [self.ground.requests[key].trade for key in self.ground.aired[-1:]]
        for trade in sorted(trades):
            keys = [request.key for request in self.ground.waiting if request.trade == trade]
            of_trade = [[part.takes[key] for key in keys] for part in self.places]
            for here, there in pairwise(of_trade):
                self.cp.add_at_most_one(here + there)
            if trade in before:
                self.cp.add(sum(of_trade[0]) == 0)

    def _when(self) -> None:
        """One after the other, with the buffer after a slot; gaps are what is idle."""
        problem = self.ground.problem
        last = problem.aired[-1] if problem.aired else None
        free: Points = 0 if last is None else last.end + (self.show.buffer if last.kind == COMPANY else 0)
        for part in self.parts:
            gap = self.cp.new_int_var(0, self.latest, "idle")
            self.gaps.append(gap)
            self.cp.add(part.start == free + gap)
            if part.segment:
                self.cp.add(part.end == part.start + part.segment.minutes)
                self.cp.add(part.start >= max(problem.now, part.segment.earliest))
                if part.segment.latest is not None:
                    self.cp.add(part.start <= part.segment.latest)
                self.cp.add(part.end <= self.show.length)
                free = part.end
            else:
                for key, takes in part.takes.items():
                    self.cp.add(part.minutes[key] >= self.ground.requests[key].least * takes)
                    self.cp.add(part.minutes[key] <= self.ground.requests[key].wanted * takes)
                self.cp.add(part.end == part.start + sum(part.minutes.values()))
                self.cp.add(part.end <= self.latest - (self.latest - self.show.length) * part.used)
                self.cp.add(part.start >= problem.now * part.used)
                free = part.end + self.show.buffer * part.used

    def _windows(self) -> None:
        """Keep slots inside their speakers' windows, and items inside their hosts'."""
        for request in self.ground.waiting:
            windows = self.ground.windows(request)
            if windows is not None:
                for part in self.places:
                    self._inside(part, windows, part.takes[request.key])
                self._before_and_after(request, windows)
        for host in self.show.hosts:
            for part in self.parts if host.windows else []:
                self._inside(part, host.windows, part.leads[host.key])

    def _before_and_after(self, request: Request, windows: Sequence[Window]) -> None:
        """Say what follows for the other places: those before it are early, those after it late.

        The relaxation knows the windows from this only; with it the proof takes a fraction of the time.
        """
        takes = [part.takes[request.key] for part in self.places]
        done = min((window.start for window in windows), default=0) + request.least
        begun = max((window.end for window in windows), default=0) - request.least
        for n, part in enumerate(self.places):
            self.cp.add(part.end >= done * sum(takes[: n + 1]))
            self.cp.add(part.start <= self.latest - (self.latest - begun) * sum(takes[n:]))

    def _inside(self, part: Part, windows: Sequence[Window], when: cp_model.IntVar) -> None:
        """Keep a part inside one of the windows when something is true of it."""
        chosen = [self.cp.new_bool_var("") for _ in windows]
        self.cp.add_bool_or(chosen).only_enforce_if(when)
        for window, here in zip(windows, chosen, strict=True):
            self.cp.add(part.start >= window.start).only_enforce_if(here)
            self.cp.add(part.end <= window.end).only_enforce_if(here)

    def _locks(self) -> None:
        for part in self.parts:
            mine = {part.segment.key: True} if part.segment else part.takes
            for key, here in mine.items():
                for lock in self.ground.locks(key):
                    if lock.start is not None:
                        self.cp.add(part.start == lock.start).only_enforce_if(here)
                    if lock.host is not None:
                        self.cp.add_implication(here, part.hosts[lock.host])

    def _rests(self, host: Host) -> None:
        """Nobody hosts their own slot; no stretch is too long. `since`: when it began; `off`: when it ended."""
        since: Whole = -host.rest
        off: Whole = -host.rest
        for start, item in self.ground.stretches(host, self.ground.problem.aired):
            since, off = start, item.end
        for part in self.parts:
            on = self._on_air(host, part)
            began = self.cp.new_int_var(-host.rest, self.latest, "since")
            ended = self.cp.new_int_var(-host.rest, self.latest, "off")
            anew = self.cp.new_bool_var("rested")
            self.cp.add(part.start >= off + host.rest).only_enforce_if(anew)
            self.cp.add(began <= part.start).only_enforce_if(anew)
            self.cp.add(began <= since).only_enforce_if(~anew)
            self.cp.add(part.end - began <= host.stretch).only_enforce_if(on)
            self.cp.add(ended >= off)
            self.cp.add(ended >= part.end).only_enforce_if(on)
            since, off = began, ended

    def _on_air(self, host: Host, part: Part) -> cp_model.IntVar:
        speaks = [takes for key, takes in part.takes.items() if host.key in self.ground.requests[key].speakers]
        if not speaks:
            return part.leads[host.key]
        self.cp.add(sum(speaks) + part.leads[host.key] <= 1)
        on = self.cp.new_bool_var("on air")
        self.cp.add(on == sum(speaks) + part.leads[host.key])
        return on

    def keep_order(self, plan: Plan) -> None:
        """Let the enterprises have the places that they have in a plan."""
        places = {item.key: place for place, item in enumerate(plan.companies, start=1)}
        for part in self.places:
            for key, takes in part.takes.items():
                self.cp.add(takes == (places.get(key) == part.place))

    def best(
        self,
        hint: Plan | None,
        limits: Limits,
        *,
        share: float = 1.0,
        fallback: Plan | None = None,
        watch: Watch = unwatched,
        cancelled: Cancelled = never,
    ) -> Found:
        """Give the best plan, beginning from the `hint`; the `fallback` when nothing was found in time.

        At most a `share` of the limits is used.
        """
        self.cp.clear_hints()  # type: ignore[no-untyped-call]  # OR-Tools gives it no types
        if hint is not None:
            self._hint(hint)
        part = replace(limits, seconds=limits.seconds * share)
        outcome = solver.run(self.cp, part, watch=watch, cancelled=cancelled, parameters=PARAMETERS)
        left = solver.after(limits, outcome)
        if outcome.found:
            return Found(outcome.status, outcome.stopped, self._read(outcome.solver), outcome.bound or 0, left)
        status = Status.FEASIBLE if fallback and outcome.status is Status.UNKNOWN else outcome.status
        return Found(status, outcome.stopped, fallback, 0, left)

    def feasible(self, limits: Limits) -> bool | None:
        """Whether there is any plan; None when that was not found out in time."""
        outcome = solver.run(self.cp, limits, parameters=PARAMETERS)
        return None if outcome.status is Status.UNKNOWN else outcome.found

    def _hint(self, plan: Plan) -> None:
        places = {item.key: place for place, item in enumerate(self.ground.told(plan), start=1)}
        for part in self.parts:
            for key, takes in part.takes.items():
                self.cp.add_hint(takes, places.get(key) == part.place)
            here = part.segment.key if part.segment else next((k for k, p in places.items() if p == part.place), "")
            item = plan.item(here)
            if item is not None:
                self.cp.add_hint(part.start, item.start)
                self.cp.add_hint(part.end, item.end)
                for host, leads in part.hosts.items():
                    self.cp.add_hint(leads, host == item.host)

    def _read(self, found: cp_model.CpSolver) -> Plan:
        items = list(self.ground.problem.aired)
        for part in self.parts:
            taken = [key for key, takes in part.takes.items() if found.boolean_value(takes)]
            host = next(host for host, leads in part.hosts.items() if found.boolean_value(leads))
            times = found.value(part.start), found.value(part.end), host
            if part.segment:
                items.append(Item(part.segment.key, part.segment.kind, *times))
            items.extend(Item(key, COMPANY, *times) for key in taken)
        on_air = {item.key for item in items}
        left_out = tuple(r.key for r in self.ground.problem.requests if r.key not in on_air)
        return Plan(numbered(self.ground.problem, items), left_out)
