"""A printed poster must never go dead: the addresses people were given, one a line in addresses.txt."""

from __future__ import annotations

from pathlib import Path

LIST = Path(__file__).parent / "addresses.txt"


def public(app) -> set[str]:
    """Give the addresses anyone may open, as they are written in the routes."""
    doors = {"public", "api"}
    return {
        rule.rule
        for rule in app.url_map.iter_rules()
        if rule.endpoint.partition(".")[0] in doors and "GET" in rule.methods and not rule.rule.startswith("/demo/")
    }


def test_every_address_given_out_still_opens_and_every_new_one_is_on_the_list(app):
    assert sorted(public(app)) == LIST.read_text(encoding="utf-8").split()


def test_the_doors_stand_where_they_stood(app):
    firsts = {rule.rule for rule in app.url_map.iter_rules() if rule.endpoint.endswith(".home")}

    assert firsts == {"/", "/enterprise/", "/school/", "/desk/", "/gate/"}
