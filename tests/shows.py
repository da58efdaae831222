"""A livestream with a run of show, as the planner would have arranged it: opening, enterprises, closing."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

from scheduling import livestreams, vacancies
from tests.factories import NOW, EnterpriseFactory, FairFactory, VacancyFactory, approve

NAMES = ("穗香食品", "铁山机械", "木语家具", "顺达物流", "云台茶业", "清泉果业", "北岭建材", "锦绣服装")
MINUTE = timedelta(minutes=1)


def arranged(session, *, firms=2, jobs=2, minutes=10, starts_at=NOW + timedelta(hours=1), **more):
    """Give `fair`, `firms`, `jobs` (a list for each firm) and `slots`; opening and closing have five minutes."""
    told = {"slug": "live", "title": "送岗到家直播", "kind": "livestream", "outdoor": False, "place": "二号演播室"}
    length = timedelta(minutes=10 + firms * minutes)
    fair = FairFactory(**{**told, "starts_at": starts_at, "ends_at": starts_at + length, **more})
    companies = [approve(EnterpriseFactory(name=name)) for name in NAMES[:firms]]
    cards, run = [], [livestreams.Slot("opening", "opening", "开场", starts_at, 5, host="小青")]
    for firm in companies:
        cards.append([approve(VacancyFactory(enterprise=firm, title=f"{firm.name[2:]}工")) for _ in range(jobs)])
        numbers = [vacancies.show_at(session, fair, card, by=None, now=NOW).job_no for card in cards[-1]]
        at = run[-1].starts_at + run[-1].minutes * MINUTE
        told = {"speaker": "钱经理", "enterprise_id": firm.id, "first_job_no": numbers[0], "last_job_no": numbers[-1]}
        run.append(livestreams.Slot(str(firm.id), "company", firm.name, at, minutes, host="小青", **told))
    at = run[-1].starts_at + run[-1].minutes * MINUTE
    run.append(livestreams.Slot("closing", "closing", "收尾", at, 5, host="小青"))
    slots = livestreams.arrange(session, fair, run, by=None, now=NOW)
    return SimpleNamespace(fair=fair, firms=companies, jobs=cards, slots=slots)
