"""The company's details: registering it, and keeping them right."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, url_for
from flask_babel import gettext as _

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.enterprise.door import pages
from portal.forms.enterprise import AccountForm, RegisterForm, as_typed
from scheduling import enterprises, markets


@pages.route("/register", methods=["GET", "POST"])
def register() -> Any:  # noqa: ANN401  a page or a redirect
    """Register the company of whoever signed in by phone; staff register one for somebody at the window."""
    account = doors.someone(reading())
    if account.enterprise_id is not None:
        return redirect(url_for(".home"), 303)
    form = RegisterForm(phone=account.phone)
    form.with_townships(markets.townships(reading(), doors.county()))
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as session:
                by = doors.someone(session)
                firm = enterprises.register(
                    session, doors.county(), uscc=form.uscc.data, **form.details(), by=by, now=clock.now()
                )
                own, id_ = by.enterprise_id is not None, firm.id
            flash(_("已提交，窗口审核后会发短信通知。"), "success")
            if own:
                return redirect(url_for(".home"), 303)
            staff = bool(doors.someone(reading()).roles & doors.STAFF)
            return redirect(url_for("desk.enterprise", id_=id_) if staff else url_for("public.home"), 303)
    return errors.page("enterprise/register.html", form=form)


@pages.route("/account", methods=["GET", "POST"])
def account() -> Any:  # noqa: ANN401
    """Show the details as a form; POST keeps them, and says when they go before the desk again."""
    session = reading()
    firm = doors.enterprise(session)
    form = AccountForm(data=as_typed(firm)).with_townships(markets.townships(session, doors.county()))
    if form.validate_on_submit():
        with errors.beside(form):
            with writing() as session:
                firm = doors.enterprise(session)
                before = firm.state
                enterprises.revise(session, firm, **form.details(), by=doors.someone(session), now=clock.now())
                again = firm.state != before
            flash(_("已保存，窗口要重新审核，结果会发短信。") if again else _("已保存。"), "success")
            return redirect(url_for(".account"), 303)
    return errors.page("enterprise/account.html", form=form, firm=doors.enterprise(reading()))
