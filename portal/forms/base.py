"""What our forms share: one base, and plain words for what is missing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms.validators import InputRequired, Length, ValidationError

from portal import errors
from scheduling.refusals import Refusal


class Form(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """A form of ours: CSRF from the session, Chinese words, what was typed is kept."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """WTForms' own messages come from our catalogue, not from the browser's language."""

        locales = ("zh",)

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:  # noqa: ANN401  WTForms' own
            """Drop NUL, which nobody types and PostgreSQL's text cannot hold."""
            typed = super().wrap_formdata(form, formdata)
            if not typed:
                return typed
            return MultiDict((name, value.replace("\x00", "")) for name, value in typed.items(multi=True))

        def render_field(self, field: Any, render_kw: dict[str, Any]) -> Any:  # noqa: ANN401
            """Leave checking to the server: a browser's bubble speaks the browser's language."""
            render_kw.setdefault("required", False)
            return super().render_field(field, render_kw)

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401  WTForms' own
        """Check what was typed. Errors become plain text here: a lazy one is no string to a template's tests."""
        right: bool = super().validate(extra_validators)
        for field in self:
            field.errors = [str(words) if isinstance(words, LazyString) else words for words in field.errors]
        return right


def required(words: Any = None) -> InputRequired:  # noqa: ANN401  lazy text
    """Must be filled; say how in `words`."""
    return InputRequired(words or _("请填写这一项。"))


def at_most(length: int) -> Length:
    """No longer than the column."""
    return Length(max=length, message=_("最多%(max)d个字，请写短一些。"))


def whole(field: Any) -> None:  # noqa: ANN401  any integer field
    """Refuse what is not a whole number in words (use as a filter-free inline check)."""
    if field.raw_data and field.raw_data[0].strip() and field.data is None:
        raise ValidationError(_("请填整数。"))


def ruled(rule: Callable[[str], str]) -> Callable[[Any, Any], None]:
    """Put what was typed through one of the rules (identity.phone, identity.name); its no becomes a sentence here."""

    def check(_form: Any, field: Any) -> None:  # noqa: ANN401  any text field
        try:
            field.data = rule(field.data or "")
        except Refusal as refusal:
            raise ValidationError(errors.wording(refusal)[1]) from None

    return check
