"""What somebody has of her own at a time she asks about: seen before she books once more, and never a refusal."""

from datetime import timedelta

import pytest

from scheduling import booths, diaries, enrolments, livestreams, reservations
from scheduling.models import ClassCallingOff, FairCallingOff, LiveSlot
from tests.factories import (
    COUNTY,
    NOW,
    BoothFactory,
    ClassFactory,
    EnterpriseFactory,
    FairFactory,
    SessionFactory,
    approve,
)
from tests.scheduling.test_enrolments import sign_up

AT = NOW + timedelta(days=2)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)
HER = {"name": "王秀兰", "phone": "13600000001"}


def reserved(session, *, who=HER, **fair):
    return reservations.reserve(session, FairFactory(**{"starts_at": AT, **fair}), **who, by=None, now=NOW)


def seat(session, training_class, n=1, **other):
    return sign_up(session, training_class, n, **{**HER, **other})


def hers(session, *periods, but=None, now=NOW, **who):
    session.flush()
    other = but or FairFactory()
    asked = periods or ((AT, AT + 3 * HOUR),)
    return diaries.own.of_jobseeker(session, COUNTY, asked, **{**HER, **who}, but=other.id, now=now)


def firms(session, firm, *periods, but=None):
    session.flush()
    asked = periods or ((AT, AT + 3 * HOUR),)
    return diaries.own.of_firm(session, firm, asked, but=(but or FairFactory()).id, now=NOW)


def told(found):
    return [(each.kind, each.what) for each in found]


@pytest.mark.parametrize(
    ("starts", "ends", "meets"),
    [
        (AT - HOUR, AT, False),  # where one ends, the next may begin
        (AT - HOUR, AT + MINUTE, True),
        (AT + HOUR, AT + 2 * HOUR, True),
        (AT - HOUR, AT + 9 * HOUR, True),
        (AT + 3 * HOUR - MINUTE, AT + 4 * HOUR, True),
        (AT + 3 * HOUR, AT + 4 * HOUR, False),
    ],
)
def test_a_fair_she_reserved_is_seen_when_it_overlaps_and_not_when_it_only_touches(session, starts, ends, meets):
    mine = reserved(session, title="零工早市", slug="gigs")

    found = hers(session, (starts, ends))

    assert [(each.id_, each.what, each.slug, each.starts_at, each.ends_at) for each in found] == (
        [(mine.id, "零工早市", "gigs", AT, AT + 3 * HOUR)] if meets else []
    )


def test_what_is_cancelled_called_off_over_or_the_same_fair_is_no_hindrance(session):
    reservations.cancel(session, reserved(session), by=None, now=NOW)
    off = reserved(session)
    session.add(FairCallingOff(fair_id=off.fair_id, reason="大雨", at=NOW))
    same = reserved(session)
    reserved(session, starts_at=NOW - HOUR)

    assert hers(session, (NOW - 2 * HOUR, AT + HOUR), but=same.fair, now=NOW + 2 * HOUR) == []


def test_a_family_shares_a_phone_and_each_has_her_own_hours(session):
    reserved(session, who={"name": "李春生", "phone": HER["phone"]})

    assert hers(session) == []
    assert len(hers(session, name="李春生")) == 1


def test_a_class_is_one_thing_with_its_first_lesson_that_overlaps_and_how_many_more_do(session):
    row = ClassFactory(title="焊工班", slug="welding")
    for day in range(4):
        SessionFactory(training_class=row, number=day + 1, starts_at=AT + timedelta(days=day))
    seat(session, row)

    [one] = hers(session, *((AT + timedelta(days=day), AT + timedelta(days=day, hours=2)) for day in (1, 2, 3, 5)))

    assert (one.kind, one.what, one.slug, one.more, one.waits) == ("enrolment", "焊工班", "welding", 2, False)
    assert one.starts_at == AT + timedelta(days=1)


def test_between_her_lessons_she_is_free(session):
    row = ClassFactory()
    for day in (0, 2):
        SessionFactory(training_class=row, number=day + 1, starts_at=AT + timedelta(days=day))
    seat(session, row)
    tomorrow = AT + timedelta(days=1)

    assert hers(session, (tomorrow, tomorrow + HOUR)) == []
    assert hers(session, (tomorrow, tomorrow + HOUR), (AT - HOUR, AT)) == []


def test_who_waits_for_a_seat_may_get_it_and_is_told_that_she_waits(session):
    row = ClassFactory(seats=1)
    SessionFactory(training_class=row, starts_at=AT)
    seat(session, row, 2, name="李四", phone="13600000002")
    seat(session, row)

    assert [each.waits for each in hers(session)] == [True]


