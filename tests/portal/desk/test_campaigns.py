from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from scheduling import campaigns, fairs
from scheduling.models import Campaign
from tests.factories import COUNTY, NOW, FairFactory

TYPED = {"name": "春风行动", "first": "2027-01-01", "last": "2027-03-31", "kinds": ["market_fair"], "sample": "y"}


@pytest.fixture
def spring(session):
    told = {"name": "春风行动", "first": date(2027, 1, 1), "last": date(2027, 3, 31)}
    return campaigns.keep(session, COUNTY, None, **told, by=None, now=NOW)


def test_a_campaign_is_written_down_and_changed(desk, session):
    made = desk.post("/desk/campaigns/new", data=TYPED)
    row = session.scalars(select(Campaign)).one()
    changed = desk.post(f"/desk/campaigns/{row.key}", data=TYPED | {"last": "2027-04-08", "sample": ""})

    assert (made.status_code, changed.status_code) == (303, 303)
    row = session.scalars(select(Campaign)).one()
    assert (row.name, row.last, row.kinds, row.sample) == ("春风行动", date(2027, 4, 8), ["market_fair"], False)
    listed = desk.get("/desk/campaigns/").text
    assert ["春风行动 2027" in listed, "赶集招聘" in listed, f"/fairs/?campaign={row.key}" in listed] == [True] * 3


def test_what_cannot_be_is_said_beside_the_field_and_kept(desk, spring):
    late = desk.post("/desk/campaigns/new", data=TYPED | {"name": "金秋", "last": "2026-12-31"})
    twice = desk.post("/desk/campaigns/new", data=TYPED)
    bare = desk.post("/desk/campaigns/new", data={})

    assert (late.status_code, "最后一天不能早于第一天。" in late.text, 'value="金秋"' in late.text) == (422, True, True)
    assert (twice.status_code, "2027年已经有“春风行动”" in twice.text) == (409, True)
    assert (bare.status_code, "请填名称" in bare.text, "请选日期。" in bare.text) == (422, True, True)


def test_a_campaign_taken_off_is_found_no_more(desk, spring):
    key = spring.key
    assert desk.post(f"/desk/campaigns/{key}/withdrawal").status_code == 303

    assert desk.get(f"/desk/campaigns/{key}").status_code == 404
    assert "春风行动 2027" not in desk.get("/desk/campaigns/").text


def test_past_campaigns_have_a_list_of_their_own(desk, session):
    told = {"name": "旧年行动", "first": date(2026, 1, 1), "last": date(2026, 3, 31)}
    campaigns.keep(session, COUNTY, None, **told, by=None, now=NOW)

    assert "旧年行动" not in desk.get("/desk/campaigns/").text
    assert "旧年行动" in desk.get("/desk/campaigns/?past=1").text


def test_a_fair_is_said_to_belong_to_another_campaign(desk, session, spring):
    told = {"name": "百日千万", "first": date(2027, 4, 1), "last": date(2027, 5, 1)}
    other = campaigns.keep(session, COUNTY, None, **told, by=None, now=NOW)
    fair = FairFactory(starts_at=datetime(2027, 3, 1, 1, tzinfo=UTC))
    path = f"/desk/fairs/{fair.slug}/campaigns"

    page = desk.get(path)
    saved = desk.post(path, data={"campaigns": [other.key]})

    assert ("按日子已经算进：春风行动 2027。" in page.text, "百日千万 2027" in page.text) == (True, True)
    assert f'value="{spring.key}"' not in page.text
    assert saved.status_code == 303
    assert "春风行动 2027、百日千万 2027" in desk.get(f"/desk/fairs/{fair.slug}").text
    assert "checked" in desk.get(path).text


def test_a_fair_that_is_off_belongs_nowhere(desk, session):
    fair = FairFactory()
    fairs.call_off(session, fair, reason="大雨", by=None, now=NOW)

    assert desk.get(f"/desk/fairs/{fair.slug}/campaigns").status_code == 409
