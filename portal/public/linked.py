"""What a page says to machines that read it: schema.org JobPosting and Event as JSON-LD.

Only what the page itself shows; nothing empty, for an empty value is an error to those who read it. Times carry their
zone. The text is safe within <script>: no "<", ">" or "&" stands in it.
"""

from __future__ import annotations

import json
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from flask import url_for
from jinja2.utils import htmlsafe_json_dumps
from markupsafe import Markup

from portal import doors, filters
from portal.wording import word
from scheduling.models import Fair, Vacancy

_CONTEXT = "https://schema.org"
_UNITS = {"month": "MONTH", "day": "DAY", "hour": "HOUR"}  # piece work has no unit of time
_CONTRACTS = (  # what stands in the advert → what schema.org calls it; the first that fits
    ("非全日制", "PART_TIME"),
    ("兼职", "PART_TIME"),
    ("临时", "TEMPORARY"),
    ("实习", "INTERN"),
    ("劳务", "CONTRACTOR"),
    ("劳动合同", "FULL_TIME"),
    ("全日制", "FULL_TIME"),
)
_dumps = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))


def job_posting(vacancy: Vacancy) -> Markup:
    """Give a public vacancy as schema.org/JobPosting."""
    firm = vacancy.enterprise
    address = {
        "@type": "PostalAddress",
        "streetAddress": vacancy.work_place or firm.address,
        "addressLocality": doors.settings().county_name,
        "addressCountry": "CN",
    }
    return _script(
        {
            "@type": "JobPosting",
            "title": vacancy.title,
            "description": vacancy.description.strip() or _described(vacancy),
            "identifier": {"@type": "PropertyValue", "name": doors.settings().host_unit, "value": str(vacancy.no)},
            "url": address_of("public.vacancy", no=vacancy.no),
            "datePosted": filters.iso(vacancy.submitted_at),
            "hiringOrganization": {"@type": "Organization", "name": firm.name},
            "jobLocation": {"@type": "Place", "address": address},
            "employmentType": next((kind for words, kind in _CONTRACTS if words in vacancy.contract_type), ""),
            "totalJobOpenings": vacancy.headcount,
            "baseSalary": _salary(vacancy),
            "industry": firm.industry,
            "occupationalCategory": vacancy.trade,
            "workHours": vacancy.shift,
            "qualifications": vacancy.certificate,
            "jobBenefits": _benefits(vacancy),
            "directApply": True,
        }
    )


def event(fair: Fair) -> Markup:
    """Give a published fair as schema.org/Event: called off, moved to another day, held somewhere or on the air."""
    online = fair.goes_online
    settings = doors.settings()
    moved = [step for step in fair.moves if step.starts_before != fair.starts_at]
    status = "EventCancelled" if fair.calling_off else "EventRescheduled" if moved else "EventScheduled"
    return _script(
        {
            "@type": "Event",
            "name": fair.title,
            "description": fair.description.strip() or f"{word(fair.kind, 'fair.kind')}：{fair.place}",
            "url": address_of("public.fair", slug=fair.slug),
            "startDate": filters.iso(fair.starts_at),
            "endDate": filters.iso(fair.ends_at),
            "previousStartDate": filters.iso(moved[-1].starts_before) if status == "EventRescheduled" else "",
            "eventStatus": f"{_CONTEXT}/{status}",
            "eventAttendanceMode": f"{_CONTEXT}/{'Online' if online else 'Offline'}EventAttendanceMode",
            "location": _on_air(fair) if online else _place(fair, settings.county_name),
            "organizer": {"@type": "Organization", "name": settings.host_unit, "url": address_of("public.home")},
            "isAccessibleForFree": True,
        }
    )


def address_of(endpoint: str, **values: Any) -> str:  # noqa: ANN401  what the address needs
    """Give the whole address of a page, as the world knows it."""
    world = urlsplit(doors.settings().url)
    return f"{world.scheme}://{world.netloc}{url_for(endpoint, **values)}"


def _place(fair: Fair, county: str) -> dict[str, Any]:
    address = {
        "@type": "PostalAddress",
        "streetAddress": fair.address or fair.place,
        "addressLocality": fair.township.name if fair.township else county,
        "addressRegion": county,
        "addressCountry": "CN",
    }
    place: dict[str, Any] = {"@type": "Place", "name": fair.place, "address": address}
    if fair.latitude is not None and fair.longitude is not None:
        place["geo"] = {"@type": "GeoCoordinates", "latitude": fair.latitude, "longitude": fair.longitude}
    return place


def _on_air(fair: Fair) -> dict[str, Any]:
    return {"@type": "VirtualLocation", "url": fair.livestream_url or address_of("public.fair", slug=fair.slug)}


def _salary(vacancy: Vacancy) -> dict[str, Any] | None:
    unit = _UNITS.get(vacancy.pay_unit)
    if unit is None or vacancy.wage_low is None or vacancy.wage_high is None:
        return None
    told = {"minValue": vacancy.wage_low, "maxValue": vacancy.wage_high}
    if vacancy.wage_low == vacancy.wage_high:
        told = {"value": vacancy.wage_low}
    value = {"@type": "QuantitativeValue", **told, "unitText": unit}
    return {"@type": "MonetaryAmount", "currency": "CNY", "value": value}


def _described(vacancy: Vacancy) -> str:
    """Say in a sentence what an advert without a description says."""
    wage = filters.wage(vacancy)
    unit = "" if vacancy.wage_low is None else word(vacancy.pay_unit, "pay_unit")
    return f"{vacancy.title}，{wage}{unit}，{word(vacancy.settlement, 'settlement')}。{_benefits(vacancy)}".strip()


def _benefits(vacancy: Vacancy) -> str:
    """Name what comes beside the wage, as the page names it."""
    said = [word(vacancy.insurance, "insurance")] if vacancy.insurance in {"five", "injury"} else []
    if vacancy.room_and_board != "none":
        said.append(word(vacancy.room_and_board, "room_and_board"))
    return "、".join(said)


def _script(thing: dict[str, Any]) -> Markup:
    """Give the element, without what is empty."""
    told = {"@context": _CONTEXT, **thing}
    words = htmlsafe_json_dumps(_filled(told), dumps=_dumps)
    return Markup('<script type="application/ld+json">{}</script>').format(words)


def _filled(thing: dict[str, Any]) -> dict[str, Any]:
    """Leave out what is empty, within the things in it too."""
    known = {key: _filled(value) if isinstance(value, dict) else value for key, value in thing.items()}
    return {key: value for key, value in known.items() if value is not None and value not in ("", {})}
