"""What is wrong with a fair's figures, as sentences with the numbers in them."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

RESULTS: dict[str, dict[str, LazyString]] = {
    "trouble": {
        "enterprises": _(
            "实到%(present)d家加爽约%(no_show)d家是%(here)d家，计划%(planned)d家加临时增加%(walk_in)d家是%(there)d家，两边应当一样。"
        ),
        "visitors_over_visits": _("进场人数%(less)d比进场人次%(more)d还多，一个人至少算一次。"),
        "intent_people_over_intent_times": _("意向人数%(less)d比意向人次%(more)d还多，一个人至少算一次。"),
        "hired_on_site_over_intent_people": _("现场录用%(less)d人，比有意向的%(more)d人还多。"),
        "positions_over_headcount": _("岗位%(less)d个，比招聘人数%(more)d还多，一个岗位至少招一人。"),
        "trades_over_positions": _("工种%(less)d个，比岗位%(more)d个还多。"),
        "walk_in_enterprises_over_present_enterprises": _("临时增加%(less)d家，比实到的%(more)d家还多。"),
        "no_show_enterprises_over_planned_enterprises": _("爽约%(less)d家，比计划的%(more)d家还多。"),
        "visitors_below_scans": _("进场人数填了%(value)d，可光扫码进场的就有%(scanned)d人。"),
        "present_enterprises_below_scans": _("实到企业填了%(value)d家，可扫码签到的就有%(scanned)d家。"),
        "planned_enterprises_below_bookings": _("计划企业填了%(value)d家，可订了展位的就有%(booked)d家。"),
        "walk_in_enterprises_below_bookings": _("临时增加企业填了%(value)d家，可现场增补的就有%(booked)d家。"),
        "no_show_enterprises_below_bookings": _("爽约企业填了%(value)d家，可记作没来的就有%(booked)d家。"),
        "visitors_not_scanned": _("进场人数写的是扫码统计%(value)d人，扫码记录是%(scanned)d人。另有清点的，请改来源。"),
        "intent_people_not_reported": _("意向人数写的是企业填报%(value)d人，各家一共只报了%(told)d人。"),
        "intent_times_not_reported": _("意向人次写的是企业填报%(value)d人次，各家报的合计是%(told)d人次。"),
        "hired_on_site_not_reported": _("现场录用写的是企业填报%(value)d人，各家一共只报了%(told)d人。"),
        "reported_absent": _(
            "有%(absent)d家没有签到，却报了意向。确实来了的，请在“到场单位”里记下；没来的，请它改成0，或改写来源。"
        ),
    },
}
