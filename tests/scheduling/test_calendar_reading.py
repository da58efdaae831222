"""What is read out of somebody's own calendar file, and what never is."""

from datetime import UTC, datetime, timedelta

import pytest

from scheduling.busy.reading import read
from scheduling.planning.timetable import HERE
from tests.scheduling.calendar_files import APPLE, GOOGLE, NOW, OUTLOOK, event, ics


def told(content):
    """Each period as people here read it: from, to (whole days by their last), title."""
    lines = []
    for one in read(content, now=NOW).periods:
        starts, ends = one.starts.astimezone(HERE), one.ends.astimezone(HERE)
        if one.all_day:
            lines.append((f"{starts:%m-%d}", f"{ends - timedelta(days=1):%m-%d}", one.title))
        else:
            lines.append((f"{starts:%m-%d %H:%M}", f"{ends:%m-%d %H:%M}", one.title))
    return lines


def reasons(content):
    return [fault.reason for fault in read(content, now=NOW).faults]


def test_outlook_is_read_with_windows_zones_a_session_left_out_and_one_moved():
    assert told(OUTLOOK) == [
        ("03-03 19:00", "03-03 21:00", "广场舞排练"),
        ("03-12 14:00", "03-12 17:00", "职工篮球赛, 半决赛"),
        ("03-18 19:00", "03-18 21:00", "广场舞排练（改周四）"),
        ("03-20", "03-21", "消防检修"),
        ("03-24 19:00", "03-24 21:00", "广场舞排练"),
    ]


def test_google_is_read_days_marked_free_are_and_what_is_cancelled_is_not_there():
    reading_ = read(GOOGLE, now=NOW)

    assert told(GOOGLE) == [
        ("03-05 14:00", "03-05 15:30", "教研活动"),
        ("03-12 14:00", "03-12 15:30", "教研活动"),
        ("03-15", "03-17", "请假：产检"),
        ("03-19 14:00", "03-19 15:30", "教研活动"),
    ]
    assert [one.title for one in reading_.periods if one.free] == ["请假：产检"]
    assert (reading_.cancelled, reading_.faults) == (1, ())


def test_apple_is_read_a_last_wednesday_of_each_month_within_the_window():
    assert told(APPLE)[:3] == [
        ("03-08 08:30", "03-08 12:00", "设备厂家来保养"),
        ("03-31", "03-31", "月底盘点"),
        ("04-28", "04-28", "月底盘点"),
    ]
    assert len(told(APPLE)) == 14


def test_nobody_invited_no_place_and_no_description_is_kept():
    kept = repr(read(OUTLOOK, now=NOW)) + repr(read(GOOGLE, now=NOW))

    assert "13800000000" in OUTLOOK.decode()
    assert not [word for word in ("13800000000", "张三", "体育馆", "教研组", "mailto") if word in kept]


def test_a_private_event_is_kept_without_its_title():
    assert told(ics(*event("CLASS:PRIVATE", summary="看心理医生"))) == [("03-10 09:00", "03-10 11:00", "（私人安排）")]


@pytest.mark.parametrize(
    "line",
    [
        "DTSTART:20270310T010000Z",
        "DTSTART;TZID=China Standard Time:20270310T090000",
        'DTSTART;TZID="/mozilla.org/20070129_1/Asia/Shanghai":20270310T090000',
        "DTSTART;TZID=Asia/Beijing:20270310T090000",
        "DTSTART;TZID=America/New_York:20270309T200000",
        "DTSTART:20270310T090000",
        "DTSTART;X-NONE=1:20270310T0900",
    ],
)
def test_nine_here_is_nine_here_however_it_is_written(line):
    assert told(ics(*event(line, "DURATION:PT2H", starts="", ends=""))) == [("03-10 09:00", "03-10 11:00", "培训")]


def test_a_zone_that_only_the_file_knows_is_taken_from_the_file():
    own = [
        "BEGIN:VTIMEZONE",
        "TZID:Customized Time Zone",
        "BEGIN:STANDARD",
        "DTSTART:16011028T030000",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10",
        "TZOFFSETFROM:+0200",
        "TZOFFSETTO:+0100",
        "END:STANDARD",
        "BEGIN:DAYLIGHT",
        "DTSTART:16010325T020000",
        "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3",
        "TZOFFSETFROM:+0100",
        "TZOFFSETTO:+0200",
        "END:DAYLIGHT",
        "END:VTIMEZONE",
    ]
    weekly = event(
        "DTSTART;TZID=Customized Time Zone:20270325T020000",
        "DURATION:PT1H",
        "RRULE:FREQ=WEEKLY;COUNT=2",
        starts="",
        ends="",
    )

    assert told(ics(*own, *weekly)) == [
        ("03-25 09:00", "03-25 10:00", "培训"),
        ("04-01 08:00", "04-01 09:00", "培训"),  # summer there
    ]
    assert reasons(ics(*weekly)) == ["zone"]


def test_whole_days_end_with_the_midnight_after():
    (one,) = read(ics(*event("DTSTART;VALUE=DATE:20270310", starts="", ends="")), now=NOW).periods

    assert (one.starts, one.ends) == (datetime(2027, 3, 9, 16, tzinfo=UTC), datetime(2027, 3, 10, 16, tzinfo=UTC))
    assert one.all_day


