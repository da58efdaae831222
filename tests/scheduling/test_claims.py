from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select

from scheduling import certificates, claims, markets, placements
from scheduling.models import Deed, Holiday, NoticeObjection
from scheduling.planning import lunar
from scheduling.planning.timetable import HERE
from scheduling.refusals import (
    AmountMissing,
    ClaimApproved,
    ClaimContradicts,
    ClaimNotApproved,
    ClaimPosted,
    NotFound,
    NothingToClaim,
    NoticeMissing,
    NoticeOver,
    NoticeRunning,
    ObjectionsOpen,
    ReasonMissing,
)
from tests.factories import COUNTY, TownshipFactory
from tests.graduates import OVER, graduated, people

MONDAY = date(2026, 12, 21)
LAST = date(2026, 12, 25)
AFTER = datetime(2026, 12, 26, 9, 0, tzinfo=HERE)


def certified(session, number: int = 3, **terms):
    row = graduated(session, number, **terms)
    certificates.issue(session, row, issuer="人社局", on=MONDAY, by=None, now=OVER)
    return row


def made(session, row):
    return claims.make(session, row, by=None, now=OVER)


def posted(session, row):
    claim = made(session, row)
    claims.post(session, claim, by=None, now=OVER)
    return claim


def place(session, person, *, employer="县里的厂", now):
    told = {"employer": employer, "started_on": MONDAY, "wage": None, "source": "desk"}
    return placements.record(session, person, **told, by=None, now=now)


def lines(claim) -> list[tuple[int, str]]:
    return [(line.yuan, line.why) for line in claim.lines]


@pytest.mark.parametrize(
    ("terms", "amount"),
    [
        ({"yuan_an_hour": 10}, (400, "per_hour")),
        ({"yuan_an_hour": 25, "yuan_at_most": 900}, (900, "capped")),
        ({"yuan_an_hour": 25, "yuan_at_most": 1000}, (1000, "per_hour")),
        ({"yuan_a_person": 500, "yuan_an_hour": 10}, (500, "per_person")),
    ],
)
def test_the_amount_comes_from_the_rules_and_only_who_is_certified_counts(session, terms, amount):
    claim = made(session, certified(session, **{"yuan_at_most": None, **terms}))

    assert lines(claim) == [(0, "not_certified"), amount, amount]
    assert claims.total(claim.lines) == 2 * amount[0]


def test_where_the_rules_say_so_who_has_no_job_counts_with_a_share(session):
    row = certified(session, share_without_job=60)
    place(session, people(session, row)[2], now=OVER)

    assert lines(made(session, row)) == [(0, "not_certified"), (240, "without_job"), (400, "per_hour")]


def test_rules_without_an_amount_and_a_class_without_certificates_claim_nothing(session):
    with pytest.raises(AmountMissing):
        made(session, certified(session, yuan_an_hour=None))
    with pytest.raises(NothingToClaim):
        made(session, graduated(session, first=10, name="别的"))


def test_a_claim_made_again_is_the_same_or_worked_out_anew_until_it_is_posted(session):
    row = certified(session)
    claim = made(session, row)
    before = [line.id for line in claim.lines]
    assert made(session, row) is claim
    assert [line.id for line in claim.lines] == before

    certificates.revoke(
        session, next(iter(certificates.of_class(session, row).values())), reason="发错", by=None, now=OVER
    )
    assert claims.troubles(session, row, claim) == [claims.Trouble("certified", 1), claims.Trouble("amounts", 1)]
    made(session, row)

    assert claims.troubles(session, row, claim) == []
    assert lines(claim) == [(0, "not_certified"), (0, "not_certified"), (400, "per_hour")]
    claims.post(session, claim, by=None, now=OVER)
    with pytest.raises(ClaimPosted):
        made(session, row)


