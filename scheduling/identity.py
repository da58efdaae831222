"""Numbers people are known by: phones, ID numbers, credit codes; how they are checked and how they are masked."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from scheduling.refusals import NameMissing, NotACreditCode, NotAnIdNumber, NotAPhone, NumberInHousehold

_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015: no I, O, S, V, Z
_CREDIT_WEIGHTS = [pow(3, i, 31) for i in range(17)]
_ID_WEIGHTS = [pow(2, 17 - i, 11) for i in range(17)]  # GB 11643-1999, ISO 7064 MOD 11-2
_ID_CHECKS = "10X98765432"


def _plain(text: str) -> str:
    """Full-width digits and letters become plain; spaces and dashes people type in between are dropped."""
    return re.sub(r"[\s\-‐-―]", "", unicodedata.normalize("NFKC", text)).upper()


def name(text: str) -> str:
    """Give a person's name without stray spaces and controls. Raises NameMissing when nothing is left."""
    kept = "".join(c for c in unicodedata.normalize("NFC", text) if unicodedata.category(c)[0] != "C" or c == "\u200d")
    kept = " ".join(kept.split())
    if not kept:
        raise NameMissing
    return kept[:60]


def household(text: str) -> str:
    """Give where somebody is registered (户籍), a township. Raises NumberInHousehold for three digits in a row.

    Lists of people and papers show it: a phone or an ID number has no place in it (domain.md §9).
    """
    kept = " ".join(text.split())
    if re.search(r"\d{3}", _plain(kept)):
        raise NumberInHousehold
    return kept


def phone(text: str) -> str:
    """Give a mainland mobile number as 11 digits; +86 is dropped. Raises NotAPhone."""
    digits = re.sub(r"^(\+?86|0086)(?=1\d{10}$)", "", _plain(text))
    if not re.fullmatch(r"1[3-9]\d{9}", digits):
        raise NotAPhone
    return digits


def credit_code(text: str) -> str:
    """Give a unified social credit code as 18 capitals (GB 32100-2015, mod 31). Raises NotACreditCode."""
    code = _plain(text)
    if len(code) != 18 or any(c not in _CREDIT_ALPHABET for c in code):  # noqa: PLR2004  the length of the standard
        raise NotACreditCode
    total = sum(_CREDIT_ALPHABET.index(c) * w for c, w in zip(code[:17], _CREDIT_WEIGHTS, strict=True))
    if code[17] != _CREDIT_ALPHABET[-total % 31]:
        raise NotACreditCode
    return code


@dataclass(frozen=True)
class IdNumber:
    """A resident ID number that passed its checks."""

    text: str

    @property
    def born(self) -> date:
        """The date of birth in it."""
        return date(int(self.text[6:10]), int(self.text[10:12]), int(self.text[12:14]))

    @property
    def last4(self) -> str:
        """The last four characters, which may be shown to those in charge."""
        return self.text[-4:]

    def age_on(self, day: date) -> int:
        """Full years of age on `day`."""
        born = self.born
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))

    def __repr__(self) -> str:
        return "IdNumber(…)"  # never in a log or a traceback


def id_number(text: str) -> IdNumber:
    """Read an 18-character resident ID number (GB 11643-1999). Raises NotAnIdNumber for check or date."""
    code = _plain(text)
    if not re.fullmatch(r"\d{17}[\dX]", code):
        raise NotAnIdNumber
    if code[17] != _ID_CHECKS[sum(int(c) * w for c, w in zip(code[:17], _ID_WEIGHTS, strict=True)) % 11]:
        raise NotAnIdNumber
    number = IdNumber(code)
    try:
        year = number.born.year
    except ValueError:  # the thirtieth of February
        raise NotAnIdNumber from None
    if not 1900 <= year <= 2100:  # noqa: PLR2004  nobody alive
        raise NotAnIdNumber
    return number


def masked_name(full: str) -> str:
    """赵明田 → 赵*田, 李四 → 李*: as public notices must write it (domain.md §9)."""
    if len(full) <= 2:  # noqa: PLR2004  two characters: the given name is one
        return full[:1] + "*"
    return full[0] + "*" * (len(full) - 2) + full[-1]


def masked_phone(full: str) -> str:
    """16000000001 → 160****0001."""
    return full[:3] + "****" + full[-4:] if full else ""
