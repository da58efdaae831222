import gzip
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from werkzeug.http import http_date

from portal import doors
from portal.app import create_app
from portal.database import db
from portal.doors import COOKIE
from scheduling import campaigns
from tests.factories import COUNTY, NOW, ClassFactory, CourseFactory, FairFactory, SessionFactory, TownshipFactory

EARLIER = NOW - timedelta(days=3)
MIDNIGHT = datetime(2026, 11, 22, 16, 0, tzinfo=UTC)  # of the 23rd, in Shanghai
SECRET = "a secret of the tests, long enough to be one"
FEEDS = [
    "/feeds/fairs.ics",
    "/feeds/courses.ics",
    "/feeds/fairs/liuhe.ics",
    "/feeds/courses/weld.ics",
    "/feeds/courses/weld/1.ics",
]
NAMES = ["fairs.ics", "courses.ics", "liuhe.ics", "weld.ics", "weld-1.ics"]


@pytest.fixture(autouse=True)
def county(app):
    """One fair and one class session, announced three days ago."""
    fair = FairFactory(slug="liuhe", title="柳河镇赶集招聘", changed_at=EARLIER)
    held = ClassFactory(slug="weld", title="焊工班", course=CourseFactory(trade="焊工"), changed_at=EARLIER)
    SessionFactory(training_class=held, number=1, changed_at=EARLIER)
    fair.publication.at = held.publication.at = EARLIER
    return fair


def summaries(page) -> list[str]:
    lines = page.data.replace(b"\r\n ", b"").decode().split("\r\n")
    return [line.removeprefix("SUMMARY:") for line in lines if line.startswith("SUMMARY:")]


@pytest.mark.parametrize(("address", "filename"), list(zip(FEEDS, NAMES, strict=True)))
def test_a_feed_is_a_calendar_for_anybody(phone, address, filename):
    page = phone.get(address)

    assert page.status_code == 200
    assert page.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert page.headers["Content-Disposition"] == f"inline; filename={filename}"
    assert page.headers["Cache-Control"] == "public, max-age=300"
    assert page.headers["Last-Modified"] == http_date(MIDNIGHT)
    assert page.headers["Vary"] == "Accept-Encoding"
    assert page.headers["ETag"].startswith('"')
    assert "Set-Cookie" not in page.headers
    assert summaries(page) == ["柳河镇赶集招聘" if "fairs" in address else "焊工班 第1次课"]
    assert page.data.count(b"BEGIN:VTIMEZONE\r\nTZID:Asia/Shanghai\r\n") == 1


@pytest.mark.parametrize("address", FEEDS)
def test_who_knows_the_bytes_is_told_so_in_none(phone, address):
    first = phone.get(address)

    by_tag = phone.get(address, headers={"If-None-Match": first.headers["ETag"]})
    by_weak_tag = phone.get(address, headers={"If-None-Match": f'"old", W/{first.headers["ETag"]}'})
    by_date = phone.get(address, headers={"If-Modified-Since": first.headers["Last-Modified"]})

    for again in (by_tag, by_weak_tag, by_date):
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]
        assert again.headers["Vary"] == "Accept-Encoding"
        assert again.headers["Cache-Control"] == "public, max-age=300"
        assert "Set-Cookie" not in again.headers


def test_who_knows_less_gets_it_all(phone):
    first = phone.get("/feeds/fairs.ics")
    before = http_date(MIDNIGHT - timedelta(seconds=1))

    for headers in (
        {"If-None-Match": '"another"'},
        {"If-None-Match": '"another"', "If-Modified-Since": first.headers["Last-Modified"]},  # the tag is the stronger
        {"If-Modified-Since": before},
        {"If-Modified-Since": "yesterday, or so"},
    ):
        again = phone.get("/feeds/fairs.ics", headers=headers)
        assert (again.status_code, again.data) == (200, first.data)


def test_a_change_of_this_very_second_is_never_hidden_by_a_date(phone, county):
    county.title, county.changed_at = "改了名", NOW
    first = phone.get("/feeds/fairs.ics")

    county.title = "又改了名"  # in the same second
    by_date = phone.get("/feeds/fairs.ics", headers={"If-Modified-Since": first.headers["Last-Modified"]})
    by_their_clock = phone.get("/feeds/fairs.ics", headers={"If-Modified-Since": http_date(NOW)})
    by_tag = phone.get("/feeds/fairs.ics", headers={"If-None-Match": first.headers["ETag"]})

    assert first.headers["Last-Modified"] == http_date(NOW - timedelta(seconds=10))
    assert [summaries(page) for page in (by_date, by_their_clock, by_tag)] == [["又改了名"]] * 3


def test_head_says_what_get_would(phone):
    for headers in ({}, {"Accept-Encoding": "gzip"}):
        got, head = (phone.open("/feeds/fairs.ics", method=method, headers=headers) for method in ("GET", "HEAD"))

        assert head.data == b""
        assert dict(head.headers) == dict(got.headers)
        assert int(head.headers["Content-Length"]) == len(got.data) > 0


