"""The hatch answers as the house does, and passes on to the house what is out of order."""

from __future__ import annotations

import json

import pytest
from werkzeug.test import Client

from portal.api.hatch import Hatch
from portal.app import BATCH
from scheduling.models import GateItem
from tests.gate_phones import carried, scan, world

__all__ = ["carried", "world"]  # fixtures
PATH = "/api/v1/scan-batches"


@pytest.fixture
def hatch(app) -> Hatch:
    """The app's own."""
    found = app.wsgi_app.wsgi
    assert isinstance(found, Hatch)
    return found


@pytest.fixture
def only_hatch(app, hatch) -> Client:
    """A hatch with nobody behind it."""

    def nobody(_environ, start):
        start("500 Nobody", [])
        return [b""]

    return Client(Hatch(app, nobody, most=BATCH, headers=dict(hatch.headers[1:])))


def test_what_is_in_order_never_comes_to_the_house_and_is_answered_as_the_house_would(hatch, only_hatch, carried):
    asked = {"json": {"device": {"id": carried.id, "last_seq": 2, "pending": 0}, "items": [scan(1), scan(2, "li")]}}

    first = only_hatch.post(PATH, headers=carried.headers, **asked)
    again = only_hatch.post(PATH, headers=carried.headers, **asked)
    house = Client(hatch.wsgi).post(PATH, headers=carried.headers, **asked)

    assert [each["stored"] for each in json.loads(first.data)["results"]] == ["recorded"] * 2
    assert (again.status_code, json.loads(again.data)) == (house.status_code, json.loads(house.data))
    kept = {name: text for name, text in house.headers.items() if name != "Vary"}  # no cookie was looked at
    assert dict(again.headers) == kept


@pytest.mark.parametrize("header", ["", "Bearer ", "Basic abc", "Bearer nobody's"])
def test_a_secret_that_nobody_has_is_told_by_the_house(app, only_hatch, world, header):
    assert only_hatch.post(PATH, json={"items": [scan()]}, headers={"Authorization": header}).status_code == 500
    answer = app.test_client().post(PATH, json={"items": [scan()]}, headers={"Authorization": header})

    assert (answer.status_code, answer.json["error"]) == (401, "DeviceUnknown")


def test_what_is_too_long_and_what_is_no_upload_is_told_by_the_house(app, carried, session):
    long = carried.client.post(PATH, data=b"x" * (BATCH + 1), headers=carried.headers)

    assert long.status_code == 413
    assert session.query(GateItem).count() == 0
    assert app.test_client().get(PATH).status_code == 405
