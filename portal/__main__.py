"""`python3 -m portal ...`: makes the project's own .venv when there is none, then runs the command inside it.

Only the standard library is imported before that, for a bare Python has nothing else.
"""

import os
import shutil
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

OLDEST = (3, 11)


def main() -> None:
    """Run one command of the portal, from a clone or from an installed wheel."""
    try:
        run()
    except KeyboardInterrupt:  # whoever pressed Ctrl-C knows why it ended
        sys.exit(130)


def run() -> None:
    """Make .venv when there is none, and run the command inside it."""
    if sys.version_info < OLDEST:  # whoever has an older Python should read why, not a traceback
        sys.exit(_too_old())

    from portal import setup  # noqa: PLC0415 - an older Python cannot read that file

    if not setup.inside():
        setup.ensure(tests=sys.argv[1:2] == ["test"])
        os.execv(setup.PYTHON, [str(setup.PYTHON), "-m", "portal", *sys.argv[1:]])  # noqa: S606 - no shell is wanted

    from portal.commands import songgang  # noqa: PLC0415 - click and Flask exist only inside .venv

    songgang(create_app)


def create_app() -> "Flask":
    """Make the app, for the commands that need one; `test` and `--help` do not wait for it."""
    from portal.app import create_app as make  # noqa: PLC0415 - the app exists only inside .venv

    return make()


def _too_old() -> str:
    newer = [name for name in ("python3.14", "python3.13", "python3.12", "python3.11") if shutil.which(name)]
    python = newer[0] if newer else "python3.11"
    command = " ".join([python, "-m", "portal", *sys.argv[1:]])
    return (
        f"送岗需要 Python 3.11 或更新的版本，这里是 {sys.version.split()[0]}。请安装后运行：{command}\n"
        f"Songgang needs Python 3.11 or newer; this is {sys.version.split()[0]}. Install one, then run: {command}"
    )


if __name__ == "__main__":
    main()
