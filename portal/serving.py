"""What granian serves, in each of its processes."""

from __future__ import annotations

import gc

from flask import Flask

from portal.app import create_app


def house() -> Flask:
    """Give the app, and leave what is loaded by now out of every later search for garbage.

    All of it stays as long as the process does, and to look through it took 110 ms each time, in which the process
    answers nobody. Raises config.BadSetting.
    """
    app = create_app()
    gc.collect()
    gc.freeze()
    return app
