"""What the keys of booth plans, livestreams and timetables are called."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

PLANNING: dict[str, dict[str, LazyString]] = {
    "booth.competitors": {
        "apart": _("隔开，别挨着"),
        "together": _("放在一排，方便比"),
        "free": _("都行"),
    },
    "booth.change": {"booth": _("一个展位不能用了"), "enterprise": _("一家单位不来了")},
    "live.kind": {
        "opening": _("开场"),
        "policy": _("讲政策"),
        "company": _("企业"),
        "qa": _("答疑"),
        "closing": _("收尾"),
    },
    "live.where": {"start": _("开头"), "middle": _("中间"), "end": _("最后")},
    "lead.channel": {
        "scan": _("扫码"),
        "comment": _("评论"),
        "phone": _("电话"),
        "message": _("私信"),
        "group": _("群"),
    },
    "live.figure": {
        "views": _("观看人次"),
        "peak": _("最高在线"),
        "stay": _("场均停留"),
        "likes": _("点赞"),
        "comments": _("评论互动"),
        "followers": _("新增粉丝"),
        "consultations": _("咨询"),
        "signups": _("扫码报名"),
        "resumes": _("投递"),
        "intents": _("达成意向"),
    },
    "live.wish": {"": _("都行"), "early": _("想靠前"), "late": _("想靠后")},
    "timetable.change": {"teacher": _("老师来不了"), "room": _("教室、车间用不了")},
    "shift": {
        "none": _("随时都行"),
        "days": _("白天上班，只能晚上和周末"),
        "early": _("上早班，下午、晚上行"),
        "late": _("上晚班，只有上午行"),
    },
    "half.short": {"am": _("上午"), "pm": _("下午"), "eve": _("晚上")},
    "period": {"am": _("上午 8:30起"), "pm": _("下午 14:30起"), "eve": _("晚上 18:30起")},
}
