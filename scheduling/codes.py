"""Short codes: the nine digits beside every QR, read aloud and typed on keypads (docs/decisions/0005)."""

from __future__ import annotations

import re
import secrets
import unicodedata

DIGITS = 9  # eight random ones and a check digit: digits only, for they are read aloud and typed on keypads

# Damm's quasigroup of order ten (2004): finds every single wrong digit and every pair of neighbours exchanged.
_DAMM = (
    "0317598642",
    "7092154863",
    "4206871359",
    "1750983426",
    "6123045978",
    "3674209581",
    "5869720134",
    "8945362017",
    "9438617205",
    "2581436790",
)


def new() -> str:
    """Give eight random digits and their check digit."""
    digits = f"{secrets.randbelow(10 ** (DIGITS - 1)):0{DIGITS - 1}d}"
    return f"{digits}{damm(digits)}"


def plain(text: str) -> str:
    """Drop what people type between digits, and make full-width digits plain."""
    return re.sub(r"[\s\-‐-―·.]", "", unicodedata.normalize("NFKC", text))


def mistyped(text: str) -> bool:
    """Whether `text` is a short code typed wrongly: digits only, but too few, too many, or failing the check digit."""
    code = plain(text)
    return bool(re.fullmatch(r"[0-9]+", code)) and (len(code) != DIGITS or damm(code) != 0)


def damm(digits: str) -> int:
    """Give the check digit of `digits`; zero when its own check digit is among them and right."""
    interim = 0
    for digit in digits:
        interim = int(_DAMM[interim][int(digit)])
    return interim
