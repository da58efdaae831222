from datetime import UTC, datetime, timedelta

import pytest

from scheduling import courses, fairs, feeds
from scheduling.feeds import text
from scheduling.models import ClassCallingOff, FairCallingOff, FairMove
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
from tests.scheduling.read_feed import ALL, EARLIER, VOICE, of_courses, of_fairs, titles


def test_a_fair_is_said_word_for_word(session):
    FairFactory(
        slug="liuhe",
        uid="fair-7@songgang.test",
        title="柳河镇赶集招聘",
        township=TownshipFactory(name="柳河镇"),
        place="集市入口",
        address="柳河镇人民路1号",
        latitude=34.5,
        longitude=115.25,
        audiences=["veterans", "women"],
        livestream_url="https://live.example.cn/7",
        description="五十家企业。\r\n带身份证。",
        sequence=2,
        starts_at=datetime(2026, 11, 25, 0, 30, tzinfo=UTC),
    )
    session.flush()

    body = feeds.fairs(session, COUNTY, ALL, VOICE, now=NOW).body

    assert body.replace(b"\r\n ", b"").decode().split("\r\n") == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Songgang//Feeds//ZH",
        "CALSCALE:GREGORIAN",
        "NAME:送岗·招聘会",
        "X-WR-CALNAME:送岗·招聘会",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
        "BEGIN:VTIMEZONE",
        "TZID:Asia/Shanghai",
        "BEGIN:STANDARD",
        "DTSTART:19920101T000000",
        "TZNAME:CST",
        "TZOFFSETFROM:+0800",
        "TZOFFSETTO:+0800",
        "END:STANDARD",
        "END:VTIMEZONE",
        "BEGIN:VEVENT",
        "SUMMARY:柳河镇赶集招聘",
        "DTSTART;TZID=Asia/Shanghai:20261125T083000",
        "DTEND;TZID=Asia/Shanghai:20261125T113000",
        "DTSTAMP:20261123T010000Z",
        "UID:fair-7@songgang.test",
        "SEQUENCE:2",
        "CATEGORIES:<market_fair>,<veterans>,<women>",
        "COLOR:firebrick",
        "CONFERENCE;FEATURE=VIDEO;LABEL=直播;VALUE=URI:https://live.example.cn/7",
        "DESCRIPTION:https://live.example.cn/7\\n五十家企业。\\n带身份证。\\n咨询电话：110\\n详情：https://x.test/fair/liuhe",
        "GEO:34.5;115.25",
        "LAST-MODIFIED:20261123T010000Z",
        "LOCATION:集市入口，柳河镇人民路1号",
        "STATUS:CONFIRMED",
        "TRANSP:OPAQUE",
        "URL:https://x.test/fair/liuhe",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


def test_a_class_session_is_said_in_short(session):
    held = ClassFactory(
        slug="weld",
        title="焊工班",
        place="县技工学校",
        school=SchoolFactory(name="青禾县技工学校"),
        course=CourseFactory(trade="焊工"),
    )
    SessionFactory(training_class=held, number=3, topic="平焊", room="2号车间", teacher="周老师", moved_from=NOW)

    [event] = of_courses(session)

    assert str(event["summary"]) == "【改期】焊工班 第3次课 平焊"
    assert event["dtstart"].dt.isoformat() == "2026-12-10T08:30:00+08:00"
    assert event["dtend"].dt.isoformat() == "2026-12-10T11:30:00+08:00"
    assert str(event["location"]) == "县技工学校，2号车间"
    assert str(event["url"]) == "https://x.test/course/weld"
    assert event["categories"].cats == ["<order_based>", "<practice>", "焊工"]
    assert str(event["description"]).splitlines() == [
        "原定：2026年11月23日9:00",
        "<practice>，4课时",
        "培训学校：青禾县技工学校",
        "咨询电话：110",
        "详情：https://x.test/course/weld",
    ]


