"""Rules of training are data: presets to start from, given to a course, and what of a course they do not allow."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import select

from scheduling import courses, training_rules
from scheduling.models import Deed
from scheduling.refusals import ModulesDiffer, NotFound, RulesKnown
from scheduling.training_rules import EMERGENCY, PRESETS, SAMPLE
from tests.factories import COUNTY, NOW, CourseFactory


def keep(session, name="特种作业", terms=PRESETS["special_work"]):
    return training_rules.add(session, COUNTY, name=name, terms=terms, by=None, now=NOW)


def test_every_preset_becomes_a_row_that_says_the_same(session):
    for name, terms in PRESETS.items():
        assert training_rules.terms(keep(session, name, terms)) == terms


def test_special_work_asks_for_eighty_in_both_and_another_office_issues_the_certificate():
    rules = PRESETS["special_work"]

    assert (rules.pass_theory, rules.pass_practice, rules.resits, rules.outside_issuer) == (80, 80, 1, EMERGENCY)


def test_a_course_goes_by_the_sample_until_it_is_given_rules_of_its_own(session):
    course = CourseFactory()
    before = training_rules.of(course)

    training_rules.give(session, course, keep(session), by=None, now=NOW)
    training_rules.give(session, course, keep(session), by=None, now=NOW)

    assert (before, training_rules.of(course)) == (SAMPLE, PRESETS["special_work"])
    assert session.scalars(select(Deed.what)).all() == ["training_rules.added", "course.rules_given"]


def test_a_changed_figure_holds_for_every_course_and_the_deed_says_what_it_was(session):
    course, row = CourseFactory(), keep(session)
    training_rules.give(session, course, row, by=None, now=NOW)

    training_rules.change(session, row, replace(PRESETS["special_work"], resits=2), by=None, now=NOW)
    training_rules.change(session, row, replace(PRESETS["special_work"], resits=2), by=None, now=NOW)

    assert training_rules.of(course).resits == 2
    deeds = session.scalars(select(Deed).where(Deed.what == "training_rules.changed")).all()
    assert [deed.facts["before"] for deed in deeds] == ["resits=1"]


def test_a_known_name_with_other_figures_is_refused_and_the_very_same_again_is_the_first(session):
    row = keep(session)

    with pytest.raises(RulesKnown) as refused:
        keep(session, terms=replace(PRESETS["special_work"], resits=2))

    assert refused.value.facts == {"name": "特种作业"}
    assert keep(session, " 特种作业 ") is row
    assert row.resits == 1


def test_rules_nobody_wrote_are_not_found(session):
    with pytest.raises(NotFound):
        training_rules.named(session, COUNTY, "没有的规则")


@pytest.mark.parametrize(
    ("preset", "theory", "practice", "faults"),
    [
        ("huaian", 15, 25, {}),
        ("huaian", 16, 23, {"least_hours": 40, "least_practice_share": 60}),
        ("delta", 40, 60, {}),
        ("delta", 39, 61, {"least_theory_share": 40}),
        ("delta", 61, 39, {"least_practice_share": 40}),
    ],
)
def test_a_course_is_measured_against_its_rules_to_the_hour(session, preset, theory, practice, faults):
    course = CourseFactory(theory_hours=theory, practice_hours=practice, total_hours=theory + practice)
    training_rules.give(session, course, keep(session, preset, PRESETS[preset]), by=None, now=NOW)

    assert training_rules.faults(course) == faults


def test_a_class_larger_than_the_rules_allow_is_told(session):
    assert training_rules.faults(CourseFactory(class_cap=51)) == {"most_trainees": 50}


def test_modules_are_read_as_people_write_them():
    text = "安全用电 8\n\n  触电急救（4课时）\n登高作业12学时\n焊接１６\n职业道德"

    assert courses.modules_of(text) == [
        ("安全用电", 8),
        ("触电急救", 4),
        ("登高作业", 12),
        ("焊接", 16),
        ("职业道德", None),
    ]


@pytest.mark.parametrize("text", ["安全用电 8\n焊接 87", "安全用电 96\n职业道德"])
def test_modules_whose_hours_do_not_add_up_are_refused(session, text):
    with pytest.raises(ModulesDiffer):
        courses.outline(session, CourseFactory(), level="五级", modules=text, by=None, now=NOW)


@pytest.mark.parametrize("text", ["安全用电 8\n焊接 88", "安全用电\n焊接", ""])
def test_modules_that_add_up_or_name_no_hours_are_kept(session, text):
    course = CourseFactory()

    courses.outline(session, course, level="五级", modules=text, by=None, now=NOW)

    assert (course.level, course.modules) == ("五级", text)
