"""`portal serve`: the production server. What it serves is set by SONGGANG_* and DATABASE_URL."""

import os
import socket
import subprocess
import sys
from typing import NoReturn

import click
from flask.cli import ScriptInfo

from portal.setup import words


def require_free(host: str, port: int) -> None:
    """End, saying so, when somebody already listens there: granian would share the port, and take half the visitors."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # one that has just stopped is not in the way
        try:
            probe.bind((host, port))
        except OSError as error:
            words.stop(
                f"{host}:{port} 用不了（{error.strerror}）。请停掉占用它的程序，或用 --port 换一个端口。",
                f"Cannot listen on {host}:{port} ({error.strerror}). Stop what uses it, or choose another --port.",
            )


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1), help="Processes.")
@click.option("--threads", default=64, show_default=True, type=click.IntRange(1), help="Requests at once in each.")
@click.pass_obj
def command(script: ScriptInfo, host: str, port: int, workers: int, threads: int) -> None:
    """Serve the portal with granian; settings come from the environment.

    Many threads on purpose, whatever granian says about it: slow phones hold them, and with 4 in each process forty
    phones starve everybody else. Behind nginx, which waits for the phones itself, fewer will do.
    """
    script.load_app()  # a wrong setting is said here, once, and not by workers that die in turn
    require_free(host, port)
    become(host, port, workers=workers, threads=threads)


def beside(command: str) -> None:
    """Start another of our commands as a child of this process, or of what it becomes; it ends when that is gone.

    Ctrl-C is for the server alone: the child has a session of its own.
    """
    line = [sys.executable, "-m", "portal", command, "--beside", str(os.getpid())]
    subprocess.Popen(line, start_new_session=True)  # noqa: S603  our own command


def become(
    host: str, port: int, *, workers: int, threads: int, patience: int = 30, log_level: str = "info"
) -> NoReturn:
    """Turn this process into granian, serving what the environment says.

    At the end it waits `patience` seconds for a worker, for one that is told to stop while it starts never does.
    """
    options = {
        "interface": "wsgi",
        "host": host,
        "port": port,
        "workers": workers,
        "blocking-threads": threads,
        "workers-kill-timeout": patience,
        "log-level": log_level,
    }
    arguments = [word for name, value in options.items() for word in (f"--{name}", str(value))]
    arguments += ["--factory", "--no-ws", "--respawn-failed-workers", "portal.serving:house"]
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "granian", *arguments])  # noqa: S606 - no shell is wanted
