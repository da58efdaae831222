"""What stands in the menu behind each door: one table, in the order of the day's work."""

from __future__ import annotations

from typing import Any

from flask import current_app, request, url_for
from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from portal import doors

Group = tuple[LazyString | None, list[tuple[LazyString, str]]]

MENUS: dict[str, list[Group]] = {
    "desk": [
        (None, [(_("今日"), "desk.home")]),
        (
            _("招聘"),
            [
                (_("招聘会"), "desk.fairs"),
                (_("系列"), "desk.all_series"),
                (_("活动"), "desk.campaigns"),
                (_("排期"), "desk.plans"),
                (_("集市"), "desk.markets"),
                (_("日历订阅"), "desk.calendars"),
            ],
        ),
        (
            _("单位"),
            [
                (_("单位审核"), "desk.enterprises"),
                (_("岗位审核"), "desk.vacancies"),
                (_("用工台账"), "desk.ledger"),
                (_("求职意向"), "desk.interests"),
                (_("展位规则"), "desk.policies"),
                (_("爽约处理"), "desk.penalties"),
            ],
        ),
        (
            _("培训"),
            [
                (_("用工订单"), "desk.orders"),
                (_("培训班"), "desk.classes"),
                (_("开班备案"), "desk.filings_waiting"),
                (_("疑点清单"), "desk.risks_overview"),
                (_("结业回访"), "desk.follow_ups"),
                (_("课程"), "desk.courses"),
                (_("村级协调员"), "desk.coordinators"),
                (_("培训规则"), "desk.training_rules"),
            ],
        ),
        (_("现场"), [(_("扫码签到"), "gate.home"), (_("现场核验"), "desk.gates")]),
        (_("管理"), [(_("账号"), "desk.accounts"), (_("操作记录"), "desk.deeds"), (_("界面样式"), "desk.components")]),
    ],
    "enterprise": [
        (None, [(_("首页"), "enterprise.home")]),
        (
            _("招聘"),
            [
                (_("我的岗位"), "enterprise.vacancies"),
                (_("谁留了电话"), "enterprise.interests"),
                (_("展位预订"), "enterprise.bookings"),
                (_("到场记录"), "enterprise.penalties"),
                (_("直播时段"), "enterprise.air_times"),
                (_("日历订阅"), "enterprise.calendar"),
            ],
        ),
        (_("培训"), [(_("用工订单"), "enterprise.orders")]),
        (_("单位"), [(_("单位资料"), "enterprise.account")]),
    ],
    "school": [
        (
            None,
            [
                (_("培训班"), "school.home"),
                (_("课表"), "school.timetable"),
                (_("日历订阅"), "school.calendars"),
                (_("请假"), "school.leaves"),
                (_("老师、教室占用"), "school.busy_people"),
                (_("结业回访"), "school.follow_ups"),
            ],
        )
    ],
}


def menu() -> list[dict[str, Any]]:
    """Give the menu of the door this request came in by: groups of places that the account may enter."""
    account = doors.who()
    roles = account.roles if account else frozenset()
    groups = []
    for title, items in MENUS.get(request.blueprint or "", []):
        places = [
            {"text": text, "url": url_for(endpoint), "current": _here(endpoint)}
            for text, endpoint in items
            if endpoint in current_app.view_functions and doors.admitted(endpoint) & roles
        ]
        if places:
            groups.append({"title": title, "items": places})
    return groups


def _here(endpoint: str) -> bool:
    """Say whether this place, or a room of it, is on screen: `desk.fair` stands under `desk.fairs`."""
    here = url_for(endpoint)
    if endpoint.endswith(".home"):
        return request.endpoint == endpoint
    return (request.script_root + request.path).startswith(here.rstrip("/"))
