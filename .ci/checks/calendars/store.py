"""What a subscriber keeps, before and after: `store.py remember FILE FOLDER...`, `store.py compare FILE TITLES ...`.

vdirsyncer keeps each event in a file of its own, named by what is in it. `compare` wants exactly the events with these
titles to have gone and to have come (`gone|gone>come|come`, with or without the marks of a change), and every other
file to be untouched: the same bytes, written at the same time.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from icalendar import Calendar


def kept(folders: list[str]) -> dict[str, list[str]]:
    """Give each file's title and when it was written."""
    files = [path for folder in folders for path in sorted(Path(folder).glob("*.ics"))]
    return {str(path): [_title(path), str(path.stat().st_mtime_ns), path.read_text("utf-8")] for path in files}


def _title(path: Path) -> str:
    [event] = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    return str(event["summary"])


def compare(before: dict[str, list[str]], after: dict[str, list[str]], wanted: str) -> list[str]:
    """Name each difference that was not to be, and each that was and is not."""
    gone = Counter(before[path][0] for path in before.keys() - after.keys())
    come = Counter(after[path][0] for path in after.keys() - before.keys())
    left, _, right = wanted.partition(">")
    wrong = [f"touched: {after[path][0]}" for path in before.keys() & after.keys() if before[path] != after[path]]
    for told, real, what in ((left, gone, "gone"), (right, come, "come")):
        expected = Counter(filter(None, told.split("|")))
        wrong += [f"not {what}: {title}" for title in (expected - real).elements()]
        wrong += [f"{what}, and should not: {title}" for title in (real - expected).elements()]
    return wrong


def main(act: str, file: str, *more: str) -> int:
    """Remember, or compare and print; give the number of differences."""
    if act == "remember":
        Path(file).write_text(json.dumps(kept(list(more))), encoding="utf-8")
        return 0
    wanted, *folders = more
    after = kept(folders)
    wrong = compare(json.loads(Path(file).read_text("utf-8")), after, wanted)
    print(*wrong, sep="\n", end="\n" if wrong else "")
    print(f"{len(after)} events kept by the subscriber, {len(wrong)} of them otherwise than they should be")
    return len(wrong)


if __name__ == "__main__":
    sys.exit(min(main(*sys.argv[1:]), 1))
