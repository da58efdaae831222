"""The demo's data folder: a secret and a database that is there whole or not at all."""

from __future__ import annotations

import fcntl
import os
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

_BESIDE = ("", "-wal", "-shm", "-journal", ".lock")  # what SQLite and our queue of writers keep beside a database


class InUse(Exception):  # noqa: N818  it says what is the matter
    """Another demo works with this folder."""


@dataclass(frozen=True)
class Folder:
    """One demo's files. Nothing else in `path` is ever touched."""

    path: Path

    @property
    def database(self) -> Path:
        """The loaded county."""
        return self.path / "songgang.sqlite3"

    @property
    def draft(self) -> Path:
        """The county while it is being loaded; one killed half-way is thrown away by the next start."""
        return self.path / "loading.sqlite3"

    def open(self) -> BinaryIO:
        """Make the folder, readable by its owner only, and open what `claim` and `share` lock."""
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        return (self.path / "in-use").open("ab")

    def secret(self) -> str:
        """Give the folder's secret, made once; only the owner may read it."""
        path = self.path / "secret"
        if not path.is_file():
            fresh = path.with_suffix(".new")
            fresh.unlink(missing_ok=True)
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(48))
            fresh.replace(path)  # a secret is there whole or not at all, too
        return path.read_text()

    def made(self) -> datetime:
        """When this demo began: its secret is as old."""
        return datetime.fromtimestamp((self.path / "secret").stat().st_mtime, UTC)

    def settle(self) -> None:
        """Give the loaded draft its name. Whoever wrote it has closed it: SQLite then leaves nothing beside it."""
        self.draft.replace(self.database)
        self.sweep(self.draft)

    def clear(self) -> None:
        """Throw everything of the demo away."""
        for database in (self.database, self.draft):
            self.sweep(database)
        (self.path / "secret").unlink(missing_ok=True)

    @staticmethod
    def sweep(database: Path) -> None:
        """Throw a database away, and what is beside it."""
        for ending in _BESIDE:
            database.with_name(database.name + ending).unlink(missing_ok=True)


def claim(lock: BinaryIO) -> None:
    """Have the folder to oneself, to fill or to empty it. Raises InUse."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise InUse from None


def share(lock: BinaryIO) -> None:
    """Use the folder beside others, from here on and in the program this process becomes. Raises InUse."""
    try:
        fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        raise InUse from None
    os.set_inheritable(lock.fileno(), True)  # noqa: FBT003  the only way it takes it
