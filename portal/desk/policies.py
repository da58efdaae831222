"""Desk room: the rules by which booths are booked, as data; three to start from."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.desk.door import pages
from portal.forms.policy import PolicyForm, as_typed
from portal.wording import word
from scheduling.booths import policies as acts
from scheduling.models import BoothPolicy


@pages.get("/policies/", endpoint="policies")
def policies() -> str:
    """List the county's policies, and the three presets to start from."""
    rows = [(row, acts.terms_of(row)) for row in acts.all_of(reading(), doors.county())]
    return render_template("desk/policies/index.html", rows=rows, presets=list(acts.PRESETS))


@pages.route("/policies/new", methods=["GET", "POST"])
def policy_new() -> Any:  # noqa: ANN401  a page or a redirect
    """Ask for a new policy, starting from a preset."""
    preset = request.args.get("preset", "")
    terms = acts.PRESETS.get(preset, acts.OPEN)
    return _policy(None, PolicyForm(data=as_typed(word(preset, "policy.preset") if preset else "", terms)))


@pages.route("/policies/<uuid:id_>", methods=["GET", "POST"])
def policy(id_: UUID) -> Any:  # noqa: ANN401
    """Ask what is different about a policy, and keep it: for all fairs that go by it."""
    row = acts.by_id(reading(), doors.county(), id_)
    return _policy(row, PolicyForm(data=as_typed(row.name, acts.terms_of(row))))


def _policy(policy: BoothPolicy | None, form: PolicyForm) -> Any:  # noqa: ANN401
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                county, by = doors.county(), doors.someone(db)
                row = acts.by_id(db, county, policy.id) if policy else None
                acts.keep(db, county, row, form.name.data, form.terms(), by=by, now=clock.now())
            flash(_("规则已保存。"), "success")
            return redirect(url_for(".policies"), 303)
    return errors.page("desk/policies/edit.html", form=form, name=policy.name if policy else "")
