"""A bad day at the gate, short: three phones, everything that goes wrong, and nothing lost, doubled or out of order."""

import os

import pytest

from tests.browser.conftest import CHROMIUM
from tests.planned import FULL

pytestmark = [pytest.mark.slow, pytest.mark.browser]


@pytest.mark.skipif(CHROMIUM is None and not os.environ.get("CI"), reason="no Chromium: apt install chromium")
def test_nothing_shown_as_accepted_is_lost_whatever_happens():
    from tests.journeys.gate_chaos import chaos

    seen = chaos(*((500, 20) if FULL else (100, 3)), seed=7)

    assert seen["shown"] >= 100
    assert seen["server deaths"] >= 3
