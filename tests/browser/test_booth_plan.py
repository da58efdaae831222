"""Booths given out by a clerk in a browser: asked for, solved, changed by hand, broken, solved again, booked."""

import pytest

from scheduling import booths
from tests.browser.planners import arrives, fits, lets_it_think
from tests.factories import NOW, EnterpriseFactory, FairFactory, approve


@pytest.fixture
def fair(session):
    """Six booths; three firms that asked, two of them for the same booth."""
    row = FairFactory(slug="liuhe", title="柳河镇赶集招聘")
    booths.lay_out(session, row, count=6, columns=3, by=None, now=NOW)
    for name, wishes in (("穗香食品", ["2"]), ("铁山机械", ["2"]), ("木语家具", [])):
        firm = approve(EnterpriseFactory(name=name, industry=name[-2:]))
        booths.want(session, row, firm, wishes=wishes, by=None, now=NOW)
    session.commit()
    return row


def stands(server, fair) -> dict[str, int]:
    laid = booths.of_fair(server.session, fair)
    return {booth.booking.enterprise.name: booth.number for booth in laid if booth.booking}


def test_booths_from_the_wishes_to_the_bookings(server, session, fair, browser_page):
    clerk = arrives(session, browser_page())

    clerk.goes_to("/desk/fairs/liuhe/booths")
    clerk.clicks("让电脑分展位")
    says_what_a_firm_wants(clerk)
    fits(clerk)
    lets_it_think(clerk, server, "开始分")
    reads_why(clerk)
    fits(clerk)
    moves_one_by_hand(clerk)
    clerk.presses("采用这一版")
    before = stands(server, fair)
    assert before["木语家具"] == 6

    loses_a_booth(clerk, server, before["穗香食品"])
    clerk.presses("采用这一版")
    after = stands(server, fair)
    assert {name for name in before if before[name] != after[name]} == {"穗香食品"}


def says_what_a_firm_wants(clerk):
    fold = clerk.page.locator("details.fold").filter(has_text="木语家具")
    fold.locator("summary").click()
    fold.get_by_label("想要哪里").fill("9")
    clerk.presses("开始分")
    clerk.sees("这场没有“9”：请写展位号或分区名。")
    fold = clerk.page.locator("details.fold").filter(has_text="木语家具")
    fold.get_by_label("想要哪里").fill("5号")


def reads_why(clerk):
    clerk.sees("穗香食品", "铁山机械", "木语家具")
    row = clerk.page.get_by_role("row").filter(has_text="木语家具")
    row.get_by_text("为什么这样排？").click()
    assert row.locator(".says li").count() >= 1
    clerk.page.locator(".lot").filter(has_text="木语家具").locator("b").get_by_text("5", exact=True).wait_for()


def moves_one_by_hand(clerk):
    clerk.clicks("手工改")
    fits(clerk)
    clerk.page.get_by_label("哪家单位").first.select_option(label="木语家具，现在5号")
    clerk.page.get_by_label("改到哪个展位").select_option(label="6号 空")
    clerk.presses("换过去")
    clerk.sees("改好了，成了新的一版。")


def loses_a_booth(clerk, server, number):
    clerk.clicks("手工改")
    clerk.page.get_by_label("哪个展位", exact=True).select_option(label=f"{number}号")
    lets_it_think(clerk, server, "重排")
    clerk.sees("和上一版比，改了1处")
    assert "穗香食品" in clerk.page.locator(".changes").inner_text()
