"""A bare Python becomes a running portal, whatever goes wrong on the way.

Each test starts a small tree with the real portal/__main__.py and portal/setup, and one planted package in its lock,
against a package index on this machine.
"""

import ast
import contextlib
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
import zipfile
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import pytest

from portal import setup
from portal.setup import index

BARE = os.path.realpath(sys.executable)  # the Python that .venv was made from
COMMANDS = "def songgang(create_app):\n    import planted\n    print('runs', planted.__file__)\n"
WHEEL = "planted-1.0-py3-none-any.whl"


class Index(ThreadingHTTPServer):
    """A package index that can be made to wait before it hands over the planted package."""

    def __init__(self, folder):
        self.open, self.asked = threading.Event(), []
        self.open.set()
        super().__init__(("127.0.0.1", 0), partial(Shelf, directory=str(folder)))
        self.url = f"http://keeper:secret@127.0.0.1:{self.server_port}/simple"


class Shelf(SimpleHTTPRequestHandler):
    def do_GET(self):
        self.server.asked.append((self.path, "Authorization" in self.headers))
        if self.path.endswith(WHEEL):
            self.server.open.wait(180)
        super().do_GET()

    def log_message(self, *_):
        pass

    def handle(self):
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # a killed pip hangs up
            super().handle()


@pytest.fixture(scope="module")
def shelf(tmp_path_factory):
    """The folder behind the index: pip, and the planted package."""
    simple = tmp_path_factory.mktemp("shelf") / "simple"
    try:
        pip = index.fetch_pip(setup.VENV)
    except index.NoPipError as error:
        pytest.skip(f"pip is neither in .venv nor to be had: {error}")
    for name in ("pip", "planted"):
        (simple / name).mkdir(parents=True)
    shutil.copy(pip, simple / "pip")
    with zipfile.ZipFile(simple / "planted" / WHEEL, "w") as wheel:
        wheel.writestr("planted.py", "")
        wheel.writestr("planted-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: planted\nVersion: 1.0\n")
        wheel.writestr("planted-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr("planted-1.0.dist-info/RECORD", "")
    return simple.parent


@pytest.fixture
def packages(shelf):
    with Index(shelf) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.open.set()
        server.shutdown()


@pytest.fixture
def tree(tmp_path, shelf):
    """A clone in a folder with a space and Chinese characters in its name."""
    home = tmp_path / "县里 的 送岗"
    shutil.copytree(setup.HOME / "portal" / "setup", home / "portal" / "setup")
    for name in ("__init__.py", "__main__.py"):
        shutil.copy(setup.HOME / "portal" / name, home / "portal")
    (home / "portal" / "commands").mkdir()
    (home / "portal" / "commands" / "__init__.py").write_text(COMMANDS)
    (home / "requirements").mkdir()
    digest = hashlib.sha256((shelf / "simple" / "planted" / WHEEL).read_bytes()).hexdigest()
    (home / "requirements" / "lock.txt").write_text(f"planted==1.0 \\\n    --hash=sha256:{digest}\n")
    (home / "requirements" / "constraints.txt").write_text("planted==1.0\n")
    return home


def start(tree, url, **more):
    """`python3 -m portal demo` in an environment that knows nothing but the index."""
    environment = {"PATH": os.defpath, "HOME": str(tree.parent), "PIP_CONFIG_FILE": os.devnull, "PIP_INDEX_URL": url}
    return subprocess.Popen(
        [BARE, "-m", "portal", "demo"],
        cwd=tree,
        env={**environment, **more},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        start_new_session=True,
    )


def finish(process):
    out, err = process.communicate(timeout=240)
    return process.returncode, out, err


def until(what):
    deadline = time.monotonic() + 120
    while not what():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.parametrize("module", ["portal.__main__", "portal.setup"])
def test_a_start_needs_nothing_but_the_standard_library(module):
    command = [BARE, "-S", "-c", f"import {module}"]

    assert subprocess.run(command, cwd=setup.HOME, check=False).returncode == 0


@pytest.mark.parametrize("name", ["__init__.py", "__main__.py"])
def test_an_older_python_can_read_far_enough_to_be_told_so(name):
    source = (setup.HOME / "portal" / name).read_text(encoding="utf-8")

    assert ast.parse(source, feature_version=(3, 6))


def test_a_start_makes_the_environment_and_the_next_one_leaves_it_alone(tree, packages):
    code, out, err = finish(start(tree, packages.url))

    assert (code, out) == (0, f"runs {next(tree.glob('.venv/lib/*/site-packages/planted.py'))}\n"), err
    assert "fetching 1/1" in err
    assert "Ready after" in err
    asked = len(packages.asked)
    assert finish(start(tree, packages.url))[::2] == (0, "")
    assert len(packages.asked) == asked


def test_a_start_signs_in_to_the_index_and_keeps_the_password_to_itself(tree, packages):
    packages.RequestHandlerClass = partial(Shelf, directory=str(tree))

    code, _, err = finish(start(tree, packages.url))

    assert (code, "secret" in err) == (1, False), err
    assert packages.asked[0] == ("/simple/pip/", True)


def test_a_start_finds_the_index_in_pips_own_file(tree, packages, tmp_path):
    file = tmp_path / "pip.conf"
    file.write_text(f"[global]\nindex-url = {packages.url}\n")

    assert finish(start(tree, "", PIP_CONFIG_FILE=str(file)))[0] == 0


def test_a_start_killed_half_way_is_put_right_by_the_next(tree, packages):
    packages.open.clear()
    first = start(tree, packages.url)
    until(lambda: any(path.endswith(WHEEL) for path, _ in packages.asked))
    os.killpg(first.pid, signal.SIGKILL)
    first.communicate()
    left = next(tree.glob(".venv/lib/*/site-packages")) / "half-a-package.py"
    left.touch()
    packages.open.set()

    assert finish(start(tree, packages.url))[0] == 0
    assert not left.exists()


def test_a_start_stopped_by_hand_says_so(tree, packages):
    packages.open.clear()
    first = start(tree, packages.url)
    until(lambda: any(path.endswith(WHEEL) for path, _ in packages.asked))
    os.killpg(first.pid, signal.SIGINT)

    code, _, err = finish(first)

    assert (code, "Stopped." in err, "Traceback" in err) == (130, True, False)


def test_two_starts_at_once_install_once(tree, packages):
    packages.open.clear()
    first = start(tree, packages.url)
    until(lambda: any(path.endswith(WHEEL) for path, _ in packages.asked))
    second = start(tree, packages.url)
    waits = second.stderr.readline() + second.stderr.readline()
    packages.open.set()

    assert "Another start is installing" in waits
    assert [finish(first)[0], finish(second)[0]] == [0, 0]
    assert [path for path, _ in packages.asked if path.endswith(WHEEL)] == [f"/simple/planted/{WHEEL}"]


def test_a_moved_folder_is_made_again(tree, packages):
    assert finish(start(tree, packages.url))[0] == 0
    moved = tree.rename(tree.with_name("搬走了"))

    code, out, err = finish(start(moved, packages.url))

    assert (code, str(moved) in out, "Ready after" in err) == (0, True, True)


def test_a_changed_lock_is_installed(tree, packages):
    assert finish(start(tree, packages.url))[0] == 0
    lock = tree / "requirements" / "lock.txt"
    lock.write_text("# changed\n" + lock.read_text())

    assert "Ready after" in finish(start(tree, packages.url))[2]


def test_a_package_that_is_not_the_locked_one_is_refused(tree, packages):
    lock = tree / "requirements" / "lock.txt"
    lock.write_text(lock.read_text()[:-5] + "0000\n")

    code, _, err = finish(start(tree, packages.url))

    assert (code, "another package than the one locked" in err) == (1, True), err


def test_without_a_network_a_start_says_what_to_do(tree):
    code, _, err = finish(start(tree, "http://127.0.0.1:9/simple"))

    assert (code, "Check the network" in err, "Traceback" in err) == (1, True, False), err


def test_in_a_folder_nobody_may_write_a_start_says_so(tree, packages):
    (tree / ".venv").write_text("in the way, as a file system that takes no writes would be")

    code, _, err = finish(start(tree, packages.url))

    assert (code, "Cannot write to" in err, "Traceback" in err) == (1, True, False), err
