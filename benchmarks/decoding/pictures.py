"""What a gate's camera sees: a ticket's code on a slip or a screen, damaged in one way and degree, by a seed.

Paper is bent about one line, so where it lies in space is told by its slope along one axis: even for a tilt, rising for
a curl, broken for a fold. A frame is 1280 × 960 grey pixels, what js/gate.js asks a camera for.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from portal import qr

Pixels = NDArray[np.float32]
Slope = Callable[[NDArray[np.float64]], NDArray[np.float64]]

WIDTH, HEIGHT = 1280, 960
FAR = 3.2  # the camera's distance, in sides of the code
GRADES = 4


@dataclass
class View:
    """How a code lies before the camera: its side in pixels, its roll in degrees, its slope in radians along it."""

    side: float
    roll: float
    middle: tuple[float, float]
    slope: Slope = np.zeros_like


def frame(text: str, kind: str, grade: int, seed: int) -> Image.Image:
    """Show `text` damaged in the way `kind` (of KINDS or EMPTY) to the degree `grade`, 0 … 3."""
    chance = random.Random(f"{kind} {grade} {seed}")
    view = View(
        side=chance.uniform(360, 460),
        roll=chance.uniform(-25, 25),
        middle=(WIDTH / 2 + chance.uniform(-60, 60), HEIGHT / 2 + chance.uniform(-60, 60)),
    )
    screen = kind in {"screen", "jpeg"} or (kind not in SHAPES and chance.random() < 0.5)
    if kind in SHAPES:
        SHAPES[kind](view, grade, chance)
    else:
        view.slope = _even(chance.uniform(-10, 10))
    document = _document(text, kind, round(view.side), chance, screen=screen)
    pixels = _seen(document, view, _ground(chance))
    if kind in HARMS:
        pixels = HARMS[kind](pixels, view, grade, chance)
    return _taken(pixels, kind, grade, chance)


# Shapes: amounts for grades 0 … 3
def _tilted(view: View, grade: int, chance: random.Random) -> None:
    view.slope = _even((30, 42, 52, 60)[grade] * chance.choice((-1, 1)))


def _small(view: View, grade: int, chance: random.Random) -> None:
    view.side = (230, 160, 120, 90)[grade] * chance.uniform(0.93, 1.07)


def _folded(view: View, grade: int, chance: random.Random) -> None:
    sharp, crease = np.radians((8, 14, 20, 28)[grade]), chance.uniform(-0.3, 0.3)
    second = crease + chance.choice((-1, 1)) * 0.35
    view.roll += chance.choice((0, 90))
    view.slope = lambda along: sharp * (np.where(along < crease, 1, -1) + 0.5 * (along > second))


def _curled(view: View, grade: int, chance: random.Random) -> None:
    bend = np.radians((30, 50, 70, 90)[grade]) * chance.choice((-1, 1))
    view.roll += chance.choice((0, 90))
    view.slope = lambda along: np.clip(bend * along, -1.3, 1.3)


def _dawn(view: View, grade: int, chance: random.Random) -> None:
    view.slope = _even((15, 22, 28, 34)[grade] * chance.choice((-1, 1)))
    view.side *= (0.9, 0.75, 0.65, 0.55)[grade]


def _even(degrees: float) -> Slope:
    return lambda along: np.full_like(along, np.radians(degrees))


# Harms
def _blurred(pixels: Pixels, view: View, grade: int, _chance: random.Random) -> Pixels:
    return _soft(pixels, (3, 4.5, 6, 7.5)[grade] * view.side / 410)


def _shaken(pixels: Pixels, view: View, grade: int, chance: random.Random) -> Pixels:
    long = (14, 22, 30, 38)[grade] * view.side / 410
    step = np.radians(chance.uniform(0, 180))
    moved = [
        np.roll(pixels, (round(far * np.sin(step)), round(far * np.cos(step))), (0, 1))
        for far in np.linspace(-long / 2, long / 2, 25)
    ]
    return np.mean(moved, axis=0, dtype=np.float32)


def _glaring(pixels: Pixels, view: View, grade: int, chance: random.Random) -> Pixels:
    away = _away(view, chance.uniform(-0.35, 0.35), chance.uniform(-0.35, 0.35))
    wide = (0.10, 0.16, 0.22, 0.28)[grade]
    return pixels + np.float32(420) * np.exp(-((away / wide) ** 2))


def _dim(pixels: Pixels, _view: View, grade: int, _chance: random.Random) -> Pixels:
    return pixels * np.float32((0.3, 0.16, 0.09, 0.05)[grade])


def _faint(pixels: Pixels, _view: View, grade: int, chance: random.Random) -> Pixels:
    return np.float32(chance.uniform(90, 170)) + (pixels - 120) * np.float32((0.3, 0.18, 0.1, 0.06)[grade])


def _shaded(pixels: Pixels, view: View, grade: int, chance: random.Random) -> Pixels:
    rows, columns = _grid()
    turn = np.radians(chance.uniform(0, 360))
    across = (columns - view.middle[0]) * np.cos(turn) + (rows - view.middle[1]) * np.sin(turn)
    dark = (0.5, 0.3, 0.18, 0.1)[grade]
    return pixels * (dark + (1 - dark) / (1 + np.exp(-across / 6)))


def _covered(pixels: Pixels, view: View, grade: int, chance: random.Random) -> Pixels:
    side = chance.uniform(-0.5, 0.5)
    at = chance.choice([(side, -0.5), (side, 0.5), (-0.5, side), (0.5, side)])
    thumb = _soft(np.where(_away(view, *at) < (0.12, 0.17, 0.22, 0.27)[grade], 1, 0), 2)
    return pixels * (1 - thumb) + 115 * thumb


def _glowing(pixels: Pixels, _view: View, grade: int, chance: random.Random) -> Pixels:
    """Show the grid of a screen's pixels, which beats with the camera's, and what the glass mirrors."""
    rows, columns = _grid()
    pitch, turn = chance.uniform(1.6, 2.4), np.radians(chance.uniform(2, 12))
    grid = sum(
        np.sin(2 * np.pi * (columns * np.cos(turn + way) + rows * np.sin(turn + way)) / pitch) for way in (0, np.pi / 2)
    )
    deep = (0.06, 0.12, 0.18, 0.25)[grade]
    mirrored = _soft(np.where(columns > chance.uniform(500, 780), 1, 0), 30) * (30, 55, 80, 110)[grade]
    return pixels * (0.8 + deep * grid) + mirrored


def _nothing(pixels: Pixels, _view: View, _grade: int, _chance: random.Random) -> Pixels:
    return pixels


def _at_dawn(pixels: Pixels, view: View, grade: int, chance: random.Random) -> Pixels:
    pixels = _shaded(pixels, view, 0, chance)
    return _soft(pixels, (1.5, 2, 2.5, 2.5)[grade]) * np.float32((0.5, 0.4, 0.3, 0.25)[grade]) + 15


SHAPES: dict[str, Callable[[View, int, random.Random], None]] = {
    "tilt": _tilted, "small": _small, "folded": _folded, "curled": _curled, "dawn": _dawn,
}  # fmt: skip
HARMS: dict[str, Callable[[Pixels, View, int, random.Random], Pixels]] = {
    "blur": _blurred, "shaken": _shaken, "glare": _glaring, "dim": _dim, "low contrast": _faint, "shadow": _shaded,
    "covered": _covered, "screen": _glowing, "dawn": _at_dawn, "noise": _nothing, "jpeg": _nothing,
}  # fmt: skip
KINDS = (*dict.fromkeys([*HARMS, *SHAPES]),)
EMPTY = "no code"


def _document(text: str, kind: str, side: int, chance: random.Random, *, screen: bool) -> Image.Image:
    """Draw a slip or a screen, two codes wide and three high with the code in its middle, at its size in the frame."""
    paper, ink = (250, 12) if screen else (chance.randint(205, 235), chance.randint(25, 60))
    sheet = Image.new("L", (side * 2, side * 3), paper)
    drawing = ImageDraw.Draw(sheet)
    for line in (*range(side // 5, side * 9 // 10, 26), *range(side * 21 // 10, side * 14 // 5, 26)):
        right = side // 6
        while right < side * 3 // 2:  # words in lines, as marks of a letter's size
            wide = chance.randint(8, 16)
            if chance.random() < 0.8:
                drawing.rectangle((right, line, right + wide, line + 13), outline=ink, width=2)
            right += wide + 5
    if kind != EMPTY:
        code = Image.fromarray(np.where(np.pad(qr.matrix(text), 4), ink, paper).astype(np.uint8))
        large = code.resize((code.width * 24, code.height * 24), Image.Resampling.NEAREST)
        whole = round(side * code.width / (code.width - 8))
        at = (side - whole // 2, side * 3 // 2 - whole // 2)
        sheet.paste(large.resize((whole, whole), Image.Resampling.BOX), at)
    elif chance.random() < 0.5:  # what looks like a part of a code: a chequered cloth
        cell = chance.randint(8, 20)
        rows, columns = np.indices((side, side)) // cell
        cloth = np.where((rows + columns) % 2, ink, paper).astype(np.uint8)
        sheet.paste(Image.fromarray(cloth), (side // 2, side))
    return sheet


def _seen(document: Image.Image, view: View, ground: Pixels) -> Pixels:
    """Project the bent document onto the ground; what turns from the light is darker."""
    drawn = np.asarray(document, dtype=np.float32)
    along = np.linspace(-1.5, 1.5, 1201)  # in sides of the code
    slope = view.slope(along)
    gap, start = along[1] - along[0], len(along) // 2
    right, deep = np.cumsum(np.cos(slope)) * gap, np.cumsum(np.sin(slope)) * gap
    right, deep = right - right[start], deep - deep[start]
    shown = right * FAR / (FAR + deep)
    one_way = np.maximum.accumulate(shown)  # what lies behind a bend is not seen
    rows, columns = _grid()
    turn = np.radians(view.roll)
    x, y = (columns - view.middle[0]) / view.side, (rows - view.middle[1]) / view.side
    x, y = x * np.cos(turn) + y * np.sin(turn), y * np.cos(turn) - x * np.sin(turn)
    at = np.interp(x, one_way, along, left=-9, right=9)
    down = y * (FAR + np.interp(at, along, deep)) / FAR
    bright = np.interp(at, along, 0.72 + 0.28 * np.cos(slope - 0.35))
    u, v = at * view.side + drawn.shape[1] / 2, down * view.side + drawn.shape[0] / 2
    inside = (u >= 0) & (v >= 0) & (u < drawn.shape[1] - 2) & (v < drawn.shape[0] - 2)
    u, v = np.where(inside, u, 0), np.where(inside, v, 0)
    left, top = u.astype(int), v.astype(int)
    a, b = u - left, v - top
    upper = drawn[top, left] * (1 - a) + drawn[top, left + 1] * a
    lower = drawn[top + 1, left] * (1 - a) + drawn[top + 1, left + 1] * a
    return np.where(inside, (upper * (1 - b) + lower * b) * bright, ground).astype(np.float32)


def _taken(pixels: Pixels, kind: str, grade: int, chance: random.Random) -> Image.Image:
    """Take the photograph: the lens, the sensor's noise, eight bits; and what a messenger makes of it."""
    grain = np.random.default_rng(chance.getrandbits(32))
    much = (25, 45, 65, 85)[grade] if kind == "noise" else 6 if kind == "dawn" else 3
    noisy = _soft(pixels, 0.8) + grain.normal(0, much, pixels.shape)
    photo = Image.fromarray(np.clip(noisy, 0, 255).astype(np.uint8))
    if kind == "jpeg":
        low = photo.resize((WIDTH // 2, HEIGHT // 2), Image.Resampling.BILINEAR)
        low.save(kept := BytesIO(), "JPEG", quality=(20, 10, 6, 3)[grade])
        photo = Image.open(kept).resize((WIDTH, HEIGHT), Image.Resampling.BILINEAR)
    return photo


def _ground(chance: random.Random) -> Pixels:
    """Give what lies behind: a table, a hand, a crowd out of focus."""
    grain = np.random.default_rng(chance.getrandbits(32))
    rough = Image.fromarray(grain.integers(40, 190, (9, 12)).astype(np.uint8))
    return np.asarray(rough.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC), dtype=np.float32)


def _soft(pixels: Pixels, much: float) -> Pixels:
    """Blur by a Gaussian of `much` pixels."""
    up, across = np.fft.fftfreq(HEIGHT)[:, None], np.fft.rfftfreq(WIDTH)[None, :]
    kept = np.exp(-2 * (np.pi * much) ** 2 * (up**2 + across**2))
    return np.fft.irfft2(np.fft.rfft2(pixels) * kept, (HEIGHT, WIDTH)).astype(np.float32)


def _away(view: View, x: float, y: float) -> NDArray[np.float64]:
    """Give every pixel's distance from a place on the code, in its sides; (0, 0) is its middle."""
    rows, columns = _grid()
    turn = np.radians(view.roll)
    right = view.middle[0] + (x * np.cos(turn) - y * np.sin(turn)) * view.side
    down = view.middle[1] + (x * np.sin(turn) + y * np.cos(turn)) * view.side
    return np.hypot(columns - right, rows - down) / view.side


@cache
def _grid() -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    rows, columns = np.indices((HEIGHT, WIDTH), dtype=np.float64)
    return rows, columns
