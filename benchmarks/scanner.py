"""How long from a picture to a verdict on a slow phone: real Chromium at a quarter of this machine's speed.

`python -m benchmarks.scanner [--scans 40] [--slower 4]` prints medians and ninetieth percentiles, in milliseconds:
- decoded: the picture of a ticket, 560 × 560, handed to the worker until its text is back;
- kept: from the text to the verdict on the screen, with the item on the disk (IndexedDB, durability "strict");
- both: what a volunteer waits for once the code is in sight. Chromium slows a page and not its workers, so that here
  `decoded` is reckoned so many times longer.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from portal import qr
from tests.browser.conftest import CHROMIUM, QUIET
from tests.browser.gate_phones import Phone
from tests.journeys.gate_chaos import prepare
from tests.journeys.gate_house import House, Records

ASKED = 150  # milliseconds, median, at four times slower

MEASURE = """async ([text, dark]) => {
  const { read } = await import(document.querySelector("script[type=module]").src);
  const { files } = document.body.dataset;
  const canvas = Object.assign(document.createElement("canvas"), { width: 560, height: 560 });
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.fillStyle = "#888";
  pen.fillRect(0, 0, 560, 560);
  pen.translate(280, 280);
  pen.rotate(0.12);
  const step = 300 / (dark.length + 8);
  pen.fillStyle = "#fff";
  pen.fillRect(-150, -150, 300, 300);
  pen.fillStyle = "#111";
  dark.forEach((row, y) => [...row].forEach((module, x) =>
    module === "1" && pen.fillRect(-150 + (x + 4) * step, -150 + (y + 4) * step, step + 0.3, step + 0.3)));
  window.worker ??= new Worker(`${files}js/gate-worker.js`);
  const began = performance.now();
  const found = new Promise((done) => (window.worker.onmessage = ({ data }) => done(data)));
  window.worker.postMessage(pen.getImageData(0, 0, 560, 560));
  const said = await found;
  const decoded = performance.now();
  const verdict = await read(said || text, "camera");
  const kept = performance.now();
  return [said === text, verdict.kind, decoded - began, kept - decoded];
}"""


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scans", type=int, default=40)
    parser.add_argument("--slower", type=float, default=4)
    told = parser.parse_args()
    records = Records(Path(tempfile.mkdtemp(prefix="songgang-scanner-")), "sqlite")
    [fair] = prepare(records.url, told.scans + 3)
    house = House(records.folder, records.url, 0)
    try:
        house.up()
        rows = _measured(house, fair.tokens[0], fair.tickets, told.slower)
    finally:
        house.close()
        records.close()
    sys.stdout.write(f"{len(rows)} scans, {sum(row[0] for row in rows)} decoded, CPU {told.slower:g} times slower\n")
    for name, times in (
        ("decoded", [row[2] for row in rows]),
        ("kept", [row[3] for row in rows]),
        ("both", [row[2] * told.slower + row[3] for row in rows]),
    ):
        ninetieth = statistics.quantiles(times, n=10)[-1]
        sys.stdout.write(f"{name}: median {statistics.median(times):.0f} ms, 90 % within {ninetieth:.0f} ms\n")
    sys.stdout.write(f"asked for: median of both within {ASKED} ms\n")


def _measured(house: House, token: str, tickets: list[str], slower: float) -> list[tuple[bool, str, float, float]]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        context = browser.new_context(base_url=f"http://127.0.0.1:{house.port}", viewport={"width": 360, "height": 740})
        phone = Phone(context.new_page()).join(token)
        context.new_cdp_session(phone.page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
        rows = []
        for text in tickets:
            dark = ["".join("1" if module else "0" for module in row) for row in qr.matrix(text)]
            rows.append(phone.page.evaluate(MEASURE, [text, dark]))
            phone.page.wait_for_timeout(100)
        browser.close()
    return rows[3:]  # the first warm the machine up


if __name__ == "__main__":
    main()
