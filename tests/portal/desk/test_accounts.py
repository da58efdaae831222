import re

import pytest
from sqlalchemy import select

from scheduling import accounts
from scheduling.models import Account, Deed
from tests.factories import NOW, AccountFactory

NEW = {"name": "李扫码", "username": "lisao", "password": "long enough 9", "role": "scanner"}


@pytest.fixture
def admin(signed_in, session):
    account = AccountFactory(username="root")
    accounts.grant(session, account, "admin", by=None, now=NOW)
    return signed_in(account)


def test_an_administrator_opens_an_account_that_can_sign_in(admin, phone, session):
    admin.post("/desk/accounts/new", data=NEW)
    page = phone.post("/signin/staff", data={"username": "lisao", "password": "long enough 9"})

    assert (page.status_code, page.location) == (303, "/gate/")


def test_a_short_password_is_explained_and_the_rest_is_kept(admin, session):
    page = admin.post("/desk/accounts/new", data={**NEW, "password": "short"})

    assert page.status_code == 422
    assert "密码至少要10个字符" in page.text
    assert 'value="李扫码"' in page.text
    assert session.scalar(select(Account).where(Account.username == "lisao")) is None


def test_a_closed_account_is_out_at_once(admin, signed_in, session):
    account = AccountFactory(username="gone")
    accounts.grant(session, account, "desk", by=None, now=NOW)
    browser = signed_in(account)
    admin.post(f"/desk/accounts/{account.id}/closing")

    assert browser.get("/desk/").status_code == 303


def test_the_deeds_say_who_did_what(admin, session):
    admin.post("/desk/accounts/new", data=NEW)
    page = admin.get("/desk/deeds/")

    assert '<td data-label="事项"><span class="cell">开通账号</span></td>' in page.text
    assert session.scalars(select(Deed.what).where(Deed.what == "account.opened")).all() == ["account.opened"]


def test_the_window_does_not_open_accounts(desk):
    assert desk.get("/desk/accounts/").status_code == 403


def test_a_wrong_password_and_an_unknown_name_are_answered_alike(phone, session):
    accounts.open_staff(
        session, "990100", username="w", name="王", password="long enough 9", roles=("desk",), by=None, now=NOW
    )
    wrong = phone.post("/signin/staff", data={"username": "w", "password": "something else"})
    unknown = phone.post("/signin/staff", data={"username": "x", "password": "something else"})

    assert wrong.status_code == unknown.status_code == 403
    assert _without(wrong.text, "w") == _without(unknown.text, "x")


def _without(page: str, username: str) -> str:
    """The page without what must differ: the name that was typed and the form's own token."""
    return re.sub(r'name="csrf_token"[^>]*>', "", page).replace(f'value="{username}"', "")
