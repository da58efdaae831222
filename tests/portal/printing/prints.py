"""What was printed, as somebody else reads it: PDFium opens it, ZXing reads its QR. Neither of them made it."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pypdfium2
import zxingcpp

RARE = "䶮㛃𬭎"
URL = "http://127.0.0.1:8000"  # of the app in tests

CARD = {
    "title": "缝纫工",
    "trade": "服装",
    "headcount": 30,
    "wage_low": 4000,
    "wage_high": 6500,
    "settlement": "monthly",
    "insurance": "five",
    "room_and_board": "both",
    "commute": True,
    "work_place": "柳河镇工业园",
    "shift": "白班 8:00–17:30",
    "rest": "月休四天",
    "education": "junior",
    "description": "缝制衬衫，计件加奖金。\n生手有师傅带三个月。",
}
DAILY = {
    "title": "包装工",
    "headcount": 8,
    "wage_low": 150,
    "wage_high": 150,
    "pay_unit": "day",
    "settlement": "daily",
    "insurance": "injury",
    "accepts_older": True,
}


@dataclass
class Print:
    """A PDF as a reader has it: the text of each page, without spaces, and each page as a grey picture."""

    data: bytes

    @property
    def pages(self) -> list[str]:
        document = pypdfium2.PdfDocument(self.data)
        return [bare(page.get_textpage().get_text_range()) for page in document]

    @property
    def text(self) -> str:
        return "".join(self.pages)

    @property
    def sizes(self) -> list[tuple[int, int]]:
        """Millimetres."""
        document = pypdfium2.PdfDocument(self.data)
        return [tuple(round(side / 72 * 25.4) for side in page.get_size()) for page in document]

    def pictures(self, dpi: int = 100) -> list[np.ndarray]:
        document = pypdfium2.PdfDocument(self.data)
        return [
            np.ascontiguousarray(page.render(scale=dpi / 72, grayscale=True).to_numpy().squeeze()) for page in document
        ]

    def codes(self, dpi: int = 100) -> list[str]:
        return [found.text for picture in self.pictures(dpi) for found in zxingcpp.read_barcodes(picture)]

    @property
    def tagged(self) -> bool:
        return b"/StructTreeRoot" in self.data and b"/Marked true" in self.data


def bare(words: str) -> str:
    """Without spaces, line ends and the marks where a long word may break."""
    return re.sub(r"[\s\u200b\ufffe\u00ad]", "", words)


def of(what: str, number: int | None = None) -> str:
    """Give the address of a paper of the fair, or of one booth there."""
    return f"/desk/fairs/liuhe/print/{f'booths/{number}/' if number else ''}{what}.pdf"


def edges(made: Print) -> list[tuple[int, str]]:
    """Name the sides of pages on which something is printed within four millimetres of the edge."""
    touched = []
    for number, picture in enumerate(made.pictures(72), 1):
        rim = round(4 / 25.4 * 72)
        sides = {"top": picture[:rim], "bottom": picture[-rim:], "left": picture[:, :rim], "right": picture[:, -rim:]}
        touched += [(number, side) for side, strip in sides.items() if strip.min() < 250]
    return touched
