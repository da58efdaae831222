"""A company sees what it has at the same time before it books once more."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from scheduling import booths, livestreams
from scheduling.models import Booking
from tests.factories import BoothFactory, FairFactory, VacancyFactory, approve
from tests.forms import typed

SHOW = "/enterprise/livestreams/live"


@pytest.fixture
def fair(session, now):
    made = FairFactory(slug="liuhe", title="柳河镇赶集招聘会")
    booths.lay_out(session, made, count=6, by=None, now=now)
    return made


@pytest.fixture
def show(firm):
    """A show of the same hours, and a vacancy to be shown in it."""
    approve(VacancyFactory(enterprise=firm))
    return FairFactory(title="送岗到家直播", slug="live", kind="livestream")


def test_another_booth_at_that_time_is_seen_before_one_is_chosen(company, session, firm, fair, now):
    other = FairFactory(title="零工早市", starts_at=fair.starts_at + timedelta(hours=1))
    mine = booths.book(session, BoothFactory(fair=other), firm, by=None, now=now)
    page = company.get("/enterprise/fairs/liuhe/booths")

    assert f'<a class="more" href="/enterprise/bookings/{mine.id}">零工早市</a>' in page.text
    assert 'type="radio"' not in page.text


def test_air_time_at_that_time_is_seen_and_does_not_stand_in_the_way(company, session, firm, fair, show, now):
    livestreams.want(session, show, firm, speaker="钱经理", by=None, now=now)
    plan = company.get("/enterprise/fairs/liuhe/booths")
    unticked = company.post("/enterprise/fairs/liuhe/bookings", data={"booth": "3"})
    ticked = company.post("/enterprise/fairs/liuhe/bookings", data={"booth": "3", "knows": "y"})

    assert '<a class="more" href="/enterprise/livestreams/live">送岗到家直播</a>' in plan.text
    assert (unticked.status_code, "时间撞了。" in unticked.text) == (422, True)
    assert unticked.text.count('name="booth"') == plan.text.count('name="booth"')
    assert (ticked.status_code, session.scalars(select(Booking)).one().booth.number) == (303, 3)


def test_a_booth_at_that_time_is_seen_and_other_hours_of_the_speaker_are_free(company, session, firm, show, now):
    booth = BoothFactory(fair=FairFactory(title="零工早市", starts_at=show.starts_at - timedelta(hours=2)))
    booths.book(session, booth, firm, by=None, now=now)  # to 9:30, an hour into the show
    form = company.get(SHOW)
    unticked = company.post(SHOW, data=typed(form))
    later = company.post(SHOW, data=typed(form, free_from="9:30"))
    ticked = company.post(SHOW, data=typed(form, free_from="9:29", knows="y"))

    assert ("零工早市" in form.text, "我知道时间冲突，会另派人" in form.text) == (True, True)
    assert (unticked.status_code, "时间撞了。" in unticked.text) == (422, True)
    assert (later.status_code, ticked.status_code) == (303, 303)


def test_so_it_is_where_booths_are_allocated(company, session, firm, fair, show, now):
    terms = replace(booths.policies.PRESETS["campaign"], opens_days=None, closes_days=1)
    policy = booths.policies.keep(session, fair.county, None, "大型", terms, by=None, now=now)
    booths.policies.go_by(session, fair, policy, by=None, now=now)
    livestreams.want(session, show, firm, speaker="钱经理", by=None, now=now)
    page, asks = "/enterprise/fairs/liuhe/application", {"wishes": "3", "tables": "1", "kind": ""}

    assert "送岗到家直播" in company.get(page).text
    assert company.post(page, data=asks).status_code == 422
    assert company.post(page, data={**asks, "knows": "y"}).status_code == 303
