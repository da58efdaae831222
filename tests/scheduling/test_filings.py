"""Whether the filing of a class is complete, and what of it does not fit the rules."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from scheduling import courses, filings, schools
from scheduling.models import Holiday
from tests.factories import COUNTY, NOW, ClassFactory
from tests.scheduling.filed import a_class, promise, written
from tests.scheduling.test_eligibility import going_by

LATER = NOW + timedelta(hours=2)


def missing(session, row) -> tuple[str, ...]:
    return filings.readiness(session, row).missing


def faults(session, row) -> list[str]:
    session.expire(row, ["sessions"])
    return [str(words) for words in filings.readiness(session, row).faults]


def test_a_class_nobody_wrote_about_lacks_every_paper(session):
    row = ClassFactory(draft=True)

    assert missing(session, row) == filings.PAPERS


def test_a_complete_class_lacks_nothing_and_nothing_is_wrong_with_it(session):
    row = a_class(session)
    written(session, row)
    promise(session, row)

    assert missing(session, row) == ()
    assert faults(session, row) == []


@pytest.mark.parametrize(
    ("blank", "paper", "words"),
    [
        ("head_teacher", "application", "没写班主任"),
        ("textbook", "application", "没写教材"),
        ("modules", "application", "没写教学计划"),
        ("exam_scheme", "scheme", "没写考核方案"),
    ],
)
def test_what_the_school_left_blank_is_named(session, blank, paper, words):
    row = a_class(session)
    written(session, row, **{blank: "  "})
    promise(session, row)
    found = {each.key: [str(one) for one in each.lacks] for each in filings.readiness(session, row).papers}

    assert missing(session, row) == (paper,)
    assert found[paper] == [words]


def test_a_session_less_and_the_timetable_is_not_complete(session):
    row = a_class(session)
    written(session, row)
    promise(session, row)
    courses.cancel_session(session, row.sessions[-1], by=None, now=NOW)
    session.expire(row, ["sessions"])
    (paper,) = [each for each in filings.readiness(session, row).papers if not each.there]

    assert (paper.key, [str(words) for words in paper.lacks]) == ("timetable", ["实操课还差4课时"])


def test_a_session_without_a_teacher_is_named(session):
    row = a_class(session)
    written(session, row)
    promise(session, row)
    row.sessions[1].teacher = row.sessions[4].teacher = " "
    session.flush()

    assert [str(one) for each in filings.readiness(session, row).papers for one in each.lacks] == ["第2、5次课没写老师"]


def test_a_teacher_whose_papers_do_not_cover_the_trade_is_a_fault_and_one_who_is_covered_is_none(session):
    row = a_class(session)
    told = {"kinds": ["practice"], "by": None, "now": NOW}
    schools.settle_teacher(session, row.school, name="魏师傅", trades=["电工"], **told)
    theory = "、".join(str(one.number) for one in row.sessions if one.kind == "theory")

    assert faults(session, row) == ["魏师傅的证书里没有“焊工”", f"魏师傅没有登记教理论课，排了第{theory}次课"]


def test_a_teacher_nobody_registered_is_a_fault(session):
    row = a_class(session)
    for one in row.sessions:
        one.teacher = "外请老师"
    session.flush()

    assert faults(session, row) == ["外请老师不在学校登记的老师里"]


@pytest.mark.parametrize(("stations", "found"), [(3, []), (2, ["“焊接车间”只容得下2人，要来3人"])])
def test_a_workshop_must_hold_everybody_on_the_roster(session, stations, found):
    row = a_class(session)
    schools.settle_room(session, row.school, name="焊接车间", seats=40, stations=stations, by=None, now=NOW)

    assert faults(session, row) == found


def test_rotating_parties_need_stations_for_one_party_only(session):
    row = a_class(session, people=4)
    schools.settle_room(session, row.school, name="焊接车间", seats=40, stations=2, by=None, now=NOW)
    for one in row.sessions:
        one.party = 1 + one.number % 2 if one.kind == "practice" else 0
    session.flush()

    assert [words for words in faults(session, row) if "车间" in words] == []


def test_more_hours_on_a_day_than_the_rules_allow_are_a_fault(session):
    row = a_class(session)
    row.sessions[0].hours = 5
    row.sessions[0].ends_at += timedelta(minutes=45)
    session.flush()

    assert faults(session, row) == ["课表比课程多排了1课时", "12月7日（周一）排了9课时，一天最多8课时"]


def test_lessons_too_short_for_their_hours_and_outside_the_class_are_faults(session):
    row = a_class(session)
    row.sessions[0].ends_at -= timedelta(minutes=1)
    row.sessions[1].starts_at += timedelta(days=30)
    row.sessions[1].ends_at += timedelta(days=30)
    session.flush()

    assert faults(session, row) == ["第1次课时间不够，1课时是45分钟", "第2次课不在开班到结业之间"]


def test_how_long_a_class_hour_is_the_courses_rules_say(session):
    row = a_class(session)
    assert faults(session, row) == []

    going_by(session, row.course, hour_minutes=50)

    assert faults(session, row)[0].endswith("次课时间不够，1课时是50分钟")


def test_a_lesson_on_a_public_holiday_is_a_fault_and_on_a_make_up_day_is_none(session):
    row = a_class(session)
    session.add(Holiday(county=COUNTY, day=date(2026, 12, 8), name="冬休日", works=False))
    session.add(Holiday(county=COUNTY, day=date(2026, 12, 9), name="补班", works=True))
    session.flush()

    assert faults(session, row) == ["第3次课排在冬休日放假的日子", "第4次课排在冬休日放假的日子"]


def test_the_filing_is_due_so_many_days_before_and_late_is_said(session):
    ready = filings.readiness(session, a_class(session))

    assert ready.due_on == date(2026, 11, 30)
    assert [ready.late(date(2026, 11, 30)), ready.late(date(2026, 12, 1))] == [False, True]
