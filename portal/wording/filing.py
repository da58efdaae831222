"""What the keys of filing, risk list, sample and archive are called on screen, and what is said to whom they refuse."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from scheduling import refusals

FILING: dict[str, dict[str, LazyString]] = {
    "filing.paper": {
        "application": _("开班申请表"),
        "roster": _("花名册"),
        "timetable": _("课程表"),
        "teachers": _("师资"),
        "scheme": _("考核方案"),
        "school_promise": _("机构承诺书"),
        "trainee_promises": _("学员承诺书"),
    },
    "filing.print": {
        "application": _("开班申请表"),
        "roster": _("花名册"),
        "timetable": _("课程表"),
        "teachers": _("师资表"),
        "scheme": _("考核方案"),
        "promises": _("承诺书"),
    },
    "person.sex": {"female": _("女"), "male": _("男")},
    "filing.state": {
        "submitted": _("等窗口办"),
        "approved": _("已备案"),
        "superseded": _("已变更"),
        "returned": _("退回修改"),
    },
    "risk.rule": {
        "overlapping": _("同时在两个班"),
        "same_level": _("同工种同等级学过"),
        "too_often": _("一年多次参训"),
        "age": _("年龄不符"),
        "shared_phone": _("一个电话多人用"),
        "shared_device": _("一部手机替多人签到"),
        "burst": _("签到太集中"),
        "same_minutes": _("天天同一分钟签到"),
        "no_sign_out": _("有签到没签退"),
        "out_of_place": _("不在上课地点签到"),
        "back_filled": _("补录太多"),
        "roster_changed": _("开班后换了人"),
        "replaced_late": _("补进来太晚"),
        "booked_twice": _("老师、教室撞了"),
        "long_day": _("一天课时太多"),
        "holiday": _("放假日上课"),
        "before_approval": _("没备案就开课"),
        "exam_too_early": _("课时没到就考核"),
        "said_no": _("电话里说没来上课"),
    },
    "risk.level": {"look": _("请核实"), "warn": _("留意")},
    "check.answer": {
        "attended": _("说本人来上课了"),
        "not_attended": _("说没来上课"),
        "not_reached": _("没打通"),
    },
    "scan.way": {
        "camera": _("扫码"),
        "typed": _("输报名号"),
        "link": _("扫码"),
        "paper": _("纸质补录"),
        "screen": _("扫屏幕上的码"),
        "early": _("开门前试扫"),
    },
    "archive.part": {
        "class": _("班级和课程"),
        "orders": _("用工订单"),
        "sessions": _("课次"),
        "enrolments": _("报名和花名册"),
        "passes": _("放行的规则"),
        "attendance": _("签到记录"),
        "leaves": _("请假"),
        "dossier": _("开班档案"),
        "filing": _("开班备案"),
        "exams": _("考核成绩"),
        "certificates": _("证书"),
        "claim": _("补贴申报"),
        "follow_ups": _("就业和回访"),
        "checks": _("电话抽查"),
        "risks": _("疑点说明"),
    },
}

# Refusal → (status, words, the form field it belongs beside)
REFUSED: dict[type[refusals.Refusal], tuple[int, LazyString, str]] = {
    refusals.FilingIncomplete: (409, _("还不能提交，没有备齐：%(papers)s。"), ""),
    refusals.FilingNumberMissing: (422, _("请填备案号。"), "number"),
    refusals.FilingGone: (409, _("没有等着办的备案，或者学校刚刚又交了一次。请看过新的再办。"), ""),
    refusals.RosterEmpty: (409, _("花名册上还没有人，抽不了。"), ""),
    refusals.HitChanged: (409, _("这一条已经变了，请看过新的再写说明。"), ""),
    refusals.ArchiveOvertaken: (409, _("刚才有人改了这个班的资料，请再归档一次。"), ""),
    refusals.NotAnArchive: (422, _("这不是能打开的归档包，请选当时下载的ZIP文件。"), "file"),
}