def test_hostile_words_make_exactly_the_lines_they_should(session):
    evil = '喜迎\r\nEND:VEVENT\r\nBEGIN:VEVENT\nUID:x"’;,\\n\u2028BEGIN:VALARM\x07\x1b\x85\x9b\ufeff😀\u200d👩‍🌾'
    FairFactory(
        title=evil[:100],
        place=evil,
        address="青" * 200,
        description=evil + "岗" * 3000,
        livestream_url="https://live.example.cn/1\r\nBEGIN:VEVENT",
        audiences=["a,b;c\r\nBEGIN:VALARM"],
    )
    FairFactory(title="平常的一场", starts_at=NOW + timedelta(days=5))

    found = of_fairs(session, feeds.Filters(alarms=frozenset({30})))

    assert titles(found) == ['喜迎 END:VEVENT BEGIN:VEVENT UID:x"’;,＼n BEGIN:VALARM 😀\u200d👩‍🌾', "平常的一场"]
    assert [[part.name for part in event.subcomponents] for event in found] == [["VALARM"], ["VALARM"]]
    assert "conference" not in found[0]
    assert str(found[0]["description"]).splitlines()[:3] == ["https://live.example.cn/1", "BEGIN:VEVENT", "喜迎"]
    assert str(found[0]["description"]).count("岗") == 3000
    assert found[0]["categories"].cats == ["<market_fair>", "<a,b;c BEGIN:VALARM>"]


@pytest.mark.parametrize(
    ("typed", "link"),
    [
        (" https://live.example.cn/a?b=1&c=%E5 ", "https://live.example.cn/a?b=1&c=%E5"),
        ("https://live.example.cn/直播", "https://live.example.cn/%E7%9B%B4%E6%92%AD"),
        ('http://x.cn/"><', "http://x.cn/%22%3E%3C"),
        ("javascript:alert(1)", ""),
        ("https://", ""),
        ("https://[::1", ""),
        ("抖音号 songgang", ""),
        ("https://x.cn/a b", ""),
        ("", ""),
    ],
)
def test_only_an_address_becomes_a_link(typed, link):
    assert text.link(typed) == link


def test_nobody_s_full_number_is_said(session):
    FairFactory(
        description="找老张13900001234，证号990101199001010017，号段139000012345不是手机", contact_phone="13900005678"
    )

    [event] = of_fairs(session)

    assert str(event["description"]).splitlines()[0] == (
        "找老张139****1234，证号**************0017，号段139000012345不是手机"
    )
    assert "13900005678" not in event.to_ical().decode()


def test_a_moved_fair_keeps_its_uid_and_says_so(session):
    fair = FairFactory(title="柳河镇赶集招聘", place="集市入口", uid="same@songgang.test")
    before = of_fairs(session)[0]

    fair.moves.append(
        FairMove(starts_before=fair.starts_at, ends_before=fair.ends_at, place_before=fair.place, reason="下雨", at=NOW)
    )
    fair.starts_at += timedelta(days=5)
    fair.ends_at += timedelta(days=5)
    fair.sequence, fair.changed_at = 1, NOW + timedelta(hours=1)
    [after] = of_fairs(session)

    assert titles([before, after]) == ["柳河镇赶集招聘", "【改期】柳河镇赶集招聘"]
    assert before["uid"] == after["uid"] == "same@songgang.test"
    assert (before["sequence"], after["sequence"]) == (0, 1)
    assert after["dtstamp"].dt == after["last-modified"].dt == NOW + timedelta(hours=1)
    assert str(after["description"]).splitlines()[0] == "原定：2026年11月25日8:30，集市入口。变更原因：下雨"


def test_a_fair_that_only_changed_its_place_keeps_its_day_in_the_title(session):
    fair = FairFactory(title="柳河镇赶集招聘", place="镇政府广场")
    fair.moves.append(
        FairMove(starts_before=fair.starts_at, ends_before=fair.ends_at, place_before="集市", reason="修路", at=NOW)
    )

    assert titles(of_fairs(session)) == ["【换地点】柳河镇赶集招聘"]


