"""What the command line offers: each module here is one command, and names it `command`.

A command is imported when it is asked for: `test` still runs when another one cannot be imported.
"""

import pkgutil
from collections.abc import Callable
from importlib import import_module

import click
from flask import Flask
from flask.cli import ScriptInfo

from portal.config import BadSetting
from portal.setup import words


class Commands(click.Group):
    """Every module in this package. Not Flask's own group: that reads .env and FLASK_APP, which are not ours."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the modules; one that would shadow a word of Python's, as `import_`, drops its underscore."""
        del ctx
        return sorted(each.name.rstrip("_") for each in pkgutil.iter_modules(__path__) if not each.name.startswith("_"))

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the one that is asked for."""
        names = {name.rstrip("_"): name for name in (each.name for each in pkgutil.iter_modules(__path__))}
        if cmd_name not in self.list_commands(ctx):
            return None
        command = import_module(f"{__name__}.{names[cmd_name]}").command
        return command if isinstance(command, click.Command) else None

    def invoke(self, ctx: click.Context) -> object:
        """Run it. Settings and the database are what goes wrong first, so they are explained without a traceback."""
        try:
            return super().invoke(ctx)
        except BadSetting as error:
            words.stop(f"设置有误：{error}", "The settings are wrong; see above, and the table in README.md.")
        except Exception as error:
            # By name, for SQLAlchemy is slow to import and most commands never fail.
            if type(error).__module__ != "sqlalchemy.exc" or not hasattr(error, "orig"):
                raise
            words.stop(
                f"数据库用不了：{error.orig}\n请检查 DATABASE_URL 或 SONGGANG_DATA；没建表时先运行 portal upgrade。",
                "The database cannot be used. Check DATABASE_URL or SONGGANG_DATA; `portal upgrade` makes its tables.",
            )


def songgang(create_app: Callable[[], Flask]) -> None:
    """Run the command line; commands that want the app get it from `create_app`."""
    group = Commands(
        name="songgang",
        help="送岗 Songgang: a county's job fairs and order-based training.",
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
    group.main(prog_name="portal", obj=ScriptInfo(create_app=create_app, set_debug_flag=False))
