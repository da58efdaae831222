"""One of several processes that join by the same invitation at the same moment; started by test_join_race."""

from __future__ import annotations

import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from portal.app import create_app
from portal.database import db, reading, writing
from scheduling import gate
from scheduling.models import GateDevice, GateInvitation
from scheduling.refusals import InvitationGone

TOLD = json.loads(sys.argv[1])
APP = create_app(TOLD["settings"])
NOW = datetime.fromisoformat(TOLD["now"])
COUNTY = TOLD["settings"]["SONGGANG_COUNTY"]


def join(start: Barrier) -> str:
    """Try once, in a transaction of its own, as the machines' door does."""
    with APP.app_context():
        start.wait()
        try:
            if TOLD["guard"] == "none":
                check_then_write()
            else:
                with writing() as session:
                    gate.join(session, COUNTY, TOLD["token"], TOLD["label"], now=NOW)
        except InvitationGone:
            return "gone"
        except IntegrityError:
            return "broken"
        return "joined"


def check_then_write() -> None:
    """Look whether it is still good, then use it: what the conditional UPDATE is there to prevent."""
    wanted = GateInvitation.token_hash == gate.hashed(TOLD["token"]), GateInvitation.used_at.is_(None)
    seen = reading().scalar(select(GateInvitation.id).where(*wanted))
    if seen is None:
        raise InvitationGone
    time.sleep(0.01)  # the name of the phone is being looked at
    with writing() as session:
        invitation = session.get_one(GateInvitation, seen)
        invitation.used_at = NOW
        told = {"label": TOLD["label"], "scope": invitation.scope, "joined_at": NOW, "seen_at": NOW, "expires_at": NOW}
        secret = gate.hashed(f"{TOLD['label']} {id(told)}")
        session.add(GateDevice(county=COUNTY, invitation_id=seen, secret_hash=secret, **told))


with APP.app_context():
    db.engine.connect().close()
print("ready", flush=True)  # noqa: T201
sys.stdin.readline()
with ThreadPoolExecutor(TOLD["tries"]) as threads:
    START = Barrier(TOLD["tries"])
    print(json.dumps(list(threads.map(join, [START] * TOLD["tries"]))), flush=True)  # noqa: T201
