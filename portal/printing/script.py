"""The loudspeaker script (喊话稿): plain sentences with every figure written out, from what the fair says of itself."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any

from portal import doors
from portal.clock import HERE
from portal.printing import aloud
from portal.printing.facts import Stall
from scheduling.models import Fair, Vacancy
from scheduling.planning import lunar

MOST_STALLS = 12  # nobody listens to more at a stretch
MOST_JOBS = 4  # of one company
A_MINUTE = 200  # characters: slowly, for a square and old ears
_UNITS = {"month": "每月", "day": "每天", "hour": "每小时", "piece": "每件"}
_SETTLED = {"monthly": "工资按月结", "weekly": "工资按周结", "daily": "工资当天结"}
_INSURED = {"five": "给缴五险", "injury": "给缴工伤保险"}
_HOUSED = {"both": "包吃包住", "room": "包住", "board": "包吃"}


def sentences(fair: Fair, stalls: Sequence[Stall]) -> list[dict[str, Any]]:
    """Give the script in order: `kind` opening, stall, more or closing, and what is read."""
    told = [{"kind": "opening", "words": words} for words in _opening(fair, stalls)]
    shown = [stall for stall in stalls if stall.shown]
    told += [{"kind": "stall", "words": of_stall(stall, live=_live(fair))} for stall in shown[:MOST_STALLS]]
    if len(shown) > MOST_STALLS:
        rest = aloud.count(len(shown) - MOST_STALLS)
        told.append({"kind": "more", "words": f"还有{rest}家单位也在招人，{_come(fair)}看一看，问一问。"})
    return [*told, *({"kind": "closing", "words": words} for words in _closing(fair))]


def minutes_twice(told: Sequence[dict[str, Any]]) -> int:
    """Give how many minutes it takes to read the script twice."""
    return max(1, ceil(2 * sum(len(each["words"]) for each in told) / A_MINUTE))


def of_stall(stall: Stall, *, live: bool = False) -> str:
    """Give what is read of one company: where it stands, and its vacancies by their numbers."""
    jobs = "".join(_of_job(row.job_no, row.vacancy) for row in stall.shown[:MOST_JOBS])
    more = len(stall.shown) - MOST_JOBS
    rest = f"另外还有{aloud.count(more)}个岗位。" if more > 0 else ""
    place = "" if live else f"{aloud.number(stall.number)}号展位，"
    return f"{place}{aloud.text(stall.firm.name)}：{jobs}{rest}"


def _opening(fair: Fair, stalls: Sequence[Stall]) -> list[str]:
    starts, ends = fair.starts_at.astimezone(HERE), fair.ends_at.astimezone(HERE)
    host = doors.settings().host_unit
    day = aloud.day(starts.date())
    if lunar.FIRST_DAY <= starts.date() <= lunar.LAST_DAY:
        day += f"，农历{lunar.lunar_day(starts.date()).name}"
    hours = f"{aloud.clock(starts.time())}到{aloud.clock(ends.time(), after=starts.time())}"
    where = "在网上直播间" if _live(fair) else f"在{aloud.text(fair.place)}"
    told = [
        "各位乡亲，请听一听，送岗位的来了。",
        f"{day}，{hours}，{host}{where}，办“{aloud.text(fair.title)}”。",
    ]
    jobs = [row.vacancy for stall in stalls for row in stall.shown]
    if jobs:
        firms = sum(bool(stall.shown) for stall in stalls)
        heads = sum(job.headcount for job in jobs)
        told.append(
            f"来了{aloud.count(firms)}家单位，带来{aloud.count(len(jobs))}个岗位，一共要招{aloud.count(heads)}个人。"
        )
    return told


def _of_job(number: int, job: Vacancy) -> str:
    parts = [
        f"{aloud.number(number)}号岗位，{aloud.text(job.title)}，招{aloud.count(job.headcount)}个人",
        _wage(job),
        _SETTLED[job.settlement],
        _INSURED.get(job.insurance, ""),
        _HOUSED.get(job.room_and_board, ""),
        "有班车接送" if job.commute else "",
    ]
    return "，".join(part for part in parts if part) + "。"


def _wage(job: Vacancy) -> str:
    low, high = job.wage_low, job.wage_high
    if low is None and high is None:
        return "工资当面谈"
    amounts = [aloud.count(amount) + "元" for amount in dict.fromkeys((low, high)) if amount is not None]
    return f"{_UNITS[job.pay_unit]}{'到'.join(amounts)}"


def _closing(fair: Fair) -> list[str]:
    phone = aloud.digits(fair.contact_phone or doors.settings().service_phone)
    return [
        "看中了哪个岗位，记住岗位号，到展位上报号就行。"
        if not _live(fair)
        else "看中了哪个岗位，记住岗位号，打电话报号就行。",
        "家里有人要找活，您可以替他来问，替他登记。",
        "找工作不收一分钱，不收押金，不押身份证。谁要钱，您别给。",
        f"有事请打电话：{phone}。再说一遍：{phone}。",
    ]


def _come(fair: Fair) -> str:
    return "请到直播间" if _live(fair) else "请到现场"


def _live(fair: Fair) -> bool:
    return fair.kind == "livestream"
