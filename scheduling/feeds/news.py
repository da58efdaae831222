"""News (新消息): what was published last, for readers of Atom (RFC 4287), RSS 2.0 and JSON Feed 1.1."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from xml.etree import ElementTree as ET

from sqlalchemy import select
from sqlalchemy.orm import Session

from scheduling.feeds import text
from scheduling.feeds.entries import CANCELLED
from scheduling.feeds.ical import ZONE
from scheduling.models import ClassPublication, Fair, FairPublication, TrainingClass, Vacancy
from scheduling.vacancies import search

MOST = 60  # in one list, the newest first
NAME = "送岗·新消息"
_ATOM = "http://www.w3.org/2005/Atom"
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)
ET.register_namespace("atom", _ATOM)


@dataclass(frozen=True)
class Item:
    """One thing that was published: a fair, a class or a vacancy. `at` is when, `page` its address."""

    title: str
    page: str
    words: str
    at: datetime


def newest(session: Session, county: str, page: Callable[[str, str], str]) -> list[Item]:
    """Give what was published last; `page` makes the address of a ("fair", slug), ("course", slug), ("vacancy", no).

    Three queries.
    """
    fairs = select(Fair, FairPublication.at).join(Fair.publication).where(Fair.county == county)
    classes = select(TrainingClass, ClassPublication.at).join(TrainingClass.publication)
    classes = classes.where(TrainingClass.county == county)
    jobs = select(Vacancy).where(Vacancy.county == county, search.is_open())
    items = [
        *(
            _fair(row, at, page)
            for row, at in session.execute(fairs.order_by(FairPublication.at.desc(), Fair.id).limit(MOST))
        ),
        *(
            _class(row, at, page)
            for row, at in session.execute(classes.order_by(ClassPublication.at.desc(), TrainingClass.id).limit(MOST))
        ),
        *(
            _vacancy(row, page)
            for row in session.scalars(jobs.order_by(Vacancy.submitted_at.desc(), Vacancy.no.desc()).limit(MOST))
        ),
    ]
    return sorted(items, key=lambda item: (item.at, item.page), reverse=True)[:MOST]


def atom(items: list[Item], home: str, own: str) -> bytes:
    """Write Atom; `home` is the portal's address, `own` the list's."""
    root = ET.Element(f"{{{_ATOM}}}feed")
    for name, words in (("title", NAME), ("id", own), ("updated", _latest(items).isoformat())):
        ET.SubElement(root, f"{{{_ATOM}}}{name}").text = words
    ET.SubElement(root, f"{{{_ATOM}}}link", rel="self", href=own)
    ET.SubElement(root, f"{{{_ATOM}}}link", href=home)
    ET.SubElement(ET.SubElement(root, f"{{{_ATOM}}}author"), f"{{{_ATOM}}}name").text = NAME
    for item in items:
        entry = ET.SubElement(root, f"{{{_ATOM}}}entry")
        told = (("title", item.title), ("id", item.page), ("updated", item.at.isoformat()), ("summary", item.words))
        for name, words in told:
            ET.SubElement(entry, f"{{{_ATOM}}}{name}").text = words
        ET.SubElement(entry, f"{{{_ATOM}}}link", href=item.page)
    return _xml(root)


def rss(items: list[Item], home: str, own: str) -> bytes:
    """Write RSS 2.0."""
    root = ET.Element("rss", version="2.0")
    channel = ET.SubElement(root, "channel")
    told = (("title", NAME), ("link", home), ("description", NAME), ("lastBuildDate", format_datetime(_latest(items))))
    for name, words in told:
        ET.SubElement(channel, name).text = words
    ET.SubElement(channel, f"{{{_ATOM}}}link", rel="self", href=own, type="application/rss+xml")
    for item in items:
        entry = ET.SubElement(channel, "item")
        for name, words in (("title", item.title), ("link", item.page), ("description", item.words)):
            ET.SubElement(entry, name).text = words
        ET.SubElement(entry, "guid", isPermaLink="true").text = item.page
        ET.SubElement(entry, "pubDate").text = format_datetime(item.at)
    return _xml(root)


def json_feed(items: list[Item], home: str, own: str) -> bytes:
    """Write JSON Feed 1.1."""
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": NAME,
        "home_page_url": home,
        "feed_url": own,
        "language": "zh-CN",
        "items": [
            {
                "id": item.page,
                "url": item.page,
                "title": item.title,
                "content_text": item.words,
                "date_published": item.at.isoformat(),
            }
            for item in items
        ],
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


def changed_at(items: list[Item]) -> datetime:
    """Give when the newest was published; long ago where there is none."""
    return _latest(items)


def _fair(row: Fair, at: datetime, page: Callable[[str, str], str]) -> Item:
    mark = CANCELLED if row.calling_off else ""
    return _item(mark + row.title, page("fair", row.slug), f"{_when(row.starts_at)}，{row.place}", at)


def _class(row: TrainingClass, at: datetime, page: Callable[[str, str], str]) -> Item:
    mark = CANCELLED if row.calling_off else ""
    first = row.starts_on
    words = f"{first.year}年{first.month}月{first.day}日开班，{row.place}"
    return _item(mark + row.title, page("course", row.slug), words, at)


def _vacancy(row: Vacancy, page: Callable[[str, str], str]) -> Item:
    words = f"{row.enterprise.name}，招{row.headcount}人，{row.work_place}".rstrip("，")
    return _item(row.title, page("vacancy", str(row.no)), words, row.submitted_at)


def _item(title: str, page: str, words: str, at: datetime) -> Item:
    return Item(text.line(title), page, text.line(words), at.replace(microsecond=0))


def _when(moment: datetime) -> str:
    here = moment.astimezone(ZONE)
    return f"{here.year}年{here.month}月{here.day}日{here.hour}:{here.minute:02d}"


def _latest(items: list[Item]) -> datetime:
    return max((item.at for item in items), default=_NEVER)


def _xml(root: ET.Element) -> bytes:
    written: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return written
