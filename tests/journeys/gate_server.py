"""A server that dies: the house on one port, killing itself with SIGKILL in the middle of batches, as often as told.

Started by gate_chaos.py: `python gate_server.py '{"database": …, "secret": …, "now": …, "port": …, "kills": <file>}'`.
The file holds how many deaths are left, and is counted down before each.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import threading
from datetime import datetime
from pathlib import Path

from werkzeug.serving import WSGIRequestHandler, make_server

from portal.app import create_app

CHANCE, LATEST = 0.6, 0.06  # of dying in a batch, and how many seconds after it began


class Quiet(WSGIRequestHandler):
    """Says nothing of what it served."""

    def log_request(self, *_told, **_more) -> None:
        pass


def mortal(wsgi, left: Path):
    """Wrap the app: in some batches a timer pulls the plug."""
    plug = threading.Lock()

    def pull() -> None:
        with plug:  # two timers of one life are one death
            if n := int(left.read_text()):
                fresh = left.with_suffix(".new")
                fresh.write_text(str(n - 1))
                fresh.replace(left)  # whoever reads it meanwhile reads a number
                os.kill(os.getpid(), signal.SIGKILL)

    def served(environ, start):
        if environ["PATH_INFO"].endswith("/scan-batches") and random.random() < CHANCE:
            threading.Timer(random.uniform(0, LATEST), pull).start()
        return wsgi(environ, start)

    return served


def main() -> None:
    """Serve until killed."""
    told = json.loads(sys.argv[1])
    app = create_app({"SONGGANG_SECRET": told["secret"], "DATABASE_URL": told["database"]})
    app.config["CLOCK"] = lambda: datetime.fromisoformat(told["now"])
    handler = mortal(app.wsgi_app, Path(told["kills"]))
    make_server("127.0.0.1", told["port"], handler, threaded=True, request_handler=Quiet).serve_forever()


if __name__ == "__main__":
    main()