def test_gzip_is_for_those_who_ask(phone):
    plain = phone.get("/feeds/fairs.ics")
    zipped = phone.get("/feeds/fairs.ics", headers={"Accept-Encoding": "br, gzip;q=0.5"})
    known = phone.get("/feeds/fairs.ics", headers={"Accept-Encoding": "gzip", "If-None-Match": zipped.headers["ETag"]})

    assert "Content-Encoding" not in plain.headers
    assert zipped.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.data) == plain.data
    assert zipped.headers["ETag"] != plain.headers["ETag"]
    assert zipped.data == phone.get("/feeds/fairs.ics", headers={"Accept-Encoding": "gzip"}).data
    assert (known.status_code, known.data) == (304, b"")
    for asked in ("identity", "gzip;q=0", "br", ""):
        assert phone.get("/feeds/fairs.ics", headers={"Accept-Encoding": asked}).data == plain.data


def test_the_reader_s_language_display_and_cookies_change_no_byte(phone, desk):
    plain = phone.get("/feeds/fairs.ics")
    desk.set_cookie("language", "en")
    desk.set_cookie("elder", "on")

    theirs = desk.get("/feeds/fairs.ics")

    assert theirs.data == plain.data
    assert theirs.headers == plain.headers
    assert "CATEGORIES:赶集招聘" in plain.text


def test_filters_are_in_the_address_in_any_order_and_what_nobody_knows_is_ignored(phone, county):
    county.township = TownshipFactory(code="990101", name="柳河镇")
    FairFactory(title="零工", kind="gig_fair", audiences=["gig"], starts_at=NOW + timedelta(days=4))

    def shown(query: str) -> list[str]:
        return summaries(phone.get(f"/feeds/fairs.ics?{query}"))

    assert shown("kind=gig_fair") == ["零工"]
    assert shown("township=990101") == shown("township=柳河镇&township=") == ["柳河镇赶集招聘"]
    assert shown("kind=gig_fair&kind=market_fair") == ["柳河镇赶集招聘", "零工"]
    assert shown("audience=gig&kind=market_fair") == []
    assert shown("utm_source=poster&kind=ball&audience=kings&township=Atlantis&alarm=soon") == [
        "柳河镇赶集招聘",
        "零工",
    ]
    assert summaries(phone.get("/feeds/courses.ics?kind=market_fair&township=990101")) == ["焊工班 第1次课"]
    assert summaries(phone.get("/feeds/courses.ics?kind=targeted")) == []
    assert summaries(phone.get("/feeds/courses.ics?trade=焊工(旧名)")) == ["焊工班 第1次课"]  # nobody's trade
    assert shown("%00=%FF&kind=%00&township=%00&trade=%00") == ["柳河镇赶集招聘", "零工"]
    one, other = (
        phone.get(f"/feeds/fairs.ics?{query}") for query in ("alarm=60&kind=gig_fair", "kind=gig_fair&alarm=60")
    )
    assert one.data == other.data
    assert one.data.count(b"TRIGGER:-PT1H") == 1
    assert b"VALARM" not in phone.get("/feeds/fairs.ics?alarm=61").data


def test_addresses_in_a_feed_are_whole_and_below_the_prefix(database_url):
    app = create_app(
        {"SONGGANG_SECRET": SECRET, "DATABASE_URL": database_url, "SONGGANG_URL": "https://rs.example.gov.cn/gang"}
    )
    app.config.update(TESTING=True, CLOCK=lambda: NOW)
    db.session.commit()

    feed = app.test_client().get("/gang/feeds/fairs.ics").text
    page = app.test_client().get("/gang/feeds/?kind=gig_fair").text
    with app.app_context():
        db.engine.dispose()

    assert "URL:https://rs.example.gov.cn/gang/fairs/liuhe\r\n" in feed
    assert 'value="https://rs.example.gov.cn/gang/feeds/fairs.ics?kind=gig_fair"' in page
    assert 'href="webcal://rs.example.gov.cn/gang/feeds/fairs.ics?kind=gig_fair"' in page


def test_what_is_not_published_is_not_found(phone):
    FairFactory(slug="draft", draft=True)
    SessionFactory(training_class=ClassFactory(slug="draft", draft=True), number=1)
    lessons = ("draft/1", "weld/2", "weld/-1", "weld/99999999999999999999", "weld/%00", "none/1")

    for address in ("fairs/draft", "courses/draft", "fairs/%00", "none", *(f"courses/{lesson}" for lesson in lessons)):
        page = phone.get(f"/feeds/{address}.ics", headers={"Accept": "application/json"})
        assert (page.status_code, address) == (404, address)


