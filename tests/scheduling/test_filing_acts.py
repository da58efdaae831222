"""A filing is handed in, approved or given back; what changed since; who reads whole ID numbers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from scheduling import courses, enrolments, filings
from scheduling.models import Deed, Holiday, Notice
from scheduling.refusals import (
    ClassCalledOff,
    FilingGone,
    FilingIncomplete,
    FilingNumberMissing,
    ReasonMissing,
)
from tests.factories import COUNTY, KEYS, NOW, CourseFactory, SchoolFactory, SessionFactory, id_number
from tests.scheduling.filed import PHONE, a_class, filed, promise, written
from tests.scheduling.test_enrolments import sign_up

LATER = NOW + timedelta(hours=2)


def differences(session, row, filing) -> list[str]:
    session.expire_all()
    return [str(words) for words in filings.changes(session, row, filing.facts)]


def deeds_of(session) -> list[str]:
    rows = select(Deed.what).where(Deed.what.like("filing.%") | Deed.what.like("dossier.%")).order_by(Deed.id)
    return list(session.scalars(rows))


def test_an_incomplete_filing_is_refused_and_a_late_one_is_not(session):
    row = a_class(session)
    written(session, row)
    with pytest.raises(FilingIncomplete) as refused:
        filings.submit(session, row, by=None, now=NOW)
    promise(session, row)
    made = filings.submit(session, row, by=None, now=NOW + timedelta(days=10))

    assert refused.value.facts == {"papers": "school_promise"}
    assert made.state == "submitted"


def test_doing_it_twice_is_doing_it_once(session):
    row = a_class(session)
    made = [filed(session, row) for _ in range(2)]
    approved = [filings.approve(session, row, number="青培2026-7", by=None, now=LATER) for _ in range(2)]
    again = filings.submit(session, row, by=None, now=LATER)

    assert len({each.id for each in [*made, *approved, again]}) == 1
    assert deeds_of(session) == ["dossier.filled", "dossier.committed", "filing.submitted", "filing.approved"]


def test_an_approved_filing_gives_the_class_its_number_and_tells_the_school(session):
    row = a_class(session)
    made = filed(session, row, number=" 青培2026-7 ")
    (told,) = session.scalars(select(Notice).where(Notice.phone == PHONE))

    assert (made.state, made.number, row.filing_no) == ("approved", "青培2026-7", "青培2026-7")
    assert "备案号青培2026-7" in told.text


def test_a_filing_with_faults_is_approved_only_with_a_reason(session):
    row = a_class(session)
    session.add(Holiday(county=COUNTY, day=date(2026, 12, 8), name="冬休日", works=False))
    filed(session, row)
    with pytest.raises(ReasonMissing):
        filings.approve(session, row, number="1", by=None, now=LATER)
    made = filings.approve(session, row, number="1", reason="学员都同意", by=None, now=LATER)

    assert (made.state, made.reason) == ("approved", "学员都同意")


def test_an_approval_needs_a_number_and_something_that_waits(session):
    row = a_class(session)
    with pytest.raises(FilingNumberMissing):
        filings.approve(session, row, number=" ", by=None, now=NOW)
    with pytest.raises(FilingGone):
        filings.approve(session, row, number="1", by=None, now=NOW)


def test_who_read_an_older_filing_cannot_approve_the_newer_one_by_accident(session):
    row = a_class(session)
    seen = filings.stamp(filed(session, row))
    written(session, row, textbook="另一本")
    filings.submit(session, row, by=None, now=LATER)

    with pytest.raises(FilingGone):
        filings.approve(session, row, number="1", seen=seen, by=None, now=LATER)


def test_a_returned_filing_is_mended_and_handed_in_again(session):
    row = a_class(session)
    filed(session, row)
    with pytest.raises(ReasonMissing):
        filings.give_back(session, row, reason=" ", by=None, now=LATER)
    back = [filings.give_back(session, row, reason="教材写版次", by=None, now=LATER) for _ in range(2)]
    written(session, row, textbook="《电工教材》第3版，2024年")
    again = filings.submit(session, row, by=None, now=LATER)
    (told,) = session.scalars(select(Notice).where(Notice.phone == PHONE))

    assert back[0].id == back[1].id != again.id
    assert "教材写版次" in told.text
    assert [each.state for each in filings.filed(session, row)] == ["submitted", "returned"]


def test_nothing_changed_says_nothing(session):
    row = a_class(session)

    assert differences(session, row, filed(session, row, number="1")) == []


def test_what_changed_since_the_filing_is_said_in_plain_words(session):
    row = a_class(session)
    made = filed(session, row, number="1")
    first, second = row.sessions[:2]
    then = first.starts_at + timedelta(hours=-1)
    courses.move_session(
        session,
        first,
        starts_at=then,
        ends_at=then + timedelta(hours=2),
        room="201",
        teacher="陈师傅",
        by=None,
        now=LATER,
    )
    courses.cancel_session(session, second, by=None, now=LATER)
    written(session, row, head_teacher="吴班主任")
    enrolments.cancel(session, enrolments.roster(session, row)[0], by=None, now=LATER)
    sign_up(session, row, 9, now=LATER)

    assert differences(session, row, made) == [
        "第1次课从12月7日（周一） 8:30–11:30改到12月7日（周一） 7:30–9:30",
        "第1次课的老师从“魏师傅”换成“陈师傅”",
        "第1次课的教室从“焊接车间”换成“201”",
        "取消了第2次课：12月7日（周一） 14:30–17:30",
        "班主任从“周班主任”改成“吴班主任”",
        "花名册加了赵*9",
        "花名册少了赵*1",
    ]


def test_a_change_is_applied_for_with_a_reason_and_takes_the_place_of_what_was_approved(session):
    row = a_class(session)
    filed(session, row, number="青培7")
    written(session, row, exam_scheme="改成机考。")
    with pytest.raises(ReasonMissing):
        filings.submit(session, row, by=None, now=LATER)
    filings.submit(session, row, note="考场停电", by=None, now=LATER)
    filings.approve(session, row, number="青培7-变1", by=None, now=LATER)

    assert [(each.state, each.number, each.note) for each in filings.filed(session, row)] == [
        ("approved", "青培7-变1", "考场停电"),
        ("superseded", "青培7", ""),
    ]
    assert row.filing_no == "青培7-变1"


def test_a_class_called_off_is_not_filed(session):
    row = a_class(session)
    courses.call_off(session, row, reason="停办", by=None, now=NOW)

    with pytest.raises(ClassCalledOff):
        written(session, row)


def test_the_facts_of_a_filing_hold_nothing_personal(session):
    row = a_class(session)
    made = filed(session, row)
    held = repr(made.facts)

    hidden = [told for n in (1, 2, 3) for told in (f"赵明{n}", f"136{n:08d}", id_number(n), id_number(n)[-4:])]
    assert [each for each in hidden if each in held] == []
    assert len(made.facts["roster"]) == 3


def test_the_roster_has_sex_and_age_and_hides_numbers_and_each_reveal_is_a_deed(session, clerk):
    row = a_class(session)
    hidden = filings.people(session, row, keys=KEYS)
    with pytest.raises(ReasonMissing):
        filings.people_in_full(session, row, reason="", keys=KEYS, by=clerk, now=NOW)
    shown = filings.people_in_full(session, row, reason="exam", keys=KEYS, by=clerk, now=NOW)
    kept = session.scalars(select(Deed).where(Deed.what == "enrolment.id_revealed")).all()

    assert [(one.sex, one.age) for one in hidden] == [("male", 36), ("female", 36), ("male", 36)]
    assert [one.id_number for one in hidden] == [f"{'*' * 14}{id_number(n)[-4:]}" for n in (1, 2, 3)]
    assert [one.id_number for one in shown] == [id_number(n) for n in (1, 2, 3)]
    assert {(deed.about, deed.by_id, deed.facts["reason"]) for deed in kept} == {
        (f"enrolments/{one.enrolment.id}", clerk.id, "exam") for one in shown
    }


def test_a_filing_asks_as_often_for_twenty_people_and_sessions_as_for_three(session, queries):
    few = a_class(
        session, course=CourseFactory(trade="焊工", total_hours=8, theory_hours=4, practice_hours=4), people=3
    )
    many = a_class(session, school=SchoolFactory(), people=20, since=4)
    counts = []
    for row in (few, many):
        filed(session, row)
        session.commit()
        session.expire_all()
        found = courses.find(session, COUNTY, row.slug)
        with queries() as asked:
            package = filings.package(session, found)
            filings.people(session, found, keys=KEYS)
        assert package.waits is not None
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_a_session_added_since_is_said(session):
    row = a_class(session)
    made = filed(session, row)
    SessionFactory(training_class=row, class_id=row.id, number=99)

    assert any(words.startswith("加了第99次课") for words in differences(session, row, made))
