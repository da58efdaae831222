"""Rules about who is on the roster: the same person elsewhere, her age, a phone that many share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from scheduling.planning.solving.words import say
from scheduling.risks.facts import Facts, Seat, Trainee
from scheduling.risks.hits import Hit, hit

LEAST_AGE = 16  # 劳动法 §15: nobody younger may be hired
LEAST_AGE_SPECIAL = 18  # 特种作业人员安全技术培训考核管理规定 §4


def overlapping(facts: Facts) -> Iterator[Hit]:
    """She has a seat in another class whose days overlap with this one's."""
    for who, seat in _elsewhere(facts):
        if seat.starts_on <= facts.ends_on and facts.starts_on <= seat.ends_on:
            told: dict[str, Any] = {
                "name": who.name,
                "title": seat.title,
                "first": seat.starts_on,
                "last": seat.ends_on,
            }
            words = say("%(name)s同时在“%(title)s”（%(first)s到%(last)s），请核实她上的是哪个班", **told)
            yield hit("overlapping", words, people=[who], more=[_row(seat)])


def same_level(facts: Facts) -> Iterator[Hit]:
    """She learnt the same trade at the same level before, where the rules allow that once only."""
    if not facts.terms.once_a_level or not facts.trade:
        return
    for who, seat in _elsewhere(facts):
        if (seat.trade, seat.level) == (facts.trade, facts.level) and seat.starts_on < facts.starts_on:
            told: dict[str, Any] = {
                "name": who.name,
                "title": seat.title,
                "trade": facts.trade,
                "first": seat.starts_on,
            }
            words = say("%(name)s%(first)s开班的“%(title)s”也是%(trade)s，等级一样，请核实能不能再报", **told)
            yield hit("same_level", words, people=[who], more=[_row(seat)])


def too_often(facts: Facts) -> Iterator[Hit]:
    """She is in more subsidised classes that begin in one calendar year than the rules allow."""
    most = facts.terms.most_a_year
    if most is None or not facts.subsidised:
        return
    within: defaultdict[str, list[Seat]] = defaultdict(list)
    for seat in facts.seats:
        if seat.subsidised and seat.starts_on.year == facts.starts_on.year:
            within[seat.person].append(seat)
    for who in facts.on_roster:
        others = within.get(who.person, [])
        if len(others) + 1 > most:
            told: dict[str, Any] = {
                "name": who.name,
                "number": len(others) + 1,
                "most": most,
                "year": str(facts.starts_on.year),
            }
            words = say("%(name)s%(year)s年参加了%(number)s个补贴班，规定一年最多%(most)s个，请核实", **told)
            yield hit("too_often", words, people=[who], more=map(_row, others))


def age(facts: Facts) -> Iterator[Hit]:
    """She is too young for the course, for work, or for 特种作业; or over the course's limit, on the first day."""
    least = max(facts.min_age, LEAST_AGE_SPECIAL if facts.special else LEAST_AGE)
    for who in facts.on_roster:
        if who.age is None:
            words = say("%(name)s的身份证号算不出年龄，请核对证件", name=who.name)
        elif who.age < least:
            words = say(
                "%(name)s开班时%(age)s周岁，要满%(least)s周岁，请核对证件", name=who.name, age=who.age, least=least
            )
        elif facts.max_age is not None and who.age > facts.max_age:
            told: dict[str, Any] = {"name": who.name, "age": who.age, "most": facts.max_age}
            words = say("%(name)s开班时%(age)s周岁，超过%(most)s周岁，请核对证件", **told)
        else:
            continue
        yield hit("age", words, people=[who], more=[f"age={who.age}"])


def shared_phone(facts: Facts) -> Iterator[Hit]:
    """One phone stands for more trainees than the rules expect. Families share phones, so this is only told."""
    sharing: defaultdict[str, list[Trainee]] = defaultdict(list)
    for who in facts.on_roster:
        if who.phone:
            sharing[who.phone].append(who)
    for people in sharing.values():
        if len({who.person for who in people}) > facts.terms.phone_for:
            words = say("%(number)s名学员留的是同一个电话。一家人合用很平常，抽查时留意一下", number=len(people))
            yield hit("shared_phone", words, people=people, level="warn")


def _elsewhere(facts: Facts) -> Iterator[tuple[Trainee, Seat]]:
    own = {who.person: who for who in facts.on_roster}
    for seat in facts.seats:
        if seat.person in own:
            yield own[seat.person], seat


def _row(seat: Seat) -> str:
    return f"classes/{seat.class_id}={seat.starts_on}/{seat.ends_on}/{seat.trade}/{seat.level}"
