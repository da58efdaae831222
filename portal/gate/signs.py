"""What the offline scanner says: for each verdict how it looks, its drawing, its big words and what to do next."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

Sign = tuple[str, str, LazyString | str, LazyString | str, LazyString | str]

_TICK, _CROSS = "M4.5 12.5l5 5 10-11", "M6 6l12 12M18 6L6 18"
_ALERT = "M12 3.5L2.5 20h19zM12 10v4.5M12 17.2v.3"
_CLOCK = "M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM12 7v5.2l3.4 2.3"
_PEOPLE = (
    "M9 4.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7zM2.5 19.5c.4-3.6 3-5 6.5-5s6.1 1.4 6.5 5M15.5 5a3.3 3.3 0 0 1 0 6.3"
)
_DAY = "M4 6h16v14H4zM4 10.5h16M8.5 3.5V8M15.5 3.5V8"
_CODE = "M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2.5v2.5H14zM20 14v3M17.5 20H20M14 20v-.3"

# kind → (look, drawing, big words, big words when signing out, what to do next)
SIGNS: dict[str, Sign] = {
    "waiting": ("waiting", _CODE, _("请对准二维码"), "", _("扫不出来，就输报名号。")),
    "counted": ("accepted", _TICK, _("已签到，请进"), _("已签退"), ""),
    "late": ("accepted late", _TICK, _("可以进"), _("已签退"), _("报名晚于名单，已记下。")),
    "walk_in": ("accepted", _TICK, _("已登记，请进"), "", ""),
    "kept": ("kept", _CLOCK, _("已记下"), _("已记下"), _("联网后核对报名号。")),
    "duplicate_of": ("duplicate", _PEOPLE, _("已经签过"), _("已经签退"), ""),
    "wrong_event": ("elsewhere", _DAY, _("不是这场的码"), "", _("请看清场次，或到服务台。")),
    "early": ("elsewhere", _CLOCK, _("还没开门"), "", _("这场#才开始，现在扫的不算签到。")),  # # is when
    "off": ("stop", _CROSS, _("这场已取消"), "", _("请来的人到服务台问。")),
    "cancelled": ("stop", _CROSS, _("已取消"), "", _("码已作废。想进场，请到服务台登记。")),
    "reissued": ("stop", _CROSS, _("已换新码"), "", _("请出示新码，或报手机尾号到服务台查。")),
    "waitlisted": ("stop", _CROSS, _("还在候补"), "", _("没有名额，请找班主任。")),
    "mistyped": ("stop", _ALERT, _("号码输错了"), "", _("共9位数字，请对着票再输一遍。")),
    "unknown": ("stop", _ALERT, _("查不到"), "", _("不是我们的码，或没看清。请输报名号再试。")),
    "quarantined": ("kept", _CLOCK, _("待核对"), "", _("已上传，请告诉服务台。")),
    "refused": ("kept", _CLOCK, _("待核对"), "", _("这部手机已停用或到期，请告诉服务台。")),
    "annulled": ("waiting", _CROSS, _("已撤销"), "", _("这次不算数了。")),
    "booth": ("", "", _("#号展位"), "", ""),  # no verdict: # is the number
    "broken": ("stop", _ALERT, _("没记下！"), "", _("手机存不进去，这一位没有签到。请重开这一页，或换一部手机。")),
    "denied": ("stop", _ALERT, _("摄像头没开成"), "", _("请允许使用摄像头，再点一次。也可以输报名号。")),
    "empty": ("waiting", _CLOCK, _("还没有名单"), "", _("请连上网，名单会自己下来。")),
}
