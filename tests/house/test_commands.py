"""The command line, as somebody types it."""

import os
import socket
import subprocess
import sys

import pytest

from portal.commands.test import Part, verdict, whole_suite

CHROMIUM = Part("browser", "Chromium", "sudo apt-get install -y chromium")
SECRET = "a secret for tests, long enough to be one"


def portal(*arguments, cwd, **settings):
    environment = {"PATH": os.defpath, "HOME": str(cwd), "PYTHONUTF8": "1", **settings}
    command = [sys.executable, "-m", "portal", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, env=environment, check=False, capture_output=True, encoding="utf-8")


def test_help_names_the_commands_and_needs_no_settings(tmp_path):
    done = portal("--help", cwd=tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    assert {"serve", "test", "upgrade"} <= {line.split()[0] for line in done.stdout.splitlines() if line.strip()}


@pytest.mark.parametrize("name", ["serve", "upgrade"])
def test_a_missing_setting_is_named_without_a_traceback(tmp_path, name):
    (tmp_path / ".env").write_text(f"SONGGANG_SECRET={SECRET}\nFLASK_APP=elsewhere:app\n")  # not ours to read

    done = portal(name, cwd=tmp_path, FLASK_APP="elsewhere:app")

    assert (done.returncode, "SONGGANG_SECRET" in done.stderr, "Traceback" in done.stderr) == (1, True, False)


def test_a_database_out_of_reach_is_explained_without_a_traceback(tmp_path):
    done = portal("upgrade", cwd=tmp_path, SONGGANG_SECRET=SECRET, SONGGANG_DATA=str(tmp_path / "nowhere"))

    assert (done.returncode, "DATABASE_URL" in done.stderr, "Traceback" in done.stderr) == (1, True, False)


def test_upgrade_makes_the_tables_and_may_be_repeated(tmp_path):
    for _ in range(2):
        done = portal("upgrade", cwd=tmp_path, SONGGANG_SECRET=SECRET, SONGGANG_DATA=str(tmp_path))

        assert done.returncode == 0, done.stderr
    assert (tmp_path / "songgang.sqlite3").stat().st_size > 0


def test_serve_refuses_a_port_somebody_listens_on(tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]

        done = portal("serve", "--port", port, cwd=tmp_path, SONGGANG_SECRET=SECRET, SONGGANG_DATA=str(tmp_path))

    assert (done.returncode, f"Cannot listen on 127.0.0.1:{port}" in done.stderr) == (1, True), done.stderr


def test_the_whole_suite_leaves_out_what_the_machine_lacks():
    assert whole_suite([CHROMIUM])[-2:] == ["-m", "not browser"]
    assert "-m" not in whole_suite([])


@pytest.mark.parametrize(("ci", "code"), [(False, 0), (True, 1)])
def test_what_was_left_out_is_said_with_its_remedy_and_fails_in_ci(ci, code):
    given, lines = verdict(0, [CHROMIUM], ci=ci)

    assert given == code
    assert f"Not run: the tests that need Chromium. To add them: {CHROMIUM.add}" in lines


def test_a_failure_is_never_called_passed():
    assert verdict(2, [], ci=False) == (2, ["有没通过的，见上。Something failed; see above."])
