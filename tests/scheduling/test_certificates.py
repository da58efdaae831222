from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from scheduling import certificates, exams, followups
from scheduling.models import Certificate, Deed, FollowUp, Notice
from scheduling.refusals import (
    BeforeExam,
    CertificateKnown,
    DayNotCome,
    IssuedHere,
    IssuedOutside,
    NoSuchCertificate,
    NotFound,
    NotPassed,
    ReasonMissing,
)
from scheduling.training_rules import EMERGENCY
from tests.factories import COUNTY
from tests.graduates import OVER, graduated, people, sit

BUREAU = "青禾县人力资源和社会保障局"
DAY = OVER.date()


def issue(session, training_class, *, on: date = DAY) -> list[Certificate]:
    return certificates.issue(session, training_class, issuer=BUREAU, on=on, by=None, now=OVER)


def test_everybody_who_passed_gets_one_and_whoever_did_not_gets_none(session):
    row = graduated(session)

    made = issue(session, row)

    assert [one.enrolment for one in made] == people(session, row)[1:]
    assert issue(session, row) == []


def test_numbers_are_county_year_and_a_serial_without_gaps_across_classes(session):
    first, second = graduated(session), graduated(session, first=10, name="别的")

    numbers = [one.number for one in (*issue(session, first), *issue(session, second))]

    assert numbers == [f"{COUNTY}2026{serial:06d}" for serial in (1, 2, 3, 4)]


def test_what_stands_on_it_stays_as_it_was_that_day(session):
    row = graduated(session, 2)
    (made,) = issue(session, row)
    first, last = row.sessions[0].starts_at, row.sessions[-1].starts_at
    hers = made.enrolment

    row.course.name, hers.jobseeker.name = "改了名的课程", "改了名的人"
    session.flush()

    assert made.printed == {
        "name": "钱秀英",
        "id_last4": hers.id_last4,
        "project": made.printed["project"],
        "level": "",
        "hours": 40,
        "first": first.date().isoformat(),
        "last": last.date().isoformat(),
        "school": row.school.name,
        "kind": "",
    }
    assert made.printed["project"].startswith("熔化焊接与热切割作业")


def test_every_certificate_has_a_token_that_opens_it_and_nobody_else_can_guess(session):
    made = issue(session, graduated(session))

    assert len({one.token for one in made}) == 2
    assert all(len(one.token) == 22 for one in made)
    assert certificates.opened(session, COUNTY, made[0].token) is made[0]
    with pytest.raises(NotFound):
        certificates.opened(session, COUNTY, "A" * 22)


def test_a_certificate_is_looked_up_by_its_number_and_the_name_on_it_together(session):
    made = issue(session, graduated(session))

    assert certificates.looked_up(session, COUNTY, f" {made[0].number} ", "钱秀英") is made[0]
    for number, name in ((made[0].number, "赵明田"), ("9901002026999999", "钱秀英")):
        with pytest.raises(NoSuchCertificate):
            certificates.looked_up(session, COUNTY, number, name)


def test_a_certificate_is_no_older_than_the_sitting_at_which_it_was_earned(session):
    row = graduated(session)  # sat on Sunday 20 December

    for early in (date(2019, 3, 1), date(2026, 12, 19)):
        with pytest.raises(BeforeExam) as refused:
            issue(session, row, on=early)
        assert refused.value.facts == {"day": date(2026, 12, 20), "field": "on"}
    assert session.scalars(select(Certificate)).all() == []

    assert len(issue(session, row, on=date(2026, 12, 20))) == 2


def test_who_passed_at_a_resit_has_none_from_before_it(session):
    row = graduated(session)
    resit = sit(session, row, starts_at=OVER - timedelta(hours=1))
    exams.record(session, resit, {1: exams.Score(None, 80)}, by=None, now=OVER)
    exams.close(session, resit, by=None, now=OVER)

    with pytest.raises(BeforeExam) as refused:
        issue(session, row, on=date(2026, 12, 20))

    assert refused.value.facts["day"] == DAY


def test_another_bodys_certificate_is_no_older_either(session):
    row = graduated(session, outside_issuer=EMERGENCY)
    person = people(session, row)[1]

    with pytest.raises(BeforeExam):
        certificates.record_outside(session, person, number="T1", on=date(2026, 12, 19), by=None, now=OVER)


