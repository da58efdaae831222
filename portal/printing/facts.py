"""What papers say of fairs, stalls and vacancies: rows into plain words. Paper is Chinese, whoever asks for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from portal import doors, filters, qr
from portal.wording import word
from scheduling import tickets
from scheduling.models import Booking, Booth, Enterprise, Fair, FairVacancy, Ticket, Vacancy

_INSURANCE = {
    "none": "不缴保险",
    "unsaid": "保险请当面问",
}  # words on paper that answer the second of people's questions
_PIECE = "元/件"


@dataclass(frozen=True)
class Stall:
    """A company at its booth, with what it shows to the public there, by job number, and its pass when it has one."""

    booth: Booth
    booking: Booking
    shown: Sequence[FairVacancy]
    ticket: Ticket | None = None

    @property
    def number(self) -> int:
        """The booth's number."""
        return self.booth.number

    @property
    def firm(self) -> Enterprise:
        """The company."""
        return self.booking.enterprise


def of_fair(fair: Fair) -> dict[str, Any]:
    """Give what every paper says of the fair, with the QR of its public page."""
    settings = doors.settings()
    address = here(url_for("public.fair", slug=fair.slug))
    return {
        "title": fair.title,
        "kind": word(fair.kind, "fair.kind"),
        "day": filters.full_day(fair.starts_at),
        "short_day": filters.day(fair.starts_at),
        "lunar": filters.lunar_day(fair.starts_at),
        "hours": f"{filters.clock(fair.starts_at)}–{filters.clock(fair.ends_at)}",
        "place": fair.place,
        "address": fair.address,
        "phone": fair.contact_phone or settings.service_phone,
        "contact": fair.contact_name,
        "host": settings.host_unit,
        "called_off": fair.calling_off is not None,
        "live": fair.kind == "livestream",
        "url": address,
        "qr": picture(address),
    }


def of_stall(stall: Stall) -> dict[str, Any]:
    """Give what is said of a company at its booth; its QR leads to its vacancy, or to the fair when it has more."""
    firm, jobs = stall.firm, [of_vacancy(row) for row in stall.shown]
    alone = stall.shown[0].vacancy if len(stall.shown) == 1 else None
    fair = stall.booking.fair
    address = here(url_for("public.vacancy", no=alone.no) if alone else url_for("public.fair", slug=fair.slug))
    return {
        "number": stall.number,
        "zone": stall.booth.zone,
        "firm": firm.name,
        "about": "　".join(part for part in (firm.nature, firm.industry, firm.size) if part),
        "agency": firm.is_agency,
        "checked": firm.state == "approved",
        "where": _where(firm),
        "contact": firm.contact_name,
        "phone": firm.landline or firm.contact_phone,
        "jobs": jobs,
        "trades": list(dict.fromkeys(job["trade"] or job["title"] for job in jobs)),
        "headcount": sum(job["headcount"] for job in jobs),
        "url": address,
        "qr": picture(address),
    }


def of_pass(stall: Stall) -> dict[str, Any]:
    """Give what stands on a booth pass: its QR is the ticket's own address, in capitals."""
    ticket = stall.ticket
    assert ticket is not None  # noqa: S101  whoever asks for passes leaves out those without
    return {
        **of_stall(stall),
        "code": filters.code(ticket.code),
        "attendees": stall.booking.attendees,
        "needs": stall.booking.needs,
        "qr": picture(tickets.address(ticket, doors.keys(), doors.settings().url)),
    }


def of_vacancy(row: FairVacancy) -> dict[str, Any]:
    """Give one vacancy as it is shown at the fair, with everything its advert says."""
    job = row.vacancy
    return {
        **of_card(row.job_no, job),
        "trade": job.trade,
        "note": job.wage_note,
        "perks": _perks(job),
        "place": job.work_place or _where(job.enterprise),
        "facts": [{"label": label, "value": value} for label, value in _rows(job) if value],
        "words": [line for line in map(str.strip, job.description.splitlines()) if line],
    }


def of_card(number: int, card: Any) -> dict[str, Any]:  # noqa: ANN401  a vacancy, or its card as it was locked
    """Give a job card in short. Settlement and insurance lead: they are what is asked first."""
    return {
        "no": number,
        "title": card.title,
        "settlement": word(card.settlement, "settlement"),
        "insurance": _INSURANCE.get(card.insurance) or word(card.insurance, "insurance"),
        "wage": filters.wage(card),
        "unit": _unit(card),
        "headcount": card.headcount,
    }


def here(path: str) -> str:
    """Give the full address of a page, as people reach it; `path` has the prefix already."""
    settings = doors.settings()
    return settings.url.removesuffix(settings.prefix) + path


def picture(text: str) -> str:
    """Give the QR of `text` as SVG."""
    return str(qr.svg(text, "QR"))


def _unit(card: Any) -> str:  # noqa: ANN401
    if card.wage_low is None and card.wage_high is None:
        return ""
    return _PIECE if card.pay_unit == "piece" else word(card.pay_unit, "pay_unit")


def _perks(job: Vacancy) -> list[str]:
    told = [
        (True, word(job.room_and_board, "room_and_board")),
        (job.commute, "有班车"),
        (job.night_work, "要上夜班"),
        (job.accepts_older, "接受大龄"),
        (job.accepts_disabled, "接受残疾人"),
        (job.accepts_veterans, "欢迎退役军人"),
    ]
    return [words for holds, words in told if holds]


def _rows(job: Vacancy) -> list[tuple[str, str]]:
    return [
        ("工种", job.trade),
        ("上班地点", job.work_place),
        ("班次", job.shift),
        ("休息", job.rest),
        ("用工形式", job.contract_type),
        ("学历", word(job.education, "education")),
        ("经验", job.experience),
        ("证书", job.certificate),
        ("年龄", job.age_note),
    ]


def _where(firm: Enterprise) -> str:
    town = firm.township.name if firm.township else ""
    return firm.address if town in firm.address else f"{town}{firm.address}"
