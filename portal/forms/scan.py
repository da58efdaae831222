"""What a scanner sends: what was read, how, where and when."""

from __future__ import annotations

from datetime import UTC, datetime

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, StringField

from portal.forms.base import Form, at_most


class ScanForm(Form):
    """One reading. Nothing here is required or refused: whatever comes is kept."""

    id = HiddenField()
    read = StringField(_("报名号"), description=_("扫不出来，就输票上的9位数字。"))
    gate = StringField(_("入口"), [at_most(40)], description=_("例如东门、西门，记在每条签到上。"))
    way = HiddenField(default="typed")
    direction = HiddenField(default="in")
    scanned_at = HiddenField()

    def moment(self) -> datetime | None:
        """Give the phone's time of the scan, None when it told none or nonsense."""
        try:
            told = datetime.fromisoformat(self.scanned_at.data or "")
            return told.astimezone(UTC) if told.tzinfo else told.replace(tzinfo=UTC)
        except (ValueError, OverflowError):  # the year 1 has no UTC east of Greenwich
            return None
