"""Every route, the roles it admits, and every role walking every route."""

from __future__ import annotations

import pytest
from flask import Blueprint, Flask

from portal import doors
from scheduling import accounts
from tests.factories import NOW, AccountFactory, EnterpriseFactory, SchoolFactory

ROLES = ("jobseeker", "coordinator", "enterprise", "school", "scanner", "desk", "admin")

# Wider or narrower than its door; everything else follows the door's own line in portal/doors.py.
DOORS = {
    "public": set(ROLES) | {"nobody"},
    "api": set(ROLES) | {"nobody"},
    "static": set(ROLES) | {"nobody"},
    "enterprise": {"enterprise"},
    "school": {"school", "desk", "admin"},
    "desk": {"desk", "admin"},
    "gate": {"scanner", "desk", "admin"},
}
ROOMS = {
    "enterprise.register": set(ROLES),
    "public.own_calendar": set(ROLES),
    "public.own_calendar_revocation": set(ROLES),
    **{
        f"public.{room}": {"coordinator", "desk", "admin"}
        for room in ("village", "list_new", "list_check", "list_table", "list_template", "list_show")
    },
    **{f"gate.{room}": set(ROLES) | {"nobody"} for room in ("join", "app", "app_worker", "app_manifest", "app_file")},
    "desk.accounts": {"admin"},
    "desk.account_new": {"admin"},
    "desk.account_closing": {"admin"},
    "desk.deeds": {"admin"},
}


def routes(app: Flask) -> list[tuple[str, str, str]]:
    """Give (endpoint, method, address) of every route, with an example in each hole of the address."""
    examples = {"slug": "none-1", "number": 1, "no": 1, "id": "0190a4f0-0000-7000-8000-000000000000", "filename": "x"}
    adapter = app.url_map.bind("localhost")
    return [
        (rule.endpoint, method, adapter.build(rule.endpoint, _filled(rule, examples), method=method))
        for rule in app.url_map.iter_rules()
        for method in sorted(rule.methods - {"HEAD", "OPTIONS"})
    ]


def _filled(rule, examples: dict) -> dict:
    return {name: _example(rule, name, examples) for name in rule.arguments}


def _example(rule, name: str, examples: dict):
    kind = type(rule._converters[name]).__name__
    if kind == "UUIDConverter":
        return examples["id"]
    if kind == "IntegerConverter":
        return 1
    return examples.get(name, "none")


def unguarded(app: Flask) -> set[str]:
    """Name the endpoints before which no guard stands."""
    return {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static"
        and doors.guard not in app.before_request_funcs.get(rule.endpoint.rpartition(".")[0], [])
    }


@pytest.fixture
def as_role(signed_in):
    """A phone signed in as one role, or as nobody."""

    def sign_in(app: Flask, role: str):
        if role == "nobody":
            return app.test_client()
        account = AccountFactory()
        if role == "enterprise":
            account.enterprise_id = EnterpriseFactory().id
        if role == "school":
            account.school_id = SchoolFactory().id
        from portal.database import db

        accounts.grant(db.session(), account, role, by=None, now=NOW)
        return signed_in(account)

    return sign_in


def test_every_route_has_a_guard_before_it(app):
    assert unguarded(app) == set()


def test_a_planted_route_without_a_guard_is_found():
    app = Flask("planted")
    loose = Blueprint("loose", "loose")
    loose.add_url_rule("/loose", "door", lambda: "come in")
    app.register_blueprint(loose)

    assert unguarded(app) == {"loose.door"}


def test_every_route_admits_the_roles_of_its_door_and_no_others(app):
    table = {endpoint: set(doors.admitted(endpoint)) for endpoint, _method, _address in routes(app)}

    expected = {endpoint: ROOMS.get(endpoint, DOORS[endpoint.partition(".")[0]]) for endpoint in table}
    assert table == expected


def test_an_endpoint_of_no_known_door_admits_nobody():
    assert doors.admitted("loose.door") == frozenset()


@pytest.mark.parametrize("role", ["nobody", *ROLES])
def test_every_route_answers_a_role_as_the_table_says(app, as_role, role):
    client = as_role(app, role)

    wrong = []
    for endpoint, method, address in routes(app):
        if endpoint == "public.signout":  # it would end the walk
            continue
        status, place = _knock(client, method, address)
        turned_away = status == 403 or (status == 303 and place.startswith("/signin"))
        admitted = bool(doors.admitted(endpoint) & {role}) or "nobody" in doors.admitted(endpoint)
        if admitted == turned_away and not _speaks_for_itself(endpoint):
            wrong.append((endpoint, method, status))
        if status >= 500:
            wrong.append((endpoint, method, status))
    assert wrong == []


def _knock(client, method: str, address: str) -> tuple[int, str]:
    answer = client.open(address, method=method)
    return answer.status_code, answer.location or ""


def _speaks_for_itself(endpoint: str) -> bool:
    """Sign-in pages answer 303 or 403 in their own right."""
    return endpoint in {"public.signin", "public.signin_code", "public.staff_signin"}
