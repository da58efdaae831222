"""`portal reindex`: writes anew what the search looks through, in every vacancy, enterprise and fair."""

import click
from flask.cli import with_appcontext

from portal.database import writing
from scheduling import vacancies


@click.command("reindex")
@with_appcontext
def command() -> None:
    """Write anew what the search looks through. Needed after changing rows by hand; safe to run again."""
    with writing() as session:
        number = vacancies.rebuild(session)
    click.echo(f"重写了{number}条。{number} rows were written anew.")
