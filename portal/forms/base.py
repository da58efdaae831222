"""What our forms share: one base, and plain words for what is missing."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any

from flask_babel import LazyString
from flask_babel import lazy_gettext as _
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms.validators import InputRequired, Length, StopValidation, ValidationError

from portal import errors
from scheduling.refusals import Refusal

EARLIEST, LATEST = 2000, 2100  # years a date of ours may have: the calendar ends in 2100

OWN_WORDS: dict[str, LazyString] = {
    "Not a valid integer value.": _("请填整数，例如 12。"),
    "Not a valid decimal value.": _("请填数字，例如 3.5。"),
    "Not a valid date value.": _("请选日期，例如 2027-03-01。"),
    "Not a valid time value.": _("请填时间，例如 8:30。"),
    "Not a valid datetime value.": _("请填日期和时间，例如 2027-03-01 18:00。"),
    "Not a valid choice.": _("请从给出的几项里选一项。"),
    "This field is required.": _("请填写这一项。"),
    "Invalid input.": _("请核对这一项。"),
}


class Words:
    """What WTForms asks for its sentences; those not in OWN_WORDS are answered with a plain request to look again."""

    def gettext(self, text: str) -> str:
        """Give our words for WTForms' English."""
        if text in OWN_WORDS:
            return str(OWN_WORDS[text])
        choice = "choice" in text.lower() or "one of" in text.lower()
        return str(OWN_WORDS["Not a valid choice." if choice else "Invalid input."])

    def ngettext(self, one: str, _many: str, _number: int) -> str:
        """Give the same, whatever the number."""
        return self.gettext(one)


class Form(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """A form of ours: CSRF from the session, Chinese words, what was typed is kept."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        """WTForms' own messages come from our catalogue, not from the browser's language."""

        locales = ("zh",)

        def get_translations(self, form: Any) -> Any:  # noqa: ANN401, ARG002  WTForms' own
            """Say WTForms' own refusals in our words: its Chinese speaks of types to people who sell vegetables."""
            return Words()

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:  # noqa: ANN401  WTForms' own
            """Drop NUL, which nobody types and PostgreSQL's text cannot hold."""
            typed = super().wrap_formdata(form, formdata)
            if not typed:
                return typed
            return MultiDict(
                (name, value.replace("\x00", "") if isinstance(value, str) else value)  # a file stays as it is
                for name, value in typed.items(multi=True)
            )

        def render_field(self, field: Any, render_kw: dict[str, Any]) -> Any:  # noqa: ANN401
            """Leave checking to the server: a browser's bubble speaks the browser's language."""
            render_kw.setdefault("required", False)
            return super().render_field(field, render_kw)

    def validate(self, extra_validators: Any = None) -> bool:  # noqa: ANN401  WTForms' own
        """Check what was typed. Errors become plain text here: a lazy one is no string to a template's tests."""
        right: bool = super().validate(extra_validators)
        for field in self:
            if isinstance(field.data, date) and not EARLIEST <= field.data.year <= LATEST:
                field.errors, right = [*field.errors, _("请核对年份。")], False
            field.errors = [str(words) if isinstance(words, LazyString) else words for words in field.errors]
        return right


class Filled(InputRequired):  # type: ignore[misc]  # WTForms has no types
    """Something was typed, and not only what nobody sees: spaces, zero-width characters, controls."""

    def __call__(self, form: Any, field: Any) -> None:  # noqa: ANN401
        """Stop with the words when there is nothing."""
        super().__call__(form, field)
        if isinstance(field.data, str) and not any(_seen(letter) for letter in field.data):
            raise StopValidation(str(self.message))


def _seen(letter: str) -> bool:
    return not letter.isspace() and unicodedata.category(letter) not in {"Cc", "Cf"}


def required(words: Any = None) -> Filled:  # noqa: ANN401  lazy text
    """Must be filled; say how in `words`."""
    return Filled(words or _("请填写这一项。"))


def at_most(length: int) -> Length:
    """No longer than the column."""
    return Length(max=length, message=_("最多%(max)d个字，请写短一些。"))


def ruled(rule: Callable[[str], str]) -> Callable[[Any, Any], None]:
    """Put what was typed through one of the rules (identity.phone, identity.name); its no becomes a sentence here."""

    def check(_form: Any, field: Any) -> None:  # noqa: ANN401  any text field
        if field.errors:  # said already, and what was typed stays whole
            return
        try:
            field.data = rule(field.data or "")
        except Refusal as refusal:
            raise ValidationError(errors.wording(refusal)[1]) from None

    return check