def test_cancelled_lessons_classes_called_off_and_enrolments_given_up_do_not_count(session):
    cancelled, off, left = (ClassFactory() for _ in range(3))
    lessons = [SessionFactory(training_class=row, starts_at=AT) for row in (cancelled, off, left)]
    seats = [seat(session, row, n, phone=f"1360000000{n}") for n, row in enumerate((cancelled, off, left))]
    standing = [len(hers(session, phone=f"1360000000{n}")) for n in range(3)]
    lessons[0].cancelled_at = NOW
    session.add(ClassCallingOff(class_id=off.id, reason="人数不够", at=NOW))
    enrolments.cancel(session, seats[2], by=None, now=NOW)

    assert standing == [1, 1, 1]
    assert [hers(session, phone=f"1360000000{n}") for n in range(3)] == [[], [], []]


def test_of_rotating_parties_only_her_own_takes_her_time(session):
    row = ClassFactory()
    for party in (1, 2):
        SessionFactory(training_class=row, number=party, party=party, starts_at=AT + (party - 1) * 4 * HOUR)
    seat(session, row)  # the first in the line is of the first party

    assert len(hers(session, (AT, AT + HOUR))) == 1
    assert hers(session, (AT + 4 * HOUR, AT + 5 * HOUR)) == []


def test_who_signed_her_up_is_known_so_that_he_may_see_it(session):
    helped = {"relation": "child", "agent_name": "王小明", "agent_phone": "13700000001", "consent": True}
    reserved(session, who={**HER, **helped})

    assert [each.agent_phone for each in hers(session)] == ["13700000001"]


def test_it_takes_two_questions_however_much_she_has(session, queries):
    for n in range(3):
        reserved(session)
        row = ClassFactory()
        SessionFactory(training_class=row, starts_at=AT)
        seat(session, row, n)
    session.flush()
    session.expire_all()
    but = FairFactory().id

    with queries() as asked:
        found = diaries.own.of_jobseeker(session, COUNTY, [(AT, AT + HOUR)], **HER, but=but, now=NOW)

    assert (len(found), len(asked)) == (6, 2)


# Enterprises


def booked(session, firm, **fair):
    return booths.book(session, BoothFactory(fair=FairFactory(**{"starts_at": AT, **fair})), firm, by=None, now=NOW)


def on_air(session, firm, **fair):
    show = FairFactory(**{"starts_at": AT, "kind": "livestream", **fair})
    livestreams.want(session, show, firm, speaker="钱经理", by=None, now=NOW)
    return show


def test_a_booth_elsewhere_and_air_time_asked_for_are_seen(session):
    firm, other = approve(EnterpriseFactory()), approve(EnterpriseFactory())
    booked(session, firm, title="零工早市")
    on_air(session, firm, title="直播带岗", starts_at=AT + HOUR)
    booked(session, other)

    assert told(firms(session, firm)) == [("booking", "零工早市"), ("air_time", "直播带岗")]


def test_a_slot_takes_its_minutes_and_a_wish_the_hours_its_speaker_can(session):
    firm = approve(EnterpriseFactory())
    show = on_air(session, firm)
    [wish] = firms(session, firm, (AT + 2 * HOUR, AT + 3 * HOUR))
    livestreams.want(session, show, firm, speaker="钱经理", free_until=AT + HOUR, by=None, now=NOW)
    early = firms(session, firm, (AT + 2 * HOUR, AT + 3 * HOUR))
    slot = {"key": "a", "position": 1, "kind": "company", "title": "穗香", "starts_at": AT + 2 * HOUR, "minutes": 12}
    session.add(LiveSlot(fair_id=show.id, enterprise_id=firm.id, **slot))

    assert (wish.kind, wish.starts_at, wish.ends_at, early) == ("air_time", AT, AT + 3 * HOUR, [])
    assert told(firms(session, firm, (AT + 2 * HOUR + 11 * MINUTE, AT + 3 * HOUR))) == [("on_air", show.title)]
    assert firms(session, firm, (AT + 2 * HOUR + 12 * MINUTE, AT + 3 * HOUR)) == []
    assert firms(session, firm, but=show) == []


def test_what_an_enterprise_gave_back_or_was_called_off_is_no_hindrance(session):
    firm = approve(EnterpriseFactory())
    booths.cancel(session, booked(session, firm), by=None, now=NOW)
    show = on_air(session, firm)
    livestreams.withdraw(session, show, firm, by=None, now=NOW)
    off = on_air(session, firm)
    session.add(FairCallingOff(fair_id=off.id, reason="大雨", at=NOW))

    assert firms(session, firm) == []
