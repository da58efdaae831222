"""`portal demo`: a made-up county around today, on this machine, with nothing to set."""

from __future__ import annotations

import os
import socket
import time
from pathlib import Path

import click
from flask.cli import ScriptInfo

from portal import clock, doors, schema
from portal.commands import serve
from portal.commands.demo import cast
from portal.commands.demo.folder import Folder, InUse, claim, share
from portal.commands.demo.loading import load
from portal.config import Settings
from portal.database import db, writing
from portal.setup import words

ANYWHERE = {"0.0.0.0", "::"}  # noqa: S104  what these mean, not where we listen


@click.command("demo")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option(
    "--data", "path", default=".demo", show_default=True, type=click.Path(path_type=Path), help="Data folder."
)
@click.option("--reset", is_flag=True, help="Throw the demo's data away and start afresh, around today.")
@click.pass_obj
def command(script: ScriptInfo, host: str, port: int, path: Path, *, reset: bool) -> None:
    """Show the portal with a made-up county, kept in the data folder until --reset."""
    serve.require_free(host, port)
    folder = Folder(path.resolve())
    try:
        lock = folder.open()
        fresh = reset or not folder.database.exists()
        if fresh:
            claim(lock)
            folder.clear()
        share(lock)
        _set(folder, url=_address(host, port), database=folder.draft if fresh else folder.database)
        _fill(script, folder) if fresh else _keep(script, folder)
    except InUse:
        words.stop(
            f"另一个演示正在用 {folder.path}。请先停掉它，或用 --data 换一个文件夹。",
            f"Another demo is using {folder.path}. Stop it, or choose another folder with --data.",
        )
    except OSError as error:
        words.stop(
            f"{folder.path} 用不了（{error.strerror}）。请用 --data 换一个可写的文件夹。",
            f"Cannot use {folder.path} ({error.strerror}). Choose a folder you may write to with --data.",
        )
    _set(folder, url=_address(host, port), database=folder.database)
    click.echo(cast.announcement(_address(host, port)))
    serve.beside("worker")
    serve.become(host, port, workers=2, threads=16, patience=3, log_level="error")


def _set(folder: Folder, *, url: str, database: Path) -> None:
    """Put the demo's settings into the environment. A real database set there is never the demo's business."""
    os.environ.update(
        DATABASE_URL=f"sqlite:///{database}",
        SONGGANG_SECRET=folder.secret(),
        SONGGANG_COUNTY=Settings.county,
        SONGGANG_COUNTY_NAME=Settings.county_name,
        SONGGANG_DEMO="1",
    )
    os.environ.setdefault("SONGGANG_URL", url)


def _fill(script: ScriptInfo, folder: Folder) -> None:
    """Load the county into the draft, in one transaction, and let it take its place."""
    words.say(
        "正在生成演示县：集市、企业、岗位、招聘会、培训班……",
        "Making up a county: markets, employers, fairs, classes ...",
    )
    began = time.monotonic()
    app = script.load_app()
    with app.test_request_context():
        schema.upgrade(db.engine)
        with writing() as session:
            load(session, doors.county(), keys=doors.keys(), now=clock.now())
        db.engine.dispose()
    folder.settle()
    words.say(f"用了{words.since(began)}秒。", f"That took {words.since(began)} seconds.")


def _keep(script: ScriptInfo, folder: Folder) -> None:
    """Bring the tables of a county loaded earlier up to date, and say when its days have gone by."""
    try:
        with script.load_app().app_context():
            schema.upgrade(db.engine)
            db.engine.dispose()
            days = (clock.now() - folder.made()).days
    except Exception:  # noqa: BLE001  whatever is wrong with it, it is made up
        words.stop(
            "这份演示数据是另一个版本留下的，或已损坏。请加 --reset 重新开始。",
            "This demo data is another version's, or damaged. Start afresh with --reset.",
        )
    if days:
        words.say(
            f"演示数据是{days}天前生成的，“今天”的招聘会已经过去；加 --reset 重新生成。",
            f"This data was made {days} days ago, and its “today” is over; --reset makes it anew.",
        )


def _address(host: str, port: int) -> str:
    """Give the address people type and phones scan; for every interface, the one that reaches other machines."""
    name = _reachable() if host in ANYWHERE else host
    return f"http://[{name}]:{port}" if ":" in name else f"http://{name}:{port}"


def _reachable() -> str:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("10.255.255.255", 9))  # sends nothing; it only chooses an interface
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])
