"""`portal import`: a county's townships and markets, from the JSON that the demo county is written in."""

from __future__ import annotations

import json
from datetime import time
from pathlib import Path
from typing import Any

import click
from flask.cli import ScriptInfo

from portal import clock, doors, errors
from portal.database import writing
from scheduling import counties, markets
from scheduling.refusals import Refusal


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def command(script: ScriptInfo, file: Path) -> None:
    """Take in townships, their markets and the published holidays; what is there already stays as it is.

    FILE is JSON: {"townships": [{"code", "name", "rule_text", "term", "market_hours": ["07:00", "12:00"]}, ...]}.
    All of it or nothing: one rule that cannot be read stops it, and is named.
    """
    app = script.load_app()
    rows = _read(file)
    with app.test_request_context(), writing() as session:
        now, county = clock.now(), doors.county()
        counties.found(session, county, doors.settings().county_name)
        markets.seed_holidays(session, county, by=None, now=now)
        for row in rows:
            opens, closes = (time.fromisoformat(hour) for hour in row.get("market_hours", ["07:00", "12:00"]))
            try:
                markets.open(
                    session,
                    county,
                    slug=row.get("slug", row["code"]),
                    township=counties.settle(session, county, code=row["code"], name=row["name"], by=None, now=now),
                    name=row["name"],
                    term=row.get("term", "集"),
                    rule_text=row["rule_text"],
                    opens=opens,
                    closes=closes,
                    by=None,
                    now=now,
                )
            except Refusal as refusal:
                raise click.ClickException(f"{row['name']}: {errors.wording(refusal)[1]}") from refusal
    click.echo(f"乡镇和集市 {len(rows)}。Townships and markets: {len(rows)}.")


def _read(file: Path) -> list[dict[str, Any]]:
    """Give the townships a file lists. Raises ClickException for a file that is not written as `command` says."""
    try:
        townships = json.loads(file.read_text(encoding="utf-8"))["townships"]
        rows = [row for row in townships if all(isinstance(row[name], str) for name in ("code", "name", "rule_text"))]
        hours = [time.fromisoformat(hour) for row in rows for hour in row.get("market_hours", [])]
    except (ValueError, KeyError, TypeError, AttributeError):
        rows, townships, hours = [], [None], []
    if len(rows) < len(townships) or len(hours) % 2:
        raise click.ClickException(
            f"{file.name} 读不出乡镇：要 JSON 文件，townships 里每个乡镇写明 code、name、rule_text。什么都没有改动。\n"
            "This file lists no townships as JSON ('portal import --help' shows how). Nothing was changed."
        )
    return rows
