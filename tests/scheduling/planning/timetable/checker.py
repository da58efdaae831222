"""The timetable's rules and costs once more, written from the text of `problem` alone: plain loops, nothing shared."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator

from scheduling.planning.timetable import Activity, Grid, Match, Meeting, Plan, Problem, Role, Room, Slot, Teacher


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


def often(things: Iterable[object], limit: int | None) -> bool:
    """Whether one of the things is there more often than the limit."""
    return limit is not None and any(times > limit for times in Counter(things).values())


def days(meetings: Iterable[Meeting]) -> list[int]:
    return [one.slot[0] for one in meetings]


def _meetings(view: View) -> Iterator[str]:
    keys = [one.key for one in view.plan.meetings]
    if len(set(keys)) < len(keys) or not all(one.activity in view.activities for one in view.plan.meetings):
        yield "?"
    for one in view.problem.activities:
        if not len(view.of(one)) == one.meetings == len({met.slot for met in view.of(one)}):
            yield one.key


def _open(view: View) -> Iterator[str]:
    if not all(inside(view.grid, one.slot) and one.slot not in view.grid.closed for one in view.plan.meetings):
        yield ""


def _window(view: View) -> Iterator[str]:
    for activity, one in view.known:
        last = len(view.grid.days) - 1 if activity.last_day is None else activity.last_day
        if not activity.first_day <= one.slot[0] <= last or one.slot in activity.unavailable:
            yield activity.key


def _daily(view: View) -> Iterator[str]:
    return (one.key for one in view.problem.activities if often(days(view.of(one)), one.max_per_day))


def _order(view: View) -> Iterator[str]:
    for activity, later in view.known:
        for before in activity.after:
            if any(earlier.slot >= later.slot for earlier in view.of(view.activities[before])):
                yield f"{activity.key}:{before}"


def _group(view: View) -> Iterator[str]:
    return (one.key for one in view.problem.groups if often((met.slot for met in view.attended(one.key)), 1))


def _shift(view: View) -> Iterator[str]:
    groups = view.problem.groups
    return (one.key for one in groups if any(met.slot in one.unavailable for met in view.attended(one.key)))


def _group_daily(view: View) -> Iterator[str]:
    return (one.key for one in view.problem.groups if often(days(view.attended(one.key)), one.max_per_day))


def _role(view: View) -> Iterator[str]:
    for activity, one in view.known:
        if not len(one.teachers) == len(activity.roles) == len(set(one.teachers)):
            yield activity.key
        for number, (key, role) in enumerate(zip(one.teachers, activity.roles, strict=False)):
            if not _may(view.teachers.get(key), role):
                yield f"{activity.key}:{number}"


def _may(teacher: Teacher | None, role: Role) -> bool:
    return (
        teacher is not None
        and (not role.teachers or teacher.key in role.teachers)
        and (role.certificate is None or role.certificate in teacher.certificates)
    )


def _teacher(view: View) -> Iterator[str]:
    return (one.key for one in view.problem.teachers if often((met.slot for met in view.taught(one.key)), 1))


def _absent(view: View) -> Iterator[str]:
    teachers = view.problem.teachers
    return (one.key for one in teachers if any(met.slot in one.unavailable for met in view.taught(one.key)))


def _teacher_daily(view: View) -> Iterator[str]:
    return (one.key for one in view.problem.teachers if often(days(view.taught(one.key)), one.max_per_day))


def _teacher_weekly(view: View) -> Iterator[str]:
    for one in view.problem.teachers:
        if often((week(view.grid, day) for day in days(view.taught(one.key))), one.max_per_week):
            yield one.key


def _place(view: View) -> Iterator[str]:
    for activity, one in view.known:
        if one.room not in (activity.rooms or (None,)):
            yield activity.key


def _room_closed(view: View) -> Iterator[str]:
    for one in view.meetings:
        if one.room in view.rooms and one.slot in view.rooms[one.room].unavailable:
            yield one.room


def _room(view: View) -> Iterator[str]:
    for room, held in view.together():
        if len(held) > 1 and any(view.activities[one.activity].stations == 0 for one in held):
            yield room.key


def _stations(view: View) -> Iterator[str]:
    return (room.key for room, held in view.together() if view.add_up("stations", held) > room.stations)


def _capacity(view: View) -> Iterator[str]:
    return (room.key for room, held in view.together() if view.problem.capacity_is_hard and _over(view, room, held))


def _over(view: View, room: Room, held: list[Meeting]) -> int:
    return max(0, view.add_up("size", held) - room.capacity)


def _pin(view: View) -> Iterator[str]:
    for number, pin in enumerate(view.problem.pins):
        kept = (
            (one.activity, one.slot) == (pin.activity, pin.slot)
            and pin.room in {None, one.room}
            and pin.teachers in {(), one.teachers}
            for one in view.meetings
        )
        if not any(kept):
            yield str(number)


def _ban(view: View) -> Iterator[str]:
    for number, ban in enumerate(view.problem.bans):
        if any(view.matches(ban.what, one) for one in view.meetings):
            yield str(number)


RULES: dict[str, Callable[[View], Iterator[str]]] = {
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


def broken(problem: Problem, plan: Plan, among: Iterable[str] = tuple(RULES)) -> set[str]:
    """Give the rules that the plan breaks, of those asked for, each with what it is broken for: `window:a1`."""
    view = View(problem, plan)
    return {f"{rule}:{about}".rstrip(":") for rule in among for about in RULES[rule](view)}


def names(keys: Iterable[str]) -> set[str]:
    """Give the rules' names without what they are broken for."""
    return {key.partition(":")[0] for key in keys}


def points(problem: Problem, plan: Plan) -> dict[str, int]:
    """Give the amount of each term."""
    view = View(problem, plan)
    return {
        "overflow": sum(not problem.capacity_is_hard and _over(view, room, held) for room, held in view.together()),
        "spread": sum(max(0, one.min_days - len(set(days(view.of(one))))) for one in problem.activities),
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
        "trips": sum(len(set(days(view.attended(one.key)))) for one in problem.groups),
        "finish": sum(_weeks_until_done(view, one.key) for one in problem.groups),
        "wishes": sum(wish.price for wish in problem.wishes for one in view.meetings if view.matches(wish.what, one)),
    }


def total(problem: Problem, amounts: dict[str, int]) -> int:
    return sum(getattr(problem.weights, key) * amount for key, amount in amounts.items())


def _lonely(slots: list[Slot]) -> int:
    return sum((day, period - 1) not in slots and (day, period + 1) not in slots for day, period in slots)


def _weeks_until_done(view: View, group: str) -> int:
    met = [week(view.grid, day) for day in days(view.attended(group))]
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
