"""What an administrator types to open a staff account."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import PasswordField, SelectField, StringField, TelField
from wtforms.validators import Regexp

from portal.forms.base import Form, at_most, required
from portal.wording import choices


class AccountForm(Form):
    """A member of staff."""

    name = StringField(_("姓名"), [required(_("请填姓名。")), at_most(60)])
    username = StringField(
        _("用户名"),
        [
            required(_("请填用户名。")),
            at_most(40),
            Regexp(r"^[\w.@-]+$", message=_("用户名只能用字母、数字、汉字和 . _ - @。")),
        ],
    )
    password = PasswordField(_("初始密码"), [required(_("请填密码。")), at_most(200)], description=_("至少10个字符。"))
    role = SelectField(_("岗位"), choices=choices("role", "scanner", "desk", "admin"))


class CoordinatorForm(Form):
    """Somebody of a village who may hand in lists."""

    name = StringField(
        _("姓名"), [required(_("请填姓名。")), at_most(60)], description=_("最好带上村名，例如“柳河村 郑满堂”。")
    )
    phone = TelField(_("手机号"), [required(_("请填手机号。")), at_most(20)])
