"""One process of the crowd at opening time: its enterprises all ask for a booth through the door, like browsers."""

from __future__ import annotations

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

from portal import doors
from portal.app import create_app


def main() -> None:
    """Say "ready", wait for "go", let everybody ask; print each status and where it led."""
    told = json.loads(sys.argv[1])
    app = create_app({"SONGGANG_SECRET": told["secret"], "DATABASE_URL": told["database"]})
    app.config.update(WTF_CSRF_ENABLED=False, CLOCK=lambda: datetime.fromisoformat(told["now"]))
    start = Barrier(told["threads"] + 1)

    def some(mine: list[str]) -> list[tuple[int, str]]:
        start.wait()
        return [asked(app, told["fair"], token) for token in mine]

    with ThreadPoolExecutor(told["threads"]) as threads:
        running = [threads.submit(some, told["tokens"][n :: told["threads"]]) for n in range(told["threads"])]
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        sys.stdin.readline()
        start.wait()
        outcomes = [outcome for each in running for outcome in each.result()]
    sys.stdout.write(json.dumps(outcomes) + "\n")


def asked(app, fair: str, token: str) -> tuple[int, str]:
    """Ask for any booth at all, twice: a double tap."""
    phone = app.test_client()
    phone.set_cookie(doors.COOKIE, token)
    for _tap in range(2):
        page = phone.post(f"/enterprise/fairs/{fair}/bookings", data={"booth": "0"})
    return page.status_code, page.location or page.text[-400:]


if __name__ == "__main__":
    main()
