"""A database that does not answer is said in plain words, whoever asks."""

import pytest

from portal.app import create_app
from portal.database import db
from portal.doors import COOKIE
from tests.conftest import SECRET


@pytest.mark.parametrize("signed_in", [False, True])
@pytest.mark.parametrize("address", ["/", "/enterprise/", "/desk/", "/school/", "/gate/"])
def test_whoever_asks_is_told_in_plain_words(tmp_path, address, signed_in):
    app = create_app({"SONGGANG_SECRET": SECRET, "DATABASE_URL": f"sqlite:///{tmp_path / 'gone' / 'songgang.sqlite3'}"})

    phone = app.test_client()
    if signed_in:
        phone.set_cookie(COOKIE, "somebody")

    page = phone.get(address)

    if not signed_in and address != "/":
        assert page.status_code == 303  # to the sign-in page: nothing was asked of the database
    else:
        assert (page.status_code, page.headers["Retry-After"]) == (503, "60")
        assert 'lang="zh' in page.text
        assert "Internal Server Error" not in page.text
    with app.app_context():
        db.engine.dispose()
