"""What is typed to ask for a job of a livestream: by whoever watches, or by staff line by line."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _
from wtforms import (
    BooleanField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.validators import NumberRange

from portal import errors
from portal.forms.base import Form, at_most, required, ruled
from portal.wording import choices
from scheduling import identity
from scheduling.refusals import Refusal

RELATIONS = ("self", "spouse", "child", "parent", "friend", "coordinator")
LARGEST = 9999  # a job number
LINES = 40  # at once
_PHONE = re.compile(r"(?<!\d)(?:\+?86[- ]?|0086[- ]?)?1[3-9](?:[- ]?\d){9}(?!\d)")
_NUMBER = re.compile(r"(?:我?想?[报要去])?\s*(?<!\d)(\d{1,4})(?!\d)\s*(?:号\s*)?(?:岗位|岗)?")
_SAID = re.compile(r"应聘|报名|想去|想报|我叫|我是|姓名|电话|手机号?|岗位号?")  # what people write around it
_MARKS = re.compile(r"[^\w·•]+|_")


class LeadForm(Form):
    """Name, phone, job number; who says so, and that they may be passed on."""

    job_no = IntegerField(
        _("岗位号"),
        [
            required(_("请填岗位号，直播里报的那个数字。")),
            NumberRange(1, LARGEST, _("请填岗位号，直播里报的那个数字。")),
        ],
    )
    name = StringField(_("姓名"), [required(_("请填姓名。")), at_most(60), ruled(identity.name)])
    phone = TelField(_("手机号"), [required(_("请填手机号。")), at_most(20), ruled(identity.phone)])
    relation = SelectField(_("您和报名人的关系"), choices=choices("relation", *RELATIONS), default="self")
    consent = BooleanField(
        _("同意把姓名和手机号交给这家单位，只用来联系这个岗位。替别人报的，已征得本人同意"),
        [required(_("请勾选“同意”，单位才能打电话。"))],
    )
    channel = HiddenField(default="scan")

    def told(self) -> dict[str, Any]:
        """Give what the act takes; nobody can claim a channel of the staff's."""
        channel = "group" if self.channel.data == "group" else "scan"
        same = {name: self[name].data for name in ("job_no", "name", "phone", "relation")}
        return {**same, "consent": bool(self.consent.data), "channel": channel}


class LeadLinesForm(Form):
    """Leads as they are written in comments: one a line, in any order."""

    lines = TextAreaField(
        _("一行一个：姓名 电话 岗位号"),
        [required(_("请填姓名、电话、岗位号。")), at_most(4000)],
        description=_("先后不限，例如“李秀英 16000000001 3”。可以一次粘几行。"),
    )
    channel = RadioField(
        _("从哪里来的"), choices=choices("lead.channel", "comment", "phone", "message", "group"), default="comment"
    )
    relation = SelectField(_("谁报的"), choices=choices("relation", *RELATIONS), default="self")


class RevealForm(Form):
    """Nothing to type: the whole phone is asked for by pressing."""


@dataclass(frozen=True)
class Line:
    """One line read: what the act takes, or in words what it lacks."""

    text: str
    name: str = ""
    phone: str = ""
    job_no: int = 0
    wrong: str = ""


def read_line(text: str) -> Line:
    """Read a name, a phone and a job number out of a line, in any order, with whatever people write around them."""
    plain = unicodedata.normalize("NFKC", text)
    phone = _PHONE.search(plain)
    if phone is None:
        return Line(text, wrong=str(_("没有11位手机号")))
    rest = plain[: phone.start()] + "\n" + plain[phone.end() :]
    number = _NUMBER.search(rest)
    if number is None:
        return Line(text, wrong=str(_("没有岗位号")))
    rest = rest[: number.start()] + "\n" + rest[number.end() :]
    if any(letter.isdigit() for letter in rest):  # a second job, a second phone: nobody guesses which is which
        return Line(text, wrong=str(_("数字多了，一行只写一个电话、一个岗位号")))
    try:
        name = identity.name(" ".join(_MARKS.sub(" ", _SAID.sub(" ", rest)).split()))
        return Line(text, name, identity.phone(phone[0]), int(number[1]))
    except Refusal as refusal:
        return Line(text, wrong=errors.wording(refusal)[1].rstrip("。"))


def read_lines(text: str) -> list[Line]:
    """Read every line that says something; what comes after LINES of them is left for another time."""
    said = [line.strip() for line in text.splitlines() if line.strip()]
    later = str(_("一次最多记%(most)d条，再点一次保存", most=LINES))
    return [*map(read_line, said[:LINES]), *(Line(line, wrong=later) for line in said[LINES:])]
