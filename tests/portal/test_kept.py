"""What stands in front of the house never tells anything else than the house."""

from dataclasses import replace
from datetime import timedelta

import pytest
from flask import request
from sqlalchemy import update
from werkzeug.test import Client

from portal.app import create_app
from portal.database import db, feed_generation
from portal.public.feeds import fairs_feed
from scheduling import fairs
from scheduling.models import ClassSession, Fair
from tests.factories import NOW, BoothFactory, FairFactory, JobseekerFactory, SessionFactory, VacancyFactory

ADDRESS = "/feeds/fairs.ics?kind=gig_fair"


@pytest.fixture
def fair(session):
    fair = FairFactory(kind="gig_fair", title="零工")
    session.commit()
    return fair


@pytest.fixture
def asked_house(app, monkeypatch):
    """The addresses that came through to the house."""
    through = []
    house = app.wsgi_app.wsgi

    def listening(environ, start):
        through.append(environ["REQUEST_METHOD"] + " " + environ["PATH_INFO"])
        return house(environ, start)

    monkeypatch.setattr(app.wsgi_app, "wsgi", listening)
    return through


def test_what_has_not_changed_is_asked_of_the_house_once(phone, fair, asked_house):
    first = phone.get(ADDRESS)
    again = phone.get(ADDRESS)
    known = phone.get(ADDRESS, headers={"If-None-Match": first.headers["ETag"]})
    head = phone.head(ADDRESS)

    assert asked_house == ["GET /feeds/fairs.ics"]
    assert (again.data, dict(again.headers)) == (first.data, dict(first.headers))
    assert (known.status_code, known.data, known.headers["ETag"]) == (304, b"", first.headers["ETag"])
    assert (head.status_code, head.data, dict(head.headers)) == (200, b"", dict(first.headers))


def test_a_304_says_in_front_what_it_says_inside(phone, fair, app):
    first = phone.get(ADDRESS)
    known = {"If-None-Match": first.headers["ETag"]}
    in_front = phone.get(ADDRESS, headers=known)
    inside = phone.get(ADDRESS, headers={**known, "If-Modified-Since": first.headers["Last-Modified"]})
    with app.test_request_context(ADDRESS, headers=known):
        bare = app.process_response(fairs_feed())
        bare_headers = bare.get_wsgi_headers(request.environ)

    assert (in_front.status_code, bare.status_code) == (304, 304)
    assert inside.headers == in_front.headers
    assert set(in_front.headers.keys()) == {"ETag", "Cache-Control", "Vary"}  # RFC 9110 §15.4.5, and nothing else
    assert dict(in_front.headers) == dict(bare_headers)
    assert dict(in_front.headers).items() <= dict(first.headers).items()


@pytest.mark.parametrize("address", [ADDRESS, "/feeds/news.atom"])
@pytest.mark.parametrize("seen", ["http://127.0.0.1:8000", "https://rs.example.gov.cn"])
def test_every_feed_says_the_same_in_front_and_inside(fair, database_url, seen, address):
    told = {"SONGGANG_SECRET": "another process of the same house, or so", "DATABASE_URL": database_url}
    house = create_app({**told, "SONGGANG_URL": seen})
    house.config.update(TESTING=True, CLOCK=lambda: NOW)
    front, inside = Client(house.wsgi_app), Client(house.wsgi_app.wsgi)
    known = {"If-None-Match": inside.get(address).headers["ETag"]}

    for headers, status in (({}, 200), (known, 304)):
        answers = [client.get(address, headers=headers) for client in (front, inside)]
        assert [answer.status_code for answer in answers] == [status, status]
        assert dict(answers[0].headers) == dict(answers[1].headers)
        assert ("Strict-Transport-Security" in answers[0].headers) is seen.startswith("https")
    with house.app_context():
        db.engine.dispose()


@pytest.mark.parametrize(
    "change",
    [
        lambda _session, fair: setattr(fair, "title", "改了名"),
        lambda session, fair: fairs.call_off(session, fair, reason="雪", by=None, now=NOW),
        lambda session, _fair: session.delete(BoothFactory(fair=FairFactory()).fair.publication),
        lambda session, _fair: session.execute(update(Fair).values(place="别处")),
        lambda _session, _fair: SessionFactory(),
        lambda session, _fair: session.execute(update(ClassSession).values(room="别处")),
    ],
)
def test_any_change_of_what_is_shown_is_another_generation(session, fair, change):
    before = feed_generation()

    change(session, fair)
    session.commit()

    assert feed_generation() != before


