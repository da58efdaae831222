"""What the desk types about any plan: how long to think, why a broken version is carried out all the same."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import IntegerField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import NumberRange

from portal.forms.base import Form, at_most, required


class RunForm(Form):
    """How long the planner may think."""

    seconds = IntegerField(
        _("最多算几秒"),
        [required(_("请填秒数，例如 30。")), NumberRange(min=2, max=600, message=_("请填2到600之间的整数。"))],
        default=30,
        description=_("算得越久越接近最好；找到最好的会提前停。"),
    )


class ReplanForm(RunForm):
    """The same for a plan of which a version is carried out: whether that is to be changed as little as may be."""

    way = RadioField(
        _("怎么排"),
        [required(_("请选一种。"))],
        choices=[SelectChoice("little", _("尽量不动已定的，只改非改不可的")), SelectChoice("anew", _("从头重排"))],
        default="little",
    )


class AcceptanceForm(Form):
    """Why a version is carried out although it breaks rules; not asked of one that breaks none."""

    reason = StringField(_("有冲突还要采用，原因是"), [at_most(300)])
