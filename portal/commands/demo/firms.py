"""Enterprises and their adverts. What a firm has hired already is an advert taken down, what it still needs is open.

So the sums of `county.json` can be proved from rows: all headcounts are the need, the closed ones are hired, the rest
is the gap.
"""

from __future__ import annotations

from typing import Any

from portal.commands.demo.scene import Scene
from scheduling import accounts, enterprises, markets, vacancies
from scheduling.models import Account, Enterprise

AGREED, WAITING, RETURNED, ANEW = "approved", "waiting", "returned", "anew"
NOT_AGREED = {28: RETURNED, 29: WAITING, 6: ANEW}  # by number in county.json: none of these still needs people
QUEUED = 8  # days: the second advert of a firm that came later still waits for the desk
_SHARES = (4, 3, 2, 1)
_SIZES = ("50人以下", "50—100人", "100—300人", "300人以上")
_SURNAMES = "钱孙周吴郑冯陈卫蒋沈韩杨朱秦许"


def settle(scene: Scene, county: dict[str, Any]) -> dict[int, Enterprise]:
    """Register every firm, let the desk look at it, and post its adverts; give the firms by number."""
    towns = {township.name: township for township in markets.townships(scene.session, scene.county)}
    names = {row["slug"]: row["name"] for row in county["townships"]}
    jobs = {job["title"]: job for job in county["jobs"]}
    firms, clerks = {}, {}
    for row in county["enterprises"]:
        clerk = accounts.by_phone(scene.session, scene.county, _phone(row["no"]), now=scene.ago(90))
        firm = _register(scene, row, township=towns[names[row["township"]]], by=clerk)
        _review(scene, firm, NOT_AGREED.get(row["no"], AGREED), by=clerk)
        firms[row["no"]], clerks[row["no"]] = firm, clerk
    for row in county["enterprises"]:  # what was filled first, for an advert's number grows with time
        wanted = _turned(county["wanted"].get(row["industry"], []), row["no"])
        if row["hired"]:
            _filled(scene, firms[row["no"]], jobs[wanted[0]], row["hired"], by=clerks[row["no"]])
    for row in sorted(county["enterprises"], key=lambda row: _posted(row["no"]), reverse=True):
        wanted = _turned(county["wanted"].get(row["industry"], []), row["no"])
        if row["gap"]:
            cards = [_card(jobs[title], firms[row["no"]]) for title in wanted]
            _open(scene, firms[row["no"]], row["gap"], cards, days=_posted(row["no"]), by=clerks[row["no"]])
    return firms


def _phone(number: int) -> str:
    return f"160000001{number:02d}"


def _posted(number: int) -> int:
    """How many days ago a firm posted what it still needs."""
    return 28 - number * 7 % 25


def _register(scene: Scene, row: dict[str, Any], *, township: Any, by: Account) -> Enterprise:  # noqa: ANN401  a row
    number = row["no"]
    cooperative = row["name"].endswith("合作社")
    place = f"{township.name}{'产业园' if number % 2 else '工业路'}{number * 3}号"
    return enterprises.register(
        scene.session,
        scene.county,
        uscc=row["uscc"],
        name=row["name"],
        nature="农民专业合作社" if cooperative else "有限责任公司",
        industry=row["industry"],
        size=_SIZES[number % len(_SIZES)],
        township_id=township.id,
        address=f"青禾县{place}",
        legal_representative=f"{_SURNAMES[number % len(_SURNAMES)]}建业",
        contact_name=f"{_SURNAMES[(number * 7) % len(_SURNAMES)]}经理",
        contact_phone=_phone(number),
        landline=f"0990-12{number:02d}000",
        intro=f"{row['name']}，做{row['industry']}，常年招工，欢迎本县乡亲来看看。",
        by=by,
        now=scene.ago(2 if NOT_AGREED.get(number) == WAITING else 75),
    )


def _review(scene: Scene, firm: Enterprise, outcome: str, *, by: Account) -> None:
    """Let the desk speak: yes to most; one is sent back, one waits, one changed its registry fields and waits again."""
    if outcome == RETURNED:
        reason = "营业执照上的名称与填写的不一致，请核对后重新提交"
        enterprises.review(scene.session, firm, "returned", reason=reason, by=scene.desk, now=scene.ago(3))
    elif outcome != WAITING:
        enterprises.review(scene.session, firm, "approved", by=scene.desk, now=scene.ago(70))
    if outcome == ANEW:
        enterprises.revise(scene.session, firm, legal_representative="许春生", by=by, now=scene.ago(1))


def _turned(titles: list[str], number: int) -> list[str]:
    """Let firms of one trade begin with different jobs."""
    if not titles:
        return []
    start = number % len(titles)
    return titles[start:] + titles[:start]


def _card(job: dict[str, Any], firm: Enterprise) -> dict[str, Any]:
    return {**job, "work_place": firm.address}


def _filled(scene: Scene, firm: Enterprise, job: dict[str, Any], hired: int, *, by: Account) -> None:
    """Post for as many as were hired, long ago, and take it down."""
    card = _card(job, firm)
    vacancy = vacancies.post(scene.session, firm, by=by, now=scene.ago(69), headcount=hired, **card)
    if firm.state == "approved":
        vacancies.review(scene.session, vacancy, "approved", by=scene.desk, now=scene.ago(68))
    vacancies.close(scene.session, vacancy, by=by, now=scene.ago(20))


def _open(scene: Scene, firm: Enterprise, gap: int, cards: list[dict[str, Any]], *, days: int, by: Account) -> None:
    """Post for everybody still needed, so many days ago. Some adverts wait for the desk, and one came back."""
    shares = _SHARES[: len(cards)]
    heads = [gap * share // sum(shares) for share in shares]
    heads[0] += gap - sum(heads)
    for place, (card, headcount) in enumerate(zip(cards, heads, strict=True)):
        if firm.industry == "家具" and card["title"] == "会计":  # the lint asks why, and the desk was not convinced
            card |= {"age_note": "35岁以下", "justification": "办公室同事都比较年轻，希望年龄相近"}
            vacancy = vacancies.post(scene.session, firm, by=by, now=scene.ago(days), headcount=headcount, **card)
            reason = "“35岁以下”没有正当理由，请删去年龄限制后再提交"
            vacancies.review(scene.session, vacancy, "returned", reason=reason, by=scene.desk, now=scene.ago(3))
            continue
        waits = place == 1 and days < QUEUED
        if waits and firm.industry == "电子装配":  # so that the desk sees what the lint asks about
            card |= {"experience": "身高1.6米以上", "justification": "检验台高度固定，太矮够不到上层料架"}
        posted = scene.ago(1 if waits else days)
        vacancy = vacancies.post(scene.session, firm, by=by, now=posted, headcount=headcount, **card)
        if not waits:
            vacancies.review(scene.session, vacancy, "approved", by=scene.desk, now=scene.ago(days - 1))
