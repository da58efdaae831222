"""The emergency plan and the photos of a fair, at the desk."""

import io
from datetime import timedelta

import pytest
from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from scheduling import fairs
from scheduling.models import FairFile
from tests.factories import NOW, BoothFactory, FairFactory
from tests.forms import typed
from tests.scheduling.test_fair_papers import PDF
from tests.scheduling.test_live_stats import JPEG, png


@pytest.fixture
def large(session):
    """A draft of a fair for two thousand people, with everything but its plan."""
    fair = FairFactory(
        slug="spring", starts_at=NOW + timedelta(days=30), expected_attendance=2000, permit_no="许1号",
        contact_name="王窗口", contact_phone="0990-1", outdoor=False, publication=None,
    )  # fmt: skip
    BoothFactory(fair=fair)
    return fair


@pytest.fixture
def held(session):
    """A fair held yesterday."""
    return FairFactory(slug="held", starts_at=NOW - timedelta(days=1))


def sent(fields, name, content, called="文件.bin"):
    """Give what a browser sends for a form with a file in it."""
    files = {name: FileStorage(io.BytesIO(content), called)} if content is not None else {}
    boundary, body = encode_multipart({**{key: value[0] for key, value in fields.items() if key != name}, **files})
    return {"data": body, "content_type": f"multipart/form-data; boundary={boundary}"}


def test_the_plan_is_handed_in_where_the_checklist_asks_for_it(desk, large):
    asked = desk.get("/desk/fairs/spring")
    page = desk.get("/desk/fairs/spring/emergency-plan")
    answer = desk.post("/desk/fairs/spring/emergency-plan", **sent(typed(page), "paper", PDF, "预案.pdf"))

    assert 'href="/desk/fairs/spring/emergency-plan">应急预案、安全保卫方案' in asked.text
    assert (answer.status_code, answer.location) == (303, "/desk/fairs/spring")
    after = desk.get("/desk/fairs/spring").text
    assert ("齐了，可以发布" in after, "11月23日 周一 9:00上传" in after) == (True, True)
    assert desk.post("/desk/fairs/spring/publication").status_code == 303


def test_a_file_is_given_as_what_it_is_and_runs_nothing(desk, session, large):
    row = fairs.attach_plan(session, large, PDF, by=None, now=NOW)

    answer = desk.get(f"/desk/fairs/spring/files/{row.id}")

    assert (answer.mimetype, answer.data) == ("application/pdf", PDF)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="spring-plan.pdf"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "请选一个文件。"),
        (b"<script>alert(1)</script>", "这不是PDF，也不是图片。"),
        (PDF + b"\0" * fairs.LARGEST, "文件太大，最多5MB。"),
    ],
    ids=["none", "script", "large"],
)
def test_what_is_no_plan_is_said_beside_the_field(desk, session, large, content, words):
    page = desk.get("/desk/fairs/spring/emergency-plan")

    answer = desk.post("/desk/fairs/spring/emergency-plan", **sent(typed(page), "paper", content, "预案.pdf"))

    assert (answer.status_code, words in answer.text) == (422, True)
    assert session.scalars(select(FairFile)).all() == []


def test_another_plan_takes_its_place_and_it_can_be_taken_away(desk, session, large):
    page = desk.get("/desk/fairs/spring/emergency-plan")
    for content in (PDF, JPEG):
        desk.post("/desk/fairs/spring/emergency-plan", **sent(typed(page), "paper", content))
    plan = fairs.plan_of(session, large)
    shown = desk.get("/desk/fairs/spring/emergency-plan")
    gone = desk.post(f"/desk/fairs/spring/files/{plan.id}/removal")

    assert ("换一份" in shown.text, "图片" in shown.text) == (True, True)
    assert (gone.status_code, desk.get(f"/desk/fairs/spring/files/{plan.id}").status_code) == (303, 404)
    assert "发布前还缺1样" in desk.get("/desk/fairs/spring").text


def test_photos_stand_beside_the_results_with_what_is_on_them(desk, held):
    page = desk.get("/desk/fairs/held/photos")
    form = typed(page, caption="上午九点，焊工展位前")
    answer = desk.post("/desk/fairs/held/photos", **sent(form, "picture", JPEG, "IMG_1.jpg"))
    shown = desk.get("/desk/fairs/held/photos")

    assert (answer.status_code, 'alt="上午九点，焊工展位前"' in shown.text) == (303, True)
    assert "现场照片（1张）" in desk.get("/desk/fairs/held").text


def test_what_is_typed_beside_a_wrong_photo_is_kept(desk, held):
    page = desk.get("/desk/fairs/held/photos")

    answer = desk.post("/desk/fairs/held/photos", **sent(typed(page, caption="九点"), "picture", PDF, "IMG.jpg"))

    assert (answer.status_code, "这不是能看的图片" in answer.text, 'value="九点"' in answer.text) == (422, True, True)


def test_a_fair_ahead_asks_for_no_photos_and_a_photo_goes_when_it_is_deleted(desk, session, held, large):
    row = fairs.add_photo(session, held, png(), by=None, now=NOW)
    gone = desk.post(f"/desk/fairs/held/files/{row.id}/removal")

    assert "开始了再传照片" in desk.get("/desk/fairs/spring/photos").text
    assert (gone.status_code, gone.location) == (303, "/desk/fairs/held/photos")
    assert "还没有照片" in desk.get("/desk/fairs/held/photos").text


def test_another_fair_s_file_is_not_found_under_this_one(desk, session, held, large):
    row = fairs.add_photo(session, held, png(), by=None, now=NOW)

    assert desk.get(f"/desk/fairs/spring/files/{row.id}").status_code == 404


def test_nobody_but_staff_sees_a_file(phone, signed_in, session, held, scanner):
    row = fairs.add_photo(session, held, png(), by=None, now=NOW)
    path = f"/desk/fairs/held/files/{row.id}"

    assert (phone.get(path).status_code, signed_in(scanner).get(path).status_code) == (303, 403)
