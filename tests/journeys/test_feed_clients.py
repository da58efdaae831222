"""A phone's calendar subscribes to the fairs and asks every few hours, through changes and a bad day of ours."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import text

from portal.database import db
from scheduling import fairs
from tests.factories import NOW, BoothFactory, FairFactory


class Subscription:
    """What a calendar keeps of a feed, and what it holds a feed to."""

    def __init__(self, phone, address: str) -> None:
        self.phone, self.address = phone, address
        self.events, self.validators = {}, {}

    def ask(self) -> int:
        """Ask again as calendars do: with what was told last time; only a 200 replaces what is known."""
        page = self.phone.get(self.address, headers=self.validators)
        if page.status_code == 200:
            told = {str(event["uid"]): event for event in Calendar.from_ical(page.data).walk("VEVENT")}
            for uid in told.keys() & self.events.keys():
                before, after = self.events[uid], told[uid]
                assert after["sequence"] >= before["sequence"]
                assert after["dtstamp"].dt >= before["dtstamp"].dt
                if (after["dtstart"], after["status"]) != (before["dtstart"], before["status"]):
                    assert after["sequence"] > before["sequence"]
            self.events = told
            self.validators = self.remember(page)
        return page.status_code

    def remember(self, page) -> dict[str, str]:
        return {"If-None-Match": page.headers["ETag"], "If-Modified-Since": page.headers["Last-Modified"]}

    def titles(self) -> list[str]:
        return [str(event["summary"]) for event in self.events.values()]


class OldFashioned(Subscription):
    """A client that knows dates only."""

    def remember(self, page) -> dict[str, str]:
        return {"If-Modified-Since": page.headers["Last-Modified"]}


@pytest.fixture
def at(app, monkeypatch):
    """Let the app believe it is so many hours after the start."""

    def believe(hours: float) -> datetime:
        moment = NOW + timedelta(hours=hours)
        monkeypatch.setitem(app.config, "CLOCK", lambda: moment)
        return moment

    return believe


@pytest.mark.parametrize("kind", [Subscription, OldFashioned])
def test_a_calendar_follows_a_fair_from_its_announcement_to_its_end(phone, session, clerk, at, kind):
    other = FairFactory(title="北庙镇零工招聘", kind="gig_fair", starts_at=NOW + timedelta(days=9))
    fair = FairFactory(title="柳河镇零工招聘", kind="gig_fair", draft=True, contact_name="王", contact_phone="0990-1")
    BoothFactory(fair=fair)
    mine = kind(phone, "/feeds/fairs.ics?kind=gig_fair&alarm=60")
    facts = {"by": clerk}

    at(1)
    assert (mine.ask(), mine.titles()) == (200, ["北庙镇零工招聘"])
    assert mine.ask() == 304

    fair.outdoor, fair.starts_at, fair.ends_at = False, NOW + timedelta(days=2), NOW + timedelta(days=2, hours=3)
    session.flush()
    fairs.publish(session, fair, now=at(2), **facts)
    at(2.1)
    assert (mine.ask(), mine.titles()) == (200, ["柳河镇零工招聘", "北庙镇零工招聘"])
    assert len(mine.events[fair.uid].walk("VALARM")) == 1

    later = NOW + timedelta(days=4)
    fairs.move(
        session,
        fair,
        starts_at=later,
        ends_at=later + timedelta(hours=3),
        place=fair.place,
        reason="雨",
        now=at(3),
        **facts,
    )
    assert (mine.ask(), mine.titles()) == (200, ["【改期】柳河镇零工招聘", "北庙镇零工招聘"])
    assert mine.events[fair.uid]["dtstart"].dt == later

    fairs.call_off(session, fair, reason="雪", now=at(4), **facts)
    at(4.1)
    assert (mine.ask(), mine.titles()) == (200, ["【已取消】柳河镇零工招聘", "北庙镇零工招聘"])
    assert mine.events[fair.uid].walk("VALARM") == []

    db.session.commit()
    with db.engine.begin() as connection:
        connection.execute(text("ALTER TABLE fair_moves RENAME TO away"))
    at(5)
    try:
        assert (mine.ask(), len(mine.events)) == (503, 2)
    finally:
        with db.engine.begin() as connection:
            connection.execute(text("ALTER TABLE away RENAME TO fair_moves"))
    assert mine.ask() == 304

    at(24 * 61)
    assert (mine.ask(), list(mine.events)) == (200, [other.uid])
