from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select

from scheduling import ledger
from scheduling.models import Deed, LabourNeed
from scheduling.refusals import DayNotCome, GapUnexplained, HiredMoreThanNeeded, NotFound
from tests.factories import COUNTY, NOW, EnterpriseFactory

TODAY = date(2026, 11, 23)


def line(session, enterprise=None, **other) -> LabourNeed:
    words = {"trade": "焊工", "needed": 12, "source": "assigned", "registered_on": TODAY}
    return ledger.add(session, enterprise or EnterpriseFactory(), **{**words, **other}, by=None, now=NOW)


def test_a_line_has_a_number_and_its_gap_is_what_is_needed_less_what_is_hired(session):
    row = line(session, hired_before=5)

    assert (row.no, row.needed, row.hired, row.gap) == (1, 12, 5, 7)
    assert session.scalars(select(Deed.what)).all() == ["need.added"]


def test_the_same_line_twice_is_one_and_other_words_make_another(session):
    firm = EnterpriseFactory()

    first, again, other = line(session, firm), line(session, firm), line(session, firm, needed=13)

    assert again is first
    assert other.no == 2


def test_more_hired_than_needed_is_refused(session):
    with pytest.raises(HiredMoreThanNeeded):
        line(session, hired_before=13)


def test_a_line_with_a_gap_closes_only_with_a_note_and_a_filled_one_without(session):
    short, filled = line(session, hired_before=5), line(session, hired_before=12)

    ledger.close(session, filled, on=TODAY, how="", by=None, now=NOW)
    with pytest.raises(GapUnexplained) as refused:
        ledger.close(session, short, on=TODAY, how=" ", by=None, now=NOW)

    assert refused.value.facts == {"gap": 7}
    assert (filled.closed_on, short.closed_on) == (TODAY, None)


def test_a_line_is_not_closed_on_a_day_to_come(session):
    with pytest.raises(DayNotCome):
        ledger.close(session, line(session), on=date(2026, 11, 24), how="单位不招了", by=None, now=NOW)


def test_a_closed_line_stays_as_it_is_and_can_be_opened_again(session):
    row = line(session)

    ledger.close(session, row, on=TODAY, how="单位不招了", by=None, now=NOW)
    ledger.close(session, row, on=TODAY, how="另一句话", by=None, now=NOW)

    assert (row.closed_on, row.closed_how) == (TODAY, "单位不招了")
    ledger.reopen(session, row, by=None, now=NOW)
    ledger.reopen(session, row, by=None, now=NOW)
    assert row.closed_on is None
    assert session.scalars(select(Deed.what).order_by(Deed.id)).all() == ["need.added", "need.closed", "need.reopened"]


def test_the_ledger_adds_up_and_its_open_and_closed_lines_do_too(session):
    for hired in (0, 5, 12):
        line(session, hired_before=hired)
    ledger.close(session, ledger.find(session, COUNTY, 3), on=TODAY, how="", by=None, now=NOW)

    rows = ledger.lines(session, COUNTY)

    assert ledger.totals(rows) == ledger.Totals(lines=3, needed=36, hired=17, gap=19, open=2, closed=1)
    assert ledger.troubles(rows) == []
    assert [row.no for row in ledger.lines(session, COUNTY, state="open")] == [1, 2]
    assert [row.no for row in ledger.lines(session, COUNTY, state="closed")] == [3]


def test_a_line_that_does_not_add_up_is_named(session):
    row, short = line(session), line(session, needed=3)
    row.hired_before = 13  # as a hand in the database might
    short.closed_on = TODAY
    session.flush()

    assert ledger.troubles(ledger.lines(session, COUNTY)) == [
        ledger.Trouble("overfilled", 1),
        ledger.Trouble("closed_short", 2),
    ]


def test_another_countys_line_is_not_found(session):
    line(session)

    with pytest.raises(NotFound):
        ledger.find(session, "990200", 1)


@pytest.mark.parametrize("rows", [1, 30])
def test_the_ledger_asks_the_same_number_of_questions_however_long_it_is(session, queries, rows):
    for _ in range(rows):
        line(session)
    session.commit()
    session.expire_all()

    with queries() as asked:
        ledger.totals(ledger.lines(session, COUNTY))

    assert len([each for each in asked if each.startswith("SELECT")]) == 2
