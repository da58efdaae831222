from datetime import date, timedelta

import pytest
from sqlalchemy import select

from scheduling import fairs, markets
from scheduling.fairs.terms import workdays_before
from scheduling.models import Deed, FairOverride, FairTerms
from scheduling.planning import lunar
from scheduling.refusals import (
    DayNotCome,
    FairCalledOff,
    FairNotReady,
    PermitForNewPlace,
    PoliceNotTold,
    ReasonMissing,
    SizesInDisorder,
)
from tests.factories import COUNTY, NOW, FairFactory
from tests.scheduling.fair_examples import AT, deeds_about, planned, published, ready

START = {
    "permit_from": 1000,
    "city_from": 5000,
    "permit_days": 20,
    "police_workdays": 5,
    "file_days": 15,
    "plan_by": "12-15",
    "stats_days": 7,
    "stats_month_day": 28,
}
PAPERS = {"expected_attendance": 2000, "permit_no": "许1号"}
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def with_plan(session, **more):
    """A fair ready to be published, its emergency plan in."""
    fair = ready(session, **more)
    fairs.attach_plan(session, fair, PDF, by=None, now=NOW)
    return fair


def permitted(session):
    """A large published fair with all its papers."""
    fair = with_plan(session, **PAPERS)
    fairs.publish(session, fair, by=None, now=NOW)
    return fair


def terms(session, **more) -> FairTerms:
    return fairs.keep_terms(session, COUNTY, **{**START, **more}, by=None, now=NOW)


# The county's numbers


def test_a_county_that_said_nothing_has_what_it_starts_with_and_no_row(session):
    kept = fairs.terms_of(session, COUNTY)
    terms(session)

    assert {name: getattr(kept, name) for name in START} == START
    assert session.scalars(select(FairTerms)).all() == []


def test_what_a_county_says_is_kept_once(session):
    for _ in range(2):
        terms(session, permit_from=800, file_days=None)

    row = session.scalars(select(FairTerms)).one()
    assert (row.permit_from, row.file_days, row.stats_days) == (800, None, 7)
    assert session.scalars(select(Deed.what)).all() == ["fair.terms_kept"]
    with pytest.raises(SizesInDisorder):
        terms(session, permit_from=6000)


# The checklist


@pytest.mark.parametrize(
    ("told", "lacking"),
    [
        ({"expected_attendance": 999}, []),
        ({"expected_attendance": 1000}, ["permit", "emergency_plan"]),
        ({"expected_attendance": 4999}, ["permit", "emergency_plan"]),
        ({"expected_attendance": 5000}, ["permit_city", "emergency_plan"]),
        ({"expected_attendance": 5000, "permit_no": "许1号"}, ["emergency_plan"]),
        ({"emergency_plan": "预案1号，安保股存", **PAPERS}, ["emergency_plan"]),
        ({"rain_plan": ""}, ["rain_plan"]),
        ({"outdoor": False, "rain_plan": ""}, []),
    ],
)
def test_what_is_missing_depends_on_how_many_are_expected(session, told, lacking):
    assert fairs.missing(session, ready(session, **told)) == lacking


def test_how_many_is_a_matter_of_the_county(session):
    fair = ready(session, expected_attendance=900)
    terms(session, permit_from=500, city_from=800)

    assert fairs.missing(session, fair) == ["permit_city", "emergency_plan"]


def test_a_broadcast_has_no_crowd(session):
    fair = planned(session, kind="livestream", contact_name="王", contact_phone="0990-1", expected_attendance=90_000)

    assert fairs.missing(session, fair) == []


def test_what_is_let_pass_is_written_down_with_why_and_no_more_missing(session, clerk):
    fair = ready(session, expected_attendance=1500, permit_no="许1号")
    for reason in ("预案周三送到", "预案周三送到 ", "预案周四送到"):
        fairs.override(session, fair, "emergency_plan", reason=reason, by=clerk, now=NOW)

    fairs.publish(session, fair, by=clerk, now=NOW)

    rows = session.scalars(select(FairOverride).order_by(FairOverride.at, FairOverride.id)).all()
    assert [(row.reason, row.by_id, row.lifted_at is None) for row in rows] == [
        ("预案周三送到", clerk.id, False),
        ("预案周四送到", clerk.id, True),
    ]
    assert [row.reason for row in fairs.overrides(session, fair)] == ["预案周四送到"]
    assert deeds_about(session, fair).count("fair.overridden") == 2


def test_what_was_let_pass_for_the_county_is_not_let_pass_for_the_city(session):
    fair = with_plan(session, expected_attendance=1500)
    fairs.override(session, fair, "permit", reason="县局口头同意", by=None, now=NOW)
    assert fairs.missing(session, fair) == []

    fairs.revise(session, fair, expected_attendance=6000, by=None, now=NOW)

    assert fairs.missing(session, fair) == ["permit_city"]


def test_a_word_taken_back_leaves_the_thing_missing(session):
    fair = ready(session, rain_plan="")
    fairs.override(session, fair, "rain_plan", reason="天气预报无雨", by=None, now=NOW)
    for _ in range(2):
        fairs.lift(session, fair, "rain_plan", by=None, now=NOW)

    with pytest.raises(FairNotReady):
        fairs.publish(session, fair, by=None, now=NOW)
    assert deeds_about(session, fair).count("fair.override_lifted") == 1


