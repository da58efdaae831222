"""Names at the gate: in the lists of an event that allows it, and beside the verdict on a code that was typed."""

from __future__ import annotations

import json

import pytest

from scheduling import gate, identity
from scheduling.gate import searching
from scheduling.models import GateItem, Jobseeker
from tests.factories import COUNTY, NOW
from tests.gate_phones import FAIR, Carried, carried, scan, world
from tests.gate_world import WORLD, joined
from tests.portal.api.test_gate_lists import five_thousand

__all__ = ["carried", "world"]  # fixtures


def typed(seq: int, who: str = "wang", **more) -> dict:
    return scan(seq, read=WORLD["tickets"][who]["code"], way="typed") | more


def whos(answer) -> list[str | None]:
    assert answer.status_code == 200
    return [each.get("who") for each in answer.json["results"]]


def told(answer) -> str:
    return json.dumps(answer.json, ensure_ascii=False)


def allow(session, name: str = FAIR) -> None:
    searching.allow(session, COUNTY, gate.find_event(session, COUNTY, name), by=None, now=NOW)
    session.commit()


def test_a_list_has_names_only_while_the_event_allows_it(session, carried):
    before = carried.list()
    allow(session)
    during = carried.list()
    searching.stop(session, COUNTY, gate.find_event(session, COUNTY, FAIR), by=None, now=NOW)
    session.commit()
    after = carried.list()

    assert [("names" in answer.json, "王*芳" in told(answer)) for answer in (before, during, after)] == [
        (False, False),
        (True, True),
        (False, False),
    ]


def test_names_add_little_to_a_list_of_five_thousand_and_no_full_name_or_phone(app, session, queries):
    five_thousand(session)
    device, secret = joined(session, scope=["fair/9"])
    session.commit()
    phone = Carried(app, device, secret)
    plain = len(phone.list("fair/9").data)
    allow(session, "fair/9")

    with queries() as asked:
        answer = phone.list("fair/9")

    assert len(answer.json["names"]) == 5000
    assert (len(answer.data) - plain) / 5000 <= 45  # bytes a person
    for person in session.query(Jobseeker).limit(50):
        assert person.name not in told(answer)
        assert identity.masked_phone(person.phone)[-4:] not in {row[2] for row in answer.json["names"]}
    assert len(asked) <= 6  # one of them is BEGIN, on SQLite


def test_who_is_typed_is_named_beside_the_verdict_and_who_is_scanned_is_not(carried):
    answer = carried([typed(1), scan(2, "li"), typed(3, "booth"), typed(4, "gone"), typed(5)])

    assert whos(answer) == ["王*芳", None, "青禾县穗香食品有限公司", "张*", "王*芳"]
    assert [each["verdict"]["kind"] for each in answer.json["results"]] == [
        "counted",
        "counted",
        "counted",
        "cancelled",
        "duplicate_of",
    ]


def test_the_name_is_told_again_with_the_same_item_and_kept_nowhere(carried, session):
    first, again = carried([typed(1)]), carried([typed(1)])

    assert whos(first) == whos(again) == ["王*芳"]
    assert again.json["results"][0]["stored"] == "already_recorded"
    row = session.query(GateItem).one()
    assert "王" not in f"{row.verdict}{row.body}"


@pytest.mark.parametrize("odd", ["000000000", "100000012", "", "王", "１", "9" * 40, "100000011\x00", "HTTPS://SG/T/A"])
def test_what_is_no_code_of_ours_names_nobody(carried, odd):
    assert whos(carried([typed(1, read=odd)])) in ([None], ["王*芳"] if odd == "100000011\x00" else [None])


def test_spaces_between_the_digits_are_what_people_type(carried):
    assert whos(carried([typed(1, read="100 000 011"), typed(2, read="１００-０００-０１１")])) == ["王*芳"] * 2


def test_nobody_of_an_event_the_phone_was_not_invited_to_is_named(app, session, world):
    device, secret = joined(session, scope=["fair/8"])
    session.commit()
    phone = Carried(app, device, secret)

    here = phone([typed(1, "neighbour", event="fair/8"), typed(2, "wang", event="fair/8")])
    elsewhere = phone([typed(3, "wang")])

    assert whos(here) == ["郑*", None]
    assert [each["verdict"]["kind"] for each in here.json["results"]] == ["counted", "wrong_event"]
    assert (whos(elsewhere), elsewhere.json["results"][0]["verdict"]["why"]) == ([None], "out_of_scope")


def test_what_a_phone_that_was_shut_out_hands_in_names_nobody(carried, session):
    carried([typed(1)])
    gate.revoke(session, gate.listed(session, COUNTY, now=NOW)[0], by=None, now=NOW)
    session.commit()

    assert whos(carried([typed(1), typed(2)])) == [None, None]


def test_naming_asks_once_however_many_were_typed_and_not_at_all_for_scans(carried, queries):
    carried([])
    with queries() as scans:
        carried([scan(1)])
    with queries() as one:
        carried([typed(2, "li")])
    with queries() as many:
        carried([typed(n, "li") for n in range(3, 60)])

    asked = [sum("secret_hash" in each and "tickets" in each for each in told) for told in (scans, one, many)]
    assert asked == [0, 1, 1]
