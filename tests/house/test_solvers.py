"""The web can check and price plans, and has no solver in its memory."""

import subprocess
import sys

import pytest

from portal.setup import HOME
from scheduling.models.plan import KINDS

HEAVY = ("ortools", "numba", "pandas")


def loaded(code: str) -> list[str]:
    """Give what of HEAVY is in memory after running `code` in a Python of its own."""
    code = f"import sys; {code}; print(*(name for name in {HEAVY} if name in sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], cwd=HOME, check=True, capture_output=True, encoding="utf-8")
    return done.stdout.split()


def test_the_web_starts_without_a_solver():
    assert loaded("from portal.app import create_app; create_app") == []


@pytest.mark.parametrize("kind", KINDS)
def test_checking_and_pricing_a_plan_needs_no_solver(kind):
    assert loaded(f"from scheduling.planning.{kind} import breaches, changes, score") == []


def test_a_solver_in_memory_would_be_seen():
    assert "ortools" in loaded("import scheduling.planning.solving.solver")
