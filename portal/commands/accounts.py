"""`portal accounts`: open the first administrator's account, from the machine itself."""

from __future__ import annotations

import click
from flask.cli import ScriptInfo

from portal import clock, doors, errors
from portal.database import writing
from scheduling import accounts, counties
from scheduling.refusals import Refusal


@click.command("accounts")
@click.argument("username")
@click.option("--name", required=True, help="The person's name.")
@click.option("--role", type=click.Choice(["scanner", "desk", "admin"]), default="admin", show_default=True)
@click.password_option(help="At least ten characters; asked for when not given.")
@click.pass_obj
def command(script: ScriptInfo, username: str, name: str, role: str, password: str) -> None:
    """Open a staff account called USERNAME, and the county itself when it is not there yet."""
    app = script.load_app()
    with app.test_request_context(), writing() as session:
        counties.found(session, doors.county(), doors.settings().county_name)
        try:
            accounts.open_staff(
                session,
                doors.county(),
                username=username,
                name=name,
                password=password,
                roles=(role,),
                by=None,
                now=clock.now(),
            )
        except Refusal as refusal:
            raise click.ClickException(errors.wording(refusal)[1]) from refusal
    click.echo(f"{username}: {role}")
