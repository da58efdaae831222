"""Desk room: the reviewed job list of a livestream, locked before the show and unlocked only with a reason."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _
from werkzeug import Response

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.desk.door import pages
from portal.forms.livestream import LockForm, UnlockForm
from scheduling import livestreams as acts


@pages.route("/fairs/<slug>/show/lock", methods=["GET", "POST"])
def show_lock(slug: str) -> Any:  # noqa: ANN401  a page or a redirect
    """Show the job list as it stands or stood; POST locks it."""
    form = LockForm()
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                acts.lock_show(db, acts.find(db, doors.county(), slug), by=doors.someone(db), now=clock.now())
            flash(_("锁定了。主播只念这一刻审核通过的内容。"), "success")
            return redirect(url_for(".show_lock", slug=slug), 303)
    return _page(slug, form, UnlockForm(formdata=None))


@pages.post("/fairs/<slug>/show/unlocking")
def show_unlocking(slug: str) -> Any:  # noqa: ANN401
    """Unlock the job list, for a reason that is recorded."""
    form = UnlockForm()
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as db:
                fair = acts.find(db, doors.county(), slug)
                acts.unlock_show(db, fair, reason=form.reason.data, by=doors.someone(db), now=clock.now())
            flash(_("解锁了。改好岗位后记得再锁定。"), "warning")
            return redirect(url_for(".show_lock", slug=slug), 303)
    return _page(slug, form, form)


def _page(slug: str, form: LockForm | UnlockForm, unlocking: UnlockForm) -> tuple[str, int] | Response:
    session = reading()
    show = acts.read(session, acts.find(session, doors.county(), slug))
    return errors.page(
        "desk/livestreams/lock.html",
        form=form,
        unlocking=unlocking,
        fair=show.fair,
        show=show,
        locks=acts.locks(session, show.fair),
        changed=acts.changed_since(session, show.lock) if show.lock else set(),
    )
