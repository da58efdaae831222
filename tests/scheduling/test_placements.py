from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from scheduling import ledger, orders, placements
from scheduling.models import Deed, Placement
from scheduling.refusals import (
    AlreadyPlaced,
    DayNotCome,
    EmployerMissing,
    NeedClosed,
    NeedFilled,
    NeedOfAnother,
    NotFound,
    NotOfOrder,
    ReasonMissing,
    StartedTooEarly,
)
from tests.factories import COUNTY, EnterpriseFactory, OrderFactory
from tests.graduates import OVER, people, taught

DAY = date(2026, 12, 21)


@pytest.fixture
def order(session):
    return OrderFactory()


@pytest.fixture
def her(session, order):
    return people(session, taught(session, 3, orders=(order,)))[0]


def need(session, enterprise, *, needed=12, trade="焊工"):
    return ledger.add(
        session, enterprise, trade=trade, needed=needed, source="own", registered_on=DAY, by=None, now=OVER
    )


def start(session, enrolment, **other) -> Placement:
    said = {"started_on": DAY, "wage": 5600, "source": "enterprise", "by": None, "now": OVER}
    return placements.record(session, enrolment, **{**said, **other})


def test_a_placement_counts_for_the_order_and_for_the_enterprises_need(session, order, her):
    wanted = need(session, order.enterprise)

    row = start(session, her, enterprise=order.enterprise, order=order)

    assert (row.order_id, row.need_id, row.wage) == (order.id, wanted.id, 5600)
    assert (wanted.hired, wanted.gap) == (1, 11)
    assert orders.find(session, COUNTY, order.no).hired == 1


def test_a_placement_told_by_the_desk_or_a_call_counts_for_the_order_she_was_trained_for(session, order, her):
    named = people(session, her.training_class)[1]
    named.order_id = order.id

    rows = [start(session, one, enterprise=order.enterprise, source="desk") for one in (her, named)]

    assert [row.order_id for row in rows] == [order.id, order.id]
    assert orders.find(session, COUNTY, order.no).hired == 2


def test_no_order_is_guessed_where_her_class_trains_for_two_of_the_firm_or_she_for_another(session):
    one = OrderFactory()
    other, strange = OrderFactory(enterprise=one.enterprise), OrderFactory()
    first, second, third = people(session, taught(session, 3, orders=(one, other, strange)))
    second.order_id, third.order_id = other.id, strange.id

    rows = [start(session, person, enterprise=one.enterprise, source="desk") for person in (first, second, third)]

    assert [row.order_id for row in rows] == [None, other.id, None]


def test_the_same_said_twice_is_one_placement_and_other_words_are_refused(session, order, her):
    first, again = (start(session, her, enterprise=order.enterprise, order=order) for _ in range(2))

    assert again is first
    with pytest.raises(AlreadyPlaced) as refused:
        start(session, her, employer="外县的厂")
    assert refused.value.facts == {"name": "赵*田", "employer": order.enterprise.name}


def test_only_a_line_of_her_trade_is_taken_and_a_full_one_is_passed_over(session, order, her):
    other, full, hers = (
        need(session, order.enterprise, trade="普工"),
        need(session, order.enterprise, needed=1),
        need(session, order.enterprise, trade="电焊工"),
    )

    rows = [start(session, one, enterprise=order.enterprise) for one in people(session, her.training_class)]

    assert [row.need_id for row in rows] == [full.id, hers.id, hers.id]
    assert [line.gap for line in (other, full, hers)] == [12, 0, 10]


def test_whoever_learnt_another_trade_counts_on_the_line_that_the_desk_names_only(session, order, her):
    line = need(session, order.enterprise, trade="养老护理员")
    other = people(session, her.training_class)[1]

    alone, named = (
        start(session, her, enterprise=order.enterprise),
        start(session, other, enterprise=order.enterprise, need=line),
    )

    assert (alone.need_id, named.need_id, line.gap) == (None, line.id, 11)
    with pytest.raises(NeedOfAnother):
        start(session, people(session, her.training_class)[2], employer="外县的厂", need=line)


