from datetime import timedelta

import pytest
from sqlalchemy import select

from portal.commands import worker
from scheduling import enrolments, notices
from scheduling.models import Notice
from tests.factories import COUNTY, NOW, ClassFactory, CourseFactory
from tests.scheduling.test_eligibility import going_by
from tests.scheduling.test_enrolments import sign_up


def write(session, *phones: str) -> None:
    for phone in phones:
        notices.write(session, COUNTY, phone, "明天8:30", about="fairs/1", once=f"n/{phone}", now=NOW)
    session.commit()


def test_the_worker_sends_each_message_once(app, session):
    write(session, "13600000001", "13600000002")
    sent = []

    worker.work(app, lambda phone, _text: sent.append(phone))
    worker.work(app, lambda phone, _text: sent.append(phone))

    assert sorted(sent) == ["13600000001", "13600000002"]


def test_a_message_that_could_not_leave_is_tried_again_later(app, session):
    write(session, "13600000001")

    def broken(_phone: str, _text: str) -> None:
        raise OSError("no line")

    worker.work(app, broken)

    notice = session.scalars(select(Notice)).one()
    assert (notice.sent_at, notice.tries) == (None, 1)
    assert notice.due_at > NOW


def test_the_same_act_writes_its_message_once(app, session):
    write(session, "13600000001")
    write(session, "13600000001")

    assert len(session.scalars(select(Notice)).all()) == 1


@pytest.mark.parametrize("name", ["", "console"])
def test_without_a_sender_messages_go_nowhere_but_the_log(name, caplog):
    from portal import gateways

    gateways.named(name)("13600000001", "验证码123456")

    assert "123456" not in caplog.text
    assert "13600000001" not in caplog.text


def test_the_worker_tidies_up(app, session):
    assert worker.tidy() == NOW


def test_the_worker_gives_an_unanswered_seat_to_the_next(app, session, monkeypatch):
    row = ClassFactory(seats=1, course=going_by(session, CourseFactory(), offer_hours=24))
    first, second, third = (sign_up(session, row, n) for n in (1, 2, 3))
    enrolments.cancel(session, first, by=None, now=NOW)
    session.commit()

    worker.settle()
    assert second.state == "confirmed"
    monkeypatch.setitem(app.config, "CLOCK", lambda: NOW + timedelta(hours=25))
    worker.settle()

    session.expire_all()
    assert [second.state, third.state] == ["cancelled", "confirmed"]
