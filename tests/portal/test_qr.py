import gzip
import re

import pytest

from portal import qr

TOKEN = "AFAAAAAAAAAAA7YQ7W3PXJ5F7Q"
ADDRESS = f"HTTPS://RS.QINGHE.GOV.CN/T/{TOKEN}"


@pytest.mark.parametrize(
    ("address", "modules"),
    [
        ("HTTPS://RS.QINGHE.GOV.CN/T/", 29),
        ("HTTP://127.0.0.1:8000/T/", 29),
        ("HTTPS://RS.QINGHE.GOV.CN/SONGGA/T/", 29),  # 34 characters
        ("HTTPS://RS.QINGHE.GOV.CN/SONGGAN/T/", 29),  # 35: the most that fits version 3-M with a token
        ("HTTPS://RS.QINGHE.GOV.CN/SONGGANG/T/", 33),
    ],
)
def test_a_ticket_is_29_by_29_when_the_address_before_the_token_has_at_most_35_characters(address, modules):
    assert (len(qr.matrix(address + TOKEN)), len(address) <= 35) == (modules, modules == 29)


def test_the_picture_is_dark_on_white_with_four_modules_around_it(app):
    with app.test_request_context():
        picture = str(qr.svg(ADDRESS, "入场码"))

    strokes = [(int(x), int(y), int(run)) for x, y, run in re.findall(r"M(\d+) (\d+)\.5h(\d+)", picture)]
    drawn = {(x + i - 4, y - 4) for x, y, run in strokes for i in range(run)}
    dark = {(x, y) for y, row in enumerate(qr.matrix(ADDRESS)) for x, module in enumerate(row) if module}
    assert 'viewBox="0 0 37 37" role="img" aria-label="入场码"' in picture
    assert '<path fill="#fff" d="M0 0h37v37H0z"/><path stroke="#000"' in picture
    assert drawn == dark
    assert len(gzip.compress(picture.encode())) < 1500


def test_a_label_cannot_break_out_of_the_picture(app):
    with app.test_request_context():
        assert "<script>" not in str(qr.svg("X", '"><script>'))
