"""What pages say to machines: JobPosting and Event, valid and never empty."""

import json
import re
from datetime import datetime, timedelta

import pytest

from scheduling import fairs
from scheduling.models import FairCallingOff
from tests.factories import EnterpriseFactory, FairFactory, VacancyFactory, approve


def told(phone, address):
    """Read the one JSON-LD element of a page."""
    page = phone.get(address)
    found = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page.text, re.DOTALL)
    assert (page.status_code, len(found)) == (200, 1)
    return json.loads(found[0])


def empties(thing, path=""):
    """Name what is empty in it."""
    if isinstance(thing, dict):
        return [each for key, value in thing.items() for each in empties(value, f"{path}.{key}")] or (
            [] if thing else [path]
        )
    return [path] if thing in ("", None, []) else []


def vacancy_of(**more):
    firm = more.pop("enterprise", None) or EnterpriseFactory(name="穗香食品有限公司", address="柳河镇产业园3号")
    return approve(VacancyFactory(enterprise=approve(firm), **more))


def test_a_vacancy_is_a_job_posting(phone):
    row = vacancy_of(
        title="缝纫工", trade="缝纫", wage_low=3500, wage_high=6500, headcount=5, contract_type="劳动合同",
        work_place="柳河镇产业园3号", insurance="five", room_and_board="both", description="平车、拷边", shift="长白班",
    )  # fmt: skip
    job = told(phone, f"/vacancies/{row.no}")

    assert {"title", "description", "datePosted", "hiringOrganization", "jobLocation"} <= job.keys()
    assert (job["@context"], job["@type"], job["title"]) == ("https://schema.org", "JobPosting", "缝纫工")
    assert job["hiringOrganization"] == {"@type": "Organization", "name": "穗香食品有限公司"}
    assert job["jobLocation"]["address"] == {
        "@type": "PostalAddress",
        "streetAddress": "柳河镇产业园3号",
        "addressLocality": "青禾县",
        "addressCountry": "CN",
    }
    assert job["baseSalary"] == {
        "@type": "MonetaryAmount",
        "currency": "CNY",
        "value": {"@type": "QuantitativeValue", "minValue": 3500, "maxValue": 6500, "unitText": "MONTH"},
    }
    assert (job["employmentType"], job["totalJobOpenings"]) == ("FULL_TIME", 5)
    assert job["jobBenefits"] == "五险、包吃住"
    assert job["identifier"]["value"] == str(row.no)
    assert job["url"] == f"http://127.0.0.1:8000/vacancies/{row.no}"
    assert datetime.fromisoformat(job["datePosted"]).utcoffset() == timedelta(hours=8)
    assert empties(job) == []


@pytest.mark.parametrize(
    ("card", "value"),
    [
        ({"wage_low": None, "wage_high": None}, None),
        ({"pay_unit": "piece"}, None),
        ({"wage_low": 180, "wage_high": 180, "pay_unit": "day"}, {"value": 180, "unitText": "DAY"}),
        ({"wage_low": 20, "wage_high": 25, "pay_unit": "hour"}, {"minValue": 20, "maxValue": 25, "unitText": "HOUR"}),
    ],
)
def test_a_wage_is_told_only_where_it_has_figures_and_a_time(phone, card, value):
    job = told(phone, f"/vacancies/{vacancy_of(**card).no}")

    known = job.get("baseSalary", {}).get("value")
    assert (known and {key: known[key] for key in value}) == value


def test_a_bare_vacancy_has_what_is_required_and_nothing_empty(phone):
    row = vacancy_of(enterprise=EnterpriseFactory(industry=""), wage_low=None, wage_high=None)
    job = told(phone, f"/vacancies/{row.no}")

    assert job["description"] == "缝纫工，面议，月结。"
    assert empties(job) == []
    assert "employmentType" not in job


def test_whatever_an_advert_says_stays_within_its_element(phone):
    row = vacancy_of(title="</script><b>", description="<!-- <script> & ' \" \u2028 \\ 引号")
    job = told(phone, f"/vacancies/{row.no}")

    assert (job["title"], job["description"]) == ("</script><b>", "<!-- <script> & ' \" \u2028 \\ 引号")


def test_a_fair_is_an_event_with_place_and_times(phone):
    FairFactory(slug="liuhe", title="柳河镇赶集招聘会", address="人民路18号", latitude=33.5, longitude=114.25)
    event = told(phone, "/fairs/liuhe")

    assert {"name", "startDate", "location"} <= event.keys()
    assert event["@type"] == "Event"
    assert (event["startDate"], event["endDate"]) == ("2026-11-25T08:30+08:00", "2026-11-25T11:30+08:00")
    assert event["eventStatus"] == "https://schema.org/EventScheduled"
    assert event["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"
    assert event["location"]["address"]["streetAddress"] == "人民路18号"
    assert event["location"]["geo"] == {"@type": "GeoCoordinates", "latitude": 33.5, "longitude": 114.25}
    assert event["organizer"]["name"] == "青禾县人力资源和社会保障局"
    assert "previousStartDate" not in event
    assert empties(event) == []


def test_a_moved_fair_says_when_it_was_and_one_called_off_that_it_is_not_held(phone, session, now):
    fair = FairFactory(slug="moved")
    fairs.move(
        session, fair, starts_at=fair.starts_at + timedelta(days=1), ends_at=fair.ends_at + timedelta(days=1),
        place=fair.place, reason="明天有大雨", by=None, now=now,
    )  # fmt: skip
    FairFactory(slug="off", calling_off=FairCallingOff(reason="道路施工", at=now))

    event = told(phone, "/fairs/moved")
    assert event["eventStatus"] == "https://schema.org/EventRescheduled"
    assert (event["previousStartDate"], event["startDate"]) == ("2026-11-25T08:30+08:00", "2026-11-26T08:30+08:00")
    assert told(phone, "/fairs/off")["eventStatus"] == "https://schema.org/EventCancelled"


@pytest.mark.parametrize("more", [{"kind": "livestream"}, {"online": True}])
def test_a_livestream_is_online_and_so_is_a_fair_that_says_so(phone, more):
    FairFactory(slug="live", livestream_url="https://live.example/12", **more)
    event = told(phone, "/fairs/live")

    assert event["eventAttendanceMode"] == "https://schema.org/OnlineEventAttendanceMode"
    assert event["location"] == {"@type": "VirtualLocation", "url": "https://live.example/12"}
