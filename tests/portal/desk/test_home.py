from datetime import time, timedelta

import pytest

from scheduling import markets
from tests.factories import (
    COUNTY,
    NOW,
    ClassFactory,
    EnterpriseFactory,
    FairFactory,
    TownshipFactory,
    VacancyFactory,
    approve,
)


def test_the_desk_sees_todays_work(desk, session):
    markets.open(
        session,
        COUNTY,
        slug="qingquan",
        township=TownshipFactory(name="清泉乡"),
        name="清泉乡",
        term="集",
        rule_text="农历逢五逢十",
        opens=time(7),
        closes=time(12),
        by=None,
        now=NOW,
    )
    FairFactory(title="今天的零工招聘", starts_at=NOW - timedelta(hours=1))
    FairFactory(title="后天的草稿", draft=True)
    VacancyFactory(enterprise=approve(EnterpriseFactory()))
    EnterpriseFactory()
    ClassFactory(title="焊工一班")

    page = desk.get("/desk/")

    assert page.status_code == 200
    for words in (
        "2026年11月23日 周一 十月十五",
        "今天的零工招聘",
        "进行中",
        "后天的草稿",
        "草稿",
        "清泉乡",
        "焊工一班",
    ):
        assert words in page.text


def test_an_empty_county_says_what_to_do_first(desk):
    page = desk.get("/desk/")

    assert ("今天没有排招聘会。" in page.text, 'href="/desk/fairs/new"' in page.text) == (True, True)


@pytest.mark.parametrize("rows", [1, 3])
def test_what_comes_next_asks_once_whatever_its_length(desk, session, queries, rows):
    for _ in range(rows):
        FairFactory()
    session.commit()

    with queries() as asked:
        desk.get("/desk/")

    assert sum("FROM fairs" in one for one in asked) == 2  # today's, and those to come


@pytest.mark.parametrize("path", ["/desk/", "/desk/fairs/", "/desk/fairs/new", "/desk/markets/"])
def test_a_stranger_is_sent_to_sign_in(phone, path):
    page = phone.get(path)

    assert (page.status_code, page.location.split("?")[0]) == (303, "/signin/staff")
