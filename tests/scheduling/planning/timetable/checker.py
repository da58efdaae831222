"""The timetable's rules and costs once more, written from the text of `problem` alone: plain loops, nothing shared."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator

from scheduling.planning.timetable import Activity, Grid, Match, Meeting, Pin, Plan, Problem, Role, Room, Slot


class View:
    """A problem and a plan for it, with what the rules keep asking."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem, self.grid, self.plan = problem, problem.grid, plan
        self.activities = {one.key: one for one in problem.activities}
        self.teachers = {one.key: one for one in problem.teachers}
        self.rooms = {one.key: one for one in problem.rooms}
        self.meetings = [
            one for one in plan.meetings if one.activity in self.activities and inside(self.grid, one.slot)
        ]
        self.known = [(self.activities[one.activity], one) for one in self.meetings]

    def of(self, activity: Activity) -> list[Meeting]:
        return [one for one in self.meetings if one.activity == activity.key]

    def attended(self, group: str) -> list[Meeting]:
        return [one for activity, one in self.known if group in activity.groups]

    def taught(self, teacher: str) -> list[Meeting]:
        return [one for one in self.meetings if teacher in one.teachers]

    def together(self) -> Iterator[tuple[Room, list[Meeting]]]:
        """Give the meetings in each room and slot."""
        held: dict[tuple[str, Slot], list[Meeting]] = defaultdict(list)
        for one in self.meetings:
            if one.room in self.rooms:
                held[one.room, one.slot].append(one)
        for (room, _), meetings in held.items():
            yield self.rooms[room], meetings

    def add_up(self, what: str, meetings: Iterable[Meeting]) -> int:
        return sum(getattr(self.activities[one.activity], what) for one in meetings)

    def matches(self, what: Match, one: Meeting) -> bool:
        return (
            what.activity in {None, one.activity}
            and (what.group is None or what.group in self.activities[one.activity].groups)
            and (what.teacher is None or what.teacher in one.teachers)
            and what.room in {None, one.room}
            and (not what.slots or one.slot in what.slots)
        )


def inside(grid: Grid, slot: Slot) -> bool:
    return 0 <= slot[0] < len(grid.days) and 0 <= slot[1] < len(grid.periods)


def week(grid: Grid, day: int) -> int:
    return grid.weeks[day] if grid.weeks else 0


def at_most(limit: int | None, things: Iterable[object]) -> bool:
    """Whether none of the things is there more often than the limit."""
    return limit is None or all(times <= limit for times in Counter(things).values())


def _meetings(view: View) -> bool:
    keys = [one.key for one in view.plan.meetings]
    return (
        all(one.activity in view.activities for one in view.plan.meetings)
        and len(set(keys)) == len(keys)
        and all(
            len(view.of(activity)) == activity.meetings == len({one.slot for one in view.of(activity)})
            for activity in view.problem.activities
        )
    )


def _open(view: View) -> bool:
    return all(inside(view.grid, one.slot) and one.slot not in view.grid.closed for one in view.plan.meetings)


def _window(view: View) -> bool:
    end = len(view.grid.days) - 1
    return all(
        activity.first_day <= one.slot[0] <= (end if activity.last_day is None else activity.last_day)
        and one.slot not in activity.unavailable
        for activity, one in view.known
    )


def _daily(view: View) -> bool:
    return all(at_most(one.max_per_day, (met.slot[0] for met in view.of(one))) for one in view.problem.activities)


def _order(view: View) -> bool:
    return all(
        earlier.slot < later.slot
        for activity, later in view.known
        for before in activity.after
        for earlier in view.of(view.activities[before])
    )


def _group(view: View) -> bool:
    return all(at_most(1, (met.slot for met in view.attended(one.key))) for one in view.problem.groups)


def _shift(view: View) -> bool:
    return not any(met.slot in one.unavailable for one in view.problem.groups for met in view.attended(one.key))


def _group_daily(view: View) -> bool:
    groups = view.problem.groups
    return all(at_most(one.max_per_day, (met.slot[0] for met in view.attended(one.key))) for one in groups)


def _role(view: View) -> bool:
    def may(key: str, role: Role) -> bool:
        teacher = view.teachers.get(key)
        return (
            teacher is not None
            and (not role.teachers or key in role.teachers)
            and (role.certificate is None or role.certificate in teacher.certificates)
        )

    return all(
        len(one.teachers) == len(activity.roles) == len(set(one.teachers))
        and all(may(key, role) for key, role in zip(one.teachers, activity.roles, strict=True))
        for activity, one in view.known
    )


def _teacher(view: View) -> bool:
    return all(at_most(1, (met.slot for met in view.taught(one.key))) for one in view.problem.teachers)


def _absent(view: View) -> bool:
    return not any(met.slot in one.unavailable for one in view.problem.teachers for met in view.taught(one.key))


def _teacher_daily(view: View) -> bool:
    teachers = view.problem.teachers
    return all(at_most(one.max_per_day, (met.slot[0] for met in view.taught(one.key))) for one in teachers)


