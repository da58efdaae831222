import logging
from datetime import timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import text

from portal.database import db
from scheduling import courses, feeds, reservations, tickets
from scheduling.models import CalendarLink, Enrolment, FairDuty, StaffMember, Teacher, TrainingRoom
from tests.factories import (
    COUNTY,
    NOW,
    AccountFactory,
    ClassFactory,
    FairFactory,
    SchoolFactory,
    SessionFactory,
    TownshipFactory,
)

PERSON = {"name": "赵明田", "phone": "16000000001"}
FACTS = {"by": None, "now": NOW}


@pytest.fixture
def fair(session):
    fair = FairFactory(title="柳河镇赶集招聘", township=TownshipFactory(name="柳河镇"))
    session.flush()
    return fair


@pytest.fixture
def linked(session, keys):
    """Make a link to the calendar of a row, and give its address: `linked(row)`."""

    def link(row, key: str = "k") -> str:
        token = feeds.links.token(f"{key} {row.id}", keys)
        feeds.links.make(session, COUNTY, row, token, label="手机", **FACTS)
        return f"/feeds/p/{token}.ics"

    return link


def reserve(session, fair, **more):
    return reservations.reserve(session, fair, **PERSON, **FACTS, **more)


def events(page) -> list:
    assert page.status_code == 200
    return Calendar.from_ical(page.data).walk("VEVENT")


def titles(page) -> list[str]:
    return [str(event["summary"]) for event in events(page)]