def test_a_claim_that_does_not_add_up_is_not_posted(session):
    row = certified(session)
    claim = made(session, row)
    claim.lines[1].yuan = 4000  # as a hand in the database might
    session.flush()

    with pytest.raises(ClaimContradicts) as refused:
        claims.post(session, claim, by=None, now=OVER)

    assert refused.value.facts == {"number": 1}
    assert claim.posted_on is None


def test_a_notice_runs_for_five_workdays_the_first_included(session):
    claim = posted(session, certified(session))
    claims.post(session, claim, by=None, now=OVER + timedelta(days=1))

    assert (claim.posted_on, claim.posted_until) == (MONDAY, LAST)


def test_workdays_know_weekends_holidays_and_make_up_days():
    year = lunar.Holidays.of([(date(2027, 1, 1), "元旦", False), (date(2027, 1, 3), "元旦", True)])

    assert claims.last_of(date(2026, 12, 30), 3, year) == date(2027, 1, 3)  # Wednesday, Thursday, the Sunday worked
    assert claims.last_of(date(2026, 12, 26), 1, year) == date(2026, 12, 28)  # begun on a Saturday
    assert claims.nth_after(date(2026, 12, 31), 2, year) == date(2027, 1, 4)


def test_a_claim_is_due_seven_workdays_after_the_last_sitting(session):
    row = certified(session, claim_workdays=7)  # examined on Sunday 20 December

    assert claims.due_on(session, row) == date(2026, 12, 29)
    session.add(Holiday(county=COUNTY, day=date(2026, 12, 29), name="放假", works=False))
    session.flush()
    assert markets.holidays(session, COUNTY, date(2026, 12, 29), date(2026, 12, 29)).rows
    assert claims.due_on(session, row) == date(2026, 12, 30)
    row.course.rules.claim_workdays = None
    assert claims.due_on(session, row) is None


def test_the_public_sees_masked_names_towns_and_amounts_while_it_runs_and_only_sums_afterwards(session):
    row = certified(session)
    TownshipFactory(name="柳河镇")
    people(session, row)[1].household = "柳河镇"
    posted(session, row)

    running, over = (claims.notice(session, row, today=day) for day in (LAST, LAST + timedelta(days=1)))

    assert [(line.name, line.town, line.yuan) for line in running.rows] == [
        ("钱*英", "柳河镇", 400),
        ("孙*满", "", 400),
    ]
    assert (running.open, running.people, running.yuan) == (True, 2, 800)
    assert (over.open, over.people, over.yuan, over.rows) == (False, 2, 800, ())


def test_there_is_no_notice_before_it_is_posted(session):
    row = certified(session)
    with pytest.raises(NotFound):
        claims.notice(session, row, today=MONDAY)
    claim = made(session, row)

    with pytest.raises(NotFound):
        claims.notice(session, row, today=MONDAY)
    with pytest.raises(NoticeMissing):
        claims.object_to(session, claim, words="不对", contact="", by=None, now=OVER)


def object_to(session, claim, *, now=OVER, words="这个人没来上过课") -> NoticeObjection:
    return claims.object_to(session, claim, words=words, contact="", by=None, now=now)


def test_anybody_may_object_until_the_last_day_is_over_and_twice_the_same_is_once(session):
    claim = posted(session, certified(session))

    first, again = object_to(session, claim), object_to(session, claim)
    late = object_to(session, claim, now=datetime(2026, 12, 25, 23, 59, tzinfo=HERE), words="另一件事")

    assert again is first
    assert [one.words for one in claim.objections] == ["这个人没来上过课", "另一件事"]
    with pytest.raises(NoticeOver):
        object_to(session, claim, now=datetime(2026, 12, 26, 0, 0, tzinfo=HERE), words="太晚")
    with pytest.raises(ReasonMissing):
        object_to(session, claim, words="  ")
    assert late.settled_at is None


