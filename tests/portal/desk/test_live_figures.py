"""The figures of a livestream, typed after the show with a picture of them."""

import io

import pytest
from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from werkzeug.test import encode_multipart

from scheduling import livestreams
from scheduling.models import LiveStats
from tests.forms import typed
from tests.scheduling.test_live_stats import png
from tests.shows import MINUTE, arranged

SHOW = "/desk/fairs/live/show"


@pytest.fixture
def show(session):
    """Opening 0–5, 穗香食品 5–15 (jobs 1, 2), 铁山机械 15–25 (jobs 3, 4), closing 25–30; an hour from now."""
    return arranged(session)


@pytest.fixture
def on_air(app, show, monkeypatch):
    """Let it be so many minutes into the show."""
    starts = show.fair.starts_at

    def at(minute):
        monkeypatch.setitem(app.config, "CLOCK", lambda: starts + minute * MINUTE)

    return at


def filled(fields, content=b""):
    """Give what a browser sends for a form with a file in it."""
    files = {"picture": FileStorage(io.BytesIO(content), "截图.png")} if content else {}
    boundary, body = encode_multipart({**fields, **files})
    return {"data": body, "content_type": f"multipart/form-data; boundary={boundary}"}


def test_figures_are_typed_in_a_minute_with_a_picture(desk, session, show, on_air):
    assert "还没开播" in desk.get(f"{SHOW}/stats").text
    on_air(60)
    form = typed(
        desk.get(f"{SHOW}/stats"), views="3120", peak="260", stay="95", replay_url="https://live.example.com/r"
    )
    form.pop("picture")
    answer = desk.post(f"{SHOW}/stats", **filled(form, png()))

    assert (answer.status_code, answer.location) == (303, f"{SHOW}/stats")
    row = session.scalars(select(LiveStats)).one()
    assert (row.views, row.peak, row.stay, row.likes) == (3120, 260, 95, None)
    picture = desk.get(f"{SHOW}/stats/picture")
    assert (picture.mimetype, picture.data) == ("image/png", png())
    assert picture.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"


def test_the_scans_counted_here_are_suggested(desk, session, show, on_air, now):
    livestreams.leave(session, show.fair, name="李秀英", phone="13600000001", job_no=3, consent=True, by=None, now=now)
    on_air(60)

    assert typed(desk.get(f"{SHOW}/stats"))["signups"] == ["1"]


@pytest.mark.parametrize(
    ("changes", "content", "words"),
    [
        ({"views": "10", "peak": "11"}, b"", "最高在线不会比观看人次还多"),
        ({"views": "-1"}, b"", "请填0或更大的整数。"),
        ({"views": "三千"}, b"", "请填整数"),
        ({"views": "10", "replay_url": "javascript:alert(1)"}, b"", "链接要以 https:// 开头。"),
        ({"views": "10"}, b"<svg/>", "这不是能看的图片。"),
        ({"views": "10"}, b"\x89PNG\r\n\x1a\n" + b"0" * (2 * 1024 * 1024), "图片不能超过2MB"),
        ({"views": "10"}, b"0" * (5 * 1024 * 1024), "图片不能超过2MB"),
        ({}, b"", "至少填一项数据，或填回放链接。"),
    ],
)
def test_what_is_refused_is_explained_and_the_figures_stay(desk, session, show, on_air, changes, content, words):
    on_air(60)
    page = desk.post(f"{SHOW}/stats", **filled(changes, content))

    assert (page.status_code, words in page.text) == (422, True)
    assert session.scalars(select(LiveStats)).all() == []
    assert changes.get("views", "") in page.text
