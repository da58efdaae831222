"""How many people came: by ticket, written down, by their own phone, by tapping; nobody twice."""

from __future__ import annotations

import itertools

import pytest

from scheduling import gate, results
from scheduling.gate import heads
from scheduling.gate.heads import Heads
from scheduling.models import Fair, Jobseeker, Reservation, Ticket
from tests.factories import COUNTY, NOW
from tests.gate_world import WORLD, hand_in, joined, lay_out
from tests.scheduling.gate.test_reports import item


@pytest.fixture
def event(session):
    lay_out(session)
    return gate.find_event(session, COUNTY, "fair/7")


@pytest.fixture
def fair(session, event):
    return session.get_one(Fair, event.fair_id)


def here(session, fair, number: int, source: str = "poster", **told) -> None:
    gate.visitors.say_here(session, fair, source, id=f"form-{number}", now=NOW, **told)


def wang(session) -> Jobseeker:
    ticket = session.query(Ticket).filter_by(code=WORLD["tickets"]["wang"]["code"]).one()
    return session.get_one(Jobseeker, session.get_one(Reservation, ticket.reservation_id).jobseeker_id)


def test_each_way_is_told_apart_and_the_sum_adds_up(session, fair):
    device, _ = joined(session)
    walk_ins = [item(2, kind="walk_in", name="吴"), item(3, kind="walk_in")]
    taps = [item(4, kind="count", what="heads", n=5), item(5, kind="count", what="heads", n=-1)]
    hand_in(session, device, [item(1), item(6, "booth"), *walk_ins, *taps])
    for number in range(3):
        here(session, fair, number)

    assert heads.of_fair(session, fair) == Heads(ticketed=1, registered=2, own=3, tapped=4)
    assert heads.of_fair(session, fair).total == 1 + 2 + 4  # those by their own phone walked past the one who taps


def test_who_has_a_ticket_and_says_so_again_is_one_person(session, fair):
    device, _ = joined(session)
    who = wang(session)
    hand_in(session, device, [item(1), item(2, kind="walk_in", name=who.name, phone=who.phone)])
    here(session, fair, 1, phone=who.phone)
    here(session, fair, 2, name=who.name, phone=who.phone)

    told = heads.of_fair(session, fair)
    assert (told.ticketed, told.registered, told.own, told.total, told.twice) == (1, 0, 0, 1, 3)


def test_a_reservation_of_somebody_who_did_not_come_by_it_hides_nobody(session, fair):
    who = wang(session)
    here(session, fair, 1, name=who.name, phone=who.phone)

    assert heads.of_fair(session, fair).total == 1


def test_another_of_the_family_with_the_same_phone_is_another_person(session, fair):
    device, _ = joined(session)
    who = wang(session)
    hand_in(session, device, [item(1)])
    here(session, fair, 1, name="她的儿子", phone=who.phone)

    assert heads.of_fair(session, fair).total == 2


def test_a_walk_in_that_was_undone_did_not_come(session, fair):
    device, _ = joined(session)
    hand_in(session, device, [item(1, kind="walk_in"), item(2, kind="undo", annuls=item(1)["id"])])

    assert heads.of_fair(session, fair).total == 0


def test_what_is_undone_at_another_event_stays_counted(session, fair):
    device, _ = joined(session, scope=["fair/7", "fair/8"])
    done = [item(1, kind="walk_in"), item(2, kind="count", what="heads", n=3), item(3, kind="count", what="leaflets")]
    undos = [item(number + 3, kind="undo", annuls=item(number)["id"], event="fair/8") for number in (1, 2, 3)]
    hand_in(session, device, [*done, *undos])

    counts = gate.counts(session, gate.find_event(session, COUNTY, "fair/7"))
    assert (counts.heads.registered, counts.heads.tapped, counts.counters) == (1, 3, {"leaflets": 1})


def test_more_taken_off_than_tapped_is_nobody(session, fair):
    device, _ = joined(session)
    hand_in(session, device, [item(1, kind="count", what="heads", n=-3)])

    assert heads.of_fair(session, fair).tapped == 0


GUESTS = [
    ("gate", "吴大娘", "13900000001", 1),
    ("gate", "", "13900000002", 1),
    ("poster", "", "13900000001", 1),
    ("poster", "郑强", "13900000002", 1),
    ("screen", "郑小妹", "13900000002", 2),
    ("poster", "", "", 4),
]


def test_the_order_in_which_they_came_changes_nothing():
    # 吴 and 郑 are written down; the poster's are the same two; a sister is one, who said so twice; four left nothing
    told = {heads.people(order, known=[]) for order in itertools.permutations(GUESTS)}

    assert told == {(2, 5, 3)}


@pytest.mark.parametrize(
    ("told", "source"),
    [
        (Heads(5, 0, 0, 0), "scanned"),
        (Heads(5, 1, 0, 0), "staff_counted"),
        (Heads(5, 0, 3, 4), "staff_counted"),
        (Heads(5, 1, 4, 3), "estimated"),
    ],
)
def test_where_the_sum_comes_from(told, source):
    assert told.source == source


def test_the_sum_is_proposed_as_the_fairs_visitors_and_tickets_alone_are_what_it_is_held_against(session, fair):
    device, _ = joined(session)
    hand_in(session, device, [item(1), item(2, kind="walk_in"), item(3, kind="count", what="heads", n=7)])

    told = results.propose(session, fair)
    assert (told.figures["visitors"].value, told.figures["visitors"].source) == (9, "staff_counted")
    assert (told.known.visitors, told.heads.registered) == (1, 1)


def test_leaflets_and_people_who_asked_are_proposed_as_they_were_tapped(session, fair):
    device, _ = joined(session)
    taps = [item(1, kind="count", what="leaflets", n=30), item(2, kind="count", what="leaflets", n=-5)]
    hand_in(session, device, [*taps, item(3, kind="count", what="consultations"), item(4, kind="count", what="hats")])

    figures = results.propose(session, fair).figures
    told = {name: (each.value, each.source) for name, each in figures.items() if name in {"leaflets", "consultations"}}
    assert told == {"leaflets": (25, "staff_counted"), "consultations": (1, "staff_counted")}


def test_counting_asks_as_often_with_many(session, fair, queries):
    device, _ = joined(session)
    here(session, fair, 0, phone="13800000000")
    session.flush()
    with queries() as few:
        heads.of_fair(session, fair)
    for number in range(1, 9):
        here(session, fair, number, phone=f"138{number:08d}")
    hand_in(session, device, [item(n, kind="walk_in") for n in range(1, 50)])
    session.flush()
    with queries() as many:
        heads.of_fair(session, fair)

    assert (len(few), len(many)) == (4, 4)
