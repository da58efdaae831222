"""Staff and enterprises alike: members of a pool, to be shared out over the fairs that are held.

Who can be where, and that nobody is in two places, makes a network: members have days, days have weeks or months, fairs
have room. The worth of a member's fairs falls from one to the next. So the best sharing out is a flow, whose linear
program has whole answers and exact prices; all that the season planner proves rests on that.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date

from scheduling.planning.season.facts import Facts, monday, month
from scheduling.planning.season.problem import Problem
from scheduling.planning.season.things import Candidate, Staff


@dataclass(frozen=True)
class Size:
    """How many members a fair takes, beside those locked to it, and how many at least must lead."""

    least: int
    most: int
    leaders: int = 0


@dataclass
class Pool:
    """Members and fairs, by key. Members that are locked to a fair are already placed, their points in `placed`.

    `worth[candidate][member]` is points for being there; a member that is missing cannot be. `gains[member]` are points
    for its first, second, ... fair, never rising. `limit[member]` is how many fairs it may have in a `period` (a week,
    a month), and `coarse` the span in which `pricing` looks at several periods as one.
    """

    period: Callable[[date], date]
    coarse: Callable[[date], date]
    limit: dict[str, int]
    gains: dict[str, tuple[int, ...]]
    worth: dict[str, dict[str, int]]
    sizes: dict[str, Size]
    leaders: frozenset[str] = frozenset()
    once_a_day: bool = True
    taken: Counter[tuple[str, date]] = field(default_factory=Counter)
    placed: int = 0
    possible: bool = True

    def left(self, member: str, period: date) -> int:
        """Give how many fairs the member may still have in the period."""
        return self.limit[member] - self.taken[member, period]

    def fits(self, candidate: str) -> bool:
        """Say whether the candidate, held alone, could find its members."""
        size, there = self.sizes[candidate], self.worth[candidate].keys()
        enough = len(there) >= size.least and len(there & self.leaders) >= size.leaders
        return enough and max(size.least, size.leaders) <= size.most

    def days_in(self, candidates: Iterable[Candidate]) -> Counter[str]:
        """Count, for each member, at how many of the candidates it could be, each day once."""
        slots = [(member, c.day) for c in candidates for member in self.worth[c.key]]
        return Counter(member for member, _ in (set(slots) if self.once_a_day else slots))

    def place(self, candidate: Candidate, members: set[str], same_day: Iterable[str]) -> None:
        """Put members where they must be, and nowhere else that day. If they cannot be there, no plan is `possible`."""
        size = self.sizes[candidate.key]
        leaders = max(0, size.leaders - len(members & self.leaders))
        self.sizes[candidate.key] = Size(max(0, size.least - len(members)), size.most - len(members), leaders)
        period = self.period(candidate.day)
        for member in sorted(members):
            if member not in self.worth[candidate.key] or self.left(member, period) < 1:
                self.possible = False
                return
            self.placed += self.worth[candidate.key][member] + self.gains[member][0]
            self.gains[member] = self.gains[member][1:]
            self.taken[member, period] += 1
            for other in same_day if self.once_a_day else [candidate.key]:
                self.worth[other].pop(member, None)
        self.possible &= self.sizes[candidate.key].most >= 0


Worth = Callable[[Candidate, str], int]


def pools(facts: Facts) -> tuple[Pool, Pool]:
    """Give staff and enterprises as the objective values them: home, balance; match, wish, need."""
    weights = facts.problem.weights
    homes = {person.key: person.home for person in facts.problem.staff}
    matches = matched(facts)
    return (
        staff_pool(facts, lambda c, member: weights.home * (homes[member] == c.town), weights.balance),
        enterprise_pool(facts, lambda c, member: matches[member, c.town], weights.need),
    )


def staff_pool(facts: Facts, worth: Worth, balance: int) -> Pool:
    """Give the staff, `worth` points at a fair; the n-th fair of each costs n times `balance`."""
    problem = facts.problem
    weeks = len({monday(candidate.day) for candidate in facts.open})
    fairs = {person.key: min(person.max_days_a_week * weeks, len(facts.open)) for person in problem.staff}
    banned = _banned((ban.candidate, ban.staff) for ban in problem.bans)
    pool = Pool(
        period=monday,
        coarse=lambda _: problem.first,
        limit={person.key: person.max_days_a_week for person in problem.staff},
        gains={key: tuple(-balance * fair for fair in range(1, 1 + most)) for key, most in fairs.items()},
        worth={
            c.key: {
                person.key: worth(c, person.key)
                for person in problem.staff
                if person.key not in banned[c.key] and works(person, c.day, problem)
            }
            for c in facts.open
        },
        sizes={c.key: Size(c.staff_min, c.staff_max, c.leaders_min) for c in facts.open},
        leaders=frozenset(person.key for person in problem.staff if person.leads),
        once_a_day="staff.twice" not in facts.loose,
    )
    return _locked(facts, pool, {key: fixed.staff for key, fixed in facts.locked.items()})


def enterprise_pool(facts: Facts, worth: Worth, need: int) -> Pool:
    """Give the enterprises, `worth` points at a fair; each vacancy shown is worth `need`."""
    problem = facts.problem
    returns = problem.measures.returns_percent
    banned = _banned((ban.candidate, ban.enterprises) for ban in problem.bans)
    pool = Pool(
        period=month,
        coarse=month,
        limit={firm.key: firm.max_a_month for firm in problem.enterprises},
        gains={
            firm.key: (*(need * (firm.need * percent // 100) for percent in returns), *(0,) * len(facts.open))
            for firm in problem.enterprises
        },
        worth={
            c.key: {
                firm.key: worth(c, firm.key)
                for firm in problem.enterprises
                if firm.key not in banned[c.key] and c.day not in firm.unavailable
            }
            for c in facts.open
        },
        sizes={c.key: Size(c.enterprises_min, c.enterprises_max) for c in facts.open},
        once_a_day="enterprise.twice" not in facts.loose,
    )
    return _locked(facts, pool, {key: fixed.enterprises for key, fixed in facts.locked.items()})


def matched(facts: Facts) -> dict[tuple[str, str], int]:
    """Give the points of each enterprise in each town: its vacancies matched there, and its wish to be there."""
    weights = facts.problem.weights
    seekers = {town.key: dict(town.seekers) for town in facts.problem.towns}
    return {
        (firm.key, town): weights.match * sum(min(people, there.get(trade, 0)) for trade, people in firm.needs)
        + weights.wish * (town in firm.prefers)
        for firm in facts.problem.enterprises
        for town, there in seekers.items()
    }


def works(person: Staff, day: date, problem: Problem) -> bool:
    """Say whether the person may work on the day: not away, and no rest day unless it is a make-up workday."""
    return day not in person.unavailable and (day in problem.makeup or day.isoweekday() not in person.rest_weekdays)


def _banned(named: Iterable[tuple[str, tuple[str, ...]]]) -> defaultdict[str, set[str]]:
    banned: defaultdict[str, set[str]] = defaultdict(set)
    for candidate, members in named:
        banned[candidate].update(members)
    return banned


def _locked(facts: Facts, pool: Pool, locks: dict[str, set[str]]) -> Pool:
    """Place who is locked; a lock on a market day that is not open makes the pool impossible."""
    for key, members in sorted(locks.items()):
        if members and key in pool.sizes:
            same_day = [other.key for other in facts.by_day[facts.candidate[key].day]]
            pool.place(facts.candidate[key], members, same_day)
    return pool
