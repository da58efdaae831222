"""The files of a fair as they are chosen: the emergency plan, photos."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField
from wtforms import StringField
from wtforms.validators import ValidationError

from portal.forms.base import Form, at_most

PAPERS = "application/pdf,image/png,image/jpeg,image/webp"
PHOTOS = "image/png,image/jpeg,image/webp"


def _chosen(_form: Any, field: Any) -> None:  # noqa: ANN401  WTForms' own
    """Want a file with something in it."""
    if not field.data or not field.data.filename:
        raise ValidationError(_("请选一个文件。"))


class PlanFileForm(Form):
    """The emergency plan as a file."""

    paper = FileField(_("应急预案、安全保卫方案"), [_chosen], description=_("PDF，或扫描的图片，不超过5MB。"))

    def content(self) -> bytes:
        """Give the bytes that were chosen."""
        return bytes(self.paper.data.read())


class PhotoForm(Form):
    """A photo of a fair, and what is to be seen on it."""

    picture = FileField(_("照片"), [_chosen], description=_("一次一张，PNG、JPG或WebP，不超过5MB。"))
    caption = StringField(_("照片说明"), [at_most(100)], description=_("例如“上午九点，焊工展位前”。不写人名。"))

    def content(self) -> bytes:
        """Give the bytes that were chosen."""
        return bytes(self.picture.data.read())
