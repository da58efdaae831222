"""How often each decoder reads damaged tickets, and how fast: `python -m benchmarks.decoding [EACH] [--keep FOLDER]`.

Draws EACH (8) pictures of every kind and grade, of tickets of our own (15 × 4 × 8 = 480), and 40 without a code; has
them read in real Chromium, as js/gate.js has them read, and prints three tables in Markdown. Needs the test packages,
Chromium and npm: the decoders that are only measured are fetched into a temporary folder.
"""

from __future__ import annotations

import argparse
import json
import random
import shutil
import statistics
import subprocess
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from playwright.sync_api import sync_playwright

from benchmarks.decoding import pictures
from portal.commands.test import chromium
from portal.paths import STATIC
from scheduling import tickets
from scheduling.models import Ticket
from scheduling.seals import Keyring

PACKAGES = ("zxing-wasm@3.1.4", "jsqr@1.4.0", "@zxing/library@0.23.0")
HERE = Path(__file__).parent
URL = "https://jobs.qinghe.example"
PAGE = """<!doctype html><title>decoders</title><link rel="icon" href="data:,">
<script src="/static/vendor/qr/decode.js"></script>
<script src="/npm/jsqr/dist/jsQR.js"></script><script src="/npm/@zxing/library/umd/index.min.js"></script>
<script type="module" src="/here/page.js"></script>"""
BEFORE, FIRST, SECOND = "qr, 560", "gate-worker.js, 560", "gate-worker.js, 960"
LAZY = "zxing-wasm, 960, denoised"  # the strongest that would be loaded only when needed
PLANS = {
    "as it was: qr, 560": (BEFORE,),
    "as it was, then zxing-wasm, 560": (BEFORE, "zxing-wasm, 560, denoised"),
    "as it was, then zxing-wasm, 960": (BEFORE, LAZY),
    "first look: gate-worker.js, 560": (FIRST,),
    "**second look too: gate-worker.js, 960**": (FIRST, SECOND),
    "both, then zxing-wasm, 960": (FIRST, SECOND, LAZY),
}


@dataclass
class Case:
    """One picture: its kind and grade, the text on it (empty for none), and what each way read and took."""

    kind: str
    grade: int
    text: str
    told: dict[str, dict[str, Any]]

    def right(self, way: str) -> bool:
        """Say whether `way` read what stands there."""
        return bool(self.text) and self.told[way]["text"] == self.text

    def wrong(self, way: str) -> bool:
        """Say whether `way` read something that does not stand there."""
        return self.told[way]["text"] not in {"", self.text}


def texts() -> Iterator[str]:
    """Give what the QR of ever another ticket says, all of keys of this run's own."""
    chance = random.Random("tickets")
    keys = Keyring(chance.randbytes(32))
    while True:
        ticket = Ticket(
            county="990100", kind=chance.choice((1, 2, 3)), event_number=chance.randint(1, 900), rotation=0,
            serial=chance.randint(1, 99_999),
        )  # fmt: skip
        yield tickets.address(ticket, keys, URL)


def draw(folder: Path, each: int) -> Iterator[tuple[str, Case]]:
    """Draw every picture into `folder`; give their names."""
    asked = [(kind, grade, seed) for kind in pictures.KINDS for grade in range(pictures.GRADES) for seed in range(each)]
    asked += [(pictures.EMPTY, 0, seed) for seed in range(max(4, each * 5))]
    for (kind, grade, seed), text in zip(asked, texts(), strict=False):
        name = f"{kind}-{grade}-{seed}.png"
        pictures.frame(text, kind, grade, seed).save(folder / name, compress_level=1)
        yield name, Case(kind, grade, "" if kind == pictures.EMPTY else text, {})


class Files(SimpleHTTPRequestHandler):
    """Serve the decoders, ours and fetched, and the pictures."""

    def __init__(self, roots: dict[str, Path], *more: Any) -> None:  # noqa: ANN401  as http.server asks
        self.roots = roots
        super().__init__(*more)

    def translate_path(self, path: str) -> str:
        """Give the file of an address: the first part names the folder."""
        _, root, rest = unquote(urlsplit(path).path).split("/", 2)
        return str(self.roots[root] / rest)

    def log_message(self, *_told: Any) -> None:  # noqa: ANN401  as http.server asks
        """Say nothing."""


