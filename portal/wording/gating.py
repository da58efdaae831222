"""What the keys of the gate are called: why items were put aside, counters, sources; and its refusals."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import lazy_gettext as _

from scheduling import refusals

GATING: dict[str, dict[str, LazyString]] = {
    "gate.why": {
        "bad_id": _("编号不成样子"),
        "malformed": _("内容不全"),
        "id_used": _("编号已被别的记录用过"),
        "unknown_event": _("没有这场"),
        "out_of_scope": _("这部手机不扫这场"),
        "called_off": _("这场已取消"),
        "device_revoked": _("手机已停用"),
        "device_unknown": _("不认识这部手机"),
    },
    "gate.kind": {
        "scan": _("扫码"),
        "undo": _("撤销"),
        "count": _("计数"),
        "walk_in": _("散客登记"),
        "?": _("看不出"),
    },
    "gate.counter": {
        "heads": _("人头"),
        "leaflets": _("发材料"),
        "consultations": _("咨询"),
    },
}

REFUSED: dict[type[refusals.Refusal], tuple[int, LazyString, str]] = {
    refusals.InvitationGone: (410, _("这个邀请码用过了或已过期，请到服务台再要一个。"), "token"),
    refusals.NothingToScan: (422, _("请选这部手机要扫哪几场，只能选已发布、没取消的。"), "scope"),
    refusals.DeviceUnknown: (401, _("不认识这部手机，请到服务台重新加入。"), ""),
    refusals.DeviceOut: (403, _("这部手机已停用或已到期，只能上传存着的记录。"), ""),
    refusals.FileUnreadable: (422, _("这不是签到手机存的文件，或文件坏了。请到那部手机上再存一次。"), "file"),
    refusals.NothingSaved: (422, _("这个文件里没有记录。那部手机可能已经都传上来了。"), "file"),
    refusals.SavedPage: (422, _("这是一个网页，不是签到文件。请在手机上点“存成文件”，再选那个文件。"), "file"),
    refusals.SavedHalf: (422, _("文件只有一半，没传完整。请到那部手机上再存一次，手机上的记录都还在。"), "file"),
    refusals.SavedElsewhere: (
        422,
        _("这个文件打不开：不是本县签到手机存的，或传的时候坏了。请到那部手机上再存一次。"),
        "file",
    ),
    refusals.SavedTooLarge: (413, _("文件超过%(most)sMB，不会是签到手机存的，没有打开。请看看是不是选错了。"), "file"),
    refusals.GateIncomplete: (409, _("还有%(missing)s条记录在手机里没传上来。要收口请写明原因。"), "reason"),
    refusals.GateOpen: (409, _("这场还没结束，结束后再收口。"), ""),
    refusals.HereCodeUnknown: (410, _("这个码已经换了，请对着屏幕或海报再扫一次。"), ""),
    refusals.HereClosed: (409, _("现在不是签到的时候：还没开始、已结束或已取消。"), ""),
}
