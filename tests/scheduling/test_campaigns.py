from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from scheduling import campaigns, fairs
from scheduling.models import Campaign, CampaignFair, Deed
from scheduling.refusals import CampaignKnown, DaysInDisorder, NotFound
from tests.factories import COUNTY, NOW, FairFactory

FIRST, LAST = date(2027, 1, 1), date(2027, 3, 31)


def kept(session, campaign=None, **more) -> Campaign:
    told = {"name": "春风行动", "first": FIRST, "last": LAST, "by": None, "now": NOW, **more}
    return campaigns.keep(session, COUNTY, campaign, **told)


def at(day: int, month: int = 1, hour: int = 0) -> datetime:
    """A time of that day of 2027 in Shanghai, 8:30 unless asked otherwise."""
    return datetime(2027, month, day, 0, 30, tzinfo=UTC) + timedelta(hours=hour)


def titles(session, *rows) -> list[str]:
    return [fair.title for fair in fairs.published(session, COUNTY, now=NOW, campaigns=list(rows))]


# Keeping


def test_each_year_is_a_row_with_an_address_for_good(session):
    spring, next_spring = kept(session), kept(session, first=date(2028, 1, 1), last=date(2028, 3, 31))
    kept(session, spring, first=date(2027, 1, 10))

    assert (spring.key, next_spring.key, spring.first) == ("2027-1", "2028-2", date(2027, 1, 10))


def test_the_same_again_is_the_same_row(session):
    assert kept(session, kinds=["gig_fair", "livestream"]) is kept(session, kinds=["livestream", "gig_fair"])
    assert session.scalars(select(Deed.what)).all() == ["campaign.added"]


def test_two_of_one_name_in_one_year_would_be_one_too_many(session):
    kept(session)
    autumn = kept(session, name="金秋招聘月", first=date(2027, 10, 1), last=date(2027, 10, 31))

    with pytest.raises(CampaignKnown) as refused:
        kept(session, last=date(2027, 4, 8))
    with pytest.raises(CampaignKnown):
        kept(session, autumn)

    assert refused.value.facts == {"name": "春风行动", "year": 2027}


def test_the_last_day_is_not_before_the_first(session):
    with pytest.raises(DaysInDisorder):
        kept(session, last=date(2026, 12, 31))


def test_a_withdrawn_campaign_is_nowhere(session):
    row = kept(session)
    campaigns.withdraw(session, row, by=None, now=NOW)
    campaigns.withdraw(session, row, by=None, now=NOW)

    assert campaigns.all_of(session, COUNTY) == []
    with pytest.raises(NotFound):
        campaigns.find(session, COUNTY, row.key)
    assert session.scalars(select(Deed.what)).all() == ["campaign.added", "campaign.withdrawn"]


# Belonging


def test_a_fair_belongs_by_its_day_in_shanghai(session):
    row = kept(session)
    FairFactory(title="前一天", starts_at=datetime(2026, 12, 31, 15, 59, tzinfo=UTC))
    FairFactory(title="头一天", starts_at=datetime(2026, 12, 31, 16, 0, tzinfo=UTC))
    FairFactory(title="最后一天", starts_at=datetime(2027, 3, 31, 15, 59, tzinfo=UTC))
    FairFactory(title="后一天", starts_at=datetime(2027, 3, 31, 16, 0, tzinfo=UTC))

    assert titles(session, row) == ["头一天", "最后一天"]


def test_a_campaign_may_be_for_some_kinds_and_some_people_only(session):
    row = kept(session, kinds=["livestream", "specialty_fair"], audiences=["women", "graduates"])
    for title, kind, meant in (
        ("女工专场", "specialty_fair", ["women", "older"]),
        ("退役军人专场", "specialty_fair", ["veterans"]),
        ("女工赶集", "market_fair", ["women"]),
    ):
        fair = FairFactory(title=title, kind=kind, audiences=meant, starts_at=at(9))
        assert [each for each, _said in campaigns.of_fair(session, fair)] == ([row] if title == "女工专场" else [])

    assert titles(session, row) == ["女工专场"]


def test_a_fair_belongs_by_somebodys_word_whatever_its_day(session):
    row, other = kept(session), kept(session, name="百日千万")
    fair = FairFactory(title="推迟的一场", starts_at=at(8, month=4))
    campaigns.tag(session, fair, [row.key, "2027-99"], by=None, now=NOW)
    campaigns.tag(session, fair, [row.key], by=None, now=NOW)

    assert titles(session, row) == ["推迟的一场"]
    assert titles(session, other) == []
    assert campaigns.of_fair(session, fair) == [(row, True)]
    campaigns.tag(session, fair, [], by=None, now=NOW)
    assert session.scalars(select(CampaignFair)).all() == []
    assert session.scalars(select(Deed.what).where(Deed.about == f"fairs/{fair.id}")).all() == [
        "fair.campaigns_said",
        "fair.campaigns_said",
    ]


def test_filters_are_any_within_and_all_across(session):
    spring = kept(session)
    week = kept(session, name="直播周", kinds=["livestream"], first=date(2027, 4, 1), last=date(2027, 4, 7))
    FairFactory(title="一月零工", kind="gig_fair", starts_at=at(9))
    FairFactory(title="一月赶集", starts_at=at(10))
    FairFactory(title="四月直播", kind="livestream", starts_at=at(2, month=4))

    assert titles(session, spring, week) == ["一月零工", "一月赶集", "四月直播"]
    found = fairs.published(session, COUNTY, now=NOW, campaigns=[spring, week], kinds=["gig_fair", "livestream"])
    assert [fair.title for fair in found] == ["一月零工", "四月直播"]
