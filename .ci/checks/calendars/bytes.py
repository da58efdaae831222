"""What the wire carries, looked at byte by byte: `bytes.py ADDRESS PATH...`. Any fault is printed, and ends with 1.

A path with - before it is a private calendar that was taken back.
"""

from __future__ import annotations

import gzip
import http.client
import sys
import unicodedata
from urllib.parse import urlsplit

Answer = tuple[int, dict[str, str], bytes]
_LONGEST = 75  # octets in a line, RFC 5545 §3.1


def ask(root: str, path: str, method: str = "GET", **headers: str) -> Answer:
    """Ask on a connection of its own; headers as they come, but for the date."""
    link = http.client.HTTPConnection(urlsplit(root).netloc, timeout=60)
    link.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
    answer = link.getresponse()
    body = answer.read()
    told = {name.lower(): value for name, value in answer.getheaders() if name.lower() != "date"}
    link.close()
    return answer.status, told, body


def lines_of(body: bytes, *, alarms: bool) -> list[str]:
    """Name what is wrong with the lines of a calendar, in which alarms were asked for or not."""
    lines = body.split(b"\r\n")
    wrong = []
    if body.startswith(b"\xef\xbb\xbf") or not body.startswith(b"BEGIN:VCALENDAR\r\n"):
        wrong.append("begins with something else")
    if not body.endswith(b"END:VCALENDAR\r\n") or not body.count(b"\r") == body.count(b"\n") == len(lines) - 1:
        wrong.append("not every line ends with CRLF")
    for each in lines:
        try:
            text = each.decode("utf-8")
        except UnicodeDecodeError:
            wrong.append(f"a line that is no UTF-8 alone: {each!r}")
            continue
        if len(each) > _LONGEST:
            wrong.append(f"{len(each)} octets: {text}")
        if any(unicodedata.category(c) in {"Cc", "Zl", "Zp"} or c == "\ufeff" for c in text):
            wrong.append(f"a control: {text!r}")
    whole = body.replace(b"\r\n ", b"").split(b"\r\n")
    kinds = (b"VCALENDAR", b"VTIMEZONE", b"STANDARD", b"VEVENT", *([b"VALARM"] if alarms else []))
    begun = {name: whole.count(b"BEGIN:" + name) for name in kinds}
    if sum(begun.values()) != sum(line.startswith(b"BEGIN:") for line in whole):
        wrong.append("components that nobody should see")
    if (begun[b"VCALENDAR"], begun[b"VTIMEZONE"], begun[b"STANDARD"]) != (1, 1, 1):
        wrong.append(f"components: {begun}")
    stamped = sum(line.startswith(b"DTSTAMP") for line in whole)
    if begun[b"VEVENT"] != stamped or b"METHOD:" in body or b"RRULE" in body:
        wrong.append("not what a feed is")
    return wrong


def faults(root: str, path: str) -> list[str]:
    """Name what is wrong with a feed and the ways to ask for it."""
    status, headers, body = ask(root, path)
    if status != 200:  # noqa: PLR2004
        return [f"status {status}"]
    wrong = lines_of(body, alarms="alarm=" in path)
    again, head = ask(root, path), ask(root, path, "HEAD")
    zipped = ask(root, path, Accept_Encoding="gzip")
    tag = headers.get("etag", "")
    told = {
        "two fetches differ": again != (status, headers, body),
        "HEAD is not GET without the body": head != (status, headers, b""),
        "its length is not told": headers.get("content-length") != str(len(body)),
        "gzip without being asked": "content-encoding" in headers,
        "gzip is not the same": gzip.decompress(zipped[2]) != body or zipped[1].get("content-encoding") != "gzip",
        "gzip has the same tag": zipped[1].get("etag") == tag or not tag,
        "no Vary": headers.get("vary") != "Accept-Encoding",
        "no Last-Modified": "last-modified" not in headers,
        "a cookie": "set-cookie" in headers,
    }
    for coding in ("identity", "br", "gzip;q=0"):
        told[f"{coding} is packed"] = ask(root, path, Accept_Encoding=coding) != (status, headers, body)
    for kind, more in (("GET", {}), ("HEAD", {}), ("GET", {"Accept_Encoding": "gzip"})):
        mine = zipped[1]["etag"] if more else tag
        known = ask(root, path, kind, If_None_Match=mine, **more)
        told[f"no empty 304 for {kind} {more}"] = known[0] != 304 or known[2] != b"" or known[1].get("etag") != mine  # noqa: PLR2004
    return wrong + [words for words, is_so in told.items() if is_so]


def main(root: str, *paths: str) -> int:
    """Look at every feed, print, and give the number of faults."""
    gone = [path.removeprefix("-") for path in paths if path.startswith("-")]
    found = [f"{path}: {fault}" for path in paths if not path.startswith("-") for fault in faults(root, path)]
    missing = {path: ask(root, path) for path in (f"/feeds/p/{'a' * 26}.ics", "/feeds/p/b.ics", *gone)}
    if len({str(answer) for answer in missing.values()}) != 1 or {each[0] for each in missing.values()} != {404}:
        found.append("links that were never made answer differently")
    print(*found, sep="\n", end="\n" if found else "")
    print(f"{len(paths)} feeds looked at byte by byte, {len(found)} faults")
    return len(found)


if __name__ == "__main__":
    sys.exit(min(main(*sys.argv[1:]), 1))
