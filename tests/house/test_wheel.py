"""The wheel is the whole portal: installed into an empty environment, it serves the demo from anywhere."""

import contextlib
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import sysconfig
import time
import venv
import zipfile
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urljoin
from urllib.request import urlopen

import pytest

from portal import setup
from portal.setup import index

LIBRARY = sysconfig.get_paths()["purelib"]
NOT_SHIPPED = {".py", ".po", ".pot", ".cfg", ".pyc"}  # code is named in the wheel anyway; the others are sources


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The wheel, built with what is installed: nothing is fetched."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    done = subprocess.run(command, cwd=setup.HOME, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """An environment with the wheel, and by a path to it, the packages we already have; but not the tree."""
    home = tmp_path_factory.mktemp("environment") / "env"
    venv.EnvBuilder(symlinks=True).create(home)
    try:
        pip = index.fetch_pip(setup.VENV)
    except index.NoPipError as error:
        pytest.skip(f"pip is neither in .venv nor to be had: {error}")
    command = [home / "bin" / "python", pip / "pip", "install", "--no-deps", "--no-index", "--quiet", wheel]
    subprocess.run(list(map(str, command)), check=True, env={**os.environ, "PIP_ROOT_USER_ACTION": "ignore"})
    next(home.glob("lib/*/site-packages")).joinpath("borrowed.pth").write_text(LIBRARY + "\n")
    return home


def test_everything_pages_need_is_in_the_wheel(wheel):
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=setup.HOME, check=True, capture_output=True, text=True)  # noqa: S607
    needed = {
        f"portal/{name}" if name.startswith(("templates/", "static/")) else name
        for name in tracked.stdout.split("\0")
        if name.startswith(("templates/", "static/", "portal/", "scheduling/"))
        and Path(name).suffix not in NOT_SHIPPED
        and (setup.HOME / name).exists()
    }

    assert sorted(needed - set(zipfile.ZipFile(wheel).namelist())) == []


def test_the_wheel_and_not_the_tree_is_what_runs(installed, tmp_path):
    command = [installed / "bin" / "python", "-c", "import portal, scheduling; print(portal.__file__)"]

    where = subprocess.run(list(map(str, command)), cwd=tmp_path, check=True, capture_output=True, text=True).stdout

    assert Path(where.strip()).is_relative_to(installed)


@pytest.mark.slow
def test_the_installed_portal_shows_the_demos_home_page(installed, tmp_path):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    log = tmp_path / "log.txt"
    command = [installed / "bin" / "songgang", "demo", "--port", port, "--data", tmp_path / "data"]
    with log.open("w") as written:
        demo = subprocess.Popen(
            list(map(str, command)),
            cwd=tmp_path,
            env={"PATH": os.defpath, "HOME": str(tmp_path), "PYTHONUTF8": "1"},
            stdout=written,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        page = _wait_for(f"http://127.0.0.1:{port}/", demo, log)
        styles = re.findall(r'<link[^>]+href="([^"]+\.css[^"]*)"', page)
        sizes = [len(urlopen(urljoin(f"http://127.0.0.1:{port}/", style), timeout=10).read()) for style in styles]  # noqa: S310
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(demo.pid, signal.SIGTERM)
        demo.wait(20)

    assert "<h1" in page
    assert styles
    assert all(sizes)


def _wait_for(address, process, log, seconds=90):
    """The page, as soon as it is there."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(URLError, ConnectionError, http.client.HTTPException):
            return urlopen(address, timeout=10).read().decode()  # noqa: S310
        time.sleep(0.2)
    raise AssertionError(log.read_text("utf-8"))
