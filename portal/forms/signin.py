"""What people type to sign in."""

from __future__ import annotations

from flask_babel import lazy_gettext as _
from wtforms import HiddenField, PasswordField, StringField, TelField

from portal.forms.base import Form, at_most, required


class PhoneForm(Form):
    """The phone the code goes to."""

    phone = TelField(
        _("手机号"), [required(_("请填手机号。")), at_most(20)], description=_("我们发一条短信验证码到这个号码。")
    )
    next = HiddenField()


class CodeForm(Form):
    """The code that came."""

    phone = HiddenField()
    code = StringField(_("6位验证码"), [required(_("请填短信里的6位数字。")), at_most(10)])
    next = HiddenField()


class PasswordForm(Form):
    """Staff: user name and password."""

    username = StringField(_("用户名"), [required(_("请填用户名。")), at_most(40)])
    password = PasswordField(_("密码"), [required(_("请填密码。")), at_most(200)])
    next = HiddenField()
