"""Every rule of the risk list (疑点清单): one case planted, which it finds, and one nearly so, which it leaves."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from scheduling.risks import RULES, hits
from scheduling.training_rules import Terms
from tests.scheduling.odd import CASES, LESSONS, OVER, PLAIN, five, paper, signed, trainee, with_one


def found(rule: str, change: dict) -> list[str]:
    return [hit.rule for hit in RULES[rule](replace(PLAIN, **change))]


def test_an_ordinary_class_has_no_hit():
    assert [str(hit.words) for hit in hits(PLAIN)] == []


def test_every_rule_has_a_case():
    assert {rule for rule, _planted, _near in CASES} == set(RULES)


@pytest.mark.parametrize(("rule", "planted", "near"), CASES, ids=[f"{n}-{case[0]}" for n, case in enumerate(CASES)])
def test_a_rule_finds_what_is_planted_and_leaves_what_is_nearly_so(rule, planted, near):
    assert found(rule, planted) == [rule]
    assert found(rule, near) == []


@pytest.mark.parametrize(("rule", "planted", "_near"), CASES)
def test_a_hit_asks_and_accuses_nobody_and_names_its_rows(rule, planted, _near):
    (hit,) = RULES[rule](replace(PLAIN, **planted))
    words = str(hit.words)

    assert any(asked in words for asked in ("请核实", "请核对", "留意"))
    assert not any(accused in words for accused in ("骗", "造假", "冒领", "违规", "作弊"))
    assert hit.rows
    assert hit.level == ("warn" if rule == "shared_phone" else "look")


def test_a_hit_stays_the_same_hit_until_its_rows_change():
    planted = {"trainees": with_one(trainee(1, age=15))}
    (hit,) = RULES["age"](replace(PLAIN, **planted))
    (later,) = RULES["age"](replace(PLAIN, **planted, now=OVER + timedelta(days=30), title="改了名的班"))
    (other,) = RULES["age"](replace(PLAIN, trainees=with_one(trainee(1, age=14))))

    assert later.digest == hit.digest
    assert other.digest != hit.digest


def test_the_thresholds_are_those_of_the_courses_rules():
    sharing = {"trainees": tuple(trainee(n, phone="13600000009") for n in range(1, 4))}

    assert found("shared_phone", {**sharing, "terms": Terms(phone_for=2)}) == ["shared_phone"]
    assert found("burst", {**signed(*five(LESSONS[0], 2)), "terms": Terms(burst_seconds=120)}) == ["burst"]
    assert found("back_filled", {**signed(*paper(2, 20)), "terms": Terms(backfill_share=9)}) == ["back_filled"]
    assert found("long_day", {"terms": Terms(most_hours_a_day=3)}) == ["long_day"] * 5


def test_one_phone_for_four_people_names_all_four():
    sharing = {"trainees": tuple(trainee(n, phone="13600000009") for n in range(1, 5))}
    (hit,) = RULES["shared_phone"](replace(PLAIN, **sharing))

    assert [person.name for person in hit.people] == ["赵*1", "赵*2", "赵*3", "赵*4"]
    assert "13600000009" not in repr(hit)
