"""Desk rooms of a season: what it is planned from, how a plan of it looks, changing one by hand."""

from __future__ import annotations

from flask import url_for
from flask_babel import lazy_gettext as _

from portal.desk.plans import kinds
from portal.desk.plans.season import adjusting, inputs, showing

__all__ = ["adjusting", "inputs", "showing"]

kinds.add(
    kinds.Kind(
        name="season",
        words=_("一季的场次"),
        back=lambda _plan: None,
        given=showing.given,
        planned=showing.planned,
        inputs=lambda plan: url_for("desk.season_inputs", number=plan.number),
        adjust=lambda version: url_for("desk.season_adjusting", number=version.plan.number, version=version.number),
        carry_out=showing.carry_out,
        gains=True,
        mend=showing.mend,
    )
)
