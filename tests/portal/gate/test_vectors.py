"""What the phone makes of a reading is what Python's side of the same examples says it must: the vectors, in node."""

import json
import os
import shutil
import subprocess

import pytest

from portal.setup import HOME
from scheduling.gate import files
from tests.factories import COUNTY, KEYS

NODE = shutil.which("node") or shutil.which("nodejs")


def run(path):
    return subprocess.run([NODE, "--test", path], check=False, capture_output=True, text=True, timeout=120)


@pytest.fixture
def node():
    if NODE is None and not os.environ.get("CI"):
        pytest.skip("no node: apt install nodejs")
    assert NODE, "CI needs node: the phone's rules are JavaScript"


def test_the_phone_says_of_every_example_what_it_must(node):
    done = run(HOME / "tests" / "gate_vectors.mjs")

    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


def test_the_phone_finds_by_name_whom_it_must(node):
    done = run(HOME / "tests" / "gate_matches.mjs")

    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


@pytest.mark.parametrize("browser", [[], ["plain"]], ids=["packed", "of a browser that cannot pack"])
def test_what_the_phone_seals_the_house_opens(node, browser):
    example = json.loads((HOME / "tests" / "gate_file.json").read_text("utf-8"))
    inside = [item for batch in example["batches"] for item in batch["items"]]

    done = subprocess.run([NODE, HOME / "tests" / "gate_file.mjs", *browser], check=True, capture_output=True)

    assert files.opened(done.stdout, COUNTY, KEYS) == {"device": example["batches"][-1]["device"], "items": inside}


def test_a_phone_that_does_not_check_tags_is_found(node, tmp_path):
    for name in ("gate_vectors.mjs", "gate_vectors.json"):
        (tmp_path / "tests").mkdir(exist_ok=True)
        shutil.copy(HOME / "tests" / name, tmp_path / "tests")
    wrong = tmp_path / "static" / "js" / "gate"
    wrong.mkdir(parents=True)
    rules = (HOME / "static" / "js" / "gate" / "tokens.js").read_text("utf-8")
    planted = rules.replace("raw.slice(8).every((byte, at) => byte === tag[at])", "true")
    assert planted != rules
    (wrong / "tokens.js").write_text(planted, "utf-8")
    shutil.copy(HOME / "static" / "js" / "gate" / "keys.js", wrong)

    done = run(tmp_path / "tests" / "gate_vectors.mjs")

    assert done.returncode == 1, done.stdout[-2000:]
    assert "not ok" in done.stdout or "✖" in done.stdout