@pytest.mark.parametrize("address", FEEDS)
@pytest.mark.parametrize("signed_in", [False, True])
def test_a_database_that_is_away_is_a_503_and_never_an_empty_calendar(tmp_path, address, signed_in):
    folder = tmp_path / "gone"
    app = create_app({"SONGGANG_SECRET": SECRET, "DATABASE_URL": f"sqlite:///{folder / 'songgang.sqlite3'}"})

    phone = app.test_client()
    if signed_in:
        phone.set_cookie(COOKIE, "somebody")

    for missing in ("the file's folder", "the tables"):
        page = phone.get(address)
        assert page.status_code == 503, missing
        assert page.headers["Retry-After"].isdigit()
        assert b"VCALENDAR" not in page.data
        assert "ETag" not in page.headers
        folder.mkdir(exist_ok=True)
    with app.app_context():
        db.engine.dispose()


@pytest.mark.parametrize("table", ["fairs", "class_sessions"])
def test_a_missing_table_is_a_503_on_either_database(phone, table):
    db.session.commit()
    address = "/feeds/fairs.ics" if table == "fairs" else "/feeds/courses.ics"
    with db.engine.begin() as connection:
        connection.execute(text(f"ALTER TABLE {table} RENAME TO away"))

    try:
        page = phone.get(address)
    finally:
        with db.engine.begin() as connection:
            connection.execute(text(f"ALTER TABLE away RENAME TO {table}"))

    assert (page.status_code, page.headers["Retry-After"]) == (503, "120")
    assert page.headers["Cache-Control"] == "no-store"
    assert summaries(phone.get(address)) != []


def test_the_page_gives_the_address_that_was_picked(phone, county):
    county.township = TownshipFactory(code="990101", name="柳河镇")

    page = phone.get("/feeds/?township=990101&kind=market_fair&audience=&alarm=60&kind=x")
    courses = phone.get("/feeds/?calendar=courses&trade=焊工&kind=nonsense")

    assert page.status_code == 200
    link = "http://127.0.0.1:8000/feeds/fairs.ics?alarm=60&amp;township=990101&amp;kind=market_fair"
    assert f'value="{link}"' in page.text
    assert f'href="{link.replace("http:", "webcal:")}"' in page.text
    assert '<option selected value="990101">柳河镇</option>' in page.text
    assert 'value="http://127.0.0.1:8000/feeds/courses.ics?trade=%E7%84%8A%E5%B7%A5"' in courses.text


WECHAT = {"User-Agent": "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 MicroMessenger/8.0.43"}


def test_in_wechat_which_opens_no_calendar_every_page_with_one_says_how_to_leave(phone):
    pages = ("/feeds/", "/fairs/liuhe", "/courses/weld")

    assert ["在浏览器打开”，再" in phone.get(page, headers=WECHAT).text for page in pages] == [True] * 3
    assert ["在浏览器打开”，再" in phone.get(page).text for page in pages] == [False] * 3
    assert "webcal:" not in phone.get("/feeds/", headers=WECHAT).text


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_for_towns_and_for_campaigns_once(phone, queries, rows):
    TownshipFactory.create_batch(rows)
    db.session.commit()

    with queries() as asked:
        page = phone.get("/feeds/")

    assert (len([one for one in asked if one.startswith("SELECT")]), page.text.count("镇</option>")) == (2, rows)


def test_the_page_is_for_everybody_who_may_see_a_feed():
    assert {doors.admitted(f"public.{name}") for name in ("feeds", "fairs_feed", "fair_feed")} == {doors.ANYONE}


def test_a_campaign_is_a_filter_and_its_new_days_are_heard_of(app, phone, county, monkeypatch):
    session = db.session()
    told = {"name": "春风行动", "by": None, "now": NOW}
    first = county.starts_at.date()
    spring = campaigns.keep(session, COUNTY, None, first=first, last=first, **told)
    FairFactory(title="零工", kind="gig_fair", starts_at=NOW + timedelta(days=9))
    address = f"/feeds/fairs.ics?campaign={spring.key}"

    before = phone.get(address)
    assert summaries(before) == ["柳河镇赶集招聘"]
    assert summaries(phone.get("/feeds/fairs.ics?campaign=2020-99")) == ["柳河镇赶集招聘", "零工"]
    assert f'value="http://127.0.0.1:8000{address}"' in phone.get(f"/feeds/?campaign={spring.key}").text

    later = NOW + timedelta(minutes=5)
    monkeypatch.setitem(app.config, "CLOCK", lambda: later + timedelta(minutes=1))
    campaigns.keep(session, COUNTY, spring, first=first, last=first + timedelta(days=30), **{**told, "now": later})
    asked_again = phone.get(address, headers={"If-Modified-Since": before.headers["Last-Modified"]})
    assert (asked_again.status_code, summaries(asked_again)) == (200, ["柳河镇赶集招聘", "零工"])

    campaigns.withdraw(session, spring, by=None, now=later)
    assert summaries(phone.get(address)) == ["柳河镇赶集招聘", "零工"]
    assert spring.key not in phone.get("/feeds/").text
