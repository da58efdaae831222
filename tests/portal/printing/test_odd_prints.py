"""What is odd about what people type, and about fairs: it is printed all the same, within the page."""

import re
from dataclasses import replace

import pytest

from portal import doors
from portal.printing import glyphs
from scheduling import booths, vacancies
from scheduling.models import FairCallingOff
from tests.factories import NOW, EnterpriseFactory, approve
from tests.portal.printing.prints import CARD, DAILY, RARE, URL, bare, edges, of

A3 = (297, 420)
LONG = "青禾县鑫源农业机械装备制造与售后服务及新能源汽车零部件铸造有限责任公司柳河镇工业园区第二分公司人力资源部招聘科"
NASTY = "#set page(width: 1cm) *粗* _斜_ $x^2$ @me <label> // 注 \\ [方] `code` ~ 'q' \"q\""


@pytest.fixture
def stall(fair, firm, stand):
    """The firm at booth 3 with two vacancies."""
    return stand(fair, firm, 3, CARD, DAILY)


def test_forty_vacancies_go_onto_further_pages_and_all_are_there(desk, printed, fair, firm, stand):
    stand(fair, firm, 3, *({**CARD, "title": f"工种{number}号工"} for number in range(1, 41)))
    poster, sheet = printed(desk.get(of("poster", 3))), printed(desk.get(of("sheet", 3)))

    assert len(poster.pages) == 5
    assert [n for n in range(1, 41) if f"工种{n}号工" not in poster.text or f"工种{n}号工" not in sheet.text] == []
    assert all("3号展位" in page and RARE in page for page in poster.pages)
    assert poster.codes() == [f"{URL}/fairs/liuhe"] * 5


def test_forty_companies_are_on_one_poster_or_told_of(desk, printed, session, fair, stand):
    booths.lay_out(session, fair, count=28, by=None, now=NOW)
    for number in range(1, 41):
        stand(fair, approve(EnterpriseFactory()), number, CARD)
    poster = printed(desk.get(of("fair")))

    assert (poster.sizes, edges(poster)) == ([A3], [])
    assert "还有16家，扫码看全部" in poster.text
    assert len(printed(desk.get(of("stalls"))).pages) in {2, 3}


@pytest.mark.parametrize(
    "words",
    [LONG, "W" * 60, NASTY, "ก็" * 30, "🏭" * 20, "·" * 60],
    ids=["long", "wide", "markup", "thai", "emoji", "dots"],
)
@pytest.mark.parametrize("what", ["poster", "sheet", "pass"])
def test_whatever_a_company_is_called_it_is_printed_within_the_page(desk, printed, session, fair, stand, words, what):
    firm = approve(EnterpriseFactory(name=words[:100], address=words[:200], contact_name=words[:60]))
    stand(fair, firm, 3, {**CARD, "title": words[:60], "work_place": words[:120], "shift": words[:60]})
    made = printed(desk.get(of(what, 3)))
    drawn = glyphs.covered((glyphs.FONTS,))

    assert len(made.pages) <= 2
    assert edges(made) == []
    kept = bare("".join(each if ord(each) in drawn else "〓" for each in glyphs.tidy(words[:100])))
    assert kept in made.text


@pytest.mark.parametrize("what", ["fair", "stalls", "script", "posters", "sheets", "passes"])
def test_a_fair_with_nasty_names_is_printed_too(desk, printed, session, fair, stand, what):
    fair.title, fair.place, fair.address = NASTY[:100], LONG[:120], NASTY[:200]
    stand(fair, approve(EnterpriseFactory(name=NASTY[:100])), 3, {**CARD, "title": NASTY[:60]})
    made = printed(desk.get(of(what)))

    assert edges(made) == []
    assert bare(NASTY[:100]) in made.text or what == "script"


def test_a_character_no_font_draws_is_told_at_the_foot_of_the_page(desk, printed, session, fair, stand):
    stand(fair, approve(EnterpriseFactory(name="青禾县\U00031350记面馆")), 3, CARD)
    for what in ("poster", "sheet", "pass"):
        made = printed(desk.get(of(what, 3)))

        assert "青禾县〓记面馆" in made.text
        assert "〓处的字字库里没有，请用笔补上：U+31350" in made.text
    assert "𱍐" in desk.get("/desk/fairs/liuhe/print/").text


def test_a_company_without_an_approved_vacancy_gets_boxes_to_write_into(desk, printed, fair, firm, stand):
    stand(fair, firm, 3)
    poster = printed(desk.get(of("poster", 3)))

    assert (poster.text.count("□日结"), poster.text.count("岗位工资")) == (4, 4)


def test_only_what_the_desk_approved_is_printed(desk, printed, session, fair, firm, stand, now):
    stand(fair, firm, 3, CARD, DAILY)
    row = vacancies.shown_at(session, fair, firm)[1]
    vacancies.close(session, row.vacancy, by=None, now=now)

    assert "包装工" not in printed(desk.get(of("poster", 3))).text


def test_nothing_personal_is_in_a_qr_or_an_address(desk, printed, stall):
    for what in ("poster", "sheet", "pass"):
        made = printed(desk.get(of(what, 3)))
        assert not any(re.search(r"1\d{10}|钱", code) for code in made.codes(150))


def test_paper_is_chinese_though_the_page_is_english(desk, printed, stall):
    desk.set_cookie("language", "en")
    poster = printed(desk.get(of("poster", 3)))

    assert "月结五险" in poster.text
    assert "2026年11月25日周三" in poster.text


def test_below_a_prefix_the_qr_leads_below_it_too(house, app, desk, printed, stall):
    with app.app_context():
        plain = doors.settings()
    app.config["SETTINGS"] = replace(plain, url="https://rs.example.gov.cn/songgang")
    try:
        answer = desk.get(of("poster", 3), environ_overrides={"SCRIPT_NAME": "/songgang"})
        assert printed(answer).codes() == ["https://rs.example.gov.cn/songgang/fairs/liuhe"]
    finally:
        app.config["SETTINGS"] = plain


def test_a_called_off_fair_is_not_printed(desk, session, fair, stall, now):
    session.add(FairCallingOff(fair_id=fair.id, reason="下大雨", at=now))
    session.flush()

    for address in (of("poster", 3), of("posters"), of("script"), of("signup")):
        assert (desk.get(address).status_code, desk.get(address).location) == (303, "/desk/fairs/liuhe/print/")
    assert "不打印了" in desk.get("/desk/fairs/liuhe/print/").text
