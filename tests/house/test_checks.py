"""The static checks pass on the tree, and each of them is seen to fail on a planted breach."""

import re
import shutil
import subprocess
import sys
import tomllib

import pytest

from portal.setup import HOME

LONGEST = 300
OURS = ("portal", "scheduling", "tests", "benchmarks")
LINT_IMPORTS = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"


def python(*arguments, cwd=HOME, text=None):
    command = [sys.executable, "-X", "utf8", *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, check=False, capture_output=True, input=text, encoding="utf-8")


def too_long(root):
    files = [path for room in OURS for path in (root / room).rglob("*.py")]
    return [str(path.relative_to(root)) for path in files if len(path.read_text("utf-8").splitlines()) > LONGEST]


@pytest.mark.parametrize(
    "check",
    [("ruff", "check"), ("ruff", "format", "--check"), ("mypy",)],
    ids=" ".join,
)
def test_the_tree_passes(check):
    done = python("-m", *check)

    assert done.returncode == 0, done.stdout + done.stderr


def test_the_tree_keeps_its_directions():
    done = python("-c", LINT_IMPORTS)

    assert done.returncode == 0, done.stdout + done.stderr


def test_no_file_is_longer_than_one_can_read():
    assert too_long(HOME) == []


@pytest.mark.parametrize(
    ("breach", "rule"),
    [
        ('"""Planted."""\n\nimport os\n', "F401"),
        ('"""Planted."""\n\nfrom datetime import datetime\n\nNOW = datetime.now()\n', "TID251"),
        ('"""Planted."""\n\n\ndef shout(name):\n    """Shout."""\n    return name.upper()\n', "ANN001"),
    ],
)
def test_ruff_finds_a_planted_breach(breach, rule):
    done = python("-m", "ruff", "check", "--stdin-filename", "scheduling/planted.py", "-", text=breach)

    assert (done.returncode, rule in done.stdout) == (1, True), done.stdout + done.stderr


def test_the_formatter_finds_a_planted_breach():
    done = python("-m", "ruff", "format", "--check", "--stdin-filename", "scheduling/planted.py", "-", text="x = 'y'\n")

    assert done.returncode == 1, done.stdout + done.stderr


def test_mypy_finds_a_planted_breach(tmp_path):
    planted = tmp_path / "planted.py"
    planted.write_text("def seats(course: str) -> int:\n    return course\n")

    done = python("-m", "mypy", "--config-file", HOME / "pyproject.toml", "--cache-dir", tmp_path / "cache", planted)

    assert (done.returncode, "return-value" in done.stdout) == (1, True), done.stdout + done.stderr


@pytest.fixture
def skeleton(tmp_path):
    """Our contracts, and an empty package for every name in them."""
    shutil.copy(HOME / "pyproject.toml", tmp_path)
    contracts = tomllib.loads((HOME / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    rooms = ["portal/desk/fairs"]
    for contract in contracts:
        for container in contract.get("containers", []):
            rooms += [f"{container}/{name}" for layer in contract["layers"] for name in re.findall(r"[a-z_]+", layer)]
    for room in rooms:
        (tmp_path / room).mkdir(parents=True, exist_ok=True)
    for folder in (path for package in ("portal", "scheduling") for path in (tmp_path / package).glob("**")):
        (folder / "__init__.py").touch()
    return tmp_path


def test_the_directions_allow_a_tree_that_keeps_them(skeleton):
    (skeleton / "portal" / "desk" / "fairs" / "__init__.py").write_text(
        "import scheduling.fairs, portal.forms, flask\n"
    )

    done = python("-c", LINT_IMPORTS, cwd=skeleton)

    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("contract", "place", "line"),
    [
        ("Never back", "scheduling/refusals/planted.py", "import portal.clock"),
        ("No web", "scheduling/refusals/planted.py", "import flask"),
        ("Planning is pure", "scheduling/planning/planted.py", "import sqlalchemy"),
        ("Planning is pure", "scheduling/planning/planted.py", "import scheduling.models"),
        ("No queries in rooms", "portal/desk/planted.py", "import sqlalchemy"),
        ("Inside scheduling", "scheduling/models/planted.py", "import scheduling.fairs"),
        ("Inside scheduling", "scheduling/planted.py", ""),
        ("Doors stay shut", "portal/gate/planted.py", "import portal.desk"),
        ("Doors stay shut", "portal/planted.py", ""),
        ("Never in a circle", "portal/forms/planted.py", "import portal.desk.fairs"),
    ],
)
def test_import_linter_finds_a_planted_breach(skeleton, contract, place, line):
    (skeleton / "portal" / "desk" / "fairs" / "__init__.py").write_text("import portal.forms\n")
    (skeleton / place).write_text(f"{line}\n")

    done = python("-c", LINT_IMPORTS, cwd=skeleton)

    assert (done.returncode, f"{contract} BROKEN" in done.stdout) == (1, True), done.stdout + done.stderr


def test_a_planted_long_file_is_found(tmp_path):
    (tmp_path / "portal").mkdir()
    (tmp_path / "portal" / "short.py").write_text("x = 1\n" * LONGEST)
    (tmp_path / "portal" / "long.py").write_text("x = 1\n" * (LONGEST + 1))

    assert too_long(tmp_path) == ["portal/long.py"]
