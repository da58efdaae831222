"""The file of a class that was examined, certified and claimed for: everything there is lies on the shelf."""

from __future__ import annotations

import json
import re

import pytest

from portal import shelf
from portal.clock import HERE
from scheduling import archives, certificates, claims
from tests.factories import id_number
from tests.graduates import OVER, graduated
from tests.portal.printing.prints import Print


@pytest.fixture
def files(house, clerk, session):
    """What one click gives of a class of three, of whom two passed."""
    row = graduated(session)
    certificates.issue(session, row, issuer="青禾县人社局", on=OVER.astimezone(HERE).date(), by=None, now=OVER)
    claims.make(session, row, by=None, now=OVER)
    with house.test_request_context():
        return archives.opened(shelf.lay(session, row, by=clerk, now=OVER).data)


def test_scores_certificates_and_the_claim_are_in_it(files):
    told = json.loads(files["manifest.json"])
    scores, listed, held = (Print(files[name]) for name in ("08-成绩单-第1次.pdf", "09-颁证花名册.pdf", "10-证书.pdf"))

    assert told["missing"] == {}
    assert "11-补贴申报.xlsx" in files
    assert "钱秀英" in scores.text
    assert "钱秀英" in listed.text
    assert len(held.pages) == 2


def test_the_list_in_it_is_one_that_sha256sum_checks(files):
    lines = re.findall(r"^([0-9a-f]{64})  (.+)$", files["manifest.txt"].decode(), re.MULTILINE)

    assert {name: digest for digest, name in lines} == {
        name: digest for name, digest in archives.hashes(files).items() if not name.startswith("manifest")
    }


def test_nothing_in_it_has_a_whole_id_number(files):
    books = {
        f"{name}/{part}": data
        for name in files
        if name.endswith("xlsx")
        for part, data in archives.opened(files[name]).items()
    }
    texts = [Print(data).text for name, data in files.items() if name.endswith(".pdf")]
    texts += [data.decode(errors="ignore") for data in (*books.values(), files["manifest.json"], files["manifest.txt"])]

    assert not any(id_number(n) in text for n in range(3) for text in texts)
