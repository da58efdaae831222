"""Calendars of venues, vans, people and rooms: taken in once, followed when they change, minded by whoever plans."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.database import db, writing
from scheduling import busy, courses, diaries, fairs, markets, retention, schools, staff, vans, venues
from scheduling.models import BusyTime, Deed
from scheduling.plans.season import Terms as SeasonTerms
from scheduling.plans.season import gather as gather_season
from scheduling.plans.timetable.gathering import ClassTerms, Terms, gather
from scheduling.refusals import NotFound, NothingToTakeIn, Occupied
from tests.factories import COUNTY, NOW, ClassFactory, CourseFactory, SchoolFactory, SessionFactory, TownshipFactory
from tests.scheduling.calendar_files import event, ics
from tests.scheduling.fair_examples import planned, willow  # noqa: F401  a fixture
from tests.scheduling.test_diaries import said

MONDAY = datetime(2026, 12, 7, 1, tzinfo=UTC)  # 9 o'clock
MONDAYS = {"uid": "weekly", "summary": "排练", "starts": "20261207T090000", "ends": "20261207T110000"}
WEEKLY = event("RRULE:FREQ=WEEKLY;COUNT=3", **MONDAYS)
ONCE = event(uid="once", summary="球赛", starts="20261210T140000", ends="20261210T170000")


@pytest.fixture
def gym(session):
    return venues.settle(session, COUNTY, name="县体育馆", township_id=None, by=None, now=NOW)


@pytest.fixture
def van(session):
    told = {"name": "1号大篷车", "range_minutes": 90, "minutes": {}, "by": None, "now": NOW}
    return vans.keep(session, COUNTY, None, **told)


@pytest.fixture
def school(session):
    return SchoolFactory()


@pytest.fixture
def wei(session, school):
    told = {"name": "魏师傅", "trades": ["焊工"], "kinds": ["theory", "practice"], "by": None, "now": NOW}
    return schools.settle_teacher(session, school, **told)


def take(session, row, *lines, wanted=None, dropped=(), now=NOW):
    reading = busy.read(ics(*lines), now=now)
    ticked = range(len(reading.periods)) if wanted is None else wanted
    return busy.take_in(session, row, reading, wanted=set(ticked), dropped=set(dropped), by=None, now=now)


def judged(session, row, *lines):
    found = busy.judged(session, row, busy.read(ics(*lines), now=NOW))
    return {name: len(lines) for name, lines in found.__dict__.items() if lines}


def standing(session):
    rows = session.scalars(select(BusyTime).order_by(BusyTime.starts_at))
    return [(row.starts_at, row.title) for row in rows]


# Taking in


def test_a_calendar_is_taken_in_whole_with_a_deed_and_again_changes_nothing(session, gym):
    assert take(session, gym, *WEEKLY, *ONCE) == (4, 0, 0)
    before = standing(session)

    assert judged(session, gym, *WEEKLY, *ONCE) == {"known": 4}
    assert take(session, gym, *WEEKLY, *ONCE, now=NOW + timedelta(days=1)) == (0, 0, 0)
    assert standing(session) == before
    deeds = [deed.facts for deed in session.scalars(select(Deed).where(Deed.what == "busy.taken_in"))]
    assert deeds == [{"added": 4, "moved": 0, "struck": 0}]


def test_what_was_not_ticked_is_not_taken_in_and_offered_again(session, gym):
    assert take(session, gym, *WEEKLY, *ONCE, wanted={1, 2}) == (2, 0, 0)

    assert [title for _, title in standing(session)] == ["球赛", "排练"]
    assert judged(session, gym, *WEEKLY, *ONCE) == {"new": 2, "known": 2}


def test_nothing_ticked_is_nothing_to_take_in(session, gym):
    with pytest.raises(NothingToTakeIn):
        take(session, gym, *ONCE, wanted=())


def test_an_event_moved_since_is_moved_and_keeps_its_row(session, gym):
    take(session, gym, *ONCE)
    (before,) = session.scalars(select(BusyTime.id))
    later = event(uid="once", summary="球赛", starts="20261211T140000", ends="20261211T170000")

    assert judged(session, gym, *later) == {"moved": 1}
    assert take(session, gym, *later) == (0, 1, 0)
    assert standing(session) == [(datetime(2026, 12, 11, 6, tzinfo=UTC), "球赛")]
    assert session.scalars(select(BusyTime.id)).one() == before


def test_what_the_file_calls_off_is_struck_and_what_it_does_not_name_may_be(session, gym):
    take(session, gym, *WEEKLY, *ONCE)
    shorter = event("RRULE:FREQ=WEEKLY;COUNT=2", **MONDAYS)
    reading = busy.read(ics(*shorter), now=NOW)
    found = busy.judged(session, gym, reading)

    assert [len(lines) for lines in (found.known, found.gone, found.missing)] == [2, 1, 1]
    gone = {found.gone[0].before.id}
    assert busy.take_in(session, gym, reading, wanted=(), dropped=gone, by=None, now=NOW) == (0, 0, 1)
    assert [title for _, title in standing(session)] == ["排练", "球赛", "排练"]


def test_only_what_the_file_has_no_more_is_struck(session, gym, van):
    take(session, gym, *ONCE)
    take(session, van, *ONCE)
    ids = set(session.scalars(select(BusyTime.id)))

    assert take(session, gym, *ONCE, wanted={0}, dropped=ids) == (0, 0, 0)
    assert len(standing(session)) == 2


def test_one_time_is_struck_once_and_nobody_elses(session, gym, van):
    take(session, gym, *ONCE)
    (one,) = session.scalars(select(BusyTime.id))

    with pytest.raises(NotFound):
        busy.strike(session, van, one, by=None, now=NOW)
    busy.strike(session, gym, one, by=None, now=NOW)
    with pytest.raises(NotFound):
        busy.strike(session, gym, one, by=None, now=NOW)
    assert standing(session) == []


def test_a_draft_holds_the_whole_reading(session):
    reading = busy.read(ics(*WEEKLY, *event("RRULE:FREQ=HOURLY", uid="x")), now=NOW)

    assert busy.reread(busy.kept(reading)) == reading


def test_what_is_long_over_is_forgotten(session, gym):
    take(session, gym, *WEEKLY, *ONCE)

    retention.forget_visitors(session, COUNTY, now=MONDAY + timedelta(days=184))

    assert [title for _, title in standing(session)] == ["排练", "排练"]


@pytest.mark.parametrize("held", [True, False], ids=["held", "nobody holds"])
def test_two_who_confirm_one_file_at_once_take_it_in_once(app, session, gym, held, monkeypatch):
    """Without holding the place, PostgreSQL lets both look before either writes, and the table has to say no."""
    if not held:
        monkeypatch.setattr(diaries, "hold", lambda *_: None)
    id_, start = gym.id, Barrier(4)
    session.commit()

    def confirm(_: int) -> str:
        with app.app_context():
            try:
                start.wait()
                with writing() as mine:
                    return str(sum(take(mine, venues.find(mine, COUNTY, id_), *WEEKLY, *ONCE)))
            except IntegrityError:
                return "broken"
            finally:
                db.session.remove()

    with ThreadPoolExecutor(4) as clerks:
        answers = sorted(clerks.map(confirm, range(4)))

    session.rollback()
    assert len(standing(session)) == 4
    if held:
        assert answers == ["0", "0", "0", "4"]
    else:
        assert answers.count("4") == 1


# Minded by whoever plans


def test_no_fair_is_put_where_the_venue_is_lent_out(session, app, gym):
    take(session, gym, *ONCE)
    at = datetime(2026, 12, 10, 8, tzinfo=UTC)

    with pytest.raises(Occupied) as refused:
        planned(session, place="县 体育馆", starts_at=at, ends_at=at + timedelta(hours=2))

    with app.test_request_context():
        assert said(refused) == "“县体育馆”12月10日 周四 14:00–17:00已有别的安排“球赛”，请换个时间。".replace(
            "县体", "县 体"
        )
    assert refused.value.facts["field"] == "place"
    planned(session, place="县体育馆", starts_at=at + timedelta(hours=1), ends_at=at + timedelta(hours=2))
    planned(session, place="县体育馆", township_id=TownshipFactory().id, starts_at=at, ends_at=at + timedelta(hours=2))


def test_a_fair_that_stands_is_shown_as_a_clash_and_stays(session, gym):
    fair = planned(session, place="县体育馆", starts_at=MONDAY, ends_at=MONDAY + timedelta(hours=3))
    reading = busy.read(ics(*WEEKLY, *ONCE), now=NOW)

    clashing = [[each.what for each in line.clashes] for line in busy.judged(session, gym, reading).new]

    assert clashing == [["柳河镇赶集招聘"], [], [], []]
    take(session, gym, *WEEKLY)
    assert fairs.find(session, COUNTY, fair.slug).starts_at == MONDAY


def test_a_teacher_on_leave_is_given_no_lesson_nor_a_room_that_is_lent(session, school, wei):
    room = schools.settle_room(session, school, name="焊接车间", seats=20, stations=6, by=None, now=NOW)
    one = ClassFactory(school_id=school.id, starts_on=date(2026, 12, 1), ends_on=date(2026, 12, 31))
    take(session, wei, *event("DTSTART;VALUE=DATE:20261207", "DTEND;VALUE=DATE:20261209", starts="", ends=""))
    take(session, room, *ONCE)
    told = {"ends_at": MONDAY + timedelta(hours=3), "hours": 4, "topic": "焊接", "by": None, "now": NOW}

    with pytest.raises(Occupied) as refused:
        courses.add_session(session, one, starts_at=MONDAY, teacher="魏师傅", room="", kind="theory", **told)

    assert (refused.value.facts["field"], refused.value.facts["hours"]) == ("teacher", "0:00–24:00")
    at = datetime(2026, 12, 10, 6, tzinfo=UTC)
    told["ends_at"] = at + timedelta(hours=3)
    with pytest.raises(Occupied) as refused:
        courses.add_session(session, one, starts_at=at, teacher="", room="焊接车间", kind="practice", **told)
    assert refused.value.facts["field"] == "room"


def test_a_lesson_that_stands_is_shown_as_a_clash(session, school, wei):
    one = ClassFactory(school_id=school.id, title="焊工班")
    SessionFactory(
        class_id=one.id, training_class=one, teacher="魏师傅", starts_at=MONDAY, ends_at=MONDAY + timedelta(hours=3)
    )

    found = busy.judged(session, wei, busy.read(ics(*WEEKLY), now=NOW)).new

    assert [[each.what for each in line.clashes] for line in found] == [["焊工班"], [], []]


def test_a_timetable_keeps_the_half_days_free_that_calendars_take(session, school, wei):
    room = schools.settle_room(session, school, name="101", seats=40, by=None, now=NOW)
    course = CourseFactory(total_hours=8, theory_hours=8, practice_hours=0, trade="焊工")
    days = {"starts_on": date(2026, 12, 7), "ends_on": date(2026, 12, 11)}
    one = ClassFactory(course=course, school=school, school_id=school.id, **days)
    take(session, wei, *WEEKLY)  # Monday 9 to 11
    take(session, room, *ONCE)  # Thursday 14 to 17
    terms = Terms(frozenset(range(5)), ("am", "pm"))

    problem = gather(session, school, [(one, ClassTerms(size=12))], terms, now=NOW)

    assert problem.grid.days[0] == "2026-12-07"
    assert [each.unavailable for each in problem.teachers] == [frozenset({(0, 0)})]
    assert [each.unavailable for each in problem.rooms] == [frozenset({(3, 1)})]


def test_a_season_sends_neither_van_nor_people_on_days_their_calendars_take(session, willow, van):  # noqa: F811
    sun = staff.keep(session, COUNTY, None, name="孙专员", unavailable=[date(2026, 12, 1)], by=None, now=NOW)
    take(session, van, *ONCE)
    take(session, sun, *WEEKLY)
    terms = SeasonTerms(date(2026, 12, 1), date(2026, 12, 31))

    problem = gather_season(session, COUNTY, replace(terms))

    assert problem.vans[0].unavailable == (date(2026, 12, 10),)
    assert problem.staff[0].unavailable == tuple(date(2026, 12, day) for day in (1, 7, 14, 21))
    assert markets.days(willow, terms.first, terms.last)


# Venues


def test_a_venue_is_written_down_once_and_places_of_fairs_are_offered(session):
    planned(session, place="柳河镇集市入口")
    planned(session, place="文化站")

    one = venues.settle(session, COUNTY, name=" 文化站 ", township_id=None, by=None, now=NOW)

    assert venues.settle(session, COUNTY, name="文化站", township_id=None, by=None, now=NOW) is one
    assert [row.name for row in venues.of_county(session, COUNTY)] == ["文化站"]
    assert venues.of_fairs(session, COUNTY) == [("柳河镇集市入口", None, None)]
