from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from scheduling import enrolments, reservations, tickets
from scheduling.models import Deed, Enrolment, EnrolmentOverride, Scan
from tests.factories import COUNTY, NOW, ClassFactory, CourseFactory, FairFactory, SessionFactory, id_number
from tests.scheduling.test_eligibility import going_by
from tests.scheduling.test_enrolments import sign_up

WALK_IN = {
    "name": "赵明田",
    "phone": "13600000001",
    "id_number": id_number(1),
    "education": "junior",
    "category": "rural",
    "relation": "self",
    "commitment": "y",
}


def test_a_clerk_signs_up_somebody_at_the_window_even_after_closing(desk, session, clerk):
    row = ClassFactory(enrol_until=NOW - timedelta(days=1))

    answers = [desk.post(f"/desk/classes/{row.slug}/enrolments/new", data=WALK_IN) for _ in range(2)]

    assert [page.status_code for page in answers] == [303, 303]
    assert session.scalars(select(Enrolment)).one().state == "confirmed"
    assert session.scalars(select(Deed.by_id).where(Deed.what == "enrolment.made")).one() == clerk.id


def test_what_is_refused_at_the_window_is_explained_beside_its_field(desk):
    row = ClassFactory()

    page = desk.post(f"/desk/classes/{row.slug}/enrolments/new", data={**WALK_IN, "id_number": "123", "commitment": ""})

    assert page.status_code == 422
    assert "身份证号不对" in page.text
    assert 'value="赵明田"' in page.text


def test_a_phone_typed_beside_the_township_is_refused_at_the_window_too(desk, session):
    row = ClassFactory()

    page = desk.post(f"/desk/classes/{row.slug}/enrolments/new", data={**WALK_IN, "household": "柳河镇13612349991"})

    assert (page.status_code, "户籍只写到乡镇" in page.text) == (422, True)
    assert 'value="柳河镇13612349991"' in page.text
    assert session.scalars(select(Enrolment)).all() == []


def test_a_relative_at_the_window_needs_consent(desk, session):
    row = ClassFactory()

    page = desk.post(f"/desk/classes/{row.slug}/enrolments/new", data={**WALK_IN, "relation": "child"})

    assert (page.status_code, "已征得本人同意" in page.text) == (422, True)
    assert session.scalars(select(Enrolment)).all() == []


def test_the_list_shows_states_in_order_and_only_the_last_four_of_an_id_number(desk, session):
    row = ClassFactory(seats=1)
    first, second, third = (sign_up(session, row, n) for n in (1, 2, 3))
    enrolments.cancel(session, third, by=None, now=NOW)

    page = desk.get(f"/desk/classes/{row.slug}/enrolments")

    assert [f"{words}（1）" in page.text for words in ("已录", "候补，按递补顺序", "已取消")] == [True] * 3
    assert (f"尾号{first.id_last4}" in page.text, id_number(1) in page.text) == (True, False)
    assert page.text.index("赵明1") < page.text.index("赵明2") < page.text.index("赵明3")
    assert second.state == "waitlisted"


def test_cancelling_at_the_desk_moves_up_the_next(desk, session):
    row = ClassFactory(seats=1)
    first, second = (sign_up(session, row, n) for n in (1, 2))

    page = desk.post(f"/desk/classes/{row.slug}/enrolments/{first.id}/cancellation")

    assert (page.status_code, first.state, second.state) == (303, "cancelled", "confirmed")


def test_a_full_id_number_is_told_for_a_reason_and_recorded(desk, session, clerk):
    row = ClassFactory()
    one = sign_up(session, row)
    address = f"/desk/classes/{row.slug}/enrolments/{one.id}"

    before, without, told = desk.get(address), desk.post(address, data={}), desk.post(address, data={"reason": "exam"})

    assert [id_number(1) in page.text for page in (before, without, told)] == [False, False, True]
    assert (without.status_code, told.headers["Cache-Control"]) == (422, "no-store")
    deed = session.scalars(select(Deed).where(Deed.what == "enrolment.id_revealed")).one()
    assert (deed.by_id, deed.facts) == (clerk.id, {"reason": "exam"})


def test_an_enrolment_of_another_class_is_not_found(desk, session):
    one, other = sign_up(session, ClassFactory()), ClassFactory()

    assert desk.get(f"/desk/classes/{other.slug}/enrolments/{one.id}").status_code == 404
    assert desk.post(f"/desk/classes/{other.slug}/enrolments/{one.id}/cancellation").status_code == 404


def attended(session, row, one, at) -> None:
    """`one` was scanned at session `at`, half an hour after it began."""
    ticket, then = tickets.standing(session, one), at.starts_at + timedelta(minutes=30)
    words = {"county": COUNTY, "body_hash": "", "read": ticket.code, "way": "typed"}
    session.add(
        Scan(id=f"scan-{one.id}", session_id=at.id, ticket_id=ticket.id, scanned_at=then, received_at=NOW, **words)
    )
    session.flush()


def test_the_roster_says_who_was_there_and_who_was_not(desk, session):
    row = ClassFactory()
    past = SessionFactory(training_class=row, number=1, starts_at=NOW - timedelta(hours=4))
    SessionFactory(training_class=row, number=2, starts_at=NOW + timedelta(days=1))
    came, missed = (sign_up(session, row, n, now=NOW - timedelta(days=9)) for n in (1, 2))
    attended(session, row, came, past)

    page = desk.get(f"/desk/classes/{row.slug}/roster")

    assert ["4/96" in page.text, "0/96" in page.text, "到1/2" in page.text] == [True] * 3
    assert [page.text.count(f'class="sign sign-{kind}"') for kind in ("late", "absent", "none")] == [1, 1, 2]
    assert missed.id_last4 not in page.text


