"""`portal serve`: the production server. Everything it serves is set by SONGGANG_* and DATABASE_URL."""

import os
import sys

import click
from flask.cli import ScriptInfo


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1), help="Processes.")
@click.option("--threads", default=64, show_default=True, type=click.IntRange(1), help="Requests at once in each.")
@click.pass_obj
def command(script: ScriptInfo, host: str, port: int, workers: int, threads: int) -> None:
    """Serve the portal with granian.

    Many threads, because slow phones hold them: with 4, forty of them starve the rest. Behind nginx fewer will do.
    """
    script.load_app()  # a wrong setting is said here, once, and not by workers that die in turn
    options = {"interface": "wsgi", "host": host, "port": port, "workers": workers, "blocking-threads": threads}
    arguments = [word for name, value in options.items() for word in (f"--{name}", str(value))]
    arguments += ["--factory", "--no-ws", "--respawn-failed-workers"]
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "granian", *arguments, "portal.app:create_app"])  # noqa: S606 - no shell is wanted
