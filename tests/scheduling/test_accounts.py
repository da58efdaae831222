import pytest
from sqlalchemy import select

from scheduling import accounts, signins
from scheduling.models import Account, Notice
from scheduling.refusals import WrongPassword
from tests.factories import COUNTY, NOW

PHONE = "13600000001"
WIDE = str.maketrans("0123456789", "０１２３４５６７８９")


def test_an_account_without_a_password_opens_with_none(session):
    session.add(Account(county=COUNTY, username="wang", name="王", created_at=NOW))
    session.flush()

    for password in ("", "nobody has this password"):
        with pytest.raises(WrongPassword):
            accounts.with_password(session, COUNTY, "wang", password)


def test_a_code_may_be_typed_full_width_and_with_spaces(session, keys):
    signins.send_code(session, COUNTY, PHONE, text="{code}", keys=keys, now=NOW)
    code = session.scalars(select(Notice.text)).one().translate(WIDE)

    account = signins.with_code(session, COUNTY, PHONE, f" {code[:3]}\u3000{code[3:]}", keys=keys, now=NOW)

    assert account is not None
    assert account.phone == PHONE
