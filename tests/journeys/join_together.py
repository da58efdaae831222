"""One of several processes that join by the same invitation at the same moment; started by test_join_race."""

from __future__ import annotations

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

from portal.app import create_app
from portal.database import db, writing
from scheduling import gate
from scheduling.refusals import InvitationGone

TOLD = json.loads(sys.argv[1])
APP = create_app(TOLD["settings"])
NOW = datetime.fromisoformat(TOLD["now"])


def join(start: Barrier) -> str:
    """Try once, in a transaction of its own, as the machines' door does."""
    with APP.app_context():
        start.wait()
        try:
            with writing() as session:
                gate.join(session, TOLD["settings"]["SONGGANG_COUNTY"], TOLD["token"], TOLD["label"], now=NOW)
        except InvitationGone:
            return "gone"
        return "joined"


with APP.app_context():
    db.engine.connect().close()
print("ready", flush=True)  # noqa: T201
sys.stdin.readline()
with ThreadPoolExecutor(TOLD["tries"]) as threads:
    START = Barrier(TOLD["tries"])
    print(json.dumps(list(threads.map(join, [START] * TOLD["tries"]))), flush=True)  # noqa: T201
