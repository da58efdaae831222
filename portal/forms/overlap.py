"""One tick more on a form whose time is taken already: shown is what stands, refused is nothing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

from flask_babel import lazy_gettext as _
from wtforms import BooleanField
from wtforms.validators import ValidationError

from scheduling.diaries.own import Held


class Overlapping:
    """What every form about something with hours does: it is sent only once what overlaps was seen."""

    held: Sequence[Held] = ()
    knows = BooleanField(_("我知道时间冲突，仍要报名"))

    def over(self, held: Sequence[Held]) -> Self:
        """Show these beside it; without any there is nothing to tick."""
        self.held = held
        return self

    def validate_knows(self, field: Any) -> None:  # noqa: ANN401  WTForms' own
        """Ask for the tick where there is something to know."""
        if self.held and not field.data:
            raise ValidationError(_("时间撞了。两边都要报就勾选这一项，不报了请返回。"))
