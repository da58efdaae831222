"""What is said of other calendars: why a file or an event is not taken in, and what came of it."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from scheduling import refusals

REFUSED: dict[type[refusals.Refusal], tuple[int, LazyString, str]] = {
    refusals.CalendarEmpty: (422, _("文件是空的。请在日历软件里重新导出一次。"), "file"),
    refusals.CalendarTooLarge: (413, _("文件超过%(most)sMB，没有打开。请在日历软件里只导出这一年的。"), "file"),
    refusals.CalendarTooLong: (422, _("文件里超过%(most)s条日程，没有读。请在日历软件里只导出这一年的。"), "file"),
    refusals.CalendarTooFull: (
        422,
        _("重复的日程展开后超过%(most)s次，没有读。请只导出要用的那本日历，或给重复定一个截止日期。"),
        "file",
    ),
    refusals.CalendarIsPacked: (
        422,
        _("这是压缩包或Excel表格。谷歌日历导出的是压缩包，请先解压，选里面以.ics结尾的文件。"),
        "file",
    ),
    refusals.CalendarIsPage: (422, _("这是一张网页，不是日历。请在日历软件里用“导出”，存成.ics文件。"), "file"),
    refusals.NotACalendar: (422, _("这不是日历文件。请选以.ics结尾、从日历软件导出的文件。"), "file"),
    refusals.CalendarHasNoEvents: (422, _("这个日历里没有日程，可能只有待办。请选另一本日历。"), "file"),
    refusals.CalendarGone: (410, _("读过的文件只留一天，或者已经导入过了。请再交一次文件。"), ""),
    refusals.NothingToTakeIn: (422, _("一条也没勾。请至少勾一条，或者不导入。"), ""),
    refusals.Occupied: (409, _("“%(name)s”%(day)s %(hours)s已有别的安排“%(what)s”，请换个时间。"), ""),
}

BUSY: dict[str, dict[str, LazyString]] = {
    "busy.reason": {
        "times": _("开始、结束的时间看不懂，或没写。"),
        "no_end": _("没有结束时间，不占时间。"),
        "disorder": _("结束早于开始。"),
        "too_long": _("一次超过400天，请核对日期。"),
        "zone": _("不认识它的时区。请在日历软件里改成北京时间再导出。"),
        "rule": _("重复的规则看不懂。请在日历软件里改得简单些，或一次一次写。"),
        "too_often": _("每小时或更快地重复，不导入。"),
        "hours": _("一天重复好几次，不导入。请一次写一条。"),
        "rscale": _("按别的历法重复（如农历），不导入。请写成公历日期。"),
        "from_long_ago": _("从三十多年前数起的次数，数不清。请改成截止日期。"),
        "too_many": _("一条里单独写的日子超过1000个。"),
        "range": _("改了“这次和以后各次”。请在日历软件里拆成两条再导出。"),
        "twice": _("同一条日程写了两遍，取新的一遍。"),
        "cut": _("这一条不完整，文件可能没下载完。"),
    },
    "busy.kind": {
        "venue": _("场地"),
        "van": _("大篷车"),
        "staff": _("专员"),
        "teacher": _("老师"),
        "room": _("教室、车间"),
    },
}
