"""Whether a fair's figures add up, and what becomes of a fair whose do."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from scheduling import fairs, results
from scheduling.models import FairFinish
from scheduling.refusals import (
    FairCalledOff,
    FairFinished,
    FairNotOver,
    ReasonMissing,
    ResultsContradict,
    ResultsMissing,
)
from scheduling.results import Known, contradictions, needed
from tests.factories import NOW, FairFactory
from tests.scheduling.fair_examples import deeds_about
from tests.scheduling.test_results import BEGAN, GOOD, fair, noted

__all__ = ["fair"]  # a fixture


# Whether it adds up


def troubles(known=None, **more) -> list[str]:
    figures = {name: (value, "staff_counted") for name, value in {**GOOD, **more}.items()}
    return [each.key for each in contradictions(figures, known or Known())]


@pytest.mark.parametrize(
    ("told", "keys"),
    [
        ({}, []),
        ({"no_show_enterprises": 1}, ["enterprises"]),
        ({"intent_people": 41}, ["intent_people_over_intent_times"]),
        ({"hired_on_site": 32}, ["hired_on_site_over_intent_people"]),
        ({"visits": 399}, ["visitors_over_visits"]),
        ({"positions": 121}, ["positions_over_headcount"]),
        ({"trades": 31}, ["trades_over_positions"]),
        (
            {"walk_in_enterprises": 10, "no_show_enterprises": 11},
            [
                "walk_in_enterprises_over_present_enterprises",
                "no_show_enterprises_over_planned_enterprises",
            ],
        ),
    ],
)
def test_figures_that_contradict_one_another_are_named(told, keys):
    assert troubles(**told) == keys


def test_who_was_scanned_was_there():
    known = Known(visitors=401, enterprises=10)

    assert troubles(known) == ["visitors_below_scans", "present_enterprises_below_scans"]
    assert [each.key for each in contradictions({"visitors": (402, "scanned")}, known)] == ["visitors_not_scanned"]
    assert contradictions({"visitors": (402, "staff_counted")}, known) == []


def test_what_companies_reported_is_their_sum_and_of_people_it_may_be_less():
    known = Known(intent_people=10, intent_times=12, hired_on_site=2)

    def said(**figures):
        return [each.key for each in contradictions({k: (v, "enterprise_reported") for k, v in figures.items()}, known)]

    assert said(intent_people=9, intent_times=12, hired_on_site=2) == []
    assert said(intent_people=11) == ["intent_people_not_reported"]
    assert said(intent_times=11) == ["intent_times_not_reported"]
    assert said(hired_on_site=3) == ["hired_on_site_not_reported"]


def test_who_was_not_seen_to_come_has_no_intents_to_report():
    known = Known(intent_people=10, absent=1)

    assert [each.key for each in contradictions({"intent_people": (10, "enterprise_reported")}, known)] == [
        "reported_absent"
    ]
    assert contradictions({"intent_people": (10, "staff_counted")}, known) == []


@given(planned=st.integers(0, 300), walk_in=st.integers(0, 50), missed=st.integers(0, 300), wrong=st.integers(-3, 3))
def test_the_enterprises_add_up_or_are_in_trouble(planned, walk_in, missed, wrong):
    missed = min(missed, planned)
    present = planned - missed + walk_in + wrong
    figures = {
        "planned_enterprises": (planned, "scanned"),
        "present_enterprises": (max(0, present), "scanned"),
        "walk_in_enterprises": (walk_in, "scanned"),
        "no_show_enterprises": (missed, "scanned"),
    }

    keys = [each.key for each in contradictions(figures, Known())]

    assert ("enterprises" in keys) == (max(0, present) != planned - missed + walk_in)


# Finishing


def test_a_fair_is_finished_once_its_figures_add_up_and_then_stands(session, fair, clerk):
    noted(session, fair)
    for _ in range(2):
        results.finish(session, fair, by=clerk, now=NOW)

    assert (fair.finish.by_id, len(session.scalars(select(FairFinish)).all())) == (clerk.id, 1)
    assert deeds_about(session, fair).count("fair.finished") == 1
    for act in (
        lambda: fairs.record_figure(session, fair, "visitors", 1, "scanned", by=None, now=NOW),
        lambda: fairs.drop_figure(session, fair, "visitors", by=None, now=NOW),
        lambda: fairs.note(session, fair, weather="晴", remark="", by=None, now=NOW),
        lambda: fairs.revise(session, fair, title="新名", by=None, now=NOW),
    ):
        with pytest.raises(FairFinished):
            act()


def test_what_was_not_counted_and_what_contradicts_stands_in_the_way(session, fair):
    fairs.record_figure(session, fair, "visitors", 400, "staff_counted", by=None, now=NOW)
    with pytest.raises(ResultsMissing) as lacking:
        results.finish(session, fair, by=None, now=NOW)
    noted(session, fair, no_show_enterprises=0, intent_people=50)
    with pytest.raises(ResultsContradict) as wrong:
        results.finish(session, fair, by=None, now=NOW)

    assert lacking.value.facts["figures"].split(",") == [name for name in needed("market_fair") if name != "visitors"]
    assert wrong.value.facts == {"number": 2}
    assert session.scalars(select(FairFinish)).all() == []


def test_a_broadcast_has_no_booths_to_count():
    assert "present_enterprises" not in needed("livestream")
    assert "intent_people" in needed("livestream")


def test_what_is_not_over_or_is_off_is_not_finished(session):
    soon, off = FairFactory(), FairFactory(starts_at=BEGAN + timedelta(days=2))
    fairs.call_off(session, off, reason="大雨", by=None, now=NOW)

    with pytest.raises(FairNotOver):
        results.finish(session, soon, by=None, now=NOW)
    with pytest.raises(FairCalledOff):
        results.finish(session, off, by=None, now=NOW + timedelta(days=9))


def test_opening_again_says_why_and_finishing_again_is_another_row(session, fair):
    noted(session, fair)
    results.finish(session, fair, by=None, now=NOW)
    with pytest.raises(ReasonMissing):
        results.reopen(session, fair, reason=" ", by=None, now=NOW)

    for _ in range(2):
        results.reopen(session, fair, reason="企业补报", by=None, now=NOW + timedelta(hours=1))
    noted(session, fair, hired_on_site=5)
    results.finish(session, fair, by=None, now=NOW + timedelta(hours=2))

    assert [row.reopened_why for row in results.finishes(session, fair)] == ["企业补报", ""]
    assert deeds_about(session, fair)[-1] == "fair.finished"


def test_a_figure_taken_away_is_gone_and_its_deed_stays(session, fair):
    noted(session, fair)
    for _ in range(2):
        fairs.drop_figure(session, fair, "visitors", by=None, now=NOW)

    assert "visitors" not in {row.name for row in fairs.figures(session, fair)}
    assert deeds_about(session, fair).count("fair.figure_dropped") == 1


def test_weather_and_a_remark_are_written_beside_the_figures(session, fair):
    for _ in range(2):
        fairs.note(session, fair, weather=" 小雨，8℃ ", remark="十点半收摊", by=None, now=NOW)

    row = fairs.note_of(session, fair)
    assert (row.weather, row.remark) == ("小雨，8℃", "十点半收摊")
    assert deeds_about(session, fair) == ["fair.noted"]
