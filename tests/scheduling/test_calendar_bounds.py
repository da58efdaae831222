"""Calendar files that mean ill: whatever they say, little is done, little comes out, and nothing but a refusal."""

from datetime import date, datetime, timedelta

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from scheduling.busy import reading
from scheduling.busy.reading import read
from scheduling.busy.rules import Steps, Unfit, rule
from scheduling.refusals import (
    CalendarEmpty,
    CalendarHasNoEvents,
    CalendarIsPacked,
    CalendarIsPage,
    CalendarTooFull,
    CalendarTooLarge,
    CalendarTooLong,
    NotACalendar,
    Refusal,
)
from tests.scheduling.calendar_files import APPLE, NOW, OUTLOOK, event, ics

WEEKDAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
AGES_AGO = {"starts": "00010101T090000", "ends": "00010101T100000"}


def reasons(content):
    return [fault.reason for fault in read(content, now=NOW).faults]


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"", CalendarEmpty),
        (b" \r\n\x00", CalendarEmpty),
        (b"x" * (1024 * 1024 + 1), CalendarTooLarge),
        (b"PK\x03\x04" + b"\0" * 40, CalendarIsPacked),
        (b"<!DOCTYPE html><html>", CalendarIsPage),
        (b"\xef\xbb\xbf\r\n<html>BEGIN:VCALENDAR", CalendarIsPage),
        (b"name,phone\r\n", NotACalendar),
        (bytes(range(256)), NotACalendar),
        (ics(*["BEGIN:X"] * 50_000, *["END:Y"] * 50_000), NotACalendar),
        (ics(), CalendarHasNoEvents),
        (ics("BEGIN:VTODO", "UID:t", "SUMMARY:x", "END:VTODO"), CalendarHasNoEvents),
        (ics("BEGIN:VEVENT", "END:VEVENT") * 2001, CalendarTooLong),
    ],
)
def test_what_is_no_calendar_or_too_much_of_one_is_refused_whole(content, refusal):
    with pytest.raises(refusal):
        read(content, now=NOW)


def test_exactly_as_many_events_as_may_be_are_read():
    lines = [line for number in range(2000) for line in event(uid=f"e{number}")]

    assert len(read(ics(*lines), now=NOW).periods) == 2000


