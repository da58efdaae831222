"""What the platform counted, typed in after the show, with one picture."""

import struct
import zlib
from datetime import timedelta

import pytest
from sqlalchemy import select

from scheduling import livestreams
from scheduling.models import Deed, LivePicture, LiveStats
from scheduling.pictures import MOST, Look, look
from scheduling.refusals import FiguresInDisorder, FiguresMissing, NotAPicture, NotFound, PictureTooLarge, ShowAhead
from tests.shows import arranged

FIGURES = {"views": 3120, "peak": 260, "stay": 95, "likes": 8800}


def png(width=320, height=240):
    """Make a grey picture."""
    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))  # noqa: E731
    rows = zlib.compress(b"".join(b"\0" + b"\x88" * width for _ in range(height)))
    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


JPEG = (
    b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
    b"\xff\xc0\x00\x11\x08\x00\xf0\x01\x40\x03\x01\x22\x00\x02\x11\x01\x03\x11\x01\xff\xd9"
)
WEBP = {
    "VP8X": b"RIFF\x16\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0\x3f\x01\0\xef\0\0",
    "VP8L": b"RIFF\x11\0\0\0WEBPVP8L\x05\0\0\0\x2f" + struct.pack("<I", 319 | 239 << 14),
    "VP8": b"RIFF\x16\0\0\0WEBPVP8 \x0a\0\0\0\0\0\0\x9d\x01\x2a\x40\x01\xf0\0",
}


@pytest.fixture
def fair(session, now):
    """A show that ended an hour ago."""
    return arranged(session, starts_at=now - timedelta(minutes=90)).fair


def note(session, fair, now, figures=FIGURES, **more):
    return livestreams.note_stats(session, fair, figures, **more, by=None, now=now)


@pytest.mark.parametrize(
    ("content", "kind"),
    [(png(), "image/png"), (JPEG, "image/jpeg"), *((webp, "image/webp") for webp in WEBP.values())],
    ids=["png", "jpeg", *WEBP],
)
def test_a_picture_is_known_by_its_bytes_and_measured(content, kind):
    assert look(content) == Look(kind, 320, 240)


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'></svg>",
        b"<html><script>alert(1)</script></html>",
        b"GIF89a\x01\0\x01\0",
        b"%PDF-1.7",
        b"\x89PNG\r\n\x1a\n<script>",
        png()[:60],
        png(width=0),
        JPEG[:24],
        b"\xff\xd8\xff" + b"\xff" * 40,
        b"RIFF\xff\xff\0\0WEBPVP8X",
    ],
)
def test_whatever_else_is_refused(content):
    with pytest.raises(NotAPicture):
        look(content)


def test_a_picture_may_have_two_megabytes_and_not_one_byte_more():
    whole = png()
    full = whole[:-12] + b"\0" * (MOST - len(whole)) + whole[-12:]

    assert look(full).kind == "image/png"
    with pytest.raises(PictureTooLarge):
        look(full + b"\0")


def test_figures_are_noted_once_and_may_be_corrected(session, fair, now):
    for _ in range(2):
        note(session, fair, now, replay_url=" https://live.example.com/7 ", picture=png())
    note(session, fair, now + timedelta(hours=1), {**FIGURES, "likes": 9000}, replay_url="https://live.example.com/7")

    row = session.scalars(select(LiveStats)).one()
    assert (row.views, row.stay, row.likes, row.comments) == (3120, 95, 9000, None)
    assert row.replay_url == "https://live.example.com/7"
    assert len(session.scalars(select(Deed).where(Deed.what == "live.stats_noted")).all()) == 2


def test_the_picture_stays_until_another_one_comes(session, fair, now):
    stats = note(session, fair, now, picture=png())
    note(session, fair, now)
    assert livestreams.picture_of(session, fair).content == png()

    note(session, fair, now, picture=JPEG)
    row = session.scalars(select(LivePicture)).one()
    assert (row.kind, row.width, row.height, row.content) == ("image/jpeg", 320, 240, JPEG)
    assert livestreams.has_picture(session, stats).kind == "image/jpeg"


def test_a_file_that_is_no_picture_keeps_nothing(session, fair, now):
    with pytest.raises(NotAPicture):
        note(session, fair, now, picture=b"<svg/>")

    assert livestreams.stats_of(session, fair) is None
    with pytest.raises(NotFound):
        livestreams.picture_of(session, fair)


@pytest.mark.parametrize(("figures", "refusal"), [({}, FiguresMissing), ({"views": 10, "peak": 11}, FiguresInDisorder)])
def test_figures_that_say_nothing_or_cannot_be_are_refused(session, fair, now, figures, refusal):
    with pytest.raises(refusal):
        note(session, fair, now, figures)


def test_a_show_that_has_not_begun_has_no_figures(session, fair, now):
    with pytest.raises(ShowAhead):
        note(session, fair, fair.starts_at - timedelta(minutes=1))
