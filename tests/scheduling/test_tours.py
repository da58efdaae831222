"""Tours of the vans: one day, one van, its stops in the order of their hours."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from scheduling import diaries, fairs, tours, vans
from scheduling.models import Deed
from scheduling.refusals import NoStops, NotAStop, NotFound, StopElsewhere, StopsOverlap, TourKnown, VanElsewhere
from tests.factories import COUNTY, NOW, FairFactory

MORNING = NOW + timedelta(days=3)  # 9:00 in Shanghai
DAY = fairs.local_day(MORNING)
HOUR = timedelta(hours=1)


@pytest.fixture
def van(session):
    return vans.keep(session, COUNTY, None, name="一号车", range_minutes=90, minutes={}, by=None, now=NOW)


def stop(place, after=0, **more):
    """A stop of an hour, so many hours into the morning."""
    starts = MORNING + after * HOUR
    told = {"kind": "roadshow_stop", "place": place, "title": f"{place}大篷车", "starts_at": starts}
    return FairFactory(**told, **{"ends_at": starts + HOUR, **more})


def make(session, van, *stops, name="北线", day=DAY):
    return tours.make(session, COUNTY, name=name, day=day, van=van, stops=stops, by=None, now=NOW)


def test_a_tour_goes_in_the_order_of_the_hours_whatever_order_it_was_typed_in(session, van):
    third, first, second = stop("丙村", 4), stop("甲村"), stop("乙村", 2)

    tour = make(session, van, third, first, second)

    assert [fair.place for fair in tours.stops_of(session, tour)] == ["甲村", "乙村", "丙村"]
    assert tours.of_county(session, COUNTY) == [(tour, [first, second, third])]


def test_the_same_tour_again_is_one_and_another_of_its_name_is_refused(session, van):
    first, second = stop("甲村"), stop("乙村", 2)
    tour = make(session, van, first)

    assert make(session, van, first) is tour
    with pytest.raises(TourKnown) as refused:
        make(session, van, second)
    assert refused.value.facts == {"name": "北线", "day": DAY}


def test_what_is_no_way_for_a_van_is_refused(session, van):
    with pytest.raises(NoStops):
        make(session, van)
    for other in (
        FairFactory(kind="market_fair", starts_at=MORNING),
        stop("明天", 24),
    ):
        with pytest.raises(NotAStop):
            make(session, van, other)
    with pytest.raises(StopsOverlap) as overlap:
        make(session, van, stop("甲村", ends_at=MORNING + 2 * HOUR), stop("乙村", 1))
    assert overlap.value.facts == {"first": "甲村大篷车", "second": "乙村大篷车"}
    off = stop("丁村", 6)
    fairs.call_off(session, off, reason="大雨", by=None, now=NOW)
    with pytest.raises(NotAStop):
        make(session, van, off)


def test_a_stop_belongs_to_one_tour_and_a_van_to_one_place_at_a_time(session, van):
    first = stop("甲村")
    make(session, van, first)

    with pytest.raises(StopElsewhere) as taken:
        make(session, van, first, name="南线")
    with pytest.raises(VanElsewhere) as busy:
        make(session, van, stop("乙村"), name="南线")

    assert taken.value.facts == {"title": "甲村大篷车", "tour": "北线"}
    assert busy.value.facts["what"] == "甲村大篷车"
    with pytest.raises(VanElsewhere):  # whoever plans a season sees it too
        diaries.of_van(session, van, MORNING, MORNING + HOUR).require_free(MORNING, MORNING + HOUR)


def test_another_way_takes_the_place_of_the_first_and_again_changes_nothing(session, van):
    first, second, third = stop("甲村"), stop("乙村", 2), stop("丙村", 4)
    tour = make(session, van, first, second)

    for _ in range(2):
        tours.route(session, tour, [second, third], by=None, now=NOW)

    assert tours.stops_of(session, tour) == [second, third]
    assert tours.of_fair(session, first) is None
    make(session, van, first, name="早线")  # it is free for another tour again
    about = select(Deed.what).where(Deed.about == f"van_tours/{tour.id}").order_by(Deed.id)
    assert session.scalars(about).all() == ["tour.made", "tour.rerouted"]


def test_the_public_hears_of_stops_that_are_published_and_held_that_day(session, van):
    first, draft, off, moved = stop("甲村"), stop("乙村", 2, draft=True), stop("丙村", 4), stop("丁村", 6)
    tour = make(session, van, first, draft, off, moved)
    fairs.call_off(session, off, reason="大雨", by=None, now=NOW)
    fairs.move(
        session, moved, starts_at=moved.starts_at + 24 * HOUR, ends_at=moved.ends_at + 24 * HOUR, place=moved.place,
        reason="修路", by=None, now=NOW,
    )  # fmt: skip

    assert tours.of_fair(session, first) == (tour, [first])
    assert tours.of_fair(session, moved) is None
    assert tours.of_fair(session, FairFactory()) is None
    assert [tours.is_on(tour, fair) for fair in tours.stops_of(session, tour)] == [True, True, False, False]


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_as_often_for_three_as_for_one(session, van, queries, number):
    for each in range(number):
        make(session, van, stop(f"村{each}", 2 * each), name=f"线{each}")
    session.commit()
    session.expunge_all()

    with queries() as asked:
        rows = tours.of_county(session, COUNTY)

    assert (len(rows), len([one for one in asked if one.startswith("SELECT")])) == (number, 2 + 1)


def test_a_tour_of_another_county_is_not_found(session, van):
    tour = make(session, van, stop("甲村"))

    with pytest.raises(NotFound):
        tours.find(session, "000000", tour.id)
