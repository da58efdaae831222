"""Who teaches at a school and where, as the desk types it."""

import pytest
from sqlalchemy import select

from scheduling.models import Teacher, TeacherAbsence, TrainingRoom
from tests.factories import SchoolFactory

TEACHER = {"name": "魏师傅", "trades": "焊工、电工", "kinds": ["theory", "practice"], "weekly_off": ["0am"]}
ROOM = {"name": "焊接车间", "seats": "30", "stations": "12", "trades": "焊工"}


@pytest.fixture
def page(session):
    """The address of a school's teachers and rooms."""
    return f"/desk/schools/{SchoolFactory().id}/teaching"


def test_a_teacher_and_a_workshop_are_registered(desk, session, page):
    answers = [desk.post(f"{page}/teacher", data=TEACHER), desk.post(f"{page}/room", data=ROOM)]

    teacher, room = session.scalars(select(Teacher)).one(), session.scalars(select(TrainingRoom)).one()
    assert [answer.location for answer in answers] == [page, page]
    assert (teacher.trades, teacher.kinds, teacher.weekly_off) == (["焊工", "电工"], ["practice", "theory"], ["0am"])
    assert (room.seats, room.stations, room.trades) == (30, 12, ["焊工"])
    shown = desk.get(page).text
    assert [words in shown for words in ("魏师傅", "焊工、电工", "周一上午", "焊接车间", "30人")] == [True] * 5


def test_what_is_known_is_shown_to_be_changed(desk, page):
    desk.post(f"{page}/teacher", data=TEACHER)
    desk.post(f"{page}/room", data=ROOM)

    assert 'value="焊工、电工"' in desk.get(f"{page}/teacher?name=魏师傅").text
    assert 'value="12"' in desk.get(f"{page}/room?name=焊接车间").text


@pytest.mark.parametrize(
    ("place", "typed", "words"),
    [
        ("teacher", {**TEACHER, "name": ""}, "请填姓名"),
        ("teacher", {**TEACHER, "trades": " "}, "请填工种"),
        ("teacher", {**TEACHER, "kinds": []}, "请至少选一个"),
        ("room", {**ROOM, "seats": "0"}, "请填1到1000之间的人数"),
        ("room", {**ROOM, "stations": "-1"}, "请填0到500之间的整数"),
    ],
)
def test_what_does_not_fit_is_explained(desk, session, page, place, typed, words):
    answer = desk.post(f"{page}/{place}", data=typed)

    assert (answer.status_code, words in answer.text) == (422, True)
    assert session.scalars(select(Teacher)).all() + session.scalars(select(TrainingRoom)).all() == []


def test_an_absence_is_noted_and_struck(desk, session, page):
    desk.post(f"{page}/teacher", data=TEACHER)
    away = f"/desk/teachers/{session.scalars(select(Teacher.id)).one()}/absences"

    wrong = desk.post(away, data={"first": "2026-12-11", "last": "2026-12-07"})
    noted = desk.post(away, data={"first": "2026-12-07", "last": "2026-12-11", "reason": "看病"})
    shown = desk.get(page).text
    absence = session.scalars(select(TeacherAbsence)).one()
    desk.post(f"/desk/absences/{absence.id}/removal")

    assert (wrong.status_code, noted.location, "看病" in shown) == (422, page, True)
    assert session.scalars(select(TeacherAbsence)).all() == []


@pytest.mark.parametrize("place", ["", "/teacher", "/room"])
def test_a_school_that_is_not_there_is_not_found(desk, place):
    nowhere = "/desk/schools/0190a4f0-0000-7000-8000-000000000000/teaching"

    assert desk.get(nowhere + place).status_code == 404