def test_a_placement_elsewhere_counts_for_no_order_and_no_need(session, order, her):
    wanted = need(session, order.enterprise)

    row = start(session, her, employer="外县的厂", source="school")

    assert (row.enterprise_id, row.need_id, row.employer) == (None, None, "外县的厂")
    assert wanted.hired == 0


def test_a_full_a_closed_and_anothers_line_are_refused(session, order, her):
    full, closed, others = (
        need(session, order.enterprise, needed=1),
        need(session, order.enterprise),
        need(session, EnterpriseFactory()),
    )
    ledger.close(session, closed, on=DAY, how="不招了", by=None, now=OVER)
    start(session, people(session, her.training_class)[1], enterprise=order.enterprise, need=full)

    for line, refusal in ((full, NeedFilled), (closed, NeedClosed), (others, NeedOfAnother)):
        with pytest.raises(refusal):
            start(session, her, enterprise=order.enterprise, need=line)
    assert placements.standing(session, her) is None


def test_somebody_trained_for_another_order_is_refused(session, order, her):
    other = OrderFactory(enterprise=order.enterprise)
    stranger = OrderFactory()

    for wrong in (other, stranger):
        with pytest.raises(NotOfOrder):
            start(session, her, enterprise=order.enterprise, order=wrong)


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"employer": "某厂", "started_on": DAY + timedelta(days=1)}, DayNotCome),
        ({"employer": "某厂", "started_on": date(2026, 12, 6)}, StartedTooEarly),
        ({"employer": "  "}, EmployerMissing),
    ],
)
def test_days_that_cannot_be_and_no_employer_are_refused(session, her, said, refusal):
    with pytest.raises(refusal):
        start(session, her, **said)


def test_people_their_firm_employs_already_may_have_begun_before(session, order, her):
    order.employed = True

    row = start(session, her, enterprise=order.enterprise, order=order, started_on=date(2026, 6, 1))

    assert row.started_on == date(2026, 6, 1)


def test_somebody_without_a_seat_is_placed_nowhere(session, her):
    her.cancelled_at = OVER
    session.flush()

    with pytest.raises(NotFound):
        start(session, her, employer="某厂")


def test_undoing_needs_a_reason_frees_the_line_and_lets_her_be_placed_again(session, order, her):
    wanted = need(session, order.enterprise)
    row = start(session, her, enterprise=order.enterprise, order=order)

    with pytest.raises(ReasonMissing):
        placements.undo(session, row, reason=" ", by=None, now=OVER)
    placements.undo(session, row, reason="没去上班", by=None, now=OVER)
    placements.undo(session, row, reason="再说一遍", by=None, now=OVER)

    assert (row.undone_why, wanted.hired, wanted.gap) == ("没去上班", 0, 12)
    assert start(session, her, employer="外县的厂") is not row


def test_the_desk_verifies_once_and_never_one_that_was_undone(session, her):
    row = start(session, her, employer="某厂")

    placements.verify(session, row, by=None, now=OVER)
    placements.verify(session, row, by=None, now=OVER + timedelta(hours=1))

    assert row.verified_at == OVER
    placements.undo(session, row, reason="登错人", by=None, now=OVER)
    with pytest.raises(NotFound):
        placements.verify(session, row, by=None, now=OVER)
    assert session.scalars(select(Deed.what).where(Deed.what.like("placement.%")).order_by(Deed.id)).all() == [
        "placement.recorded",
        "placement.verified",
        "placement.undone",
    ]


@pytest.mark.parametrize("number", [1, 6])
def test_a_company_reads_who_was_trained_for_it_in_as_many_questions_whatever_their_number(
    session, queries, order, number
):
    taught(session, number, orders=(order,))
    session.commit()
    session.expire_all()
    _ = order.id

    with queries() as asked:
        found = placements.trained_for(session, order)

    assert (len(found), len(asked)) == (number, 1)
