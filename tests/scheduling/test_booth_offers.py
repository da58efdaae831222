"""What a company is offered: what it has of each fair, and what became of those it counted on."""

import pytest

from scheduling import booths, fairs
from tests.scheduling.test_booth_policies import PRESETS, ask, fair_by, firm_with_account, kept


@pytest.fixture
def firm():
    return firm_with_account()[0]


def test_where_the_bureau_allocates_it_says_so_and_whether_the_company_applied(session, firm, now):
    fair = fair_by(session, kept(session, now, PRESETS["campaign"], "大型"), now)
    (before,) = booths.offers(session, firm, now=now)

    row = booths.want(session, fair, firm, by=None, now=now)

    (offer,) = booths.offers(session, firm, now=now)
    assert [(each.allocated, each.applied) for each in (before, offer)] == [(True, None), (True, row)]


def test_a_fair_called_off_is_still_seen_by_who_counted_on_it_and_by_nobody_else(session, firm, now):
    other = firm_with_account()[0]
    fair = fair_by(session, None, now, count=1)
    ask(session, fair, firm, None, now)
    waits = ask(session, fair, firm_with_account()[0], None, now)
    fairs.call_off(session, fair, reason="停电", by=None, now=now)

    assert [offer.fair for offer in booths.offers(session, firm, now=now)] == [fair]
    assert [offer.waits for offer in booths.offers(session, waits.enterprise, now=now)] == [waits]
    assert booths.offers(session, other, now=now) == []
