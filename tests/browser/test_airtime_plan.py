"""A run of show made by a clerk in a browser, and mended while it is on air: one runs over, one does not come."""

from datetime import timedelta

import pytest

from scheduling import livestreams
from tests.browser.planners import arrives, fits, lets_it_think
from tests.factories import NOW, EnterpriseFactory, FairFactory, VacancyFactory, approve

STARTS = NOW + timedelta(hours=1)
MINUTE = timedelta(minutes=1)
NAMES = ("穗香食品", "铁山机械", "木语家具")


@pytest.fixture
def fair(session):
    """An hour and a half on air; three firms that asked, each with one vacancy."""
    told = {"kind": "livestream", "outdoor": False, "starts_at": STARTS, "ends_at": STARTS + timedelta(minutes=90)}
    row = FairFactory(slug="live", title="送岗到家直播", **told)
    for name in NAMES:
        firm = approve(EnterpriseFactory(name=name, industry=name[-2:]))
        job = approve(VacancyFactory(enterprise=firm))
        livestreams.want(session, row, firm, speaker=f"{name[:2]}经理", jobs=[str(job.no)], by=None, now=NOW)
    session.commit()
    return row


@pytest.fixture
def on_air(server, monkeypatch):
    """Let it be so many minutes into the show."""
    return lambda minute: monkeypatch.setitem(server.app.config, "CLOCK", lambda: STARTS + minute * MINUTE)


def show(server, fair) -> list[tuple]:
    rows = livestreams.of_show(server.session, fair)
    return [(row.title, (row.starts_at - STARTS) // MINUTE, row.minutes, row.first_job_no) for row in rows]


def test_a_run_of_show_from_the_speakers_to_the_last_goodbye(server, session, fair, browser_page, on_air):
    clerk = arrives(session, browser_page())

    clerk.goes_to("/desk/fairs/live")
    clerk.clicks("让电脑排直播流程")
    says_who_speaks_and_who_hosts(clerk)
    fits(clerk)
    lets_it_think(clerk, server, "开始排")
    reads_the_sheet(clerk)
    fits(clerk)
    puts_one_last(clerk)
    clerk.presses("采用这一版")
    before = show(server, fair)
    assert [each[0] for each in before if each[0] in NAMES][-1] == "穗香食品"

    first = next(each for each in before if each[0] in NAMES)
    on_air(first[1] + 1)
    clerk.clicks("开播了，看现场")
    clerk.sees("正在播", first[0])
    fits(clerk)
    runs_over(clerk, server, minutes=4)
    clerk.presses("采用这一版")
    after = {each[0]: each for each in show(server, fair)}
    assert after[first[0]][2] == first[2] + 4
    assert {name: after[name][3] for name in NAMES} == {each[0]: each[3] for each in before if each[0] in NAMES}

    gone = next(name for name in ("木语家具", "铁山机械") if name != first[0])
    clerk.clicks("开播了，看现场")
    does_not_come(clerk, server, gone)
    clerk.presses("采用这一版")
    assert gone not in {each[0] for each in show(server, fair)}


def says_who_speaks_and_who_hosts(clerk):
    fold = clerk.page.locator("details.fold").filter(has_text="木语家具")
    fold.locator("summary").click()
    fold.get_by_label("最少几分钟").fill("20")
    clerk.presses("开始排")
    clerk.sees("最少不能比想讲的还多。")
    fold = clerk.page.locator("details.fold").filter(has_text="木语家具")
    fold.get_by_label("最少几分钟").fill("6")
    clerk.page.get_by_label("第1位").fill("小青")
    clerk.page.get_by_label("第2位").fill("小禾")


def reads_the_sheet(clerk):
    clerk.sees(*NAMES, "1号岗位")
    row = clerk.page.get_by_role("row").filter(has_text="木语家具")
    row.get_by_text("为什么这样排？").click()
    assert row.locator(".says li").count() >= 1


def puts_one_last(clerk):
    clerk.clicks("穗香食品", exact=False)
    fits(clerk)
    places = clerk.page.get_by_label("放到第几个").locator("option").all_inner_texts()
    clerk.page.get_by_label("放到第几个").select_option(label=places[-1])
    clerk.presses("放过去")
    clerk.sees("改好了，成了新的一版。")


def runs_over(clerk, server, *, minutes):
    clerk.presses("马上重排后面的")
    clerk.is_told("哪家不来了", "请填超时几分钟，或选哪家不来了。")
    clerk.types({"超时几分钟": str(minutes)})
    lets_it_think(clerk, server, "马上重排后面的")


def does_not_come(clerk, server, name):
    clerk.types({"哪家不来了": name})
    lets_it_think(clerk, server, "马上重排后面的")
