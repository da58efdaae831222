import json
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from sqlalchemy import text

from portal.database import db
from tests.factories import NOW, ClassFactory, EnterpriseFactory, FairFactory, VacancyFactory, approve

ATOM = "{http://www.w3.org/2005/Atom}"
LISTS = ["/feeds/news.atom", "/feeds/news.rss", "/feeds/news.json"]


@pytest.fixture(autouse=True)
def county(app):
    """A fair, a class and a vacancy, published in this order; and drafts."""
    fair, held = FairFactory(slug="liuhe", title="赶集 <b>&\x07招聘"), ClassFactory(slug="weld", title="焊工班")
    fair.publication.at, held.publication.at = NOW - timedelta(hours=3), NOW - timedelta(hours=2)
    approve(
        VacancyFactory(title="车工", enterprise=approve(EnterpriseFactory()), submitted_at=NOW - timedelta(hours=1))
    )
    FairFactory(draft=True, title="草稿")


def test_the_three_lists_say_the_same_newest_first(phone):
    atom = ET.fromstring(phone.get(LISTS[0]).data)  # noqa: S314  our own
    rss = ET.fromstring(phone.get(LISTS[1]).data)  # noqa: S314
    told = json.loads(phone.get(LISTS[2]).data)

    titles = [entry.findtext(f"{ATOM}title") for entry in atom.iter(f"{ATOM}entry")]
    assert titles == ["车工", "焊工班", "赶集 <b>&招聘"]
    assert titles == [entry.findtext("title") for entry in rss.iter("item")] == [one["title"] for one in told["items"]]
    assert told["items"][-1]["url"] == "http://127.0.0.1:8000/fairs/liuhe"
    assert told["version"] == "https://jsonfeed.org/version/1.1"
    assert atom.find(f"{ATOM}link[@rel='self']").get("href") == "http://127.0.0.1:8000/feeds/news.atom"


@pytest.mark.parametrize("address", LISTS)
def test_a_list_is_known_by_its_tag(phone, address):
    first = phone.get(address)
    again = phone.get(address, headers={"If-None-Match": first.headers["ETag"]})

    assert (first.status_code, again.status_code, again.data) == (200, 304, b"")
    assert phone.get(address).data == first.data
    assert "Set-Cookie" not in first.headers


def test_a_database_that_is_away_is_a_503(phone):
    db.session.commit()
    with db.engine.begin() as connection:
        connection.execute(text("ALTER TABLE class_publications RENAME TO away"))

    try:
        page = phone.get(LISTS[0])
    finally:
        with db.engine.begin() as connection:
            connection.execute(text("ALTER TABLE away RENAME TO class_publications"))

    assert (page.status_code, page.headers["Retry-After"]) == (503, "120")


@pytest.mark.parametrize("rows", [1, 9])
def test_the_list_asks_the_same_however_long_it_is(phone, queries, rows):
    for _ in range(rows):
        FairFactory()
        approve(VacancyFactory(enterprise=approve(EnterpriseFactory())))
    db.session.commit()

    with queries() as asked:
        phone.get(LISTS[2])

    assert len([one for one in asked if one.startswith("SELECT") and "feed_generations" not in one]) <= 5
