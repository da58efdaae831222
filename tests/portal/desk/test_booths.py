import pytest
from sqlalchemy import select

from scheduling import booths
from scheduling.models import Booking, Booth
from tests.factories import EnterpriseFactory, FairFactory, approve
from tests.forms import typed

TWELVE = {"count": "12", "number": "1", "columns": "6", "kind": "table"}


@pytest.fixture
def fair(session):
    return FairFactory(slug="liuhe")


@pytest.fixture
def laid(session, fair, now):
    return booths.lay_out(session, fair, count=4, by=None, now=now)


def test_the_desk_lays_out_booths_once_however_often_it_taps(desk, session, fair):
    answers = [desk.post("/desk/fairs/liuhe/booths", data=TWELVE).status_code for _ in range(2)]

    assert answers == [303, 303]
    assert len(session.scalars(select(Booth)).all()) == 12
    assert 'value="13"' in desk.get("/desk/fairs/liuhe/booths").text


@pytest.mark.parametrize(
    ("wrong", "status", "words"),
    [({"count": "0"}, 422, "请填1到300之间的整数"), ({"number": "3"}, 409, "已经有3号展位了")],
)
def test_what_is_wrong_is_explained(desk, laid, wrong, status, words):
    page = desk.post("/desk/fairs/liuhe/booths", data={**TWELVE, **wrong})

    assert page.status_code == status
    assert words in page.text


def test_the_desk_takes_a_booth_out(desk, session, laid):
    desk.post("/desk/fairs/liuhe/booths/2/removal")

    assert desk.post("/desk/fairs/liuhe/booths/2/removal").status_code == 404
    assert session.get(Booth, laid[1].id).removed_at is not None


def test_a_booked_booth_is_not_taken_out(desk, session, laid, now):
    booths.book(session, laid[0], approve(EnterpriseFactory()), by=None, now=now)
    page = desk.post("/desk/fairs/liuhe/booths/1/removal")

    assert page.status_code == 409
    assert "1号展位已有单位订了" in page.text


def test_the_desk_books_for_a_company_that_called(desk, session, laid):
    firm = approve(EnterpriseFactory())
    page = desk.post("/desk/fairs/liuhe/bookings", data={"booth": "2", "uscc": firm.uscc})

    assert page.status_code == 303
    assert session.scalars(select(Booking)).one().enterprise_id == firm.id
    assert firm.name in desk.get("/desk/fairs/liuhe/booths").text


@pytest.mark.parametrize(
    ("uscc", "status", "words"),
    [("91990101MA00000001", 422, "统一社会信用代码不对"), ("91990101MA0010002R", 404, "没有单位用这个信用代码登记过")],
)
def test_a_code_that_leads_nowhere_is_explained(desk, laid, uscc, status, words):
    page = desk.post("/desk/fairs/liuhe/bookings", data={"booth": "2", "uscc": uscc})

    assert page.status_code == status
    assert words in page.text


def test_a_booth_taken_meanwhile_is_refused(desk, session, laid, now):
    booths.book(session, laid[0], approve(EnterpriseFactory()), by=None, now=now)
    page = desk.post("/desk/fairs/liuhe/bookings", data={"booth": "1", "uscc": approve(EnterpriseFactory()).uscc})

    assert page.status_code == 409
    assert "1号展位刚被订走" in page.text


def test_the_desk_cancels_a_booking(desk, session, laid, now):
    booking = booths.book(session, laid[0], approve(EnterpriseFactory()), by=None, now=now)
    page = desk.post(f"/desk/bookings/{booking.id}/cancellation")

    assert page.location == "/desk/fairs/liuhe/booths"
    assert session.get(Booking, booking.id).cancelled_at is not None


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_no_more_for_more(desk, session, laid, queries, now, rows):
    for booth in laid[:rows]:
        booths.book(session, booth, approve(EnterpriseFactory()), by=None, now=now)
    desk.get("/desk/fairs/liuhe/booths")
    with queries() as asked:
        page = desk.get("/desk/fairs/liuhe/booths")

    assert page.text.count('<th scope="row"') == rows
    assert len([words for words in asked if words.startswith("SELECT")]) <= 9


# Drawn by hand


def test_an_odd_square_is_drawn_as_text_and_seen_as_it_lies(desk, session, fair):
    page = desk.get("/desk/fairs/liuhe/booths/drawing")
    answer = desk.post("/desk/fairs/liuhe/booths/drawing", data=typed(page, drawing="1 . 2\r\n3 . .", kind="tent"))
    shown = desk.get("/desk/fairs/liuhe/booths")

    assert (answer.status_code, answer.location) == (303, "/desk/fairs/liuhe/booths")
    assert {booth.number: (booth.row, booth.column) for booth in booths.of_fair(session, fair)} == {
        1: (1, 1), 2: (1, 3), 3: (2, 1),
    }  # fmt: skip
    assert shown.text.count('class="booth-gap') == 1
    assert typed(desk.get("/desk/fairs/liuhe/booths/drawing"))["drawing"] == ["1 . 2\n3"]


def test_what_cannot_be_read_is_said_beside_the_drawing_and_kept(desk, session, fair):
    page = desk.get("/desk/fairs/liuhe/booths/drawing")
    answer = desk.post("/desk/fairs/liuhe/booths/drawing", data=typed(page, drawing="1 门 2"))

    assert (answer.status_code, "第1行的“门”看不懂" in answer.text, "1 门 2" in answer.text) == (422, True, True)
