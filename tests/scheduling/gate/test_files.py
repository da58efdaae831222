"""A phone's file: the house opens what was sealed to it, and nothing else; nobody on the way reads a name."""

import gzip
import json
from pathlib import Path

import pytest

from scheduling.gate import files
from scheduling.refusals import FileUnreadable
from scheduling.seals import Keyring
from tests.factories import COUNTY, KEYS
from tests.gate_files import forged

EXAMPLE = json.loads((Path(__file__).parents[2] / "gate_file.json").read_text("utf-8"))
INSIDE = {
    "device": EXAMPLE["batches"][-1]["device"],
    "items": [item for batch in EXAMPLE["batches"] for item in batch["items"]],
}


def raw(**more) -> bytes:
    return json.dumps(EXAMPLE["file"] | more).encode()


def test_the_house_opens_the_file_of_the_example():
    assert files.address(COUNTY, KEYS) == EXAMPLE["house"]
    assert files.opened(raw(), COUNTY, KEYS) == INSIDE


def test_a_file_in_clear_is_still_taken():
    assert files.opened(json.dumps(INSIDE).encode(), COUNTY, KEYS) == INSIDE


def test_nobody_on_the_way_reads_who_came():
    text = raw().decode()

    for told in ("欧阳", "\\u6b27", "13912345678", "AEAAABYA", INSIDE["device"]["id"]):
        assert told in json.dumps(INSIDE, ensure_ascii=False) + "\\u6b27"
        assert told not in text, told


@pytest.mark.parametrize(
    ("county", "keys"),
    [("990200", KEYS), (COUNTY, Keyring(b"another secret of another house, long enough"))],
    ids=["another county", "another deployment"],
)
def test_another_house_does_not_open_it(county, keys):
    assert files.address(county, keys) != EXAMPLE["house"]
    with pytest.raises(FileUnreadable):
        files.opened(raw(), county, keys)


@pytest.mark.parametrize(
    "told",
    [
        b"",
        b"\xff\xfe",
        b"[" * 100_000,
        b"[]",
        b"null",
        b'{"device": {}}',
        b'{"device": [], "items": []}',
        b"PK\x03\x04",
        raw(key=""),
        raw(key="AA"),
        raw(key=7),
        raw(key="BA" + 85 * "A"),  # no point of the curve
        raw(sealed=[]),
        raw(sealed="AAAA"),
        raw(sealed=[7]),
        raw(sealed=["A"]),
        raw(sealed=["é"]),
        raw(sealed=[EXAMPLE["file"]["sealed"][0][:-2]]),
        raw(sealed=EXAMPLE["file"]["sealed"] * 101),
        forged(b"no JSON"),
        forged(b'{"device": {}}'),
        forged(b"\x1f\x8bno gzip"),
        forged(gzip.compress(b"{}")[:-1]),
        forged(gzip.compress(b" " * (files.LARGEST + 1))),
    ],
    ids=range(24),  # a forged one has a key of its own each time
)
def test_what_is_no_file_of_ours_or_was_damaged_is_refused_by_name(told):
    with pytest.raises(FileUnreadable):
        files.opened(told, COUNTY, KEYS)


def test_what_was_forged_well_is_opened():
    told = {"device": {"id": "x"}, "items": []}

    assert files.opened(forged(json.dumps(told).encode()), COUNTY, KEYS) == told
    assert files.opened(forged(gzip.compress(json.dumps(told).encode())), COUNTY, KEYS) == told
