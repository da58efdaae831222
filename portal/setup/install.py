"""Running pip and telling, line by line, which package it is at."""

import importlib.util
import os
import select
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

from portal.setup import index, words

# What the user's environment says about other installations must not send ours elsewhere.
HINDRANCES = ("PIP_TARGET", "PIP_PREFIX", "PIP_ROOT", "PIP_USER", "PIP_REQUIRE_VIRTUALENV", "PYTHONHOME", "PYTHONPATH")


def install(python: Path, library: Path, wanted: Path, total: int) -> None:
    """Put the `total` packages that `wanted` lists into the environment of `python`, or end saying what to do."""
    log = wanted.with_name("install.log")
    environment = {name: value for name, value in os.environ.items() if name not in HINDRANCES}
    environment = {"PIP_RETRIES": "2", **environment, "PIP_ROOT_USER_ACTION": "ignore", "PYTHONUTF8": "1"}
    command = [
        *_pip(python, log, environment),
        *("install", "--no-deps", "--require-hashes", "--no-input", "--disable-pip-version-check"),
        *("--progress-bar=off", "--requirement", str(wanted)),
    ]
    progress = Progress(library, total)
    with (
        log.open("wb") as kept,
        subprocess.Popen(  # noqa: S603 - our own command
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=environment,
            close_fds=False,  # it holds our lock: a pip that outlives us is not built over
        ) as running,
    ):
        pipe = running.stdout.fileno() if running.stdout else 0
        while True:
            if not select.select([pipe], [], [], 2)[0]:
                progress.waited()
                continue
            chunk = os.read(pipe, 65536)
            if not chunk:
                break
            kept.write(chunk)
            progress.read(chunk)
    if running.returncode != 0:
        words.explain(log.read_text("utf-8", "replace"), index=index.index(), log=log)


@dataclass
class Progress:
    """What pip's output says to a person: which package, which of how many, how long so far."""

    library: Path
    total: int
    fetched: int = 0
    installing: bool = False
    rest: bytes = b""
    began: float = field(default_factory=time.monotonic)

    def read(self, chunk: bytes) -> None:
        """Take in what pip wrote, and tell what is new."""
        *lines, self.rest = (self.rest + chunk).split(b"\n")
        for line in lines:
            said = line.decode("utf-8", "replace").split()
            if said[:1] == ["Ignoring"]:  # another system's package
                self.total -= 1
            elif said[:1] == ["Collecting"] or said[:3] == ["Requirement", "already", "satisfied:"]:
                self.fetched += 1
                name = next((word for word in said if "==" in word), "").replace("==", " ")
                self._tell("下载 fetching", self.fetched, name)
            elif said[:1] == ["Installing"]:
                self.installing = True
                self._tell("安装 installing", 0)

    def waited(self) -> None:
        """Tell how far it is while pip is silent, which it is while unpacking."""
        if self.installing:
            self._tell("安装 installing", sum(1 for _ in self.library.glob("*.dist-info")))

    def _tell(self, doing: str, done: int, name: str = "") -> None:
        words.line(f"  {doing} {min(done, self.total)}/{self.total}  {words.since(self.began)} s  {name}".rstrip())


def _pip(python: Path, log: Path, environment: dict[str, str]) -> list[str]:
    """Choose a command that is pip: the pinned one, run from its wheel; failing that, the one Python itself carries."""
    try:
        return [str(python), str(index.fetch_pip(log.parent) / "pip")]
    except index.NoPipError as error:
        if importlib.util.find_spec("ensurepip") is None:
            log.write_text(str(error), encoding="utf-8")
            words.explain(str(error), index=index.index(), log=log)
        subprocess.run([str(python), "-m", "ensurepip"], check=True, env=environment, stdout=subprocess.DEVNULL)  # noqa: S603
        return [str(python), "-m", "pip"]