def test_a_claim_is_approved_only_after_its_notice_with_every_objection_settled(session, clerk):
    row = certified(session)
    claim = made(session, row)
    with pytest.raises(NoticeMissing):
        claims.approve(session, claim, by=clerk, now=AFTER)
    claims.post(session, claim, by=clerk, now=OVER)
    objection = object_to(session, claim)
    with pytest.raises(NoticeRunning):
        claims.approve(session, claim, by=clerk, now=datetime(2026, 12, 25, 23, 59, tzinfo=HERE))
    with pytest.raises(ObjectionsOpen) as refused:
        claims.approve(session, claim, by=clerk, now=AFTER)
    assert refused.value.facts == {"number": 1}
    with pytest.raises(ReasonMissing):
        claims.settle(session, objection, how=" ", by=clerk, now=AFTER)

    claims.settle(session, objection, how="核对了考勤簿，她来过", by=clerk, now=AFTER)
    for _ in range(2):
        claims.approve(session, claim, by=clerk, now=AFTER)

    assert (claim.approved_at, claim.approved_by_id) == (AFTER, clerk.id)
    assert objection.settled_how == "核对了考勤簿，她来过"


def test_money_is_paid_once_and_only_after_approval(session):
    claim = posted(session, certified(session))
    with pytest.raises(ClaimNotApproved):
        claims.pay(session, claim, by=None, now=AFTER)
    claims.approve(session, claim, by=None, now=AFTER)

    for hours in (0, 1):
        claims.pay(session, claim, by=None, now=AFTER + timedelta(hours=hours))

    assert claim.paid_at == AFTER
    assert claims.state(claim, AFTER.date()) == "paid"


def test_a_struck_line_needs_a_reason_counts_no_more_and_is_no_trouble(session):
    row = certified(session)
    claim = posted(session, row)
    line = claim.lines[1]
    with pytest.raises(ReasonMissing):
        claims.strike(session, line, reason="", by=None, now=OVER)

    for why in ("重复享受", "再说一遍"):
        claims.strike(session, line, reason=why, by=None, now=OVER)

    assert (line.struck_why, claims.total(claim.lines)) == ("重复享受", 400)
    assert claims.troubles(session, row, claim) == []
    assert claims.notice(session, row, today=MONDAY).people == 1
    claims.approve(session, claim, by=None, now=AFTER)
    with pytest.raises(ClaimApproved):
        claims.strike(session, claim.lines[2], reason="太晚", by=None, now=AFTER)


def test_a_certificate_revoked_after_the_notice_stops_the_approval_until_the_line_is_struck(session):
    row = certified(session)
    claim = posted(session, row)
    person = people(session, row)[1]
    certificates.revoke(session, certificates.of_class(session, row)[person.id], reason="替考", by=None, now=OVER)
    with pytest.raises(ClaimContradicts):
        claims.approve(session, claim, by=None, now=AFTER)

    line = next(one for one in claim.lines if one.enrolment_id == person.id)
    claims.strike(session, line, reason="证书已作废", by=None, now=AFTER)
    claims.approve(session, claim, by=None, now=AFTER)

    assert claims.total(claim.lines) == 400


@pytest.mark.parametrize(
    ("now", "state"), [(OVER, "posted"), (datetime(2026, 12, 25, 23, 0, tzinfo=HERE), "posted"), (AFTER, "over")]
)
def test_where_a_claim_stands_is_a_matter_of_the_day(session, now, state):
    claim = posted(session, certified(session))

    assert claims.state(claim, now.astimezone(HERE).date()) == state


def test_the_deeds_of_a_claim_say_sums_and_no_names(session):
    claim = posted(session, certified(session))
    object_to(session, claim)

    deeds = session.scalars(select(Deed).where(Deed.what.like("claim.%")).order_by(Deed.id)).all()
    assert [(deed.what, deed.facts) for deed in deeds] == [
        ("claim.made", {"people": 2, "yuan": 800}),
        ("claim.posted", {"until": "2026-12-25", "yuan": 800}),
    ]
