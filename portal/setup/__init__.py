"""Makes .venv and puts the pinned packages in it. Standard library only: it runs on a bare Python 3.11 or newer.

A clone needs python3 and git and nothing else, so this fetches one pip, checks its SHA-256, and lets it install what
requirements/lock.txt names, where every package has its hash. Whatever stops it half-way, the next start puts right.
"""

import contextlib
import errno
import hashlib
import os
import re
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from portal.setup import words
from portal.setup.install import install

HOME = Path(__file__).resolve().parent.parent.parent
VENV = HOME / ".venv"
PYTHON = VENV / "bin" / "python"
LIBRARY = VENV / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"
LOCK = HOME / "requirements" / "lock.txt"  # everything, with hashes
CONSTRAINTS = HOME / "requirements" / "constraints.txt"  # what the portal itself runs on

PLACE = VENV / "made-at"  # its address, which pip writes into its scripts: in a moved folder it must be made again
UNFINISHED = VENV / "unfinished"  # there while packages are installed; found at a start, it means one was killed
TO_RUN, TO_TEST = VENV / "ready-to-run", VENV / "ready-to-test"  # written last: which pins are whole


def inside() -> bool:
    """Whether this Python has our packages: it is .venv's own, or we were installed as a wheel."""
    return not LOCK.is_file() or Path(sys.prefix).resolve() == VENV.resolve()


def ensure(*, tests: bool = False) -> None:
    """Make .venv whole, or leave it alone when it is; `tests` adds what only the tests need."""
    stamps = [TO_RUN, TO_TEST] if tests else [TO_RUN]
    if _ready(stamps):
        return
    try:
        VENV.mkdir(exist_ok=True)
        with _alone():
            if not _ready(stamps):  # another start may have made it while this one waited
                _build(stamps)
    except KeyboardInterrupt:
        words.stop("已停下。再运行一次就会装好。", "Stopped. Run the same command again to put this right.", 130)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            words.explain("No space left", index="", log="")
        words.stop(
            f"写不进文件夹 {HOME}（{error.strerror}）。请把项目放到自己能写的文件夹里，再运行一次。",
            f"Cannot write to {HOME} ({error.strerror}). Put the project in a folder of your own and run it there.",
        )


def _ready(stamps: list[Path]) -> bool:
    """Whether .venv was finished by us with these pins, this Python and in this place."""
    pins = _pins()
    return PYTHON.exists() and not UNFINISHED.exists() and all(s.is_file() and s.read_text() == pins for s in stamps)


def _pins() -> str:
    """Sum up what a whole .venv is made from."""
    parts = [LOCK.read_bytes(), CONSTRAINTS.read_bytes(), os.fsencode(LIBRARY), sys.implementation.name.encode()]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """One start at a time. A pip that outlives a killed start has inherited the lock, so nobody builds under it."""
    try:
        import fcntl  # noqa: PLC0415 - Windows has none
    except ImportError:
        words.stop("请在 Linux 或 macOS 上运行（Windows 用 WSL）。", "Run this on Linux or macOS (on Windows, in WSL).")
    with (VENV / "lock").open("w") as file:
        os.set_inheritable(file.fileno(), True)  # noqa: FBT003 - the standard library's own signature
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            words.say("另一个窗口正在安装，等它完成……", "Another start is installing; waiting for it...")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _build(stamps: list[Path]) -> None:
    """Make .venv if it is not sound, then install what the stamps stand for, and write them last."""
    began = time.monotonic()
    words.say("正在准备 .venv，第一次要一两分钟……", "Getting .venv ready; the first time takes a minute or two...")
    moved = PLACE.is_file() and PLACE.read_bytes() != os.fsencode(VENV)
    if moved or UNFINISHED.exists() or not (PYTHON.exists() and LIBRARY.is_dir()):
        _make_empty()
    UNFINISHED.touch()
    for stamp in (TO_RUN, TO_TEST):
        stamp.unlink(missing_ok=True)
    # Relative, so that no letter of the folder's name has to survive an encoding.
    (LIBRARY / "songgang.pth").write_text(os.path.relpath(HOME, LIBRARY) + "\n", encoding="ascii")
    entries = _locked(everything=TO_TEST in stamps)
    wanted = VENV / "wanted.txt"
    wanted.write_text("".join(entries), encoding="utf-8")
    install(PYTHON, LIBRARY, wanted, len(entries))
    for stamp in stamps:
        stamp.write_text(_pins())
    UNFINISHED.unlink()
    words.say(f"准备好了，用了 {words.since(began)} 秒。", f"Ready after {words.since(began)} s.")


def _make_empty() -> None:
    """Make a new virtual environment in the same folder; only the lock everybody waits on stays."""
    UNFINISHED.touch()
    for old in VENV.iterdir():
        if old.is_dir() and not old.is_symlink():
            shutil.rmtree(old)
        elif old.name not in {"lock", UNFINISHED.name} and old.suffix != ".whl":
            old.unlink()
    try:
        import venv  # noqa: PLC0415 - python3-minimal has none
    except ImportError:
        words.stop(
            "这个 Python 不完整，缺少 venv。请安装完整的 Python（Debian：apt install python3）。",
            "This Python is incomplete: it has no venv. Install the whole of it (Debian: apt install python3).",
        )
    try:
        venv.EnvBuilder(symlinks=True).create(VENV)
        PLACE.write_bytes(os.fsencode(VENV))
    except ValueError:
        words.stop(
            f"文件夹名里不能有“{os.pathsep}”：{HOME}", f"The folder's name cannot contain '{os.pathsep}': {HOME}"
        )


def _locked(*, everything: bool) -> list[str]:
    """Read the entries of the lock, hashes and all: every one, or those the portal itself runs on."""
    entries = re.split(r"^(?=[a-z0-9])", LOCK.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    runs = set(re.findall(r"^[a-z0-9-]+(?===)", CONSTRAINTS.read_text(encoding="utf-8"), flags=re.MULTILINE))
    return [entry for entry in entries if everything or entry.partition("==")[0] in runs]
