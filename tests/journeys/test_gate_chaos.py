"""A bad day at the gate, short: three phones, everything that goes wrong, and nothing lost, doubled or out of order."""

import os
import re
import subprocess
import sys

import pytest

from tests.browser.conftest import CHROMIUM
from tests.conftest import DATABASES
from tests.planned import FULL

pytestmark = [pytest.mark.slow, pytest.mark.browser]


@pytest.mark.skipif(CHROMIUM is None and not os.environ.get("CI"), reason="no Chromium: apt install chromium")
@pytest.mark.parametrize("database", DATABASES)
def test_nothing_shown_as_accepted_is_lost_whatever_happens(database):
    scans, kills = (500, 20) if FULL else (80, 3)
    told = ["--scans", str(scans), "--kills", str(kills), "--seed", "7", "--database", database]

    # In a process of its own: it drives several browsers at once, and so may the tests around it.
    run = subprocess.run(
        [sys.executable, "-m", "tests.journeys.gate_chaos", *told], capture_output=True, text=True, check=False
    )

    assert run.returncode == 0, run.stdout + run.stderr
    seen = {name: int(number) for name, number in re.findall(r"^(.+): (\d+)$", run.stdout, re.MULTILINE)}
    assert seen["shown"] >= scans
    assert seen["server deaths"] == kills
    assert seen["put aside"] >= seen["held by the phone that was shut out"] == 5
