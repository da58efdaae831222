from datetime import UTC, date, datetime, timedelta

import pytest

from scheduling import courses, feeds
from scheduling.feeds import versions
from scheduling.models import FairCallingOff, FairMove
from scheduling.refusals import NotFound
from tests.factories import (
    COUNTY,
    NOW,
    ClassFactory,
    CourseFactory,
    FairFactory,
    SchoolFactory,
    SessionFactory,
    TownshipFactory,
)
from tests.scheduling.read_feed import ALL, EARLIER, VOICE, events, of_courses, of_fairs, titles


def test_drafts_and_other_counties_are_never_said(session):
    FairFactory(draft=True, slug="draft")
    called_off = FairFactory(draft=True)
    called_off.calling_off = FairCallingOff(reason="不办了", at=NOW)
    SessionFactory(training_class=ClassFactory(draft=True, slug="draft"))
    session.flush()

    assert of_fairs(session) == []
    assert of_courses(session) == []
    for one in (feeds.fair, feeds.course):
        with pytest.raises(NotFound):
            one(session, COUNTY, "draft", ALL, VOICE, now=NOW)
    with pytest.raises(NotFound):
        feeds.fair(session, "990200", FairFactory().slug, ALL, VOICE, now=NOW)


def test_the_window_is_counted_in_days_of_shanghai(session):
    today = date(2026, 11, 23)
    for days, hours in ((-181, 15.9), (-180, -8), (400, 15.9), (401, -8)):  # 23:54 and 0:00 in Shanghai
        day = datetime.combine(today, datetime.min.time(), UTC) + timedelta(days=days, hours=hours)
        FairFactory(title=f"{days}", starts_at=day)
        SessionFactory(topic=f"{days}", starts_at=day)

    assert titles(of_fairs(session)) == ["-180", "400"]
    assert [title.split()[-1] for title in titles(of_courses(session))] == ["-180", "400"]
    assert titles(of_fairs(session, now=datetime(2026, 11, 23, 15, 59, tzinfo=UTC))) == ["-180", "400"]
    assert titles(of_fairs(session, now=datetime(2026, 11, 23, 16, 0, tzinfo=UTC))) == ["400", "401"]


def test_one_fair_or_class_is_given_whenever_it_is(session):
    FairFactory(slug="far", title="明年的", starts_at=NOW + timedelta(days=500))
    SessionFactory(training_class=ClassFactory(slug="old", title="旧班"), starts_at=NOW - timedelta(days=300), number=1)
    session.flush()

    assert titles(events(feeds.fair(session, COUNTY, "far", ALL, VOICE, now=NOW))) == ["明年的"]
    assert titles(events(feeds.course(session, COUNTY, "old", ALL, VOICE, now=NOW))) == ["旧班 第1次课"]


def test_one_lesson_is_the_very_event_of_its_class(session):
    held = ClassFactory(slug="weld", title="焊工班")
    lessons = [SessionFactory(training_class=held, number=number) for number in (1, 2, 3)]
    courses.move_session(
        session,
        lessons[1],
        starts_at=lessons[1].starts_at + timedelta(hours=4),
        ends_at=lessons[1].ends_at + timedelta(hours=4),
        room="3号车间",
        by=None,
        now=NOW,
    )
    session.flush()
    whole = events(feeds.course(session, COUNTY, "weld", ALL, VOICE, now=NOW))

    for number in (1, 2, 3):
        [alone] = events(feeds.lesson(session, COUNTY, "weld", ALL, VOICE, number=number, now=NOW))
        assert alone.to_ical() in [each.to_ical() for each in whole]
        assert alone["uid"] == lessons[number - 1].uid
    early = feeds.Filters(alarms=frozenset({60}))
    [moved] = events(feeds.lesson(session, COUNTY, "weld", early, VOICE, number=2, now=NOW))
    assert (moved["sequence"], len(moved.walk("VALARM"))) == (1, 1)


def test_filters_narrow_across_and_widen_within(session):
    liuhe, beimiao = TownshipFactory(code="990101", name="柳河镇"), TownshipFactory(code="990102", name="北庙镇")
    FairFactory(title="1", township=liuhe, kind="market_fair", audiences=["women"])
    FairFactory(title="2", township=liuhe, kind="gig_fair", audiences=["women", "gig"], starts_at=NOW + timedelta(3))
    FairFactory(title="3", township=beimiao, kind="gig_fair", starts_at=NOW + timedelta(4))

    def shown(**asked: set) -> list[str]:
        return titles(of_fairs(session, feeds.Filters(**{name: frozenset(those) for name, those in asked.items()})))

    assert shown(townships={"990101"}) == ["1", "2"]
    assert shown(townships={"北庙镇"}) == ["3"]
    assert shown(townships={"990101", "990102", "nowhere"}) == ["1", "2", "3"]
    assert shown(townships={"nowhere"}) == ["1", "2", "3"]
    assert shown(townships={"990101"}, kinds={"gig_fair", "livestream"}) == ["2"]
    assert shown(audiences={"gig", "women"}) == ["1", "2"]
    assert shown(audiences={"gig"}, kinds={"market_fair"}) == []
    assert shown(trades={"焊工"}) == ["1", "2", "3"]


