"""Films for a camera that is not there: YUV4MPEG2, written by hand from pictures of QR codes."""

from __future__ import annotations

import random
from collections.abc import Iterable
from io import BytesIO

from PIL import Image, ImageChops, ImageFilter

from benchmarks.decoding import pictures
from portal import qr

SIZE = (640, 480)


def code(text: str, side: int = 260) -> Image.Image:
    """A ticket held before the camera: dark modules on a white slip, the slip on a grey ground."""
    dark = qr.matrix(text)
    modules = Image.new("L", (len(dark) + 8, len(dark) + 8), 255)
    for y, row in enumerate(dark):
        for x, module in enumerate(row):
            if module:
                modules.putpixel((x + 4, y + 4), 0)
    frame = nothing()
    frame.paste(modules.resize((side, side), Image.Resampling.NEAREST), ((SIZE[0] - side) // 2, (SIZE[1] - side) // 2))
    return frame


def held(picture: bytes, side: int = 300) -> Image.Image:
    """Hold what a screen shows, a picture of a QR code, before the camera."""
    frame = nothing()
    shown = Image.open(BytesIO(picture)).convert("L").resize((side, side), Image.Resampling.BICUBIC)
    frame.paste(shown, ((SIZE[0] - side) // 2, (SIZE[1] - side) // 2))
    return frame


def seen(text: str, kind: str, grade: int, frames: int = 4) -> bytes:
    """Film a ticket in an unsteady hand, damaged as in the study of decoders: benchmarks/decoding/pictures.py."""
    return film(pictures.frame(text, kind, grade, seed) for seed in range(frames))


def nothing() -> Image.Image:
    """An empty hand."""
    return Image.new("L", SIZE, 120)


def worn(frame: Image.Image, seed: int = 1) -> Image.Image:
    """The same in poor light, askew, out of focus, with noise: a cheap phone at dawn."""
    frame = frame.rotate(17, Image.Resampling.BICUBIC, fillcolor=120).filter(ImageFilter.GaussianBlur(1.2))
    frame = frame.point(lambda light: 50 + light * 110 // 255)
    grain = random.Random(seed).randbytes(SIZE[0] * SIZE[1])
    noise = Image.frombytes("L", SIZE, grain).point(lambda light: light // 10)
    return ImageChops.add(frame, noise)


def come_and_go(picture: bytes) -> bytes:
    """Film a code that is shown, gone for so long that it counts as shown anew, and shown again."""
    return film([held(picture)] * 8 + [nothing()] * 45)


def film(frames: Iterable[Image.Image]) -> bytes:
    """Ten frames a second of one size, 4:2:0, without colour; the fake camera plays it over and over."""
    frames = list(frames)
    width, height = frames[0].size
    grey = bytes([128]) * (width * height // 2)
    head = f"YUV4MPEG2 W{width} H{height} F10:1 Ip A1:1 C420jpeg\n".encode()
    return head + b"".join(b"FRAME\n" + frame.tobytes() + grey for frame in frames)