@contextmanager
def serving(roots: dict[str, Path]) -> Iterator[str]:
    """Listen on a free port of this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Files, roots))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()


def measure(folder: Path, each: int) -> tuple[list[Case], bool]:
    """Draw and read every picture; say too whether this Chromium has a BarcodeDetector that knows QR."""
    npm = shutil.which("npm") or "npm"
    quiet = ("--silent", "--no-audit", "--no-fund", "--ignore-scripts")
    fetched = [npm, "install", *quiet, "--prefix", str(folder / "npm")]
    subprocess.run([*fetched, *PACKAGES], check=True)  # noqa: S603  our own words
    (frames := folder / "frames").mkdir(exist_ok=True)
    (frames / "index.html").write_text(PAGE)
    roots = {"here": HERE, "npm": folder / "npm" / "node_modules", "frames": frames, "static": STATIC}
    cases = []
    with serving(roots) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(f"{url}/frames/index.html")
        page.wait_for_function("() => Boolean(globalThis.measure)")
        for name, case in draw(frames, each):
            case.told = page.evaluate("name => measure(name)", f"/frames/{name}")
            cases.append(case)
        native = page.evaluate("'BarcodeDetector' in globalThis")
        browser.close()
    return cases, native


def tell(cases: list[Case]) -> None:
    """Print what was found: each decoder alone, one after another, and by kind of damage."""
    coded = [case for case in cases if case.text]
    ways = tuple(coded[0].told)
    print(f"{len(coded)} damaged tickets, {len(cases) - len(coded)} pictures without a code\n")
    print("| decoder, side of its picture | read | % | wrong | ms, middle | ms, 95 of 100 | ms, none there |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for way in ways:
        took = sorted(case.told[way]["took"] for case in coded)
        empty = statistics.median(case.told[way]["took"] for case in cases if not case.text)
        times = f"{statistics.median(took):.1f} | {took[len(took) * 95 // 100]:.1f} | {empty:.1f}"
        print(f"| {way} | {_found(cases, [way])} | {times} |")
    print("\n| one after another | read | % | wrong |\n|---|---:|---:|---:|")
    for name, plan in {**PLANS, "everything measured": ways}.items():
        print(f"| {name} | {_found(cases, plan)} |")
    print("\n| read, of each kind | of | as it was | first look | second too | by grade | zxing-wasm | all three |")
    print("|---|---:|---:|---:|---:|---|---:|---:|")
    for kind in pictures.KINDS:
        some = [case for case in coded if case.kind == kind]
        both = [case for case in some if case.right(FIRST) or case.right(SECOND)]
        grades = ", ".join(str(sum(case.grade == grade for case in both)) for grade in range(pictures.GRADES))
        before, first, lazy = (sum(case.right(way) for case in some) for way in (BEFORE, FIRST, LAZY))
        every = sum(any(case.right(way) for way in (FIRST, SECOND, LAZY)) for case in some)
        print(f"| {kind} | {len(some)} | {before} | {first} | {len(both)} | {grades} | {lazy} | {every} |")


def _found(cases: list[Case], plan: Sequence[str]) -> str:
    """Say how many were read by any of `plan`, the share, and how many of all pictures were read wrongly."""
    coded = [case for case in cases if case.text]
    read = sum(any(case.right(way) for way in plan) for case in coded)
    wrong = sum(any(case.wrong(way) for way in plan) for case in cases)
    return f"{read} | {100 * read / len(coded):.1f} | {wrong}"


def main() -> None:
    """Measure, and print the tables; with --keep leave pictures and raw results in a folder."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks.decoding")
    asked.add_argument("each", nargs="?", type=int, default=8)
    asked.add_argument("--keep", type=Path)
    told = asked.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = told.keep or Path(made)
        folder.mkdir(exist_ok=True)
        cases, native = measure(folder, told.each)
        (folder / "results.json").write_text(json.dumps([vars(case) for case in cases], ensure_ascii=False, indent=1))
    tell(cases)
    print(f"\nBarcodeDetector in this Chromium: {'yes' if native else 'no'}")


if __name__ == "__main__":
    main()
