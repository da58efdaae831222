from datetime import date, time

import pytest

from scheduling import markets
from tests.factories import COUNTY, NOW, FairFactory, TownshipFactory


def opened(session, slug: str, name: str, rule_text: str):
    """A market from 7:00 to 12:00."""
    return markets.open(
        session,
        COUNTY,
        slug=slug,
        township=TownshipFactory(name=name),
        name=name,
        term="集",
        rule_text=rule_text,
        opens=time(7),
        closes=time(12),
        by=None,
        now=NOW,
    )


def part(page, start: str, end: str) -> str:
    """What stands between two words of a page."""
    return page.text.split(start, 1)[1].split(end, 1)[0]


def test_todays_markets_are_those_planning_names(phone, session):
    opened(session, "qingquan", "清泉乡", "农历逢五逢十")  # today is 十月十五
    opened(session, "liuhe", "柳河镇", "农历逢三六九")

    page = phone.get("/markets/")
    today, week = part(page, "今天有集", "往后七天"), part(page, "往后七天", "每个乡镇哪天逢集")

    assert ("清泉乡" in today, "柳河镇" in today) == (True, False)
    assert ("十月十五" in today, "7:00–12:00" in today) == (True, True)
    assert week.count("柳河镇") == 2  # the 24th and the 27th
    assert "清泉乡" in part(phone.get("/"), "今天有集", "各乡镇逢集日")


def test_a_day_without_markets_says_so(phone, session):
    opened(session, "liuhe", "柳河镇", "农历逢三六九")

    assert "今天没有集" in phone.get("/markets/").text
    assert "今天没有集" in phone.get("/").text


def test_a_town_says_its_rule_and_the_days_that_are_different(phone, session):
    market = opened(session, "liuhe", "柳河镇", "农历逢三六九")
    markets.add_exception(
        session, market, kind="drop_date", day=date(2026, 11, 24), reason="镇上修路", by=None, now=NOW
    )

    page = phone.get("/markets/")

    assert "农历逢三、六、九" in page.text
    assert "11月24日 周二停一天（镇上修路）" in page.text
    assert "11月27日 周五" in page.text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_three_times_whatever_the_number_of_markets(phone, session, queries, rows):
    for number in range(rows):
        opened(session, f"m{number}", f"柳河{number}镇", "天天")
    session.commit()

    with queries() as asked:
        phone.get("/markets/")

    assert len([one for one in asked if one.startswith("SELECT")]) == 3


def test_the_first_page_leads_to_the_next_fairs(phone):
    FairFactory(title="柳河镇赶集招聘")

    page = phone.get("/")

    answers = part(page, 'class="answers"', "</section>")
    assert answers.index("找岗位·赶集招聘") < answers.index("学技术") < answers.index("我的报名")
    assert "柳河镇赶集招聘" in part(page, "接下来的招聘会", "正在招生的班")


@pytest.mark.parametrize(
    ("path", "words"),
    [("/help", ("0990-1234567", "替家里人报名", "怎么预约招聘会")), ("/policies/", ("全程不收钱", "押金", "怎么删掉"))],
)
def test_help_and_policies_say_what_people_ask(phone, path, words):
    page = phone.get(path)

    assert page.status_code == 200
    assert [word for word in words if word not in page.text] == []
