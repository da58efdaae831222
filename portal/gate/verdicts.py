"""What the gate says about a scan, in words a volunteer reads at arm's length."""

from __future__ import annotations

from flask_babel import LazyString
from flask_babel import gettext as say
from flask_babel import lazy_gettext as _

from portal.filters import clock
from scheduling import identity, tickets
from scheduling.attendance import Verdict
from scheduling.models import Scan, Ticket

# verdict → (how it looks, see components/verdict.html; the big words; what to do next)
SAID: dict[str, tuple[str, LazyString, LazyString | str]] = {
    "counted": ("accepted", _("已签到，请进"), ""),
    "duplicate_of": ("duplicate", _("已经签过"), ""),
    "wrong_event": ("wrong_event", _("不是这场的码"), ""),
    "cancelled": ("cancelled", _("已取消"), _("码已作废。想进场，请到服务台登记。")),
    "reissued": ("cancelled", _("已换新码"), _("请出示新码，或报手机尾号到服务台查。")),
    "waitlisted": ("cancelled", _("还在候补"), _("没有名额，请找班主任。")),
    "early": ("wrong_event", _("还没开门"), _("开始前3小时才开门，现在扫的不算签到。")),
    "mistyped": ("unknown", _("号码输错了"), _("共9位数字，请对着票再输一遍。")),
    "unknown": ("unknown", _("查不到"), _("不是我们的码，或没看清。请输报名号再试。")),
    "annulled": ("waiting", _("已撤销"), _("这次签到不算数了。")),
}


def said(scan: Scan, verdict: Verdict, ticket: Ticket | None) -> dict[str, str]:
    """Give the words for a verdict: `verdict`, `look`, `words`, `name` (masked), `detail`, `counted_at`, `gate`."""
    look, words, detail = SAID[verdict.kind]
    counted = verdict.kind in {"counted", "duplicate_of"}
    if verdict.kind == "counted" and scan.direction == "out":
        words = _("已签退")
    elif verdict.kind == "counted" and scan.session_id:
        words = _("已签到")
    if counted:
        detail = (
            say("%(time)s，%(gate)s", time=clock(verdict.at), gate=verdict.gate) if verdict.gate else clock(verdict.at)
        )
    elif verdict.kind == "wrong_event" and ticket:
        event = ticket.fair or ticket.training_class
        detail = say("这张码是“%(title)s”的。", title=event.title if event else "")
    return {
        "id": scan.id,
        "verdict": verdict.kind,
        "look": look,
        "words": str(words),
        "name": _holder(ticket) if ticket else "",
        "detail": str(detail),
        "counted_at": verdict.at.isoformat() if counted else "",
        "gate": verdict.gate,
    }


def _holder(ticket: Ticket) -> str:
    """Name whom a ticket stands for: a person masked, an enterprise with its booth."""
    if ticket.kind == tickets.BOOTH and ticket.booking:
        booth = say("%(number)s号展位", number=ticket.booking.booth.number)
        return f"{ticket.booking.enterprise.name} {booth}"
    thing = ticket.reservation or ticket.enrolment
    return identity.masked_name(thing.jobseeker.name) if thing else ""
