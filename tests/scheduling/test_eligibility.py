"""Who may come to a class: all reasons at once, each with its figures; and what a desk lets pass, for a reason."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from portal import errors
from scheduling import courses, enrolments, training_rules
from scheduling.models import Certificate, ClassOrder, Deed, Enrolment, EnrolmentOverride
from scheduling.refusals import (
    AlreadyEnrolled,
    EducationTooLow,
    NotFound,
    OnceAYear,
    SameLevelBefore,
    TooYoung,
    TraineeElsewhere,
    WaitsAlready,
)
from scheduling.training_rules import Terms
from tests.factories import COUNTY, KEYS, NOW, ClassFactory, CourseFactory, OrderFactory, SessionFactory, id_number
from tests.scheduling.test_enrolments import sign_up

FREE = Terms(most_a_year=None, once_a_level=False)


def going_by(session, course, **terms):
    """Let a course go by rules of its own."""
    row = training_rules.add(session, COUNTY, name=f"规则{course.id}", terms=Terms(**terms), by=None, now=NOW)
    training_rules.give(session, course, row, by=None, now=NOW)
    return course


def welder(session, **terms):
    return going_by(session, CourseFactory(trade="焊工", level="初级"), **terms)


def asked(session, training_class, n=1, *, born=date(1990, 1, 1), education="junior"):
    """What speaks against the n-th person."""
    who = enrolments.person(
        KEYS,
        name=f"赵明{n}",
        phone=f"136{n:08d}",
        id_number=id_number(n, born),
        education=education,
        category="rural",
    )
    return enrolments.look(session, training_class, [who], now=NOW).reasons(who)


def certified(session, enrolment, *, number="1", revoked=False):
    row = Certificate(
        county=COUNTY,
        enrolment_id=enrolment.id,
        number=number,
        issuer="县技工学校",
        printed={},
        token=number,
        issued_on=NOW.date(),
        issued_at=NOW,
        revoked_at=NOW if revoked else None,
    )
    session.add(row)
    session.flush()
    return row


def test_every_reason_is_told_at_once_with_its_figures(session, app):
    course = going_by(session, CourseFactory(trade="焊工", min_age=18, education="junior"))
    other = ClassFactory(course=course)
    SessionFactory(training_class=other, number=1)
    target = ClassFactory(course=course, title="焊工二班")
    SessionFactory(training_class=target, number=1)
    going_by(session, course)
    born = date(2009, 1, 1)
    sign = {"id_number": id_number(1, born), "education": "primary", "at_desk": True}
    clerk = _clerk(session)
    sign_up(session, other, by=clerk, override={"too_young": "寒假班", "education": "寒假班"}, **sign)

    with app.test_request_context():
        said = {
            rule: errors.wording(refusal)[1]
            for rule, refusal in asked(session, target, born=born, education="primary").items()
        }

    assert list(said) == ["too_young", "education", "elsewhere", "same_level", "once_a_year"]
    assert said["too_young"] == "这门课要年满18周岁，按身份证号开班时是17周岁。"
    assert said["education"] == "这门课要求初中及以上学历。不清楚可以打电话问窗口。"
    assert said["elsewhere"].startswith("赵明1已报了“焊工")
    assert "焊工" in said["same_level"]
    assert said["once_a_year"] == ("这门课一个人一年最多报1个班，这个身份证号2026年已经报了1个。明年可以再报。")


def _clerk(session):
    from tests.conftest import Account, accounts

    account = Account(county=COUNTY, username="clerk", name="王窗口", created_at=NOW)
    session.add(account)
    session.flush()
    accounts.grant(session, account, "desk", by=None, now=NOW)
    return account


def test_the_same_trade_and_level_is_learnt_once(session):
    sign_up(session, ClassFactory(course=welder(session, most_a_year=None, once_a_level=True)))
    same, higher = welder(session, most_a_year=None), CourseFactory(trade="焊工", level="中级")
    going_by(session, higher, most_a_year=None)

    assert list(asked(session, ClassFactory(course=same))) == ["same_level"]
    assert asked(session, ClassFactory(course=higher)) == {}
    with pytest.raises(SameLevelBefore) as refused:
        sign_up(session, ClassFactory(course=same))
    assert refused.value.facts == {"trade": "焊工 初级"}


def test_a_certificate_counts_after_the_enrolment_is_gone_and_a_revoked_one_does_not(session):
    course = welder(session, most_a_year=None)
    had, lost = (sign_up(session, ClassFactory(course=course), n) for n in (1, 2))
    for row in (had, lost):
        enrolments.cancel(session, row, by=None, now=NOW)
    certified(session, had)  # as rows of the time when one with a certificate could still be cancelled
    certified(session, lost, number="2", revoked=True)
    target = ClassFactory(course=course)

    assert (list(asked(session, target, 1)), asked(session, target, 2)) == (["same_level"], {})


def test_so_many_classes_a_year_and_no_more_whatever_the_trade(session):
    first, second, third = (ClassFactory(course=going_by(session, CourseFactory(), most_a_year=2)) for _ in range(3))
    next_year = ClassFactory(course=third.course, starts_on=date(2027, 1, 4), ends_on=date(2027, 1, 9))
    sign_up(session, first)
    assert asked(session, third) == {}
    sign_up(session, second)

    with pytest.raises(OnceAYear) as refused:
        sign_up(session, third)

    assert refused.value.facts == {"most": 2, "year": 2026, "taken": 2}
    assert asked(session, next_year) == {}


def test_who_only_waits_elsewhere_is_told_to_give_that_place_up_first(session):
    full = ClassFactory(seats=0, course=welder(session))
    waits, other = sign_up(session, full), ClassFactory(course=full.course)

    assert [type(reason) for reason in asked(session, other).values()] == [WaitsAlready, WaitsAlready]
    enrolments.cancel(session, waits, by=None, now=NOW)

    assert sign_up(session, other).state == "confirmed"


def test_what_is_not_counted_uses_up_nothing_and_neither_does_what_was_given_back_or_called_off(session, clerk):
    induction = ClassFactory(course=going_by(session, CourseFactory(), most_a_year=None))
    given_back, called_off = ClassFactory(), ClassFactory()
    sign_up(session, induction)
    enrolments.cancel(session, sign_up(session, given_back), by=None, now=NOW)
    sign_up(session, called_off)
    courses.call_off(session, called_off, reason="机器检修", by=clerk, now=NOW)

    assert sign_up(session, ClassFactory()).state == "confirmed"


def test_another_counties_class_and_another_person_count_for_nothing(session):
    sign_up(session, ClassFactory(), 2)

    assert asked(session, ClassFactory(), 1) == {}


def test_the_desk_lets_a_rule_pass_for_a_reason_that_is_kept(session, clerk):
    target = ClassFactory()
    sign_up(session, ClassFactory())

    for nothing in ({}, {"once_a_year": " "}, {"same_level": "别的规则"}):
        with pytest.raises(OnceAYear):
            sign_up(session, target, by=clerk, at_desk=True, override=nothing)
    with pytest.raises(OnceAYear):  # only at the desk, and only by its staff
        sign_up(session, target, override={"once_a_year": "我想学"})
    row = sign_up(session, target, by=clerk, at_desk=True, override={"once_a_year": "上一班停了三周"})

    kept = session.scalars(select(EnrolmentOverride)).one()
    deed = session.scalars(select(Deed).where(Deed.what == "enrolment.rule_passed")).one()
    assert (kept.enrolment_id, kept.rule, kept.reason, kept.by_id) == (
        row.id,
        "once_a_year",
        "上一班停了三周",
        clerk.id,
    )
    assert deed.facts == {"rule": "once_a_year"}


def test_nobody_lets_two_lessons_at_once_pass(session, clerk):
    one, other = (ClassFactory(course=going_by(session, CourseFactory(), most_a_year=None)) for _ in range(2))
    for each in (one, other):
        SessionFactory(training_class=each, number=1)
    sign_up(session, one)

    with pytest.raises(TraineeElsewhere):
        sign_up(session, other, by=clerk, at_desk=True, override={"elsewhere": "晚上补课"})


@pytest.mark.parametrize(
    ("answers", "refusal", "rule"),
    [
        ({"id_number": id_number(1, date(2009, 1, 1))}, TooYoung, "too_young"),
        ({"education": "primary"}, EducationTooLow, "education"),
    ],
)
def test_age_and_schooling_are_let_pass_one_by_one(session, clerk, answers, refusal, rule):
    row = ClassFactory()
    with pytest.raises(refusal):
        sign_up(session, row, by=clerk, at_desk=True, override={"once_a_year": "别的"}, **answers)

    assert sign_up(session, row, by=clerk, at_desk=True, override={rule: "学校证明"}, **answers).state == "confirmed"


def test_an_order_is_one_the_class_trains_for(session, clerk):
    row, order, other = ClassFactory(), OrderFactory(), OrderFactory()
    session.add(ClassOrder(class_id=row.id, order_id=order.id))

    with pytest.raises(NotFound):
        sign_up(session, row, order=other)

    enrolment = sign_up(session, row, order=order, household=" 柳河镇 ")
    assert (enrolment.order_id, enrolment.household) == (order.id, "柳河镇")


@pytest.mark.parametrize("people", [1, 40])
def test_forty_people_are_asked_about_in_as_many_questions_as_one(session, queries, people):
    past, target = ClassFactory(seats=50), ClassFactory()
    for each in (past, target):
        SessionFactory(training_class=each, number=1)
    who = []
    for n in range(people):
        sign_up(session, past, n)
        who.append(
            enrolments.person(
                KEYS, name=f"赵明{n}", phone=f"136{n:08d}", id_number=id_number(n), education="junior", category=""
            )
        )
    session.commit()
    session.refresh(target)

    with queries() as asked_of:
        history = enrolments.look(session, target, who, now=NOW)
        reasons = [history.reasons(each) for each in who]

    assert [list(found) for found in reasons] == [["elsewhere", "once_a_year"]] * people
    assert len(asked_of) <= 6


def test_the_same_number_under_another_name_is_refused_before_any_rule(session):
    row = ClassFactory()
    sign_up(session, row)

    with pytest.raises(AlreadyEnrolled):
        sign_up(session, row, name="别人", education="primary")
    assert len(session.scalars(select(Enrolment)).all()) == 1


def test_lessons_that_are_over_do_not_clash(session):
    one, other = (ClassFactory(course=going_by(session, CourseFactory(), most_a_year=None)) for _ in range(2))
    for each in (one, other):
        SessionFactory(training_class=each, starts_at=NOW - timedelta(hours=4))
    sign_up(session, one)

    assert asked(session, other) == {}