def _teacher_weekly(view: View) -> bool:
    return all(
        at_most(one.max_per_week, (week(view.grid, met.slot[0]) for met in view.taught(one.key)))
        for one in view.problem.teachers
    )


def _place(view: View) -> bool:
    return all(one.room in activity.rooms if activity.rooms else one.room is None for activity, one in view.known)


def _room_closed(view: View) -> bool:
    return not any(one.room in view.rooms and one.slot in view.rooms[one.room].unavailable for one in view.meetings)


def _room(view: View) -> bool:
    def whole(one: Meeting) -> bool:
        return view.activities[one.activity].stations == 0

    return not any(len(held) > 1 and any(map(whole, held)) for _, held in view.together())


def _stations(view: View) -> bool:
    return all(view.add_up("stations", held) <= room.stations for room, held in view.together())


def _capacity(view: View) -> bool:
    return not view.problem.capacity_is_hard or not _over(view)


def _over(view: View) -> int:
    return sum(max(0, view.add_up("size", held) - room.capacity) for room, held in view.together())


def kept(pin: Pin, one: Meeting) -> bool:
    return (
        (one.activity, one.slot) == (pin.activity, pin.slot)
        and pin.room in {None, one.room}
        and pin.teachers in {(), one.teachers}
    )


def _pin(view: View) -> bool:
    return all(any(kept(pin, one) for one in view.meetings) for pin in view.problem.pins)


def _ban(view: View) -> bool:
    return not any(view.matches(ban.what, one) for ban in view.problem.bans for one in view.meetings)


RULES: dict[str, Callable[[View], bool]] = {
    "meetings": _meetings,
    "open": _open,
    "window": _window,
    "daily": _daily,
    "order": _order,
    "group": _group,
    "shift": _shift,
    "group_daily": _group_daily,
    "role": _role,
    "teacher": _teacher,
    "absent": _absent,
    "teacher_daily": _teacher_daily,
    "teacher_weekly": _teacher_weekly,
    "place": _place,
    "room_closed": _room_closed,
    "room": _room,
    "stations": _stations,
    "capacity": _capacity,
    "pin": _pin,
    "ban": _ban,
}


def broken(problem: Problem, plan: Plan, among: Collection[str] = tuple(RULES)) -> set[str]:
    """Give the keys of the rules that the plan breaks, of those asked for."""
    view = View(problem, plan)
    return {key for key in among if not RULES[key](view)}


def points(problem: Problem, plan: Plan) -> dict[str, int]:
    """Give the amount of each term."""
    view = View(problem, plan)
    return {
        "overflow": 0 if problem.capacity_is_hard else _over(view),
        "spread": sum(max(0, one.min_days - len({met.slot[0] for met in view.of(one)})) for one in problem.activities),
        "isolated": sum(_lonely([met.slot for met in view.attended(one.key)]) for one in problem.groups),
        "rooms": sum(_beyond_first(met.room for met in view.of(one)) for one in problem.activities),
        "teachers": sum(
            _beyond_first(met.teachers[number] for met in view.of(one) if number < len(met.teachers))
            for one in problem.activities
            for number in range(len(one.roles))
        ),
        "overload": sum(
            max(0, len(view.taught(one.key)) - one.share) for one in problem.teachers if one.share is not None
        ),
        "trips": sum(len({met.slot[0] for met in view.attended(one.key)}) for one in problem.groups),
        "finish": sum(_weeks_until_done(view, one.key) for one in problem.groups),
        "wishes": sum(wish.price for wish in problem.wishes for one in view.meetings if view.matches(wish.what, one)),
    }


def total(problem: Problem, amounts: dict[str, int]) -> int:
    return sum(getattr(problem.weights, key) * amount for key, amount in amounts.items())


def _lonely(slots: list[Slot]) -> int:
    return sum((day, period - 1) not in slots and (day, period + 1) not in slots for day, period in slots)


def _weeks_until_done(view: View, group: str) -> int:
    met = [week(view.grid, one.slot[0]) for one in view.attended(group)]
    return max(met) - week(view.grid, 0) if met else 0


def _beyond_first(things: Iterable[str | None]) -> int:
    return max(0, len({thing for thing in things if thing is not None}) - 1)


def price(problem: Problem, accepted: Plan, plan: Plan) -> int:
    """Give what a re-plan costs: the changes of each activity, its meetings being interchangeable."""
    prices, paid = problem.prices, 0
    for activity in problem.activities:
        old = {one.slot: one for one in accepted.meetings if one.activity == activity.key}
        new = {one.slot: one for one in plan.meetings if one.activity == activity.key}
        paid += prices.moved * max(len(old.keys() - new.keys()), len(new.keys() - old.keys()))
        for slot in old.keys() & new.keys():
            before, after = old[slot], new[slot]
            roles = range(len(activity.roles))
            paid += prices.teacher * sum(before.teachers[n : n + 1] != after.teachers[n : n + 1] for n in roles)
            paid += prices.room * (before.room != after.room)
    return paid
