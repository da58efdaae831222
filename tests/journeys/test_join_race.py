"""An invitation to scan is used up once, however many phones read its code at the same moment."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from portal.database import db
from scheduling import gate
from scheduling.models import GateDevice, GateInvitation
from tests.conftest import SECRET
from tests.factories import COUNTY, NOW
from tests.gate_world import lay_out
from tests.journeys.racing import together

SCRIPT = Path(__file__).parent / "join_together.py"
pytestmark = pytest.mark.slow


@pytest.fixture
def race(session):
    """Twenty phones read one invitation in four processes: `race(guard)` gives what each was told."""

    def run(guard: str) -> Counter[str]:
        lay_out(session)
        _, token = gate.invite(session, COUNTY, ["fair/7"], by=None, now=NOW)
        session.commit()
        url = db.engine.url.render_as_string(hide_password=False)
        settings = {"SONGGANG_SECRET": SECRET, "DATABASE_URL": url, "SONGGANG_COUNTY": COUNTY}
        told = {"settings": settings, "now": NOW.isoformat(), "token": token, "tries": 5, "guard": guard}
        came = Counter(together(SCRIPT, [{**told, "label": f"{number}号"} for number in range(4)]))
        session.rollback()
        return came

    return run


def test_of_twenty_at_once_one_joins(session, race):
    assert race("update") == {"joined": 1, "gone": 19}

    assert session.query(GateDevice).count() == 1
    assert session.query(GateInvitation).one().used_at == NOW


def test_were_it_looked_at_first_and_used_then_several_would_pass_and_only_the_index_would_stop_them(session, race):
    came = race("none")

    assert came["joined"] == 1, came
    assert came["broken"] >= 1  # who passed too, and would have seen a 500
    assert session.query(GateDevice).count() == 1
