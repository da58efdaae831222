"""The papers of a fair: each takes rows that were read already, and gives what the press needs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import wraps
from typing import Any, ParamSpec

from flask_babel import force_locale

from portal import clock, filters
from portal.printing import facts, script
from portal.printing.facts import Stall
from portal.printing.press import Paper
from portal.wording import word
from scheduling.livestreams import Show
from scheduling.models import Fair, LiveSlot
from scheduling.models.jobseeker import RELATIONS

ROWS = 12  # people on a page of the sign-up sheet
MOST_PAGES = 40
P = ParamSpec("P")


def in_chinese(make: Callable[P, Paper]) -> Callable[P, Paper]:
    """Say days and words in Chinese, in whatever language the page was that asked."""

    @wraps(make)
    def made(*args: P.args, **kwargs: P.kwargs) -> Paper:
        with force_locale("zh"):
            return make(*args, **kwargs)

    return made


@in_chinese
def posters(fair: Fair, stalls: Sequence[Stall]) -> Paper:
    """Give the A3 posters of these stalls, a page each, or more where it shows many vacancies."""
    return _of_stalls("poster", "海报", fair, stalls, [facts.of_stall(stall) for stall in stalls])


@in_chinese
def job_sheets(fair: Fair, stalls: Sequence[Stall]) -> Paper:
    """Give the A4 job sheets (岗位单) of these stalls, with everything the adverts say."""
    return _of_stalls("sheet", "岗位单", fair, stalls, [facts.of_stall(stall) for stall in stalls])


@in_chinese
def passes(fair: Fair, stalls: Sequence[Stall]) -> Paper:
    """Give the booth passes (展位证) of these stalls, which must have their tickets."""
    return _of_stalls("pass", "展位证", fair, stalls, [facts.of_pass(stall) for stall in stalls])


@in_chinese
def fair_poster(fair: Fair, stalls: Sequence[Stall]) -> Paper:
    """Give the A3 poster of the whole fair, such as a stop of the van: when, where, and who comes for whom."""
    told = [facts.of_stall(stall) for stall in stalls]
    return Paper("fair", f"{fair.title} 海报", {**_frame(fair), "stalls": told, "totals": _totals(told)})


@in_chinese
def stall_list(fair: Fair, stalls: Sequence[Stall], *, laid: int) -> Paper:
    """Give the A4 list of who stands where, of `laid` booths, with trades and headcount."""
    told = [facts.of_stall(stall) for stall in stalls]
    totals = {**_totals(told), "free": max(0, laid - len(told))}
    return Paper("stalls", f"{fair.title} 展位表", {**_frame(fair), "stalls": told, "totals": totals})


@in_chinese
def run_of_show(show: Show) -> Paper:
    """Give the run of show (流程单) of a livestream, with each enterprise's jobs as they are locked or stand now."""
    slots = [_slot(show, slot) for slot in show.slots]
    data = {**_frame(show.fair), "slots": slots, "locked": filters.local(show.lock.at) if show.lock else ""}
    return Paper("show", f"{show.fair.title} 流程单", data)


@in_chinese
def broadcast_script(fair: Fair, stalls: Sequence[Stall]) -> Paper:
    """Give the loudspeaker script (喊话稿), with how long it takes to read twice."""
    told = script.sentences(fair, stalls)
    data = {**_frame(fair), "sentences": told, "minutes": script.minutes_twice(told)}
    return Paper("script", f"{fair.title} 喊话稿", data)


@in_chinese
def sign_up_sheet(fair: Fair, *, pages: int = 2) -> Paper:
    """Give ruled rows for people who sign up with a pen: the same things that the page asks."""
    relations = [word(each, "relation") for each in RELATIONS]
    ruled = {"pages": max(1, min(pages, MOST_PAGES)), "rows": ROWS, "relations": relations}
    return Paper("signup", f"{fair.title} 报名表", {**_frame(fair), **ruled})


@in_chinese
def here_sheet(fair: Fair, address: str) -> Paper:
    """Give the A4 sheet that people who walk in scan to say that they are here; `address` is what its QR says."""
    return Paper("here", f"{fair.title} 自己签到", {**_frame(fair), "code": facts.picture(address)})


def _of_stalls(template: str, noun: str, fair: Fair, stalls: Sequence[Stall], told: Sequence[dict[str, Any]]) -> Paper:
    alone = f" {stalls[0].number}号展位 {stalls[0].firm.name}" if len(stalls) == 1 else ""
    return Paper(template, f"{fair.title}{alone} {noun}", {**_frame(fair), "stalls": told})


def _totals(told: Sequence[dict[str, Any]]) -> dict[str, int]:
    jobs, heads = sum(len(each["jobs"]) for each in told), sum(each["headcount"] for each in told)
    return {"firms": len(told), "jobs": jobs, "headcount": heads}


def _frame(fair: Fair) -> dict[str, Any]:
    return {"fair": facts.of_fair(fair), "printed": filters.local(clock.now())}


def _slot(show: Show, slot: LiveSlot) -> dict[str, Any]:
    return {
        "starts": filters.clock(slot.starts_at),
        "ends": filters.clock(slot.starts_at + timedelta(minutes=slot.minutes)),
        "minutes": slot.minutes,
        "kind": word(slot.kind, "live.kind"),
        "company": slot.enterprise_id is not None,
        "title": slot.enterprise.name if slot.enterprise else slot.title,
        "host": slot.host,
        "speaker": slot.speaker,
        "jobs": [facts.of_card(job.job_no, job.card) for job in show.jobs_of(slot)],
    }