def test_sign_ups_and_what_is_rolled_back_are_not(session, fair):
    before = feed_generation()

    JobseekerFactory()
    session.commit()
    session.execute(update(Fair).where(Fair.id == fair.id).values(taken=Fair.taken + 1))
    session.commit()
    fair.title = "不作数"
    session.flush()
    session.rollback()
    session.commit()

    assert feed_generation() == before


def test_two_processes_agree_after_a_change(app, database_url, phone, fair, session):
    other = create_app({"SONGGANG_SECRET": "another process of the same house, or so", "DATABASE_URL": database_url})
    other.config.update(TESTING=True, CLOCK=lambda: NOW)
    theirs = other.test_client()
    assert theirs.get(ADDRESS).data == phone.get(ADDRESS).data

    fair.title = "改了名"
    session.commit()

    assert "改了名" in theirs.get(ADDRESS).text
    assert theirs.get(ADDRESS).data == phone.get(ADDRESS).data
    fresh = create_app({"SONGGANG_SECRET": "another process of the same house, or so", "DATABASE_URL": database_url})
    fresh.config.update(TESTING=True, CLOCK=lambda: NOW)
    assert fresh.test_client().get(ADDRESS).data == phone.get(ADDRESS).data  # right after a restart
    for house in (other, fresh):
        with house.app_context():
            db.engine.dispose()


def test_what_is_changed_around_the_house_is_heard_of_by_the_day_and_by_age(app, phone, fair, monkeypatch):
    first = phone.get(ADDRESS)
    with db.engine.begin() as connection:
        connection.execute(update(Fair.__table__).values(title="用手改的"))

    assert phone.get(ADDRESS).data == first.data
    monkeypatch.setitem(app.config, "CLOCK", lambda: NOW + timedelta(minutes=10))
    assert "用手改的" in phone.get(ADDRESS).text


def test_the_cache_is_bounded(app, phone, fair, monkeypatch):
    monkeypatch.setattr("portal.kept.MOST", 8)
    for number in range(20):
        assert phone.get(f"{ADDRESS}&utm={number}").status_code == 200

    assert len(app.wsgi_app.answers) == 8


def test_in_a_moment_the_database_is_asked_once_and_after_it_again(app, phone, fair, monkeypatch):
    monkeypatch.setattr("portal.kept.LASTS", 3600.0)
    monkeypatch.setitem(app.config, "TESTING", value=False)
    first, other = phone.get(ADDRESS), phone.get(ADDRESS, headers={"Accept-Encoding": "gzip"})
    with db.engine.begin() as connection:
        connection.execute(update(Fair.__table__).values(title="用手改的"))
        connection.exec_driver_sql("UPDATE feed_generations SET number = number + 1")

    for _ in range(2):
        assert phone.get(ADDRESS).data == first.data
        assert phone.get(ADDRESS, headers={"Accept-Encoding": "gzip"}).data == other.data != first.data
    app.wsgi_app.moment = replace(app.wsgi_app.moment, ends=0.0)
    assert "用手改的" in phone.get(ADDRESS).text
    assert phone.get(ADDRESS, headers={"Accept-Encoding": "gzip"}).data != other.data


def test_a_calendar_has_no_headers_of_documents_and_a_page_of_feeds_has(phone, fair):
    calendar, atom = phone.get(ADDRESS).headers, phone.get("/feeds/news.atom").headers

    assert "Content-Security-Policy" not in calendar
    assert "Content-Security-Policy" in atom  # a browser shows it
    assert calendar["X-Content-Type-Options"] == atom["X-Content-Type-Options"] == "nosniff"


def test_a_database_that_is_away_is_never_hidden_by_what_is_kept(phone, fair):
    assert phone.get(ADDRESS).status_code == 200
    db.session.commit()
    with db.engine.begin() as connection:
        for table in ("feed_generations", "fairs"):
            connection.exec_driver_sql(f"ALTER TABLE {table} RENAME TO away_{table}")

    try:
        assert phone.get(ADDRESS).status_code == 503
    finally:
        with db.engine.begin() as connection:
            for table in ("feed_generations", "fairs"):
                connection.exec_driver_sql(f"ALTER TABLE away_{table} RENAME TO {table}")


def test_a_new_vacancy_is_news(session, fair):
    before = feed_generation()
    VacancyFactory()
    session.commit()

    assert feed_generation() != before
