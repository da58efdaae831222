"""An approved advert stays as it was approved until the desk has read the change."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from scheduling import vacancies
from scheduling.models import Deed, Notice, VacancyReview, VacancyRevision
from scheduling.refusals import AdvertBlocked, AdvertChanged, OverrideMissing, ReasonMissing, VacancyClosed
from tests.factories import COUNTY, EnterpriseFactory, VacancyFactory, approve

LATER = timedelta(hours=1)


@pytest.fixture
def vacancy(session, clerk, now):
    """An advert the desk approved: 缝纫工, 5 people, 3500 to 6500."""
    row = VacancyFactory(enterprise=approve(EnterpriseFactory(contact_phone="16000000007")), description="平车")
    vacancies.review(session, row, "approved", by=clerk, now=now)
    return row


def revise(session, vacancy, now, **card):
    return vacancies.revise(session, vacancy, by=None, now=now + LATER, **card)


def told(session):
    return list(session.scalars(select(Notice.text).order_by(Notice.created_at, Notice.id)))


def test_the_public_goes_on_seeing_what_was_approved(session, vacancy, now):
    revise(session, vacancy, now, headcount=9, description="平车、拷边")

    seen = vacancies.find_public(session, COUNTY, vacancy.no)
    assert (seen.state, seen.headcount, seen.description) == ("approved", 5, "平车")
    assert (vacancy.revision.waits, vacancy.revision.card["headcount"]) == (True, 9)
    assert vacancies.waiting(session, COUNTY) == [vacancy]
    assert vacancies.count(session, COUNTY) == {"approved": 1, "submitted": 1}


def test_an_approved_change_takes_the_place_of_the_old_text_and_keeps_both(session, vacancy, clerk, now):
    revise(session, vacancy, now, headcount=9, wage_low=4000)
    vacancies.review(session, vacancy, "approved", by=clerk, now=now + 2 * LATER)

    assert (vacancy.state, vacancy.headcount, vacancy.wage_low, vacancy.revision) == ("approved", 9, 4000, None)
    assert vacancy.submitted_at == now + LATER
    kept = [review.card for review in vacancies.approvals(session, vacancy)]
    assert [(card["headcount"], card["wage_low"]) for card in kept] == [(9, 4000), (5, 3500)]
    assert vacancies.waiting(session, COUNTY) == []
    assert told(session)[-1] == f"岗位“缝纫工”（岗位号{vacancy.no}）的改动已审核通过，公开的内容已经换新。【送岗】"


def test_a_returned_change_leaves_the_advert_open_and_may_be_put_right(session, vacancy, clerk, now):
    revise(session, vacancy, now, headcount=9)
    with pytest.raises(ReasonMissing):
        vacancies.review(session, vacancy, "returned", by=clerk, now=now + 2 * LATER)
    vacancies.review(session, vacancy, "returned", reason="人数要与用工计划一致", by=clerk, now=now + 2 * LATER)

    assert (vacancy.state, vacancy.headcount, vacancy.revision.waits) == ("approved", 5, False)
    assert vacancies.open_ones(session, COUNTY) == [vacancy]
    assert vacancies.waiting(session, COUNTY) == []
    assert "的改动被退回，原因：人数要与用工计划一致。公开的还是原来的内容" in told(session)[-1]
    revise(session, vacancy, now + 3 * LATER, headcount=8)
    assert (vacancy.revision.waits, vacancy.revision.card["headcount"]) == (True, 8)


def test_a_returned_change_saved_again_as_it_was_goes_before_the_desk_again(session, vacancy, clerk, now):
    revise(session, vacancy, now, headcount=9)
    vacancies.review(session, vacancy, "returned", reason="为什么", by=clerk, now=now + 2 * LATER)
    revise(session, vacancy, now + 3 * LATER, headcount=9)

    assert vacancy.revision.waits


def test_the_double_tap_makes_one_change_and_a_later_one_builds_on_it(session, vacancy, now):
    for _ in range(2):
        revise(session, vacancy, now, headcount=9)
    revise(session, vacancy, now + LATER, trade="缝纫")

    rows = session.scalars(select(VacancyRevision).order_by(VacancyRevision.submitted_at)).all()
    assert [(row.outcome, row.card["headcount"], row.card["trade"]) for row in rows] == [
        ("replaced", 9, ""),
        ("", 9, "缝纫"),
    ]


def test_a_change_is_read_by_the_lint_before_it_is_kept_and_by_the_desk_before_it_is_shown(
    session, vacancy, clerk, now
):
    with pytest.raises(AdvertBlocked):
        revise(session, vacancy, now, description="限女")
    revise(session, vacancy, now, age_note="35岁以下", justification="高处作业")
    with pytest.raises(OverrideMissing):
        vacancies.review(session, vacancy, "approved", by=clerk, now=now + 2 * LATER)
    vacancies.review(session, vacancy, "approved", override_reason="理由成立", by=clerk, now=now + 2 * LATER)

    assert (vacancy.age_note, vacancy.standing.override_reason) == ("35岁以下", "理由成立")


def test_changed_back_or_taken_back_nothing_waits_any_more(session, vacancy, now):
    revise(session, vacancy, now, headcount=9)
    revise(session, vacancy, now, headcount=5)
    assert vacancy.revision is None
    revise(session, vacancy, now, headcount=7)
    for _ in range(2):
        vacancies.withdraw_revision(session, vacancy, by=None, now=now + 2 * LATER)

    assert (vacancy.state, vacancy.headcount, vacancy.revision) == ("approved", 5, None)
    deeds = session.scalars(select(Deed.what).where(Deed.what == "vacancy.revision_withdrawn")).all()
    assert len(deeds) == 2


def test_taken_down_the_change_goes_with_it(session, vacancy, now):
    revise(session, vacancy, now, headcount=9)
    vacancies.close(session, vacancy, by=None, now=now + 2 * LATER)

    assert (vacancy.state, vacancy.revision) == ("closed", None)
    assert vacancies.waiting(session, COUNTY) == []
    with pytest.raises(VacancyClosed):
        vacancies.review(session, vacancy, "approved", by=None, now=now + 3 * LATER)


def test_what_nobody_read_is_not_judged(session, vacancy, clerk, now):
    revise(session, vacancy, now, headcount=9)
    seen = vacancies.fingerprint(vacancy.revision.card)
    revise(session, vacancy, now + LATER, headcount=900)

    with pytest.raises(AdvertChanged):
        vacancies.review(session, vacancy, "approved", seen=seen, by=clerk, now=now + 3 * LATER)
    assert vacancy.headcount == 5


def test_nor_is_a_waiting_advert_that_was_changed_meanwhile(session, clerk, now):
    waiting = VacancyFactory(enterprise=approve(EnterpriseFactory()))
    seen = vacancies.fingerprint(vacancies.card_of(waiting))
    revise(session, waiting, now, headcount=900)

    with pytest.raises(AdvertChanged):
        vacancies.review(session, waiting, "approved", seen=seen, by=clerk, now=now + 2 * LATER)


@pytest.mark.parametrize(("verdict", "reason"), [("approved", ""), ("returned", "人数不对")])
def test_the_same_verdict_twice_is_one_and_touches_nothing_else(session, vacancy, clerk, now, verdict, reason):
    revise(session, vacancy, now, headcount=9)
    seen = vacancies.fingerprint(vacancy.revision.card)
    for _ in range(2):
        vacancies.review(session, vacancy, verdict, reason=reason, seen=seen, by=clerk, now=now + 2 * LATER)

    assert vacancy.state == "approved"
    assert len(session.scalars(select(VacancyReview)).all()) == (2 if verdict == "approved" else 1)
    assert len(told(session)) == 2


def test_an_approved_advert_can_still_be_sent_back_as_a_whole(session, vacancy, clerk, now):
    revise(session, vacancy, now, headcount=9)
    seen = vacancies.fingerprint(vacancies.card_of(vacancy))  # read before the change came
    vacancies.review(session, vacancy, "returned", reason="有人投诉工资不实", seen=seen, by=clerk, now=now + 2 * LATER)

    assert (vacancy.state, vacancy.headcount, vacancy.revision) == ("returned", 9, None)
    assert vacancies.open_ones(session, COUNTY) == []
    assert vacancies.approved_card(session, vacancy)["headcount"] == 5


def test_a_change_names_its_fields_in_the_order_of_the_card(session, vacancy, now):
    revise(session, vacancy, now, night_work=True, title="平车工", wage_high=7000)
    found = vacancies.changes(vacancies.card_of(vacancy), vacancy.revision.card)

    assert [(each.field, each.before, each.after) for each in found] == [
        ("title", "缝纫工", "平车工"),
        ("wage_high", 6500, 7000),
        ("night_work", False, True),
    ]


def test_an_advert_never_approved_has_nothing_to_be_laid_beside(session):
    assert vacancies.approved_card(session, VacancyFactory()) is None
