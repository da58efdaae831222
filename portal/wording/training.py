"""What the keys of training are called on screen, and what is said to whom its rules refuse."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from scheduling import refusals

TRAINING: dict[str, dict[str, LazyString]] = {
    "order.state": {
        "asked": _("等待开班"),
        "planned": _("已排班"),
        "filed": _("已备案"),
        "enrolling": _("招生中"),
        "teaching": _("培训中"),
        "trained": _("已结业"),
        "certified": _("已发证"),
        "hired": _("已招满"),
        "closed": _("已了结"),
        "withdrawn": _("已撤回"),
    },
    "rules.preset": {
        "sample": _("示例"),
        "huaian": _("仿淮安2023"),
        "delta": _("仿江浙一市"),
        "hangzhou": _("仿杭州2011"),
        "qinghai": _("仿青海2019"),
        "ruian": _("仿瑞安项目制"),
        "induction": _("岗前培训"),
        "jiaokou": _("仿交口（看就业）"),
        "special_work": _("特种作业"),
    },
}

# Refusal → (status, words, the form field it belongs beside)
REFUSED: dict[type[refusals.Refusal], tuple[int, LazyString, str]] = {
    refusals.ModulesDiffer: (
        422,
        _("各模块课时加起来%(hours)s，这门课一共%(total)s课时。每行写一个模块，后面写课时，例如“安全用电 8”。"),
        "modules",
    ),
    refusals.RulesKnown: (409, _("已经有一套规则叫“%(name)s”，请换个名字。"), "name"),
    refusals.OrderClosed: (409, _("这个用工订单已经了结。"), ""),
    refusals.HeadsMissing: (422, _("订了%(heads)s人，只录用了%(hired)s人。请写明还差的人怎么办、为什么了结。"), "note"),
    refusals.MoreThanOrdered: (422, _("%(no)s号订单在这里最多%(heads)s个名额。"), ""),
    refusals.PoolTooLarge: (422, _("各订单的名额加起来%(wanted)s个，全班只有%(seats)s个。"), ""),
    refusals.SessionHeld: (
        409,
        _("第%(number)s次课已经上了，有人签到，不能改时间，也不能取消。考勤记错了，请照纸上补录。"),
        "",
    ),
    refusals.OutsideTheClass: (422, _("这个班%(first)s开班、%(last)s结业，这一天离得太远，请核对日期。"), "day"),
    refusals.TeacherAway: (409, _("%(name)s%(first)s到%(last)s请假，请换个时间或换人。"), "teacher"),
    refusals.SeatsGiven: (422, _("%(no)s号订单已经有%(people)s人占了名额，不能再少。"), ""),
}