def test_the_holder_of_a_ticket_has_a_calendar_without_an_account(session, phone, fair, linked):
    FairFactory(title="别的一场")
    mine = linked(tickets.standing(session, reserve(session, fair)))

    page = phone.get(mine)

    assert titles(page) == ["柳河镇赶集招聘"]
    assert page.headers["Cache-Control"] == "private, max-age=300"
    assert page.headers["X-Robots-Tag"] == "noindex"
    assert [alarm["trigger"].dt for alarm in events(page)[0].walk("VALARM")] == [timedelta(days=-1)]
    assert events(phone.get(f"{mine}?alarm=0"))[0].walk("VALARM") == []
    assert PERSON["name"] not in page.text
    assert PERSON["phone"] not in page.text
    again = phone.get(mine, headers={"If-None-Match": page.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_what_she_cancels_is_told_as_cancelled_and_what_she_takes_up_again_as_held(session, phone, fair, linked):
    account = AccountFactory(phone=PERSON["phone"])
    session.flush()
    mine = linked(account)
    first = reserve(session, fair)
    told = [events(phone.get(mine))[0]]
    reservations.cancel(session, session.merge(first), by=None, now=NOW + timedelta(minutes=1))
    told += events(phone.get(mine))
    reserve(session, session.merge(fair))
    told += events(phone.get(mine))

    assert [str(event["status"]) for event in told] == ["CONFIRMED", "CANCELLED", "CONFIRMED"]
    assert [event["sequence"] for event in told] == [0, 1, 2]
    assert {str(event["uid"]) for event in told} == {fair.uid}
    assert str(told[1]["summary"]) == "【已取消】柳河镇赶集招聘"
    assert told[1].walk("VALARM") == []


def test_a_ticket_given_anew_takes_the_calendar_of_the_old_one_away(session, phone, fair, linked):
    reservation = reserve(session, fair)
    mine = linked(tickets.standing(session, reservation))
    assert phone.get(mine).status_code == 200

    tickets.reissue(session, session.merge(reservation), **FACTS)

    assert phone.get(mine).status_code == 404


def test_a_trainee_sees_the_lessons_of_her_own_party_once_she_has_a_seat(session, phone, linked):
    held = ClassFactory(title="焊工班")
    for number, party in ((1, 0), (2, 1), (3, 2)):
        SessionFactory(training_class=held, number=number, party=party, starts_at=NOW + timedelta(days=number))
    account = AccountFactory(phone=PERSON["phone"])
    session.flush()
    from tests.factories import JobseekerFactory

    person = JobseekerFactory(**PERSON)
    session.flush()
    seat = Enrolment(
        class_id=held.id,
        jobseeker_id=person.id,
        place=2,
        id_sealed=b"",
        id_blind="x",
        id_last4="1234",
        education="junior",
        committed_at=NOW,
        enrolled_at=NOW,
    )
    session.add(seat)
    mine = linked(account)
    assert titles(phone.get(mine)) == []

    session.merge(seat).confirmed_at = NOW
    session.commit()

    assert [title.split()[1] for title in titles(phone.get(mine))] == ["第1次课", "第3次课"]


def test_teachers_rooms_and_staff_see_what_they_are_in(session, phone, fair, linked):
    school = SchoolFactory()
    held = ClassFactory(title="焊工班", school=school)
    SessionFactory(training_class=held, number=1, teacher="陈 师傅", room="2号车间")
    SessionFactory(training_class=held, number=2, teacher="别人", room="1号教室", starts_at=NOW + timedelta(days=9))
    SessionFactory(training_class=ClassFactory(title="别校"), number=1, teacher="陈师傅", room="2号车间")
    session.flush()
    teacher = Teacher(school_id=school.id, name="陈师傅")
    room = TrainingRoom(school_id=school.id, name="1号教室", seats=30)
    session.add_all([teacher, room])
    session.flush()

    assert [title.split()[1] for title in titles(phone.get(linked(teacher)))] == ["第1次课"]
    assert [title.split()[1] for title in titles(phone.get(linked(room)))] == ["第2次课"]
    member = StaffMember(county=COUNTY, name="周专员", added_at=NOW)
    session.add(member)
    session.flush()
    assert titles(phone.get(linked(member))) == []
    assert not session.query(FairDuty).count()


def test_revoked_unknown_and_wrong_links_answer_the_same_bytes(session, phone, fair, linked):
    mine = linked(tickets.standing(session, reserve(session, fair)))
    [link] = session.query(CalendarLink)
    feeds.links.revoke(session, link, **FACTS)

    stands = linked(tickets.standing(session, reserve(session, FairFactory())), "another")
    wrong = (mine.upper().replace("/FEEDS/P/", "").replace(".ICS", ""), "a" * 26, "x", "早", "a" * 9000)
    odd = ("%ff%fe", "%ed%a0%80", "%0d%0aX:1", "..", "a.ics", "' OR 1=1--", stands.removeprefix("/feeds/p/"))
    answers = [phone.get(each) for each in (mine, *(f"/feeds/p/{token}.ics" for token in (*wrong, *odd)))]

    assert phone.get(stands).status_code == 200
    assert {page.status_code for page in answers} == {404}
    assert len({page.data for page in answers}) == 1
    assert len({str(sorted(page.headers.items())) for page in answers}) == 1


def test_a_link_ends_with_the_account_that_made_it(session, phone, fair, linked, clerk, keys):
    token = feeds.links.token("k", keys)
    feeds.links.make(
        session, COUNTY, tickets.standing(session, reserve(session, fair)), token, label="", by=clerk, now=NOW
    )
    assert phone.get(f"/feeds/p/{token}.ics").status_code == 200

    session.merge(clerk).closed_at = NOW
    session.commit()

    assert phone.get(f"/feeds/p/{token}.ics").status_code == 404


def test_no_token_is_kept_or_logged_even_on_a_bad_day(app, session, phone, fair, linked, caplog):
    mine = linked(tickets.standing(session, reserve(session, fair)))
    token = mine.removeprefix("/feeds/p/").removesuffix(".ics")
    session.commit()
    assert token not in str(session.execute(text("SELECT * FROM calendar_links")).all())
    assert token not in str(session.execute(text("SELECT * FROM deeds")).all())
    session.commit()
    with db.engine.begin() as connection:
        connection.execute(text("ALTER TABLE fair_moves RENAME TO away"))

    try:
        with caplog.at_level(logging.DEBUG):
            page = phone.get(mine)
            app.logger.error("Exception on %s [GET]", mine)
    finally:
        with db.engine.begin() as connection:
            connection.execute(text("ALTER TABLE away RENAME TO fair_moves"))

    assert (page.status_code, page.headers["Retry-After"]) == (503, "120")
    assert "a private feed could not be made" in caplog.text
    assert "Exception on /feeds/p/… [GET]" in caplog.text
    assert token not in caplog.text


def test_the_same_form_makes_one_link_and_a_family_has_ten(session, fair, keys):
    ticket = tickets.standing(session, reserve(session, fair))
    made = [
        feeds.links.make(session, COUNTY, ticket, feeds.links.token(key, keys), label=" 我的  手机 ", **FACTS)
        for key in "aabcdefghij"
    ]

    assert made[0].id == made[1].id
    assert made[0].label == "我的 手机"
    assert len(feeds.links.standing(session, COUNTY, [ticket])) == feeds.links.MOST
    from scheduling.refusals import CalendarLinksFull

    with pytest.raises(CalendarLinksFull):
        feeds.links.make(session, COUNTY, ticket, feeds.links.token("k", keys), label="", **FACTS)


def test_a_lesson_moved_or_dropped_is_heard_of(session, phone, linked):
    school = SchoolFactory()
    held = ClassFactory(school=school, enrol_until=NOW + timedelta(days=20))
    SessionFactory(training_class=held, number=1, teacher="陈师傅", starts_at=NOW + timedelta(days=21))
    session.flush()
    teacher = Teacher(school_id=school.id, name="陈师傅")
    session.add(teacher)
    session.flush()
    mine = linked(teacher)
    [before] = events(phone.get(mine))

    block = courses.session_of(session, session.merge(held), 1)
    courses.cancel_session(session, block, **FACTS)

    [after] = events(phone.get(mine))
    assert (str(after["status"]), after["sequence"] > before["sequence"]) == ("CANCELLED", True)
