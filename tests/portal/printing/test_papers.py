"""Each paper as a reader has it: what went in stands on it, its QR leads somewhere, nothing runs over the edge."""

import re
from datetime import timedelta

import pytest

from scheduling import livestreams, tickets, vacancies
from tests.factories import KEYS, NOW, EnterpriseFactory, FairFactory, VacancyFactory, approve
from tests.portal.printing.prints import CARD, DAILY, RARE, URL, of

A3, A4, A4_ACROSS = (297, 420), (210, 297), (297, 210)
LONG = (
    "青禾县鑫源农业机械装备制造与售后服务及新能源汽车零部件铸造有限责任公司柳河镇工业园区第二分公司人力资源部招聘一科"
)
NASTY = "#set page(width: 1cm) *粗* _斜_ $x^2$ @me <label> // 注 \\ [方] `code` ~ 'q' \"q\""


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
        "缝纫工4000–6500元/月包装工150元/天招38人",
    ]
    assert (poster.sizes, poster.tagged) == ([A3], True)
    assert [words for words in said if words not in poster.text] == []
    assert poster.codes() == [f"{URL}/fairs/liuhe"]


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


@pytest.fixture
def show(session, firm):
    """A livestream with an opening and the firm, which shows two vacancies."""
    made = FairFactory(slug="live", kind="livestream", outdoor=False, title="焊工专场直播")
    for card in (CARD, DAILY):
        vacancy = approve(VacancyFactory(enterprise=firm, enterprise_id=firm.id, **card))
        vacancies.show_at(session, made, vacancy, by=None, now=NOW)
    starts, slot = made.starts_at, livestreams.Slot
    then = starts + timedelta(minutes=5)
    who = {"host": "小周", "speaker": "钱经理", "enterprise_id": firm.id}
    slots = [
        slot("opening", "opening", "开场", starts, 5, host="小周"),
        slot("firm", "company", firm.name, then, 12, **who),
    ]
    livestreams.arrange(session, made, slots, by=None, now=NOW)
    return made


def test_a_run_of_show_says_who_is_on_when_with_which_jobs(desk, printed, show, firm):
    made = printed(desk.get("/desk/fairs/live/print/show.pdf"))

    said = ["8:30到8:355", "开场", "8:35到8:4712", firm.name, "1号缝纫工4000–6500元/月月结五险招30人", "钱经理", "小周"]
    assert made.sizes == [A4]
    assert [words for words in [*said, "岗位清单还没锁定"] if words not in made.text] == []


def test_a_locked_run_of_show_says_so_and_keeps_to_what_was_locked(desk, printed, session, show):
    livestreams.lock_show(session, show, by=None, now=NOW)
    for row in vacancies.at_fair(session, show):
        row.vacancy.title = "别的工"
    session.flush()
    made = printed(desk.get("/desk/fairs/live/print/show.pdf"))

    assert "岗位清单11月23日周一9:00已锁定，照此念" in made.text
    assert "1号缝纫工" in made.text
    assert "别的工" not in made.text


def test_the_sheet_for_walk_ins_is_a4_and_its_qr_opens_the_form(desk, printed, phone, session):
    fair = FairFactory(slug="today", title="柳河镇赶集招聘会", starts_at=NOW)
    sheet = printed(desk.get("/desk/fairs/today/print/here.pdf"))

    (address,) = sheet.codes()
    assert (sheet.sizes, sheet.tagged) == ([A4], True)
    assert all(words in sheet.text for words in ("我来了", fair.title, "手机扫一扫，点一下，就算来过", "招聘不收费"))
    assert phone.get(address.removeprefix(URL.upper())).status_code == 200
