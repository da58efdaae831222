"""`portal upgrade`: brings the database to this version's tables."""

import click
from flask.cli import with_appcontext

from portal import schema
from portal.database import db


@click.command("upgrade")
@with_appcontext
def command() -> None:
    """Bring the database up to date. Safe to run again."""
    schema.upgrade(db.engine)
    click.echo("数据库已是最新。The database is up to date.")