def test_not_everything_is_let_pass_and_nothing_without_why(session):
    fair = ready(session)

    with pytest.raises(ReasonMissing):
        fairs.override(session, fair, "permit", reason=" ", by=None, now=NOW)
    with pytest.raises(ValueError, match="contact"):
        fairs.override(session, fair, "contact", reason="没有", by=None, now=NOW)
    fairs.call_off(session, fair, reason="大雨", by=None, now=NOW)
    with pytest.raises(FairCalledOff):
        fairs.override(session, fair, "permit", reason="急", by=None, now=NOW)


# By when


@pytest.mark.parametrize(
    ("kind", "day", "expected", "dates"),
    [
        ("market_fair", date(2027, 2, 20), 100, (None, date(2027, 2, 5), date(2027, 2, 27))),
        ("specialty_fair", date(2027, 2, 20), 1000, (date(2027, 1, 31), date(2027, 2, 5), date(2027, 2, 27))),
        ("regular_fair", date(2027, 2, 20), 100, (None, date(2026, 12, 15), date(2027, 2, 28))),
        ("regular_fair", date(2027, 2, 28), 100, (None, date(2026, 12, 15), date(2027, 2, 28))),
        ("regular_fair", date(2027, 12, 30), 100, (None, date(2026, 12, 15), date(2028, 1, 28))),
        ("livestream", date(2027, 2, 20), 9000, (None, date(2027, 2, 5), date(2027, 2, 27))),
    ],
)
def test_each_fair_has_its_dates(session, kind, day, expected, dates):
    starts = AT + (day - date(2026, 11, 27)) * 1
    fair = FairFactory(kind=kind, starts_at=starts, expected_attendance=expected)

    found = fairs.deadlines(fair, fairs.terms_of(session, COUNTY))

    assert (found.permit, found.filing, found.statistics) == dates


def test_a_county_without_such_duties_has_no_dates(session):
    kept = terms(session, file_days=None, plan_by="", stats_days=None, stats_month_day=None)

    for kind in ("market_fair", "regular_fair"):
        found = fairs.deadlines(FairFactory(kind=kind), kept)
        assert (found.permit, found.filing, found.statistics) == (None, None, None)


def test_what_was_handed_in_is_noted_and_the_later_word_stands(session):
    fair = published(session)
    for number in ("备7号", "备7号", "备8号"):
        fairs.file(session, fair, "filing", day=date(2026, 11, 20), number=number, by=None, now=NOW)

    row = fairs.filings(session, fair)["filing"]
    assert (row.day, row.number) == (date(2026, 11, 20), "备8号")
    assert deeds_about(session, fair).count("fair.filed") == 2
    with pytest.raises(DayNotCome):
        fairs.file(session, fair, "statistics", day=date(2026, 11, 24), by=None, now=NOW)


# Moving a large fair


def moved(session, fair, **more):
    told = {"starts_at": fair.starts_at, "ends_at": fair.ends_at, "place": fair.place, "reason": "有雨", **more}
    return fairs.move(session, fair, by=None, now=NOW, **told)


def later(fair) -> dict:
    return {"starts_at": fair.starts_at + timedelta(days=9), "ends_at": fair.ends_at + timedelta(days=9)}


def test_the_police_are_told_of_a_large_fairs_new_time(session):
    fair = permitted(session)

    with pytest.raises(PoliceNotTold) as refused:
        moved(session, fair, **later(fair))
    assert refused.value.facts == {"due": date(2026, 11, 20)}  # Friday; five workdays before Friday the 27th
    step = moved(session, fair, **later(fair), told_police=True)

    assert (step is not None, fair.permit_no) == (True, "许1号")
    facts = session.scalars(select(Deed.facts).where(Deed.what == "fair.moved")).one()
    assert facts["told_police"] == "yes"


def test_a_new_place_needs_a_new_permit(session):
    fair = permitted(session)

    for permit in ("", "许1号"):
        with pytest.raises(PermitForNewPlace):
            moved(session, fair, place="体育馆", permit_no=permit)
    moved(session, fair, place="体育馆", permit_no="许2号")

    assert (fair.place, fair.permit_no) == ("体育馆", "许2号")


def test_or_a_reason_that_stays_on_record(session):
    fair = permitted(session)

    moved(session, fair, place="体育馆", permit_reason="公安现场同意，补办")

    assert (fair.permit_no, fairs.missing(session, fair)) == ("", [])
    assert [(row.item, row.reason) for row in fairs.overrides(session, fair)] == [("permit", "公安现场同意，补办")]


def test_a_small_fair_moves_as_it_likes(session):
    fair = published(session)

    assert moved(session, fair, **later(fair), place="文化站") is not None


def test_workdays_know_holidays_and_weekends_that_are_worked(session):
    markets.seed_holidays(session, COUNTY, by=None, now=NOW)
    known = markets.holidays(session, COUNTY, date(2026, 9, 1), date(2026, 10, 31))
    day = date(2026, 10, 12)

    found = workdays_before(day, 5, known)

    between = [found + timedelta(days=number) for number in range((day - found).days)]
    assert [known.is_off(each) for each in between].count(False) == 5
    assert not known.is_off(found)
    assert workdays_before(date(2026, 11, 30), 5, lunar.Holidays()) == date(2026, 11, 23)
