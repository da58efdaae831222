"""What the desk types about a livestream before and after it: the lock, the figures, the screenshot."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import IntegerField, StringField, URLField
from wtforms.validators import NumberRange, Optional, Regexp

from portal.forms.base import Form, at_most, required
from portal.wording import WORDS
from scheduling.models import LiveStats
from scheduling.models.live_stats import FIGURES

LARGEST = 1_000_000_000
_COUNT = NumberRange(min=0, max=LARGEST, message=_("请填0或更大的整数。"))


class LockForm(Form):
    """Nothing to type: the list is looked over and locked."""


class UnlockForm(Form):
    """Why the list must change after all."""

    reason = StringField(_("为什么要解锁"), [required(_("请写明原因。")), at_most(300)])


class FiguresForm(Form):
    """The figures, each of which may be left out."""


for _name in FIGURES:
    setattr(FiguresForm, _name, IntegerField(WORDS["live.figure"][_name], [Optional(), _COUNT]))


class StatsForm(FiguresForm):
    """The figures of a show, where to see it again, and the picture they were read from."""

    replay_url = URLField(
        _("回放链接"),
        [Optional(), at_most(300), Regexp(r"^https?://\S+$", message=_("链接要以 https:// 开头。"))],
        description=_("填了，公众页面就有“看回放”。"),
    )
    picture = FileField(_("数据截图"), description=_("一张，PNG、JPG或WebP，不超过2MB。别截到观众的名字和评论。"))

    def figures(self) -> dict[str, int | None]:
        """Give the figures by their keys."""
        return {name: self[name].data for name in FIGURES}

    def content(self) -> bytes:
        """Give the bytes of the picture; none was chosen: nothing."""
        return self.picture.data.read() if self.picture.data else b""


def as_typed(stats: LiveStats | None, scanned: int) -> dict[str, Any]:
    """Give the figures as the form shows them; before the first time with how many left a lead by the QR."""
    if stats is None:
        return {"signups": scanned or None}
    return {**{name: getattr(stats, name) for name in FIGURES}, "replay_url": stats.replay_url}
