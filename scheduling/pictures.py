"""Pictures: what kind a file is by its bytes, whatever it is called, and how large it is drawn."""

from __future__ import annotations

from dataclasses import dataclass

from scheduling.refusals import NotAPaper, NotAPicture, PaperTooLarge, PictureTooLarge

MOST = 2 * 1024 * 1024  # bytes
SIDE = 16_384  # pixels; nobody's screen is larger
_PNG = b"\x89PNG\r\n\x1a\n"
_SOF = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # JPEG's start-of-frame markers (ITU T.81, table B.1)


@dataclass(frozen=True)
class Look:
    """What a picture is: its MIME type, and width and height in pixels."""

    kind: str
    width: int
    height: int


def look(content: bytes, *, most: int = MOST) -> Look:
    """Say what picture this is, of at most `most` bytes: PNG, JPEG or WebP. Raises PictureTooLarge, NotAPicture."""
    if len(content) > most:
        raise PictureTooLarge(most=most // 1024 // 1024)
    for kind, measure in (("image/png", _png), ("image/jpeg", _jpeg), ("image/webp", _webp)):
        size = measure(content)
        if size is not None and all(0 < side <= SIDE for side in size):
            return Look(kind, *size)
    raise NotAPicture


def paper(content: bytes, *, most: int) -> Look:
    """Say what this is that somebody wrote or scanned: a PDF, which has no size in pixels (0), or a picture.

    Raises PaperTooLarge(most), NotAPaper.
    """
    if len(content) > most:
        raise PaperTooLarge(most=most // 1024 // 1024)
    if content.startswith((b"%PDF-1.", b"%PDF-2.")) and b"%%EOF" in content[-1024:]:
        return Look("application/pdf", 0, 0)
    try:
        return look(content, most=most)
    except NotAPicture:
        raise NotAPaper from None


def _png(content: bytes) -> tuple[int, int] | None:
    if not content.startswith(_PNG) or content[12:16] != b"IHDR" or b"IEND" not in content[-12:]:
        return None
    return _big(content[16:20]), _big(content[20:24])


def _jpeg(content: bytes) -> tuple[int, int] | None:
    """Walk from marker to marker until a frame says how large it is."""
    if not content.startswith(b"\xff\xd8\xff"):
        return None
    at = 2
    while at + 9 < len(content) and content[at] == 0xFF:  # noqa: PLR2004  every marker begins so
        marker = content[at + 1]
        if marker in _SOF:
            return _big(content[at + 7 : at + 9]), _big(content[at + 5 : at + 7])
        at += 1 if marker == 0xFF else 2 + max(2, _big(content[at + 2 : at + 4]))  # noqa: PLR2004  a fill byte
    return None


def _webp(content: bytes) -> tuple[int, int] | None:
    if content[:4] != b"RIFF" or content[8:12] != b"WEBP" or int.from_bytes(content[4:8], "little") + 8 > len(content):
        return None
    chunk = content[12:16]
    if chunk == b"VP8X":
        return _little(content[24:27]) + 1, _little(content[27:30]) + 1
    if chunk == b"VP8 " and content[23:26] == b"\x9d\x01\x2a":
        return _little(content[26:28]) & 0x3FFF, _little(content[28:30]) & 0x3FFF
    if chunk == b"VP8L" and content[20:21] == b"\x2f":
        bits = _little(content[21:25])
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return None


def _big(number: bytes) -> int:
    return int.from_bytes(number, "big")


def _little(number: bytes) -> int:
    return int.from_bytes(number, "little")
