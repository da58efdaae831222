"""What is typed about the filing of a class, what looks odd in it, its phone sample and its archive."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField, RadioField, StringField, TextAreaField

from portal.forms.base import Form, at_most, required
from portal.wording import choices


class DossierForm(Form):
    """What the school says of its class. Nothing has to be there at once: what is missing is told on the next page."""

    head_teacher = StringField(_("班主任"), [at_most(60)])
    textbook = StringField(_("教材"), [at_most(200)], description=_("书名、第几版；自编讲义也写上。"))
    modules = TextAreaField(
        _("教学计划"), [at_most(2000)], description=_("每行写一个模块，后面写课时，例如“安全用电 8”。")
    )
    exam_scheme = TextAreaField(
        _("考核方案"), [at_most(2000)], description=_("理论怎么考、实操考什么、谁来考、哪天考。")
    )


class SchoolPromiseForm(Form):
    """The school promises that the course is true."""

    promise = BooleanField(
        _("我单位承诺：招生、教学、考勤、考核全过程真实，材料真实，不收学员钱，随时接受检查和电话抽查"),
        [required(_("请勾选承诺后再提交。"))],
    )


class SubmissionForm(Form):
    """Handing the filing in; after an approval it says why something is changed."""

    note = TextAreaField(_("为什么要变更"), [at_most(300)])


class ApprovalForm(Form):
    """A filing is approved under a number."""

    number = StringField(_("备案号"), [required(_("请填备案号。")), at_most(60)])
    reason = TextAreaField(_("有不合规定的地方，为什么照样备案"), [at_most(300)])
    seen = HiddenField()


class ReturnForm(Form):
    """A filing is given back."""

    reason = TextAreaField(
        _("要改什么"), [required(_("请写明原因。")), at_most(300)], description=_("会发短信告诉学校，写清楚改哪里。")
    )
    seen = HiddenField()


class SettlementForm(Form):
    """What somebody found out about a hit."""

    rule = HiddenField()
    hit = HiddenField()
    note = TextAreaField(
        _("核实的情况"),
        [required(_("请写明核实的情况。")), at_most(300)],
        description=_("怎么核实的、是什么情况、办了什么。不要写身份证号。"),
    )


class SampleForm(Form):
    """A draw; a seed may be given to draw again what was drawn elsewhere."""

    seed = StringField(
        _("种子"),
        [at_most(64)],
        description=_("空着就由系统随机定，会记下来。要照别处的抽签重抽一遍，才填。"),
    )


class CheckForm(Form):
    """What was said on the phone."""

    answer = RadioField(_("电话里怎么说"), choices=choices("check.answer"))
    note = StringField(_("备注"), [at_most(300)], description=_("可不填。不要写身份证号。"))


class ArchiveForm(Form):
    """A ZIP from the shelf, to be held against what was recorded."""

    file = FileField(_("归档包（ZIP）"), [FileRequired(_("请选当时下载的ZIP文件。"))])
