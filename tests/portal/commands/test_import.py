import json

import pytest
from click.testing import CliRunner
from flask.cli import ScriptInfo
from sqlalchemy import select

from portal.commands import accounts, import_
from scheduling.models import Market, Township

ROW = {
    "code": "990102",
    "name": "柳河镇",
    "rule_text": "农历逢三六九",
    "term": "集",
    "market_hours": ["07:00", "12:00"],
}


def run(app, tmp_path, *rows):
    file = tmp_path / "county.json"
    file.write_text(json.dumps({"townships": rows}), encoding="utf-8")
    return CliRunner().invoke(import_.command, [str(file)], obj=ScriptInfo(create_app=lambda: app))


def test_townships_and_markets_are_taken_in_once(app, session, tmp_path):
    first, second = run(app, tmp_path, ROW), run(app, tmp_path, ROW)

    assert (first.exit_code, second.exit_code) == (0, 0)
    assert session.scalars(select(Township.name)).all() == ["柳河镇"]
    assert session.scalars(select(Market.rule_text)).all() == ["农历逢三六九"]


def test_a_rule_that_cannot_be_read_stops_all_of_it_and_is_named(app, session, tmp_path):
    answer = run(app, tmp_path, ROW, {**ROW, "code": "990103", "name": "石桥铺镇", "rule_text": "看天气"})

    assert answer.exit_code == 1
    assert "石桥铺镇" in answer.output
    assert session.scalars(select(Township)).all() == []


@pytest.mark.parametrize(
    "written", ["乡镇,集市\n柳河镇,逢三", '{"towns": []}', '{"townships": [{"name": "柳河镇"}]}', "[]", b"\xff\xfe\x00"]
)
def test_a_file_that_lists_no_townships_is_refused_in_plain_words(app, session, tmp_path, written):
    file = tmp_path / "county.csv"
    file.write_bytes(written if isinstance(written, bytes) else written.encode())

    answer = CliRunner().invoke(import_.command, [str(file)], obj=ScriptInfo(create_app=lambda: app))

    assert answer.exit_code == 1
    assert "county.csv 读不出乡镇" in answer.output
    assert session.scalars(select(Township)).all() == []


def test_the_first_account_is_opened_from_the_machine(app, phone, tmp_path):
    answer = CliRunner().invoke(
        accounts.command,
        ["root", "--name", "管理员", "--password", "long enough 9"],
        obj=ScriptInfo(create_app=lambda: app),
    )
    page = phone.post("/signin/staff", data={"username": "root", "password": "long enough 9"})

    assert answer.exit_code == 0
    assert page.location == "/desk/"
