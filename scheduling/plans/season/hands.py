"""Changing a season by hand: fairs put in, moved, dropped; and what that says to every later run."""

from __future__ import annotations

from dataclasses import replace

from scheduling.planning.season import Ban, Lock, Plan, PlannedFair, Problem


def put(problem: Problem, plan: Plan, fair: PlannedFair, *, instead_of: str = "") -> Plan:
    """Give the plan with `fair` in it, in the place of the one on candidate `instead_of` if that is named."""
    days = {candidate.key: candidate.day for candidate in problem.candidates}
    others = [each for each in plan.fairs if each.candidate not in {instead_of, fair.candidate}]
    return Plan(tuple(sorted((*others, fair), key=lambda each: (days[each.candidate], each.candidate))))


def dropped(plan: Plan, candidate: str) -> Plan:
    """Give the plan without the fair on this candidate."""
    return Plan(tuple(fair for fair in plan.fairs if fair.candidate != candidate))


def touched(before: Plan, after: Plan) -> tuple[str, ...]:
    """Name the candidates about which two plans differ."""
    old, new = ({fair.candidate: fair for fair in plan.fairs} for plan in (before, after))
    return tuple(sorted(key for key in old.keys() | new.keys() if old.get(key) != new.get(key)))


def decided(problem: Problem, before: Plan, after: Plan) -> Problem:
    """Give the problem with locks and bans for all that somebody changed from `before` to `after`.

    A fair put in or changed is locked, with the van, staff and enterprises that were added; a fair dropped is banned,
    and so is whoever was taken off a fair. What was decided about those days earlier and says otherwise is given up.
    """
    old, new = ({fair.candidate: fair for fair in plan.fairs} for plan in (before, after))
    locks = {lock.candidate: lock for lock in problem.locks}
    bans = {ban.candidate: ban for ban in problem.bans}
    for key in touched(before, after):
        fair = new.get(key)
        if fair is None:
            locks.pop(key, None)
            bans[key] = Ban(key)
        else:
            was = old.get(key, PlannedFair(key))
            locks[key] = _lock(locks.get(key, Lock(key)), was, fair)
            bans[key] = _ban(bans.get(key, Ban(key)), was, fair)
            if bans[key].whole_day:
                del bans[key]
    return replace(
        problem,
        locks=tuple(lock for _key, lock in sorted(locks.items())),
        bans=tuple(ban for _key, ban in sorted(bans.items())),
    )


def _lock(known: Lock, was: PlannedFair, fair: PlannedFair) -> Lock:
    """Keep what was locked and is still there, and add what she added."""
    return Lock(
        fair.candidate,
        van=fair.van if fair.van == known.van or fair.van != was.van else None,
        staff=_both(known.staff, fair.staff, was.staff),
        enterprises=_both(known.enterprises, fair.enterprises, was.enterprises),
    )


def _ban(known: Ban, was: PlannedFair, fair: PlannedFair) -> Ban:
    """Keep who was banned and is not there now, and add whom she took off."""
    took_off = (was.van,) if was.van and was.van != fair.van else ()
    return Ban(
        fair.candidate,
        vans=tuple(sorted({*known.vans, *took_off} - {fair.van})),
        staff=tuple(sorted({*known.staff, *was.staff} - {*fair.staff})),
        enterprises=tuple(sorted({*known.enterprises, *was.enterprises} - {*fair.enterprises})),
    )


def _both(locked: tuple[str, ...], there: tuple[str, ...], before: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(({*locked} & {*there}) | ({*there} - {*before})))