def test_rules_that_never_end_cost_only_the_days_of_the_window():
    for text in (
        "FREQ=DAILY",
        "FREQ=DAILY;COUNT=1000000000",
        "FREQ=DAILY;UNTIL=99991231T235959Z",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=DAILY;INTERVAL=999999999999",
        "FREQ=MONTHLY;BYSETPOS=-1;BYDAY=MO,TU,WE,TH,FR",
        "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    ):
        steps = Steps(reading.MOST_STEPS)
        found = read(ics(*event(f"RRULE:{text}", **AGES_AGO)), now=NOW, steps=steps)

        assert len(found.periods) <= 432
        assert reading.MOST_STEPS - steps.left <= 1_300, text


def test_a_count_is_not_counted_from_time_immemorial():
    assert reasons(ics(*event("RRULE:FREQ=DAILY;COUNT=700000", **AGES_AGO))) == ["from_long_ago"]


def test_a_file_whose_rules_together_cost_too_much_is_refused_whole():
    lines = [
        line for number in range(2000) for line in event("RRULE:FREQ=YEARLY;BYMONTHDAY=30;BYMONTH=2", uid=f"e{number}")
    ]

    with pytest.raises(CalendarTooFull):
        read(ics(*lines), now=NOW)


def test_more_periods_than_may_be_and_more_single_days_are_refused():
    daily = [line for number in range(6) for line in event("RRULE:FREQ=DAILY", uid=f"e{number}")]
    days = ",".join(f"2027{4 + n // 28:02d}{1 + n % 28:02d}T{h:02d}0000" for n in range(50) for h in range(24))

    with pytest.raises(CalendarTooFull):
        read(ics(*daily), now=NOW)
    assert reasons(ics(*event(f"RDATE:{days}"))) == ["too_many"]


def test_a_zone_that_changes_by_the_second_hangs_nobody():
    own = ["BEGIN:VTIMEZONE", "TZID:Evil"]
    for number in range(2):
        own += ["BEGIN:STANDARD", "DTSTART:16010101T000000", f"TZOFFSETFROM:+0{number}00", f"TZOFFSETTO:+0{number}00"]
        own += ["RRULE:FREQ=SECONDLY", "END:STANDARD"]
    own += ["END:VTIMEZONE"]

    assert reasons(ics(*own, *event("DTSTART;TZID=Evil:20270310T090000", "DURATION:PT1H", starts="", ends=""))) == [
        "zone"
    ]


@st.composite
def rules(draw):
    """Rules that fall on some day: for one that never does, dateutil looks until the year 9999."""
    freq = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    some_nth = freq in {"MONTHLY", "YEARLY"} and draw(st.booleans())  # or none: dateutil takes MO,2TU for neither
    nth = st.sampled_from(["1", "2", "-1"]) if some_nth else st.just("")
    days = st.lists(st.tuples(nth, st.sampled_from(WEEKDAYS)).map("".join), min_size=1, max_size=3, unique=True)
    parts = [f"FREQ={freq}", f"INTERVAL={draw(st.integers(1, 4))}", f"WKST={draw(st.sampled_from(['MO', 'SU']))}"]
    if draw(st.booleans()):
        parts.append("BYDAY=" + ",".join(draw(days)))
    if freq != "WEEKLY" and "BYDAY" not in parts[-1] and draw(st.booleans()):
        parts.append(
            "BYMONTHDAY=" + ",".join(map(str, draw(st.sets(st.sampled_from([-2, -1, 1, 15, 28]), min_size=1))))
        )
    if draw(st.booleans()):
        parts.append("BYMONTH=" + ",".join(map(str, draw(st.sets(st.integers(1, 12), min_size=1, max_size=4)))))
    if freq != "WEEKLY" and len(parts) > 3 and draw(st.booleans()):
        parts.append(f"BYSETPOS={draw(st.sampled_from([1, -1]))}")
    return ";".join(parts)


@settings(deadline=None, max_examples=150)
@given(rules(), st.dates(date(2024, 1, 1), date(2027, 3, 1)))
def test_every_rule_falls_on_the_days_dateutil_says(text, start):
    first, last = date(2026, 6, 1), date(2027, 12, 31)
    theirs = rrulestr(f"{text};UNTIL=20271231", dtstart=datetime.combine(start, datetime.min.time()))

    ours = set(rule(text).days(start, first, last, Steps(10_000)))

    assert ours - {start} == {day.date() for day in theirs if first <= day.date()} - {start}


LINES = st.lists(
    st.sampled_from(
        [
            *event(), *event("RRULE:FREQ=DAILY"), *OUTLOOK.decode().split("\r\n"), *APPLE.decode().split("\r\n"),
            "RRULE:FREQ=WEEKLY;BYDAY=MO,XX", "DTSTART;TZID=:x", "DTEND;VALUE=PERIOD:1/2", "DURATION:-P1W", "SUMMARY;:",
            "RDATE;TZID=Mars/Base:20270310T000000", "EXDATE:,", "BEGIN:", "END:VCALENDAR", "RRULE:", " folded", "\x00",
            "DTSTART:20270330T023000", "DTEND:99991231", "DTSTART;VALUE=DATE:00010101", "DURATION:P99999D",
            "RECURRENCE-ID;VALUE=DATE:20270310", "UID:one@example.org", "DTEND;TZID=Europe/Berlin:20270328T030000",
        ]
    ),
    max_size=60,
)  # fmt: skip


@settings(deadline=None)
@given(LINES, st.data())
def test_no_file_raises_anything_but_a_refusal_or_brings_more_than_may_be(lines, data):
    content = ics(*lines)
    if data.draw(st.booleans()):
        at = data.draw(st.integers(0, len(content)))
        content = content[:at] + data.draw(st.binary(max_size=30)) + content[at + data.draw(st.integers(0, 30)) :]

    try:
        found = read(content, now=NOW)
    except Refusal:
        return

    assert len(found.periods) <= reading.MOST_PERIODS
    assert len({(one.uid, one.occurrence) for one in found.periods}) == len(found.periods)
    for one in found.periods:
        assert one.starts < one.ends
        assert one.starts.utcoffset() == one.ends.utcoffset() == timedelta(0)
        assert one.starts < found.last and one.ends > found.first  # noqa: PT018  within the window
        assert one.title.isprintable() and len(one.title) <= 120  # noqa: PT018
    assert {fault.reason for fault in found.faults} <= set(reading.REASONS)


def test_what_a_rule_may_not_be_has_a_reason_that_is_listed():
    with pytest.raises(Unfit) as refused:
        rule("FREQ=HOURLY")

    assert refused.value.reason in reading.REASONS
