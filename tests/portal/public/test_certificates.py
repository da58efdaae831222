from __future__ import annotations

import io

import pypdfium2
import pytest
import zxingcpp

from scheduling import certificates, claims, exams
from scheduling import tickets as acts
from tests.factories import KEYS
from tests.graduates import OVER, afterwards, graduated, people

BUREAU = "青禾县人力资源和社会保障局"


__all__ = ["afterwards"]  # a fixture
pytestmark = pytest.mark.usefixtures("afterwards")


@pytest.fixture
def row(session):
    made = graduated(session)
    certificates.issue(session, made, issuer=BUREAU, on=OVER.date(), by=None, now=OVER)
    return made


def held(session, row):
    return certificates.of_class(session, row)[people(session, row)[1].id]


def test_the_qr_on_the_paper_opens_the_page_that_shows_what_is_on_it(session, desk, phone, row):
    one = held(session, row)
    paper = pypdfium2.PdfDocument(desk.get(f"/desk/classes/{row.slug}/certificates/{one.id}.pdf").data)
    words = paper[0].get_textpage().get_text_bounded()

    (code,) = zxingcpp.read_barcodes(paper[0].render(scale=3).to_pil())
    page = phone.get(code.text.removeprefix("http://127.0.0.1:8000"))

    assert page.status_code == 200
    shown = (one.number, one.printed["name"], one.printed["project"], "40", row.school.name, BUREAU)
    assert all(each in page.text for each in shown)
    flat = "".join(words.split())
    assert all("".join(each.split()) in flat for each in shown)


def test_the_page_shows_no_phone_no_category_and_only_the_end_of_the_id(session, phone, row):
    one = held(session, row)

    page = phone.get(f"/certificates/{one.token}").text

    assert one.enrolment.jobseeker.phone not in page
    assert "农村转移" not in page
    assert f"{'*' * 14}{one.enrolment.id_last4}" in page
    assert 'name="robots" content="noindex"' in page


def test_a_revoked_one_says_so_and_an_unknown_an_outside_and_a_mistyped_token_are_the_same(session, phone, row):
    one = held(session, row)
    certificates.revoke(session, one, reason="姓名写错", by=None, now=OVER)

    page = phone.get(f"/certificates/{one.token}")

    assert (page.status_code, "已经作废" in page.text, "姓名写错" in page.text) == (200, True, False)
    unknown = [phone.get(f"/certificates/{token}") for token in ("A" * 22, one.token[:-1], "x")]
    assert {each.status_code for each in unknown} == {404}


def test_number_and_name_together_lead_to_the_page_and_one_alone_does_not(session, phone, row):
    one = held(session, row)

    found = phone.post("/certificates/", data={"number": one.number, "name": "钱秀英"})
    wrong = phone.post("/certificates/", data={"number": one.number, "name": "钱秀"})

    assert (found.status_code, found.location) == (303, f"/certificates/{one.token}")
    assert wrong.status_code == 404
    assert f'value="{one.number}"' in wrong.text


def test_guessing_is_slowed_down(phone):
    answers = [
        phone.post("/certificates/", data={"number": str(number), "name": "钱秀英"}).status_code for number in range(31)
    ]

    assert set(answers[:30]) == {404}
    assert answers[30] == 429


def test_her_own_page_shows_result_and_certificate(session, phone, row):
    failed, passed = people(session, row)[:2]
    pages = [phone.get(f"/t/{acts.token(acts.standing(session, person), KEYS)}").text for person in (failed, passed)]

    assert "可补考" in pages[0]
    assert "合格" in pages[1]
    assert f"/certificates/{held(session, row).token}" in pages[1]


def test_a_notice_masks_names_takes_objections_and_ends(session, phone, row, app):
    claim = claims.make(session, row, by=None, now=OVER)
    at = f"/courses/{row.slug}/notice"
    assert phone.get(at).status_code == 404
    claims.post(session, claim, by=None, now=OVER)

    page = phone.get(at).text
    assert "钱*英" in page
    assert "钱秀英" not in page
    assert people(session, row)[1].id_last4 not in page
    assert "800" in page
    assert phone.post(f"{at}/objections", data={"words": " "}).status_code == 422
    assert phone.post(f"{at}/objections", data={"words": "有人没来上过课"}).status_code == 303
    assert [one.words for one in claim.objections] == ["有人没来上过课"]
    assert at in phone.get(f"/courses/{row.slug}").text

    app.config["CLOCK"] = lambda: OVER.replace(day=26)
    over = phone.get(at).text
    assert ("钱*英" in over, "800" in over, "公示结束" in over) == (False, True, True)
    assert phone.post(f"{at}/objections", data={"words": "太晚"}).status_code == 409


def test_the_score_sheet_and_the_list_of_certificates_are_printed(session, desk, row):
    exam = exams.find(session, row, 1)
    sheet = desk.get(f"/desk/classes/{row.slug}/exams/1/scores.pdf")
    listed = desk.get(f"/desk/classes/{row.slug}/certificates/list.pdf")

    words = [
        pypdfium2.PdfDocument(io.BytesIO(each.data))[0].get_textpage().get_text_bounded() for each in (sheet, listed)
    ]
    assert all(each in words[0] for each in ("准考证号", "考评员签字", "丁考评", exams.admission(row, exam, 1), "55"))
    assert held(session, row).number in words[1]
    assert "赵明田" not in words[1]
