"""Each paper as a reader has it: what went in stands on it, its QR leads somewhere, nothing runs over the edge."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from portal import doors
from portal.printing import glyphs
from scheduling import booths, livestreams, tickets, vacancies
from scheduling.models import FairCallingOff
from tests.factories import KEYS, NOW, EnterpriseFactory, FairFactory, VacancyFactory, approve
from tests.portal.printing.prints import CARD, DAILY, RARE, bare

URL = "http://127.0.0.1:8000"
A3, A4, A4_ACROSS = (297, 420), (210, 297), (297, 210)
LONG = (
    "青禾县鑫源农业机械装备制造与售后服务及新能源汽车零部件铸造有限责任公司柳河镇工业园区第二分公司人力资源部招聘一科"
)
NASTY = "#set page(width: 1cm) *粗* _斜_ $x^2$ @me <label> // 注 \\ [方] `code` ~ 'q' \"q\""


def of(what, number=None):
    return f"/desk/fairs/liuhe/print/{f'booths/{number}/' if number else ''}{what}.pdf"


@pytest.fixture
def stall(fair, firm, stand):
    """The firm at booth 3 with two vacancies."""
    return stand(fair, firm, 3, CARD, DAILY)


def test_a_poster_is_a3_and_says_what_people_ask_first(desk, printed, stall):
    poster = printed(desk.get(of("poster", 3)))

    said = [
        "柳河镇赶集招聘会",
        "2026年11月25日周三",
        "8:30–11:30",
        "柳河镇农贸市场东门",
        f"青禾县穗香{RARE}食品有限公司",
        "3号展位",
        "月结五险",
        "日结工伤保险",
        "缝纫工",
        "4000–6500元/月",
        "150元/天",
        "招30人",
        "包吃住有班车",
        "接受大龄",
        "柳河镇工业园",
        "1号岗位",
        "2号岗位",
        "0990-7654321",
        f"钱{RARE[0]}",
        "共招38人",
    ]
    assert (poster.sizes, poster.tagged) == ([A3], True)
    assert [words for words in said if words not in poster.text] == []


def test_a_posters_qr_leads_to_the_fair_or_to_the_one_vacancy(desk, printed, session, fair, stand):
    stand(fair, approve(EnterpriseFactory()), 1, CARD, DAILY)
    one = stand(fair, approve(EnterpriseFactory()), 2, CARD)
    (row,) = vacancies.shown_at(session, fair, one.enterprise)
    addresses = [f"{URL}/fairs/liuhe", f"{URL}/vacancies/{row.vacancy.no}"]

    assert [printed(desk.get(of("poster", number))).codes() for number in (1, 2)] == [[each] for each in addresses]
    assert [printed(desk.get(of("sheet", number))).codes(150) for number in (1, 2)] == [[each] for each in addresses]
    assert [desk.get(each.removeprefix(URL)).status_code for each in addresses] == [200, 200]


def test_a_job_sheet_is_a4_and_says_everything_the_advert_says(desk, printed, stall):
    sheet = printed(desk.get(of("sheet", 3)))

    said = [
        CARD["title"],
        "工种服装",
        "班次白班8:00–17:30",
        "休息月休四天",
        "学历初中",
        "缝制衬衫，计件加奖金。",
        "生手有师傅带三个月。",
    ]
    assert (sheet.sizes, sheet.tagged) == ([A4], True)
    assert [words for words in said if words not in sheet.text] == []


def test_a_fairs_poster_says_when_where_and_who_comes_for_whom(desk, printed, fair, firm, stand):
    stand(fair, firm, 3, CARD, DAILY)
    poster = printed(desk.get(of("fair")))

    said = [
        "柳河镇赶集招聘会",
        "11月25日周三",
        "农历十月十七",
        "8:30–11:30",
        "柳河镇农贸市场东门",
        "1家单位2个岗位招38人",
        f"3号青禾县穗香{RARE}食品有限公司",
        "服装、包装工4000–6500元/月起招38人",
    ]
    assert (poster.sizes, poster.tagged) == ([A3], True)
    assert [words for words in said if words not in poster.text] == []
    assert poster.codes() == [f"{URL}/fairs/liuhe"]


def test_forty_companies_are_on_one_poster_or_told_of(desk, printed, session, fair, stand):
    booths.lay_out(session, fair, count=28, by=None, now=NOW)
    for number in range(1, 41):
        stand(fair, approve(EnterpriseFactory()), number, CARD)
    poster = printed(desk.get(of("fair")))

    assert (poster.sizes, edges(poster)) == ([A3], [])
    assert "还有16家，扫码看全部" in poster.text
    assert len(printed(desk.get(of("stalls"))).pages) in {2, 3}


def test_a_stall_list_has_a_row_for_each_company_and_sums(desk, printed, fair, firm, stand):
    stand(fair, firm, 3, CARD, DAILY)
    stand(fair, approve(EnterpriseFactory(name="青禾县甲五金厂")), 5)
    listed = printed(desk.get(of("stalls")))

    assert listed.sizes == [A4]
    assert "展位单位招什么工人数3" in listed.text
    assert f"3青禾县穗香{RARE}食品有限公司服装、包装工38" in listed.text
    assert "5青禾县甲五金厂当面问—" in listed.text
    assert "2家单位2个岗位38人，招聘人数10个空展位" in listed.text
    assert listed.codes(150) == [f"{URL}/fairs/liuhe"]


def test_a_pass_has_the_tickets_own_address_and_its_code(desk, gate, printed, session, stall, now):
    ticket = tickets.standing(session, stall)
    made = printed(desk.get(of("pass", 3)))
    (read,) = made.codes(150)

    assert made.sizes == [A4]
    assert read == f"{URL.upper()}/T/{tickets.token(ticket, KEYS)}"
    assert tickets.opened(session, "990100", read, KEYS) == ticket
    assert ticket.code in made.text
    assert [
        words
        for words in ("展位证", "3号展位", RARE, "柳河镇赶集招聘会", "11月25日", "柳河镇农贸市场东门")
        if words not in made.text
    ] == []


def test_the_passes_of_a_fair_stand_two_on_a_page_and_each_qr_is_its_own(desk, printed, session, fair, stand):
    made = [stand(fair, approve(EnterpriseFactory()), number, CARD) for number in (1, 2, 3)]
    stand(fair, approve(EnterpriseFactory()), 4, confirmed=False)
    passes = printed(desk.get(of("passes")))
    wanted = [f"{URL.upper()}/T/{tickets.token(tickets.standing(session, each), KEYS)}" for each in made]

    assert len(passes.pages) == 2
    assert sorted(passes.codes(150)) == sorted(wanted)


def test_a_script_is_sentences_with_every_figure_written_out(desk, printed, stall):
    script = printed(desk.get(of("script")))

    said = [
        "十一月二十五日，星期三，农历十月十七，上午八点半到十一点半",
        "在柳河镇农贸市场东门，办“柳河镇赶集招聘会”",
        "来了一家单位，带来两个岗位，一共要招三十八个人。",
        f"三号展位，青禾县穗香{RARE}食品有限公司：一号岗位，缝纫工，招三十个人，每月四千元到六千五百元，工资按月结，给缴五险，包吃包住，有班车接送。",
        "二号岗位，包装工，招八个人，每天一百五十元，工资当天结，给缴工伤保险。",
        "零九九零，幺二三，四五六七",
        "不收押金",
    ]
    assert script.sizes == [A4]
    assert [words for words in said if words not in script.text] == []
    assert re.search(r"慢慢念两遍，约[1-9]分钟", script.text)


def test_a_sign_up_sheet_asks_what_the_page_asks(desk, printed, fair):
    sheet = printed(desk.get(of("signup")))
    asked = ["姓名", "手机号", "乡镇、村（社区）", "想做的工种", "岗位号", "谁报的名", "代报人姓名、手机", "本人同意"]
    relations = ["本人", "配偶", "子女", "父母", "亲友", "村(社区)协调员", "工作人员"]

    assert sheet.sizes == [A4_ACROSS, A4_ACROSS]
    assert [words for words in ["柳河镇赶集招聘会", *asked, *relations] if words not in sheet.pages[0]] == []
    assert "第2张" in sheet.pages[1]
    assert len(printed(desk.get(of("signup") + "?pages=5")).pages) == 5


@pytest.mark.parametrize(("pages", "made"), [("0", 1), ("-3", 1), ("1000000", 40), ("x", 2)])
def test_a_sign_up_sheet_has_a_sane_number_of_pages(desk, printed, fair, pages, made):
    assert len(printed(desk.get(f"{of('signup')}?pages={pages}")).pages) == made


def test_a_run_of_show_says_who_is_on_when_with_which_jobs(desk, printed, session, firm, stand):
    show = FairFactory(slug="live", kind="livestream", outdoor=False, title="焊工专场直播")
    stand_jobs(session, show, firm)
    slot = livestreams.Slot
    starts = show.starts_at
    livestreams.arrange(
        session,
        show,
        [
            slot("opening", "opening", "开场", starts, 5, host="小周"),
            slot(
                "firm",
                "company",
                firm.name,
                starts + timedelta(minutes=5),
                12,
                host="小周",
                speaker="钱经理",
                enterprise_id=firm.id,
            ),
        ],
        by=None,
        now=NOW,
    )
    made = printed(desk.get("/desk/fairs/live/print/show.pdf"))

    assert made.sizes == [A4]
    assert [
        words
        for words in (
            "8:30到8:355",
            "开场",
            "8:35到8:4712",
            firm.name,
            "1号缝纫工4000–6500元/月月结五险招30人",
            "钱经理",
            "小周",
        )
        if words not in made.text
    ] == []


def stand_jobs(session, fair, firm):
    for card in (CARD, DAILY):
        vacancies.show_at(
            session, fair, approve(VacancyFactory(enterprise=firm, enterprise_id=firm.id, **card)), by=None, now=NOW
        )


def test_forty_vacancies_go_onto_further_pages_and_all_are_there(desk, printed, fair, firm, stand):
    stand(fair, firm, 3, *({**CARD, "title": f"工种{number}号工"} for number in range(1, 41)))
    poster, sheet = printed(desk.get(of("poster", 3))), printed(desk.get(of("sheet", 3)))

    assert len(poster.pages) == 5
    assert [n for n in range(1, 41) if f"工种{n}号工" not in poster.text or f"工种{n}号工" not in sheet.text] == []
    assert all("3号展位" in page and RARE in page for page in poster.pages)
    assert poster.codes() == [f"{URL}/fairs/liuhe"] * 5


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


def edges(made):
    """Name the sides of pages on which something is printed within four millimetres of the edge."""
    touched = []
    for number, picture in enumerate(made.pictures(72), 1):
        rim = round(4 / 25.4 * 72)
        sides = {"top": picture[:rim], "bottom": picture[-rim:], "left": picture[:, :rim], "right": picture[:, -rim:]}
        touched += [(number, side) for side, strip in sides.items() if strip.min() < 250]
    return touched


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
