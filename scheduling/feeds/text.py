"""What staff typed, made fit for a calendar line: no controls, no line breaks but ours, nobody's full number."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from urllib.parse import quote, urlsplit

# Cc: C0 and C1. Cs: halves of surrogates, which UTF-8 has no bytes for. Zl, Zp: U+2028 and U+2029, line ends to some.
_DROPPED = {"Cc", "Cs", "Zl", "Zp"}
_NEVER = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029\ufeff]")  # those, and the mark that begins a file
_BREAKS = re.compile(r"\r\n|[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]")
_MOBILE = re.compile(r"(?<!\d)(1[3-9]\d)\d{4}(\d{4})(?!\d)")
_ID_NUMBER = re.compile(r"(?<!\d)\d{14}(\d{3}[\dXx])(?![\dXx])")


def paragraphs(text: str) -> str:
    r"""Give `text` with every kind of line end as \n, without other controls, with mobile and ID numbers masked."""
    lines = (_plain(each) for each in _BREAKS.split(text))
    return "\n".join(lines).strip()


@lru_cache(4096)  # places, towns and kinds are the same in hundreds of events
def line(text: str) -> str:
    """Give `text` on one line, cleaned in the same way."""
    return " ".join(paragraphs(text).split())


def link(text: str) -> str:
    """Give an http(s) address as ASCII, or nothing when `text` is none: only then may it become a URI in a calendar."""
    address = text.strip()
    if any(c.isspace() or unicodedata.category(c) in _DROPPED for c in address):
        return ""
    try:
        parts = urlsplit(address)
    except ValueError:  # an unfinished [IPv6]
        return ""
    if parts.scheme.lower() not in {"http", "https"} or not parts.netloc:
        return ""
    return quote(address, safe="!#$%&'()*+,/:;=?@[]~")


def _plain(text: str) -> str:
    # Escaped as it must be, a backslash before an n is a line break to some calendars all the same (node-ical 0.26).
    kept = _NEVER.sub("", text.replace("\t", " ").replace("\\", "＼")).rstrip()
    return _ID_NUMBER.sub(r"**************\1", _MOBILE.sub(r"\1****\2", kept))
