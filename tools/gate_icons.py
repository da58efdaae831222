"""Draws static/img/gate-*.png, the offline scanner on a phone's first screen, after static/img/gate.svg.

Run from the top of the project: `python tools/gate_icons.py`. Needs Pillow (group `browser`).
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

RED, CREAM = "#c2381a", "#fff8ec"
FINE = 4  # drawn so much larger, then shrunk
HERE = Path(__file__).parents[1] / "static" / "img"


def drawn(size: int, *, full: bool) -> Image.Image:
    """Draw it `size` wide; `full` to the edges, with all that matters inside the circle that every phone leaves."""
    side = size * FINE
    picture = Image.new("RGBA", (side, side), RED if full else (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    unit = side / (56 if full else 40)
    shift = 8 if full else 0

    def line(points: list[tuple[float, float]], width: float) -> None:
        at = [((x + shift) * unit, (y + shift) * unit) for x, y in points]
        pen.line(at, fill=CREAM, width=round(width * unit), joint="curve")
        for x, y in at:
            half = width * unit / 2
            pen.ellipse((x - half, y - half, x + half, y + half), fill=CREAM)

    if not full:
        pen.rounded_rectangle((unit, unit, 39 * unit, 39 * unit), 9 * unit, fill=RED)
    for corner in ([(8, 14), (8, 8), (14, 8)], [(26, 8), (32, 8), (32, 14)]):
        line(corner, 3)
        line([(x, 40 - y) for x, y in corner], 3)
    line([(13, 20.5), (18, 25.5), (27.5, 14.5)], 4.5)
    return picture.resize((size, size), Image.Resampling.LANCZOS)


def main() -> None:
    """Write the files."""
    for name, size, full in (("180", 180, True), ("192", 192, False), ("512", 512, False), ("maskable", 512, True)):
        drawn(size, full=full).convert("P", palette=Image.Palette.ADAPTIVE, colors=32).save(
            HERE / f"gate-{name}.png", optimize=True
        )


if __name__ == "__main__":
    main()
