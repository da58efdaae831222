"""What is pinned: the two files agree, cover what pyproject.toml asks for, and hold nothing we may not ship."""

import re
import tomllib
from importlib import metadata

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from portal import setup
from portal.setup import index

REMEDY = "run `make lock`"
PINNED = re.compile(r"^([a-z0-9-]+)==([^\s;]+)", re.MULTILINE)
PERMISSIVE = ("MIT", "BSD", "Apache", "PSF", "Python Software Foundation", "Unlicense", "ISC", "MIT-0", "0BSD", "CC0")
BY_DECISION = {  # docs/decisions/0002: LGPL, used as it comes and replaceable by the user
    "psycopg",
    "psycopg-binary",
}


def pins(path):
    return dict(PINNED.findall(path.read_text("utf-8")))


LOCK, CONSTRAINTS = pins(setup.LOCK), pins(setup.CONSTRAINTS)


def asked():
    project = tomllib.loads((setup.HOME / "pyproject.toml").read_text("utf-8"))
    groups = project["dependency-groups"]
    tests = [each for group in ("test", "browser") for each in groups[group]]
    return [*((each, CONSTRAINTS) for each in project["project"]["dependencies"]), *((each, LOCK) for each in tests)]


def here():
    """The names that are for this system, and so installed."""
    lines = [line for line in setup.CONSTRAINTS.read_text("utf-8").splitlines() if PINNED.match(line)]
    return [each.name for each in map(Requirement, lines) if each.marker is None or each.marker.evaluate()]


@pytest.mark.parametrize(("requirement", "where"), asked(), ids=lambda each: each if isinstance(each, str) else "")
def test_every_requirement_is_pinned_at_a_version_that_fits(requirement, where):
    wanted = Requirement(requirement)

    assert wanted.specifier.contains(where.get(canonicalize_name(wanted.name), "0.dev0")), REMEDY


def test_the_constraints_agree_with_the_lock():
    assert {name: LOCK.get(name) for name in CONSTRAINTS} == CONSTRAINTS, REMEDY


def test_what_a_pinned_package_needs_is_pinned_too():
    """Pip is told not to look for more, so nothing may be missing."""
    missing = {
        f"{name} -> {need.name}"
        for name in here()
        for need in map(Requirement, metadata.requires(name) or [])
        if (need.marker is None or need.marker.evaluate({"extra": ""}))
        and canonicalize_name(need.name) not in CONSTRAINTS
    }

    assert missing == set(), REMEDY


def test_every_entry_of_the_lock_has_a_hash():
    entries = re.split(r"^(?=[a-z0-9])", setup.LOCK.read_text("utf-8"), flags=re.MULTILINE)[1:]

    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


@pytest.mark.parametrize("path", [setup.LOCK, setup.CONSTRAINTS], ids=lambda path: path.name)
def test_the_pins_name_no_host_and_no_folder(path):
    assert re.findall(r"https?://|file:|/\w+/", path.read_text("utf-8")) == []


def test_the_index_is_pips_own_default_unless_pip_is_told_otherwise(monkeypatch):
    monkeypatch.setenv("PIP_INDEX_URL", "https://keeper:secret@mirror.example/simple")

    assert index.index() == "https://mirror.example/simple"
    assert re.fullmatch(r"https://pypi\.org/simple", index.DEFAULT_INDEX)


@pytest.mark.parametrize("name", here())
def test_what_the_portal_runs_on_is_permissive(name):
    about = metadata.metadata(name)
    classifiers = [each.rpartition(" :: ")[2] for each in about.get_all("Classifier", []) if each.startswith("License")]
    licence = " ".join([about.get("License-Expression") or "", *classifiers, (about.get("License") or "")[:200]])

    assert name in BY_DECISION or ("GPL" not in licence and any(each in licence for each in PERMISSIVE)), licence
