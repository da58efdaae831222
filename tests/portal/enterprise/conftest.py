"""Two companies and their browsers."""

import pytest

from scheduling import accounts
from tests.factories import COUNTY, EnterpriseFactory, approve


@pytest.fixture
def member(session, now):
    """An account that speaks for an enterprise: `member(enterprise, "13600000001")`."""

    def join(enterprise, phone):
        account = accounts.by_phone(session, COUNTY, phone, now=now)
        account.enterprise_id = enterprise.id
        accounts.grant(session, account, "enterprise", by=None, now=now)
        return account

    return join


@pytest.fixture
def firm(session):
    """An approved company."""
    return approve(EnterpriseFactory(name="青禾县穗香食品有限公司", contact_phone="13600000001"))


@pytest.fixture
def company(firm, member, signed_in):
    """Its browser."""
    return signed_in(member(firm, "13600000001"))


@pytest.fixture
def stranger(member, signed_in):
    """The browser of another approved company."""
    return signed_in(member(approve(EnterpriseFactory()), "13600000002"))