def test_calls_are_due_one_three_and_six_months_after_it(session):
    made = issue(session, graduated(session, 2))

    rows = session.scalars(select(FollowUp).order_by(FollowUp.due_on)).all()
    assert [(row.enrolment_id, row.month, row.due_on) for row in rows] == [
        (made[0].enrolment_id, 1, date(2027, 1, 21)),
        (made[0].enrolment_id, 3, date(2027, 3, 21)),
        (made[0].enrolment_id, 6, date(2027, 6, 21)),
    ]


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2026, 8, 31), 1, date(2026, 9, 30)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_months_last(day, months, then):
    assert followups.months_after(day, months) == then


def test_she_is_told_her_number_once(session):
    (made,) = issue(session, row := graduated(session, 2))
    issue(session, row)

    told = [notice.text for notice in session.scalars(select(Notice)) if "证书办好了" in notice.text]
    assert told == [
        f"“{row.title}”的证书办好了，编号{made.number}。在“我的报名”里能看到，领取请带身份证到{row.school.name}。【送岗】"
    ]


def test_no_certificate_is_dated_tomorrow(session):
    with pytest.raises(DayNotCome):
        issue(session, graduated(session), on=DAY + timedelta(days=1))


def test_a_revoked_one_says_why_and_another_may_be_issued_under_another_number(session):
    row = graduated(session, 2)
    (made,) = issue(session, row)
    with pytest.raises(ReasonMissing):
        certificates.revoke(session, made, reason=" ", by=None, now=OVER)

    for why in ("姓名写错", "再说一遍"):
        certificates.revoke(session, made, reason=why, by=None, now=OVER)
    (again,) = issue(session, row)

    assert (made.revoked_at, made.revoked_why) == (OVER, "姓名写错")
    assert again.number == f"{COUNTY}2026000002"
    assert certificates.of_class(session, row) == {made.enrolment_id: again}
    assert certificates.revoked(session, row) == [made]
    assert certificates.opened(session, COUNTY, made.token) is made
    assert len(session.scalars(select(FollowUp)).all()) == 3


def test_where_another_body_certifies_none_is_issued_and_its_number_is_recorded_once(session):
    row = graduated(session, outside_issuer=EMERGENCY)
    failed, passed, other = people(session, row)
    with pytest.raises(IssuedOutside) as refused:
        issue(session, row)
    assert refused.value.facts == {"issuer": EMERGENCY}

    first, again = (
        certificates.record_outside(session, passed, number=number, on=DAY, by=None, now=OVER)
        for number in ("t990101 200001010017", "T990101200001010017")
    )

    assert again is first
    assert (first.number, first.issuer, first.outside) == ("T990101200001010017", EMERGENCY, True)
    with pytest.raises(CertificateKnown):
        certificates.record_outside(session, other, number=first.number, on=DAY, by=None, now=OVER)
    with pytest.raises(CertificateKnown):
        certificates.record_outside(session, passed, number="T2", on=DAY, by=None, now=OVER)
    with pytest.raises(NotPassed) as refused:
        certificates.record_outside(session, failed, number="T3", on=DAY, by=None, now=OVER)
    assert refused.value.facts == {"name": "赵*田"}
    with pytest.raises(NotFound):  # it is not ours to vouch for
        certificates.opened(session, COUNTY, first.token)
    assert len(session.scalars(select(FollowUp)).all()) == 3


def test_no_outside_number_is_recorded_where_we_certify(session):
    row = graduated(session)

    with pytest.raises(IssuedHere):
        certificates.record_outside(session, people(session, row)[1], number="T1", on=DAY, by=None, now=OVER)


def test_whoever_passes_later_gets_hers_later(session):
    row = graduated(session)
    issue(session, row)
    exam = exams.find(session, row, 1)
    exams.correct(session, exam, exams.seat(session, exam, 1), exams.Score(85, 66), reason="看错行", by=None, now=OVER)

    assert [one.enrolment for one in issue(session, row)] == [people(session, row)[0]]


def test_deeds_of_certificates_hold_no_names_and_no_numbers(session):
    (made,) = issue(session, graduated(session, 2))

    deeds = session.scalars(select(Deed).where(Deed.what.like("certificate.%"))).all()
    assert [(deed.what, deed.about, deed.facts) for deed in deeds] == [
        ("certificate.issued", f"certificates/{made.id}", {})
    ]
