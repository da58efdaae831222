import re
from datetime import date, timedelta

import pytest

from portal.database import db
from scheduling.models import Holiday
from tests.factories import COUNTY, NOW, ClassFactory, FairFactory, MarketFactory, SessionFactory, TownshipFactory


@pytest.fixture(autouse=True)
def county(app):
    """A fair on the Wednesday of the week, a lesson on the Thursday."""
    FairFactory(slug="liuhe", title="柳河镇赶集招聘", starts_at=NOW + timedelta(days=2))
    held = ClassFactory(slug="weld", title="焊工班")
    SessionFactory(training_class=held, number=3, starts_at=NOW + timedelta(days=3))
    FairFactory(title="下周的", starts_at=NOW + timedelta(days=8))


def test_a_week_says_what_is_on_with_its_lunar_days(phone):
    page = phone.get("/fairs/calendar/week/")

    assert page.status_code == 200
    assert "招聘会1场，上课1次" in page.text
    assert 'href="/fairs/liuhe"' in page.text
    assert "焊工班 第3次课" in page.text
    assert "下周的" not in page.text
    assert page.text.count('<time datetime="2026-11-2') == 7
    assert "十五" in page.text  # 2026-11-23 is the fifteenth of the tenth lunar month
    assert 'href="/fairs/calendar/week/2026-11-30"' in page.text
    assert "下周的" in phone.get("/fairs/calendar/week/2026-12-02").text


def test_a_day_goes_by_the_hour_and_the_towns_with_a_market_come_after_it(phone):
    SessionFactory(training_class=ClassFactory(title="电工班"), number=1, starts_at=NOW + timedelta(days=2, hours=-2))
    FairFactory(title="晚场", starts_at=NOW + timedelta(days=2, hours=9))
    for number in range(7):
        late = NOW + timedelta(days=2, hours=10, minutes=number)
        SessionFactory(training_class=ClassFactory(title="夜校"), number=number + 1, starts_at=late)

    day = phone.get("/fairs/calendar/week/").text.split('datetime="2026-11-25"')[1].split("</td>")[0]
    told = [
        day.index(words) for words in ("7:00 电工班", "9:00 柳河镇赶集招聘", "18:00 晚场", "19:04 夜校", "还有2次课")
    ]

    assert told == sorted(told)


def test_what_is_no_day_is_no_page(phone):
    for day in ("2026-13-01", "yesterday", "1899-01-01", "2026-11-23x", "1901-01-06", "2100-12-30"):
        assert phone.get(f"/fairs/calendar/week/{day}").status_code == 404
    for day, beyond in (("1901-01-07", "1900-12-31"), ("2100-12-20", "2100-12-27")):
        page = phone.get(f"/fairs/calendar/week/{day}")
        assert (page.status_code, f"week/{beyond}" in page.text) == (200, False)


def test_a_week_across_the_year_names_both_and_says_whose_holidays_are_not_known(phone, session):
    session.add(Holiday(county=COUNTY, day=date(2026, 10, 1), name="国庆节", works=False))
    page = phone.get("/fairs/calendar/week/2026-12-31").text

    assert ("2026年12月28日 周一" in page, "2027年1月3日 周日" in page) == (True, True)
    assert re.findall(r"(\d+)年放假安排未公布", page) == ["2027"]


@pytest.mark.parametrize("rows", [1, 12])
def test_the_week_asks_the_same_however_full_it_is(phone, queries, rows):
    for _ in range(rows):
        FairFactory(township=TownshipFactory(), starts_at=NOW + timedelta(days=1))
        MarketFactory()
        SessionFactory(training_class=ClassFactory(), number=1, starts_at=NOW + timedelta(days=1))
    db.session.commit()

    with queries() as asked:
        phone.get("/fairs/calendar/week/")

    assert len(asked) <= 12