def test_courses_are_filtered_by_trade_and_mode(session):
    for trade, mode in (("焊工", "order_based"), ("电工", "order_based"), ("电工", "targeted")):
        SessionFactory(
            training_class=ClassFactory(title=f"{trade} {mode}", course=CourseFactory(trade=trade, mode=mode)), number=1
        )

    def shown(**asked: set) -> set[str]:
        found = of_courses(session, feeds.Filters(**{name: frozenset(those) for name, those in asked.items()}))
        return {title.removesuffix(" 第1次课") for title in titles(found)}

    assert shown(trades={"电工"}) == {"电工 order_based", "电工 targeted"}
    assert shown(trades={"焊工", "电工"}, kinds={"targeted"}) == {"电工 targeted"}
    assert shown(trades={"没有的"}) == shown()  # a trade that was renamed empties nobody's calendar
    assert shown(trades={"没有的", "焊工"}) == {"焊工 order_based"}
    assert shown(townships={"990101"}) == {"焊工 order_based", "电工 order_based", "电工 targeted"}
    assert feeds.trades(session, COUNTY) == sorted({"焊工", "电工"})


def test_alarms_are_only_those_asked_for_and_sensible(session):
    FairFactory()

    [silent] = of_fairs(session)
    [loud] = of_fairs(session, feeds.Filters(alarms=frozenset({1440, 30, 31, 10**9})))

    assert silent.subcomponents == []
    assert [alarm["trigger"].dt for alarm in loud.subcomponents] == [timedelta(minutes=-30), timedelta(days=-1)]


def test_the_same_rows_are_the_same_bytes_all_day(session):
    FairFactory.create_batch(3)  # equal starts: the order is by uid
    SessionFactory.create_batch(3)
    session.flush()
    night = datetime(2026, 11, 23, 15, 59, 59, tzinfo=UTC)

    for feed in (feeds.fairs, feeds.courses):
        once = feed(session, COUNTY, ALL, VOICE, now=NOW)
        session.expire_all()
        assert feed(session, COUNTY, ALL, VOICE, now=night) == once


def test_a_change_anywhere_is_a_later_date_than_what_was_given_before(session):
    later = NOW + timedelta(minutes=5)
    fair = FairFactory(kind="market_fair", changed_at=EARLIER)
    only_gigs = feeds.Filters(kinds=frozenset({"gig_fair"}))
    session.flush()
    fair.publication.at = EARLIER
    session.flush()

    first = feeds.fairs(session, COUNTY, only_gigs, VOICE, now=NOW)
    fair.kind, fair.changed_at = "gig_fair", later
    session.flush()
    second = feeds.fairs(session, COUNTY, only_gigs, VOICE, now=later)

    assert first.changed_at == datetime(2026, 11, 22, 16, 0, tzinfo=UTC)  # midnight in Shanghai: the window moved
    assert second.changed_at == later


@pytest.mark.parametrize("rows", [1, 3])
def test_a_feed_asks_the_same_however_long_it_is(session, queries, rows):
    for fair in FairFactory.create_batch(rows, township=TownshipFactory()):
        fair.moves.append(FairMove(starts_before=NOW, ends_before=NOW, place_before="集市", reason="下雨", at=NOW))
    for held in ClassFactory.create_batch(rows, school=SchoolFactory()):
        SessionFactory.create_batch(rows, training_class=held)
    session.flush()
    session.expunge_all()
    asked = feeds.Filters(townships=frozenset({"nowhere"}))

    def asks() -> tuple[int, int]:
        with queries() as of_fairs_asked:
            feeds.fairs(session, COUNTY, asked, VOICE, now=NOW)
        with queries() as of_courses_asked:
            feeds.courses(session, COUNTY, asked, VOICE, now=NOW)
        return len(of_fairs_asked), len(of_courses_asked)

    assert asks() == (4, 2)
    assert asks() == (3, 2)  # nothing is loaded that is written already


def test_only_what_says_something_else_is_written_again(session, queries):
    first, *_others = fairs = FairFactory.create_batch(20)
    for fair in fairs:
        fair.moves.append(FairMove(starts_before=NOW, ends_before=NOW, place_before="集市", reason="下雨", at=NOW))
    before = of_fairs(session)
    first.description = "新写的一句"  # the version is what the row says, whether or not it is stamped
    session.flush()
    session.expunge_all()

    with queries() as asked:
        after = events(feeds.fairs(session, COUNTY, ALL, VOICE, now=NOW))

    [loaded] = [one for one in asked if "fairs.uid IN" in one]  # how it was moved: of no other
    assert "IN (?)" in loaded or "IN (%(uid_1_1)s::VARCHAR)" in loaded
    changed = [str(new["uid"]) for old, new in zip(before, after, strict=True) if old.to_ical() != new.to_ical()]
    assert changed == [first.uid]


@pytest.mark.parametrize("microsecond", [0, 447130, 1])
def test_a_version_says_of_a_row_what_the_row_says(session, microsecond):
    at = NOW.replace(microsecond=microsecond)
    fair = FairFactory(changed_at=at, title='"引号"\\\n，第2行\t🙂', latitude=34.1234567, longitude=115.7654321)
    block = SessionFactory(changed_at=at, topic='"引号"\\\n🙂', moved_from=at, party=2)
    session.flush()

    [told] = versions.fairs_shown(session, versions.fairs(session, now=NOW))
    [lesson] = versions.sessions_shown(versions.sessions(session, now=NOW))

    for name in ("uid", "changed_at", "starts_at", "ends_at", "title", "latitude", "longitude", "description"):
        assert getattr(told, name) == getattr(fair, name)
    assert (told.audiences, told.off_because, told.moves) == (tuple(fair.audiences), None, ())
    for name in ("uid", "changed_at", "starts_at", "ends_at", "moved_from", "cancelled_at", "topic", "party", "hours"):
        assert getattr(lesson, name) == getattr(block, name)
    assert (lesson.class_title, lesson.class_off_at) == (block.training_class.title, None)
