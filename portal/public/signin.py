"""Signing in: by phone and one-time code, or as staff by password."""

from __future__ import annotations

from typing import Any

from flask import flash, redirect, render_template, request, session, url_for
from flask_babel import gettext as _
from werkzeug import Response

from portal import clock, doors, errors
from portal.database import reading, writing
from portal.forms.signin import CodeForm, PasswordForm, PhoneForm
from portal.public.door import pages
from scheduling import accounts, identity, limits, notices, signins
from scheduling.models import Account
from scheduling.refusals import NotFound, WrongCode


@pages.route("/signin", methods=["GET", "POST"])
def signin() -> Any:  # noqa: ANN401  a page or a redirect
    """Ask for the phone; POST sends a code and asks for it."""
    form = PhoneForm(next=request.args.get("next", ""))
    if form.validate_on_submit():
        with errors.beside(form):
            phone = identity.phone(form.phone.data)
            _knock("code", phone, most=5, minutes=60)
            _knock("code from", request.remote_addr or "", most=30, minutes=60)
            with writing() as db:
                text = _("验证码{code}，10分钟内有效。工作人员不会向您要这个码。【送岗】")
                signins.send_code(db, doors.county(), phone, text=text, keys=doors.keys(), now=clock.now())
            session["phone"] = phone
            return redirect(url_for(".signin_code", next=form.next.data), 303)
    return errors.page("public/signin/phone.html", form=form)


@pages.route("/signin/code", methods=["GET", "POST"])
def signin_code() -> Any:  # noqa: ANN401
    """Ask for the code; the right one signs in, with a new session."""
    phone = session.get("phone")
    if not phone:
        return redirect(url_for(".signin"), 303)
    form = CodeForm(next=request.args.get("next", ""))
    if form.validate_on_submit():
        with errors.beside(form):
            _knock("try", phone, most=20, minutes=60)
            with writing() as db:
                account = signins.with_code(
                    db, doors.county(), phone, form.code.data, keys=doors.keys(), now=clock.now()
                )
                token = signins.begin(db, account, now=clock.now()) if account else None
            if account is None or token is None:
                raise WrongCode
            return _signed_in(account, token)
    return errors.page("public/signin/code.html", form=form, phone=identity.masked_phone(phone))


@pages.route("/signin/staff", methods=["GET", "POST"])
def staff_signin() -> Any:  # noqa: ANN401
    """Sign staff in by user name and password."""
    form = PasswordForm(next=request.args.get("next", ""))
    if form.validate_on_submit():
        with errors.beside(form):
            _knock("password", form.username.data, most=10, minutes=15)
            _knock("password from", request.remote_addr or "", most=60, minutes=15)
            with writing() as db:
                account = accounts.with_password(db, doors.county(), form.username.data, form.password.data)
                token = signins.begin(db, account, now=clock.now())
            return _signed_in(account, token)
    return errors.page("public/signin/staff.html", form=form)


@pages.post("/signout")
def signout() -> Response:
    """End the session at once, here and on the server."""
    with writing() as db:
        signins.end(db, request.cookies.get(doors.COOKIE), now=clock.now())
    session.clear()
    answer = redirect(url_for(".home"), 303)
    answer.delete_cookie(doors.COOKIE, path=doors.settings().prefix + "/")
    flash(_("已退出登录。"))
    return answer


@pages.get("/demo/outbox")
def demo_outbox() -> str:
    """Show the messages a demo would have sent. Nowhere else is there such a page: NotFound."""
    if not doors.settings().demo:
        raise NotFound
    return render_template("public/demo/outbox.html", notices=notices.latest(reading(), doors.county()))


def _knock(*key: str, most: int, minutes: int) -> None:
    """Count a try in a transaction of its own, so that a refused try counts too."""
    with writing() as db:
        limits.knock(db, *key, most=most, minutes=minutes, now=clock.now())


def _signed_in(account: Account, token: str) -> Response:
    """Start over with a new session (a fixed one is worth nothing) and go where she wanted."""
    session.clear()
    answer = redirect(doors.local_next(lambda: url_for(_first_page(account))), 303)
    return doors.remember(answer, token)  # type: ignore[arg-type]


def _first_page(account: Account) -> str:
    """Name the page somebody's work begins on: a village coordinator's, else her door's first one."""
    door = doors.own(account)
    return "public.village" if door == "public" and "coordinator" in account.roles else f"{door}.home"
