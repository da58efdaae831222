import re

import pytest
from sqlalchemy import select

from scheduling import signins
from scheduling.models import Notice, SignIn


def code_sent(session) -> str:
    text = session.scalars(select(Notice.text)).one()
    return re.search(r"\d{6}", text)[0]


def test_a_phone_signs_in_with_the_code_it_was_sent(phone, session):
    phone.post("/signin", data={"phone": "160 0000-0001".replace("160", "136")})
    page = phone.post("/signin/code", data={"code": code_sent(session)})

    assert page.status_code == 303
    assert page.location == "/"
    assert session.scalars(select(SignIn)).one().account.phone == "13600000001"


def test_a_wrong_code_is_refused_beside_the_field_and_counted(phone, session):
    phone.post("/signin", data={"phone": "13600000001"})
    page = phone.post("/signin/code", data={"code": "000000x"})

    assert page.status_code == 403
    assert "验证码不对或已过期" in page.text
    assert session.scalars(select(SignIn)).all() == []


def test_a_code_is_used_once(phone, session):
    phone.post("/signin", data={"phone": "13600000001"})
    code = code_sent(session)
    phone.post("/signin/code", data={"code": code})
    phone.post("/signin", data={"phone": "13600000001"})
    page = phone.post("/signin/code", data={"code": code})

    assert page.status_code == 403


def test_a_company_finds_its_door_from_the_first_page(phone, session):
    door = re.search(r'href="([^"]+)">单位登录', phone.get("/").text)[1]
    asked = phone.get(door).location
    phone.post(asked, data={"phone": "13600000001", "next": door})
    page = phone.post("/signin/code", data={"code": code_sent(session), "next": door})

    assert (asked, page.location) == ("/signin?next=/enterprise/register", "/enterprise/register")


@pytest.mark.parametrize(
    "next_page",
    ["https://evil.example", "//evil.example", "/\\evil.example", "evil", "/\t/evil.example", "/\r/evil.example"],
)
def test_signing_in_leads_to_our_pages_only(phone, session, next_page):
    phone.post("/signin", data={"phone": "13600000001"})
    page = phone.post("/signin/code", data={"code": code_sent(session), "next": next_page})

    assert page.location == "/"


def test_what_is_no_phone_is_kept_and_explained(phone):
    page = phone.post("/signin", data={"phone": "12345"})

    assert page.status_code == 422
    assert 'value="12345"' in page.text
    assert "请填11位手机号" in page.text


def test_the_sixth_code_within_an_hour_is_refused(phone):
    answers = [phone.post("/signin", data={"phone": "13600000001"}).status_code for _ in range(6)]

    assert answers == [303, 303, 303, 303, 303, 429]


def test_signing_out_ends_the_session_on_the_server(desk, clerk, session):
    token = desk.get_cookie("songgang_in").value
    desk.post("/signout")

    assert signins.whose(session, token, now=clerk.created_at) is None


def test_a_control_character_in_a_form_or_an_address_is_no_error_of_ours(phone):
    typed = phone.post("/signin", data={"phone": "13600\x00000001"})
    asked = phone.get("/fairs/none%00")

    assert (typed.status_code, asked.status_code) == (303, 404)


def test_a_number_no_column_can_hold_is_a_page_that_is_not_there(phone):
    assert phone.get("/vacancies/99999999999999999999").status_code == 404
    assert phone.get("/t/AEAAAAP777776AAAAAAAAAAAAA").status_code == 404


def test_spaces_are_no_answer(phone):
    page = phone.post("/signin", data={"phone": "   "})

    assert page.status_code == 422
    assert "请填手机号" in page.text


def test_a_script_that_is_signed_out_is_told_so(phone):
    answer = phone.post("/gate/fairs/none-1/scans", headers={"Accept": "application/json"})

    assert (answer.status_code, answer.json["error"]) == (403, "signed_out")