# Rules let pass, offers answered, transfers


def test_a_clerk_sees_every_reason_and_lets_them_pass_with_one_of_her_own(desk, session):
    other, row = ClassFactory(), ClassFactory()
    sign_up(session, other, name="赵明田", phone="13600000001")
    address = f"/desk/classes/{row.slug}/enrolments/new"
    typed = {**WALK_IN, "education": "primary"}

    refused = desk.post(address, data=typed)
    unexplained = desk.post(address, data={**typed, "rules": ["education", "once_a_year"]})
    passed = desk.post(address, data={**typed, "rules": ["education", "once_a_year"], "why": "毕业证在补办"})

    assert (refused.status_code, unexplained.status_code, passed.status_code) == (422, 422, 303)
    assert ["不合2条规则" in refused.text, "学历不够" in refused.text, "一年内报班次数" in refused.text] == [True] * 3
    kept = session.scalars(select(EnrolmentOverride).order_by(EnrolmentOverride.rule)).all()
    assert [(each.rule, each.reason) for each in kept] == [
        ("education", "毕业证在补办"),
        ("once_a_year", "毕业证在补办"),
    ]
    shown = desk.get(f"/desk/classes/{row.slug}/enrolments/{kept[0].enrolment_id}").text
    assert "放行：学历不够。毕业证在补办" in shown


def test_a_clerk_answers_an_offer_for_who_rang_up(desk, session, offered):
    row, second = offered
    address = f"/desk/classes/{row.slug}/enrolments/{second.id}"

    assert ["名额留到" in desk.get(f"/desk/classes/{row.slug}/enrolments/{second.id}").text] == [True]
    assert "等回复到" in desk.get(f"/desk/classes/{row.slug}/enrolments").text
    assert desk.post(f"{address}/answer", data={"coming": "no"}).status_code == 303

    assert session.get_one(Enrolment, second.id).cancelled_why == "declined"
    assert "不要名额" in desk.get(f"/desk/classes/{row.slug}/enrolments").text


def test_a_clerk_transfers_a_trainee_and_lands_at_the_new_enrolment(desk, session):
    before, to = ClassFactory(), ClassFactory(title="焊工二班")
    one = sign_up(session, before)
    address = f"/desk/classes/{before.slug}/enrolments/{one.id}/transfer"

    asked = desk.get(address)
    nothing = desk.post(address, data={})
    done = desk.post(address, data={"slug": to.slug})

    assert ("焊工二班，12月7日 周一开班，空30个名额" in asked.text, nothing.status_code) == (True, 422)
    row = session.scalars(select(Enrolment).where(Enrolment.class_id == to.id)).one()
    assert done.location == f"/desk/classes/{to.slug}/enrolments/{row.id}"
    assert "转到别的班" in desk.get(f"/desk/classes/{before.slug}/enrolments").text


def test_a_transfer_without_a_seat_is_refused_and_changes_nothing(desk, session):
    before, to = ClassFactory(), ClassFactory(title="焊工二班", seats=0)
    one = sign_up(session, before)

    page = desk.post(f"/desk/classes/{before.slug}/enrolments/{one.id}/transfer", data={"slug": to.slug})

    assert (page.status_code, "“焊工二班”没有空位" in page.text) == (409, True)
    assert session.scalars(select(Enrolment)).one().state == "confirmed"


@pytest.fixture
def offered(session):
    """A class of one seat that its second person was offered."""
    row = ClassFactory(seats=1, course=going_by(session, CourseFactory(), offer_hours=24))
    first, second = (sign_up(session, row, n) for n in (1, 2))
    enrolments.cancel(session, first, by=None, now=NOW)
    return row, second


def test_the_desk_sees_what_overlaps_before_it_signs_somebody_up_and_may_go_on(desk, session):
    row = ClassFactory()
    lesson = SessionFactory(training_class=row)
    fair = FairFactory(title="零工早市", starts_at=lesson.starts_at - timedelta(hours=1))
    reservations.reserve(session, fair, name="赵明田", phone="13600000001", by=None, now=NOW)
    new = f"/desk/classes/{row.slug}/enrolments/new"

    shown = desk.post(new, data=WALK_IN)
    done = desk.post(new, data={**WALK_IN, "knows": "y"})

    assert (shown.status_code, "零工早市" in shown.text, "时间撞了。" in shown.text) == (422, True, True)
    assert (done.status_code, len(session.scalars(select(Enrolment)).all())) == (303, 1)


def test_before_somebody_is_transferred_what_overlaps_the_new_class_is_seen(desk, session):
    old, new = ClassFactory(), ClassFactory(slug="new")
    hers = sign_up(session, old, 1, name="赵明田", phone="13600000001")
    for row in (old, new):  # the class she leaves is no hindrance
        SessionFactory(training_class=row, number=1, starts_at=NOW + timedelta(days=20))
    fair = FairFactory(title="零工早市", starts_at=NOW + timedelta(days=20))
    reservations.reserve(session, fair, name="赵明田", phone="13600000001", by=None, now=NOW)
    page = f"/desk/classes/{old.slug}/enrolments/{hers.id}/transfer"

    first = desk.get(page)
    shown = desk.post(page, data={"slug": "new"})
    done = desk.post(page, data={"slug": "new", "knows": "y"})

    assert "零工早市" not in first.text
    assert (shown.status_code, "零工早市" in shown.text, shown.text.count(old.title)) == (422, True, 1)
    assert done.status_code == 303
