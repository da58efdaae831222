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


@pytest.mark.slow
def test_of_twenty_at_once_one_joins(session):
    lay_out(session)
    _, token = gate.invite(session, COUNTY, ["fair/7"], by=None, now=NOW)
    session.commit()
    url = db.engine.url.render_as_string(hide_password=False)
    settings = {"SONGGANG_SECRET": SECRET, "DATABASE_URL": url, "SONGGANG_COUNTY": COUNTY}
    told = {"settings": settings, "now": NOW.isoformat(), "token": token, "tries": 5}

    came = together(SCRIPT, [{**told, "label": f"{number}号"} for number in range(4)])

    assert Counter(came) == {"joined": 1, "gone": 19}
    session.rollback()
    assert session.query(GateDevice).count() == 1
    assert session.query(GateInvitation).one().used_at == NOW
