"""Finding people by name at the gate: nobody unless the desk allows it, and then as little of each as will do."""

from __future__ import annotations

from datetime import timedelta

import pytest

from scheduling import gate
from scheduling.gate import naming, searching
from scheduling.models import Deed, Enrolment, GateSearch, Jobseeker, Ticket
from tests.factories import COUNTY, KEYS, NOW
from tests.gate_world import WORLD, joined, lay_out

CODE = {who: told["code"] for who, told in WORLD["tickets"].items()}


@pytest.fixture
def fair(session):
    lay_out(session)
    return gate.find_event(session, COUNTY, "fair/7")


@pytest.fixture
def lesson(session, fair):
    return gate.find_event(session, COUNTY, "class/3/1")


def listed(session, event, *, since: str = "", now=NOW) -> dict:
    return gate.snapshot(session, COUNTY, event, since=since, now=now, keys=KEYS)


def allow(session, event, *, now=NOW) -> GateSearch:
    return searching.allow(session, COUNTY, event, by=None, now=now)


def stop(session, event) -> None:
    searching.stop(session, COUNTY, event, by=None, now=NOW)


def tail(session, name: str) -> str:
    return session.query(Jobseeker).filter_by(name=name).first().phone[-2:]


def deeds(session) -> list[str]:
    return [deed.what for deed in session.query(Deed).order_by(Deed.id) if deed.what.startswith("gate.search")]


def test_a_list_names_nobody_unless_the_desk_allows_it(session, fair, lesson):
    assert "names" not in listed(session, fair)

    allow(session, fair)

    assert "names" in listed(session, fair)
    assert "names" not in listed(session, gate.find_event(session, COUNTY, "fair/8"))
    assert "names" not in listed(session, lesson)


def test_of_each_standing_ticket_it_has_the_least_that_tells_people_apart(session, fair):
    allow(session, fair)

    names = {row[0]: row for row in listed(session, fair)["names"]}

    assert names.keys() == {CODE[who] for who in ("wang", "li", "found", "late", "rotated", "booth")}  # none revoked
    assert names[CODE["wang"]] == [CODE["wang"], "王*芳", tail(session, "王秀芳"), "1 1"]
    assert names[CODE["booth"]] == [CODE["booth"], "青禾县穗香食品有限公司", "", "3 1", "12"]


def test_a_learner_without_a_place_is_listed_as_waiting(session, lesson):
    allow(session, lesson)

    names = listed(session, lesson)["names"]

    assert [row[1:2] + row[3:] for row in names] == [["冯*", "2 1"], ["陈*雨", "2 2", "", "waitlisted"]]


def test_a_class_allows_it_for_all_its_sessions_at_once(session, lesson):
    row = allow(session, lesson)

    assert (row.fair_id, row.class_id) == (None, lesson.class_id)


def test_allowing_and_stopping_twice_is_once_and_each_is_on_record(session, fair):
    assert allow(session, fair).id == allow(session, fair, now=NOW + timedelta(minutes=1)).id
    stop(session, fair)
    stop(session, fair)

    assert "names" not in listed(session, fair)
    assert session.query(GateSearch).count() == 0
    assert deeds(session) == ["gate.search_allowed", "gate.search_stopped"]
    allow(session, fair)
    assert "names" in listed(session, fair)


def test_the_next_list_after_it_was_allowed_is_whole_and_those_after_it_have_what_changed(session, fair):
    before = listed(session, fair)["version"]
    at = NOW + timedelta(minutes=10)
    allow(session, fair, now=at)

    whole = listed(session, fair, since=before, now=at + timedelta(seconds=1))
    assert (whole["full"], len(whole["names"])) == (True, 6)

    later = at + timedelta(minutes=10)
    nothing = listed(session, fair, since=listed(session, fair, now=later)["version"], now=later)
    assert (nothing["full"], nothing["names"], nothing["people"]) == (False, [], [])
    session.query(Ticket).filter_by(code=CODE["late"]).one().issued_at = later
    news = listed(session, fair, since=nothing["version"], now=later)
    assert (news["full"], [row[0] for row in news["names"]], len(news["people"])) == (False, [CODE["late"]], 1)


def test_a_seat_that_was_confirmed_since_is_among_the_changes(session, lesson):
    allow(session, lesson)
    later = NOW + timedelta(minutes=10)
    version = listed(session, lesson, now=later)["version"]
    session.query(Enrolment).filter(Enrolment.confirmed_at.is_(None)).one().confirmed_at = later

    assert [row[1:2] + row[3:] for row in listed(session, lesson, since=version, now=later)["names"]] == [
        ["陈*雨", "2 2"]
    ]


def test_three_hours_after_its_end_nobody_is_to_be_found_any_more(session, fair):
    allow(session, fair)
    end = fair.ends_at + timedelta(hours=3)

    assert "names" in listed(session, fair, now=end - timedelta(seconds=1))
    assert "names" not in listed(session, fair, now=end)


def test_a_code_is_named_to_a_phone_that_was_invited_to_its_event(session, fair):
    _, secret = joined(session, scope=("fair/7",))
    codes = {CODE[who] for who in ("wang", "booth", "gone", "neighbour", "learner")} | {"000000000"}

    told = naming.names(session, COUNTY, gate.hashed(secret), codes, now=NOW)

    assert told == {CODE["wang"]: "王*芳", CODE["booth"]: "青禾县穗香食品有限公司", CODE["gone"]: "张*"}


def test_nobody_is_named_to_a_phone_that_is_out_or_past_its_time_or_unknown(session, fair):
    device, secret = joined(session)

    def told(secret: str, *, now=NOW) -> dict[str, str]:
        return naming.names(session, COUNTY, gate.hashed(secret), {CODE["wang"]}, now=now)

    assert told(secret) == {CODE["wang"]: "王*芳"}
    assert told(secret, now=NOW + timedelta(days=5)) == {}
    assert told("nobody's") == {}
    gate.revoke(session, device, by=None, now=NOW)
    session.flush()
    assert told(secret) == {}