def test_single_days_are_added_left_out_moved_and_called_off():
    weekly = event(
        "RRULE:FREQ=WEEKLY;COUNT=4",
        "RDATE:20270312T090000,20270313T090000/PT30M",
        "EXDATE;VALUE=DATE:20270317",
        uid="w",
    )
    moved = event(
        "RECURRENCE-ID:20270324T010000Z", uid="w", summary="换", starts="20270325T140000", ends="20270325T150000"
    )
    off = event(
        "RECURRENCE-ID:20270331T090000", "STATUS:CANCELLED", uid="w", starts="20270331T090000", ends="20270331T110000"
    )

    assert told(ics(*weekly, *moved, *off)) == [
        ("03-10 09:00", "03-10 11:00", "培训"),
        ("03-12 09:00", "03-12 11:00", "培训"),
        ("03-13 09:00", "03-13 09:30", "培训"),
        ("03-25 14:00", "03-25 15:00", "换"),
    ]


def test_a_file_that_cancels_names_its_events_and_brings_none():
    reading_ = read(ics(*event(uid="gone"), head=["METHOD:CANCEL"]), now=NOW)

    assert (reading_.periods, reading_.uids, reading_.cancelled) == ((), frozenset({"gone"}), 1)


def test_of_two_events_with_one_uid_the_newer_counts():
    old, new = event("SEQUENCE:1", summary="旧"), event("SEQUENCE:2", summary="新")

    for order in ((old, new), (new, old)):
        assert [line[2] for line in told(ics(*order[0], *order[1]))] == ["新"]
        assert reasons(ics(*order[0], *order[1])) == ["twice"]


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (["RRULE:FREQ=SECONDLY"], "too_often"),
        (["RRULE:FREQ=MINUTELY;COUNT=3"], "too_often"),
        (["RRULE:FREQ=HOURLY"], "too_often"),
        (["RRULE:RSCALE=CHINESE;FREQ=YEARLY"], "rscale"),
        (["RRULE:FREQ=YEARLY;SKIP=BACKWARD"], "rscale"),
        (["RRULE:FREQ=DAILY;BYHOUR=8,9,10"], "hours"),
        (["RRULE:FREQ=DAILY;BYMINUTE=0,1,2"], "hours"),
        (["RRULE:FREQ=DAILY;BYSECOND=7"], "hours"),
        (["RRULE:FREQ=DAILY;INTERVAL=0"], "rule"),
        (["RRULE:FREQ=DAILY;COUNT=-1"], "rule"),
        (["RRULE:FREQ=WEEKLY;BYDAY=2MO"], "rule"),
        (["RRULE:FREQ=YEARLY;BYWEEKNO=20"], "rule"),
        (["RRULE:D1 #0"], "rule"),
        (["RRULE:FREQ=DAILY", "RRULE:FREQ=WEEKLY"], "rule"),
        (["RRULE:FREQ=DAILY;UNTIL=soon"], "times"),
        (["RECURRENCE-ID;RANGE=THISANDFUTURE:20270310T090000"], "range"),
        (["EXDATE:" + ",".join(["20270310T090000"] * 5000)], "times"),  # cut, for a line so long is none
    ],
)
def test_an_event_that_repeats_as_we_do_not_take_is_refused_with_its_reason(lines, reason):
    content = ics(*event(*lines), *event(uid="other"))

    assert reasons(content) == [reason]
    assert len(told(content)) == 1


@pytest.mark.parametrize(
    ("starts", "ends", "reason"),
    [
        ("", "20270310T090000", "times"),
        ("20270310T090000", "", "no_end"),
        ("20270310T090000", "20270310T090000", "no_end"),
        ("20270310T090000", "20270310T080000", "disorder"),
        ("20270310T090000", "20290310T080000", "too_long"),
        ("20270310T090000", "99991231T235959Z", "times"),
        ("20271310T090000", "20270310T090000", "times"),
        ("20270310T090000", "20270311", "times"),
        ("00010101T000000", "00010101T010000", "times"),
    ],
)
def test_an_event_without_a_time_that_can_be_is_refused_with_its_reason(starts, ends, reason):
    assert reasons(ics(*event(starts=starts, ends=ends))) == [reason]


def test_what_is_wrong_is_told_with_its_line_and_its_title():
    (fault,) = read(ics(*event("RRULE:FREQ=HOURLY", summary="每小时巡查")), now=NOW).faults

    assert (fault.line, fault.title) == (4, "每小时巡查")


def test_an_event_cut_off_by_a_broken_download_is_not_taken_in():
    content = ics(*event(), *event(uid="two"))
    torn = content[: content.index(b"UID:two") + 40]

    assert (len(told(torn)), reasons(torn)) == (1, ["cut"])


@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_lines_end_as_they_like_fold_anywhere_and_may_begin_with_a_mark(end):
    folded = ics(*event(summary="焊工" * 40), end=end).decode()
    at = folded.index("焊工焊工") + 5
    folded = folded[:at] + end + " " + folded[at : at + 20] + end + "\t" + folded[at + 20 :]

    assert told(b"\xef\xbb\xbf" + folded.encode())[0][2] == "焊工" * 40


@pytest.mark.parametrize("encoding", ["gbk", "utf-16", "utf-8-sig"])
def test_an_older_chinese_program_is_understood_too(encoding):
    content = ics(*event(summary="赶集招聘会占用广场")).decode().encode(encoding)

    assert told(content) == [("03-10 09:00", "03-10 11:00", "赶集招聘会占用广场")]


def test_a_title_is_one_line_of_bounded_length_without_what_nobody_sees():
    titles = told(ics(*event(summary="a\\nb\\, c\x07\u202e\u2028d" + "长" * 3000)))[0][2]

    assert titles == ("a b, c d" + "长" * 3000)[:120]
    assert told(ics(*event(summary="\x00 ")))[0][2] == "（没写标题）"
