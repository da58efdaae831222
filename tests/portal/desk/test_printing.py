import re
from urllib.parse import unquote

import pytest

from scheduling import booths
from tests.factories import NOW, EnterpriseFactory, FairFactory, VacancyFactory, approve


@pytest.fixture
def fair(session):
    made = FairFactory(slug="liuhe", title="柳河镇赶集招聘会")
    booths.lay_out(session, made, count=6, by=None, now=NOW)
    return made


@pytest.fixture
def stand(session, fair):
    def come(number, *, confirmed=True):
        firm = approve(EnterpriseFactory())
        booking = booths.book(session, booths.find(session, fair, number), firm, by=None, now=NOW)
        if confirmed:
            booths.name_attendees(session, booking, attendees="钱经理", phone="13600000003", by=None, now=NOW)
        return booking

    return come


def test_the_fairs_page_leads_to_what_can_be_printed(desk, fair):
    assert 'href="/desk/fairs/liuhe/print/"' in desk.get("/desk/fairs/liuhe").text


def test_the_page_names_every_paper_and_each_link_is_a_pdf(desk, fair, stand):
    stand(3)
    page = desk.get("/desk/fairs/liuhe/print/")
    links = sorted(set(re.findall(r'href="([^"]+\.pdf[^"]*)"', page.text)))

    assert [link.removeprefix("/desk/fairs/liuhe/print/") for link in links] == [
        "booths/3/pass.pdf",
        "booths/3/poster.pdf",
        "booths/3/sheet.pdf",
        "fair.pdf",
        "here.pdf",
        "passes.pdf",
        "posters.pdf",
        "script.pdf",
        "sheets.pdf",
        "signup.pdf",
        "signup.pdf?pages=10",
        "stalls.pdf",
    ]
    assert {desk.get(link).mimetype for link in links} == {"application/pdf"}


def test_a_booth_without_a_pass_has_no_link_to_one(desk, fair, stand):
    stand(3, confirmed=False)
    page = desk.get("/desk/fairs/liuhe/print/").text

    assert "booths/3/poster.pdf" in page
    assert "pass.pdf" not in page
    assert "passes.pdf" not in page


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("booths/2/poster.pdf", "2号展位还没有单位订。"),
        ("booths/3/pass.pdf", "3号展位还没写明谁来，写明后才有展位证。"),
        ("passes.pdf", "还没有单位确认参会，没有可打印的展位证。"),
    ],
)
def test_what_is_not_to_be_had_is_explained_on_the_list(desk, fair, stand, address, words):
    stand(3, confirmed=False)
    answer = desk.get(f"/desk/fairs/liuhe/print/{address}", follow_redirects=True)

    assert answer.request.path == "/desk/fairs/liuhe/print/"
    assert words in answer.text


def test_a_fair_nobody_has_a_booth_at_prints_its_lists(desk, fair):
    assert "还没有单位订展位" in desk.get("/desk/fairs/liuhe/print/posters.pdf", follow_redirects=True).text
    assert [
        desk.get(f"/desk/fairs/liuhe/print/{what}.pdf").status_code
        for what in ("fair", "stalls", "script", "signup", "show")
    ] == [200] * 5


@pytest.mark.parametrize("address", ["money.pdf", "booths/3/money.pdf", "booths/99/poster.pdf"])
def test_what_there_is_not_is_not_found(desk, fair, stand, address):
    stand(3)

    assert desk.get(f"/desk/fairs/liuhe/print/{address}").status_code == 404


def test_a_draft_has_a_sign_up_sheet(desk):
    FairFactory(slug="draft", draft=True)

    assert desk.get("/desk/fairs/draft/print/signup.pdf").mimetype == "application/pdf"


def test_a_pdf_is_shown_or_saved_under_a_name_that_says_what_it_is(desk, fair, stand):
    firm = stand(3).enterprise
    firm.name = '甲/乙:"厂"'
    shown = desk.get("/desk/fairs/liuhe/print/booths/3/poster.pdf").headers
    saved = desk.get("/desk/fairs/liuhe/print/booths/3/poster.pdf?save=1").headers

    assert shown["Content-Disposition"].startswith("inline;")
    assert saved["Content-Disposition"].startswith("attachment;")
    assert unquote(shown["Content-Disposition"]).endswith("柳河镇赶集招聘会 3号展位 甲_乙__厂_ 海报.pdf")
    assert shown["Cache-Control"] == "no-store"


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_often_for_three_booths_as_for_one(desk, session, queries, fair, stand, rows):
    for number in range(1, rows + 1):
        VacancyFactory(enterprise=(firm := stand(number).enterprise), enterprise_id=firm.id)
    desk.get("/desk/fairs/liuhe/print/")
    with queries() as asked:
        page = desk.get("/desk/fairs/liuhe/print/")
    with queries() as for_print:
        desk.get("/desk/fairs/liuhe/print/posters.pdf")

    assert page.text.count("poster.pdf") == rows
    assert len(asked) <= 9, "\n".join(each[:60] + " ... " + each[-200:] for each in asked)
    assert len(for_print) <= 9


def test_others_may_not_print(phone, gate, fair):
    assert phone.get("/desk/fairs/liuhe/print/").status_code == 303
    assert gate.get("/desk/fairs/liuhe/print/signup.pdf").status_code == 403
