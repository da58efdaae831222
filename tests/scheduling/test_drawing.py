"""Plans of booths drawn by hand: numbers where a booth stands, dots where none does."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from scheduling import booths, fairs
from scheduling.booths import drawing
from scheduling.models import Booth
from scheduling.refusals import (
    BoothBooked,
    DrawingTooLarge,
    DrawingTwice,
    DrawingUnreadable,
    FairCalledOff,
)
from tests.factories import EnterpriseFactory, FairFactory, approve
from tests.scheduling.fair_examples import deeds_about

CORNER = """
1 . 4 5 6
2 . . . .
3 . 7 8 9
"""


@pytest.fixture
def fair(session, now):
    return FairFactory(starts_at=now + timedelta(days=9))


def lay(session, fair, text, now, **more):
    return booths.lay_by_hand(session, fair, text, by=None, now=now, **more)


def places(session, fair) -> dict[int, tuple[int, int]]:
    return {booth.number: (booth.row, booth.column) for booth in booths.of_fair(session, fair)}


# Reading and drawing


def test_a_drawing_says_on_which_square_each_booth_stands():
    found = drawing.read(CORNER)

    assert found == {
        1: (1, 1), 4: (1, 3), 5: (1, 4), 6: (1, 5), 2: (2, 1), 3: (3, 1), 7: (3, 3), 8: (3, 4), 9: (3, 5),
    }  # fmt: skip


@pytest.mark.parametrize("text", ["１２\u3000．\u3000１３", "12\t·\t13", "12，空，13", "12 | 。 | 13\r\n"])
def test_full_width_signs_tabs_and_commas_are_read_alike(text):
    assert drawing.read(text) == {12: (1, 1), 13: (1, 3)}


def test_an_empty_line_is_an_aisle():
    assert drawing.read("1 2\n\n3 4") == {1: (1, 1), 2: (1, 2), 3: (3, 1), 4: (3, 2)}


@pytest.mark.parametrize(
    ("text", "refusal", "facts"),
    [
        ("1 2\n3 A4", DrawingUnreadable, {"row": 2, "part": "A4"}),
        ("0", DrawingUnreadable, {"row": 1, "part": "0"}),
        ("10000", DrawingUnreadable, {"row": 1, "part": "10000"}),
        ("1 -5", DrawingUnreadable, {"row": 1, "part": "-5"}),
        ("1 2\n2 3", DrawingTwice, {"number": 2}),
        (" ".join(map(str, range(1, 22))), DrawingTooLarge, {"booths": 300, "rows": 40, "columns": 20}),
        ("\n".join(map(str, range(1, 42))), DrawingTooLarge, {"booths": 300, "rows": 40, "columns": 20}),
    ],
)
def test_what_cannot_be_a_plan_is_refused_and_says_where(text, refusal, facts):
    with pytest.raises(refusal) as refused:
        drawing.read(text)

    assert refused.value.facts == facts


@given(st.dictionaries(st.integers(1, 9999), st.tuples(st.integers(1, 9), st.integers(1, 12)), min_size=1, max_size=30))
def test_what_is_drawn_is_read_again_as_it_stands(plan):
    taken = {place: number for number, place in plan.items()}
    laid = [SimpleNamespace(number=number, row=row, column=column) for (row, column), number in taken.items()]
    first = min(each.row for each in laid)

    assert drawing.read(booths.draw(laid)) == {each.number: (each.row - first + 1, each.column) for each in laid}


def test_nothing_that_was_laid_is_left_out_even_two_on_one_square():
    laid = [SimpleNamespace(number=number, row=1, column=1) for number in (1, 2)]

    assert [[each.number for each in line] for line in booths.squares(laid)] == [[1, 2]]


# Laying


def test_booths_are_laid_on_free_squares(session, fair, now):
    lay(session, fair, CORNER, now, kind="tent", power=True)

    assert places(session, fair) == drawing.read(CORNER)
    assert {(booth.kind, booth.power) for booth in booths.of_fair(session, fair)} == {("tent", True)}


def test_the_same_drawing_again_changes_nothing(session, fair, now):
    for _ in range(3):
        lay(session, fair, CORNER, now)

    assert deeds_about(session, fair) == ["booths.drawn"]
    assert len(session.scalars(select(Booth)).all()) == 9


def test_rows_laid_by_number_can_be_bent_and_keep_what_they_are(session, fair, now):
    booths.lay_out(session, fair, count=4, columns=2, kind="built", by=None, now=now)

    lay(session, fair, "1 2 3\n. . 4\n. . 5", now, kind="table")

    assert places(session, fair)[4] == (2, 3)
    assert [booth.kind for booth in booths.of_fair(session, fair)] == ["built"] * 4 + ["table"]


def test_a_booked_booth_may_move_but_not_vanish(session, fair, now):
    lay(session, fair, "1 2", now)
    booking = booths.book(session, booths.find(session, fair, 2), approve(EnterpriseFactory()), by=None, now=now)

    with pytest.raises(BoothBooked) as refused:
        lay(session, fair, "1", now)
    lay(session, fair, "2", now)

    assert refused.value.facts == {"number": 2}
    assert places(session, fair) == {2: (1, 1)}
    assert (booking.booth.number, booking.cancelled_at) == (2, None)


def test_a_booth_taken_out_comes_back_under_its_number(session, fair, now):
    lay(session, fair, "1 2", now)
    lay(session, fair, "1", now)
    lay(session, fair, "1 . 2", now)

    assert places(session, fair) == {1: (1, 1), 2: (1, 3)}


def test_who_waits_gets_a_booth_that_was_drawn(session, fair, now):
    lay(session, fair, "1", now)
    first, second = (approve(EnterpriseFactory()) for _ in range(2))
    for firm in (first, second):
        booths.ask(session, fair, firm, any_other=True, by=None, now=now)

    lay(session, fair, "1 2", now)

    assert [row.booth.number for row in booths.of_enterprise(session, second)] == [2]


def test_a_fair_called_off_is_not_drawn(session, fair, now):
    fairs.call_off(session, fair, reason="大雨", by=None, now=now)

    with pytest.raises(FairCalledOff):
        lay(session, fair, CORNER, now)
