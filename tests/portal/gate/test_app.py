"""The scanner's shell and files: one version at a time, for everybody, below a prefix too, all of it ours."""

import base64
import hashlib
import json
import re

import pytest

from portal.app import create_app
from portal.gate.app import FILES
from tests.conftest import SECRET


def told_by(worker: str, name: str):
    return json.loads(re.search(rf"^const {name} = (.+);$", worker, flags=re.MULTILINE)[1])


def test_every_file_is_what_the_service_worker_was_told(phone):
    worker = phone.get("/gate/app/worker.js").text

    files = told_by(worker, "FILES")
    assert len(files) == len(FILES) + 2
    for address, integrity in files.items():
        served = phone.get(address)
        assert served.status_code == 200, address
        assert integrity == "sha256-" + base64.b64encode(hashlib.sha256(served.data).digest()).decode(), address


def test_the_page_says_the_version_its_worker_asks_for(phone):
    version = told_by(phone.get("/gate/app/worker.js").text, "VERSION").split()[0]

    page = phone.get("/gate/app/")
    assert f'data-version="{version}"' in page.text
    assert set(re.findall(r"/gate/app/([0-9a-f]{12})/", page.text)) == {version}


def test_files_of_another_version_and_files_that_are_none_of_its_own_are_not_there(phone):
    version = told_by(phone.get("/gate/app/worker.js").text, "VERSION").split()[0]

    gone = [
        phone.get(f"/gate/app/{path}").status_code
        for path in ("000000000000/js/gate/scanner.js", f"{version}/js/gate.js", f"{version}/../app.py")
    ]
    assert gone == [404, 404, 404]


def test_what_may_run_and_be_asked_is_ours_alone(phone):
    policy = phone.get("/gate/app/").headers["Content-Security-Policy"]

    allowed = dict(part.split(" ", 1) for part in policy.split("; "))
    assert {source for sources in allowed.values() for source in sources.split()} == {"'none'", "'self'"}
    assert (allowed["default-src"], allowed["form-action"]) == ("'none'", "'none'")


def test_an_invitation_leads_to_the_app_and_says_nothing_of_itself(phone):
    led = phone.get("/gate/join")

    assert (led.status_code, led.location) == (302, "/gate/app/")  # the browser takes along what stands behind #


@pytest.mark.parametrize("address", ["/gate/app/", "/gate/app/worker.js", "/gate/app/manifest.webmanifest"])
def test_below_a_prefix_every_address_has_it(address):
    app = create_app(
        {"SONGGANG_SECRET": SECRET, "DATABASE_URL": "sqlite://", "SONGGANG_URL": "https://hr.example/song"}
    )

    text = app.test_client().get(f"/song{address}").text

    assert "/song/gate/app/" in text
    assert not re.search(r'["(]/gate/app/', text)
