"""Links to private calendars, as every door gives them out: made on a page, shown once, taken back on the same page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import flash, request, url_for
from flask_babel import gettext as _

from portal import clock, doors, errors, qr
from portal.database import reading, writing
from portal.forms.calendar import LinkForm, new_key
from scheduling import deeds, feeds, limits
from scheduling.models import Row
from scheduling.refusals import NotFound

Subjects = Sequence[tuple[Row, str]]  # whose calendars, and what each is called


def room(template: str, subjects: Subjects, **more: Any) -> Any:  # noqa: ANN401  a page and its status
    """Show the links that stand, and make one more; the address is on the page that answers, and never again."""
    form, made = LinkForm().offering(subjects), None
    if form.validate_on_submit():
        with errors.beside(form):
            key, form.key.data = form.key.data, new_key()  # another try is another link
            made = _made(form, key, subjects)
    names = {deeds.about(row): words for row, words in subjects}
    standing = feeds.links.standing(reading(), doors.county(), [row for row, _words in subjects])
    return errors.page(
        template,
        form=form if made is None else LinkForm(formdata=None).offering(subjects),
        made=made,
        webcal=made and "webcal" + made[made.index(":") :],
        code=made and qr.svg(made, _("日历链接的二维码")),
        links=[(link, names[link.subject]) for link in standing],
        **more,
    )


def revoke(subjects: Subjects, id_: UUID) -> None:
    """Take a link back. Raises NotFound for one to another calendar."""
    with writing() as db:
        link = feeds.links.find(db, doors.county(), id_, [row for row, _words in subjects])
        feeds.links.revoke(db, link, by=doors.anyone(db), now=clock.now())
    flash(_("已停用，这个链接不再更新。"), "success")


def absolute(path: str) -> str:
    """Give the address people see for a path of ours, which begins with the prefix already."""
    settings = doors.settings()
    return settings.url.removesuffix(settings.prefix) + path


def _made(form: LinkForm, key: str, subjects: Subjects) -> str:
    """Make the link of the form with this key, and give its address."""
    subject = next((row for row, _words in subjects if row.id.hex == form.subject.data), None)
    if subject is None:
        raise NotFound
    kind, id_ = type(subject), subject.id
    token = feeds.links.token(key, doors.keys())
    with writing() as db:
        limits.knock(db, "calendar link", request.remote_addr or "", most=60, minutes=60, now=clock.now())
        by, now = doors.anyone(db), clock.now()
        feeds.links.make(db, doors.county(), db.get_one(kind, id_), token, label=form.label.data or "", by=by, now=now)
    return absolute(url_for("public.private_feed", token=token))