def test_a_fair_called_off_is_kept_without_alarm_for_sixty_days(session):
    told = {"description": "顺路看岗位，家里人可以先预约。", "rain_plan": "移到棚下"}
    fair = FairFactory(slug="liuhe", title="柳河镇赶集招聘", starts_at=NOW + timedelta(days=40), **told)
    fair.calling_off = FairCallingOff(reason="大雪", at=NOW)
    asked = feeds.Filters(alarms=frozenset({60}))

    [event] = of_fairs(session, asked)

    assert str(event["summary"]) == "【已取消】柳河镇赶集招聘"
    assert (event["status"], event["transp"], event.subcomponents) == ("CANCELLED", "TRANSPARENT", [])
    assert str(event["description"]).splitlines() == [
        "取消原因：大雪",
        "咨询电话：110",
        "详情：https://x.test/fair/liuhe",
    ]
    assert len(of_fairs(session, now=NOW + timedelta(days=60))) == 1
    assert len(of_fairs(session, now=NOW + timedelta(days=61))) == 0


def test_a_class_called_off_takes_what_was_not_yet_held(session):
    held = ClassFactory(title="焊工班")
    SessionFactory(training_class=held, number=1, starts_at=NOW - timedelta(days=5), changed_at=EARLIER)
    SessionFactory(training_class=held, number=2, sequence=1, changed_at=EARLIER)
    SessionFactory(training_class=held, number=3, sequence=4, changed_at=EARLIER, cancelled_at=EARLIER)
    held.calling_off = ClassCallingOff(reason="人数不够", at=NOW)

    found = of_courses(session)

    assert titles(found) == ["焊工班 第1次课", "【已取消】焊工班 第2次课", "【已取消】焊工班 第3次课"]
    assert [event["status"] for event in found] == ["CONFIRMED", "CANCELLED", "CANCELLED"]
    assert [event["sequence"] for event in found] == [0, 2, 4]
    assert [event["dtstamp"].dt for event in found] == [EARLIER, NOW, EARLIER]
    assert titles(of_courses(session, now=NOW + timedelta(days=59))) == [
        "焊工班 第1次课",
        "【已取消】焊工班 第2次课",
    ]


def test_fairs_and_classes_changed_by_their_acts_are_told_as_calendars_expect(session, clerk):
    fair = FairFactory(title="柳河镇赶集招聘", kind="gig_fair", changed_at=EARLIER)
    held = ClassFactory(title="焊工班", changed_at=EARLIER)
    SessionFactory.create_batch(2, training_class=held, changed_at=EARLIER)
    session.commit()
    facts = {"by": clerk, "now": NOW}

    first, moved_to = of_fairs(session) + of_courses(session), fair.starts_at + timedelta(days=7)
    fairs.move(
        session, fair, starts_at=moved_to, ends_at=moved_to + timedelta(hours=2), place=fair.place, reason="雨", **facts
    )
    second = of_fairs(session)
    fairs.call_off(session, fair, reason="雪", by=clerk, now=NOW + timedelta(hours=1))
    courses.call_off(session, held, reason="人数不够", **facts)
    third = of_fairs(session) + of_courses(session)

    assert titles(second + third)[:3] == ["【改期】柳河镇赶集招聘", "【已取消】柳河镇赶集招聘", titles(third)[1]]
    assert all(title.startswith("【已取消】焊工班") for title in titles(third)[1:])
    assert [event["sequence"] for event in first + second + third] == [0, 0, 0, 1, 2, 1, 1]
    assert [event["uid"] for event in first] == [event["uid"] for event in third]
    assert second[0]["dtstart"].dt == moved_to
    assert [event["dtstamp"].dt for event in third] == [NOW + timedelta(hours=1), NOW, NOW]
    assert str(third[1]["description"]).splitlines()[0] == "停办原因：人数不够"


def test_controls_of_every_kind_are_dropped():
    every = "".join(map(chr, [*range(32), *range(127, 160), 0x2028, 0x2029, 0xFEFF, 0xD800]))

    assert text.line(f"岗{every}位") == "岗 位"
    assert text.paragraphs("一\r\n二\n\r三\t四") == "一\n二\n\n三 四"
