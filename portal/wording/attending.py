"""What the marks of the attendance book are called, and what is said to whom its rules refuse."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from scheduling import refusals

ATTENDING: dict[str, dict[str, LazyString]] = {
    "mark": {
        "present": _("到"),
        "late": _("迟到"),
        "early": _("早退"),
        "late_early": _("迟到早退"),
        "private": _("告假"),
        "sick": _("病假"),
        "absent": _("不到"),
    },
    "mark.told": {
        "paper": _("补录"),
        "unsigned": _("没签退"),
        "only_out": _("只有签退"),
        "too_late": _("下课后才签到"),
        "far": _("不在上课地点"),
        "unplaced": _("没给定位"),
    },
    "leave.reason": {"private": _("事假"), "sick": _("病假")},
    "leave.state": {"asked": _("等老师批"), "granted": _("准假了"), "refused": _("没准假")},
    "direction": {"in": _("签到"), "out": _("签退")},
}

# Refusal → (status, words, the form field it belongs beside)
REFUSED: dict[type[refusals.Refusal], tuple[int, LazyString, str]] = {
    refusals.LessonOver: (409, _("第%(number)s次课已经上完。要补假，请找老师。"), "lesson"),
    refusals.LessonAhead: (409, _("第%(number)s次课还没开始，上完再补录。"), ""),
    refusals.MarkTooEarly: (409, _("第%(number)s次课刚开始，还不到记迟到的时候，过一会儿再填。"), ""),
    refusals.NotYourLesson: (409, _("这次课不是您的课：报的是别的班，或分在别的组。请找老师。"), ""),
    refusals.RollcallClosed: (
        409,
        _("第%(number)s次课现在不能扫码。%(opens)s开始签到，下课就不能再签到，签退到下课后1小时为止。"),
        "",
    ),
    refusals.ScreenCodeOld: (410, _("这个码过时了。老师屏幕上的码一直在换，请再扫一次现在的码。"), ""),
    refusals.ScreenCodeUnknown: (404, _("这不是签到码。请扫老师屏幕上的码，或找老师签到。"), ""),
}
