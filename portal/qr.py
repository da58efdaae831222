"""QR pictures: the matrix by `qrcode`, drawn as one compact SVG path."""

from __future__ import annotations

from flask_babel import gettext as _
from markupsafe import Markup
from qrcode.constants import ERROR_CORRECT_M
from qrcode.main import QRCode

QUIET = 4  # modules of white around it: ISO/IEC 18004 §6.3.8, and every scanner counts on them


def svg(text: str, label: str = "") -> Markup:
    """Draw `text` at level M, dark on white, never inverted; `label` says to a screen reader what it is.

    Capitals, digits and `$%*+-./:` are packed in alphanumeric mode, two to eleven bits.
    """
    dark = matrix(text)
    side = len(dark) + 2 * QUIET
    path = "".join(_row(row, y + QUIET) for y, row in enumerate(dark))
    return Markup(  # every part is ours or escaped by format
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" role="img" aria-label="{label}"'
        ' shape-rendering="crispEdges"><path fill="#fff" d="M0 0h{side}v{side}H0z"/>'
        '<path stroke="#000" d="{path}"/></svg>'
    ).format(side=side, label=label or _("二维码"), path=path)


def matrix(text: str) -> list[list[bool]]:
    """Give the modules, True for dark, without the quiet zone."""
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(text, optimize=0)  # one segment, in the densest mode that holds it
    code.make(fit=True)
    return [[bool(module) for module in row] for row in code.modules]


def _row(row: list[bool], y: int) -> str:
    """Draw the dark runs of one row as strokes one module thick: a move, then dark and light by turns."""
    path, x = "", 0
    while x < len(row):
        end = x
        while end < len(row) and row[end] == row[x]:
            end += 1
        if row[x]:
            path += f"M{x + QUIET} {y}.5h{end - x}"
        x = end
    return path
