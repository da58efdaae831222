"""Doors: who may come in where. One guard on every blueprint, one table of exceptions, decided before any view."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, current_app, g, jsonify, redirect, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session

from portal import clock
from portal.config import Settings
from portal.database import reading
from scheduling import signins
from scheduling.models import Account, Enterprise, School
from scheduling.refusals import NotFound
from scheduling.seals import Keyring

COOKIE = "songgang_in"

ANYONE = frozenset({"nobody", "jobseeker", "coordinator", "enterprise", "school", "scanner", "desk", "admin"})
SIGNED_IN = ANYONE - {"nobody"}
STAFF = frozenset({"desk", "admin"})

LISTERS = frozenset({"coordinator"}) | STAFF

# Door → roles it admits. A door that is not here admits nobody.
ADMITS: dict[str, frozenset[str]] = {
    "public": ANYONE,
    "api": ANYONE,
    "enterprise": frozenset({"enterprise"}),
    "school": frozenset({"school"}) | STAFF,
    "desk": STAFF,
    "gate": frozenset({"scanner"}) | STAFF,
}

# Rooms whose door is wider or narrower than their house.
EXCEPT: dict[str, frozenset[str]] = {
    "enterprise.register": SIGNED_IN,  # whoever signed in by phone may register an enterprise
    "enterprise.enrol": SIGNED_IN,
    "public.own_calendar": SIGNED_IN,
    "public.own_calendar_revocation": SIGNED_IN,
    # lists of people are handed in by a coordinator whom the desk appointed, and by the desk
    **dict.fromkeys(
        (
            "public.village",
            "public.list_new",
            "public.list_check",
            "public.list_table",
            "public.list_template",
            "public.list_show",
        ),
        LISTERS,
    ),
    # the scanner's app: who scans has a joined phone, not an account
    **dict.fromkeys(("gate.join", "gate.app", "gate.app_worker", "gate.app_manifest", "gate.app_file"), ANYONE),
    "desk.accounts": frozenset({"admin"}),
    "desk.account_new": frozenset({"admin"}),
    "desk.account_closing": frozenset({"admin"}),
    "desk.deeds": frozenset({"admin"}),
}


def admitted(endpoint: str) -> frozenset[str]:
    """Give the roles an endpoint admits; `nobody` stands for somebody not signed in."""
    if endpoint == "static":
        return ANYONE
    return EXCEPT.get(endpoint, ADMITS.get(endpoint.partition(".")[0], frozenset()))


def guard() -> Any:  # noqa: ANN401  nothing, or an answer
    """Let in whom the table admits; send strangers to the sign-in page, and others a plain no (403)."""
    roles = admitted(request.endpoint or "")
    if "nobody" in roles:  # then everybody may
        return None
    account = who()
    if account and roles & account.roles:
        return None
    if account is None and request.accept_mimetypes.best == "application/json":
        words = _("登录已过期，请重新登录。没上传的签到都还在这部手机上。")
        return jsonify(error="signed_out", words=words), 403  # a script would read the page it is led to as the answer
    if account is None:
        staff = roles.isdisjoint({"jobseeker", "enterprise"})
        back = request.script_root + request.full_path.rstrip("?") if request.method == "GET" else None
        return redirect(url_for("public.staff_signin" if staff else "public.signin", next=back), 303)
    return current_app.aborter(403)


def door(name: str, **more: Any) -> Blueprint:  # noqa: ANN401  Blueprint's own
    """Make a blueprint with its guard hung."""
    pages = Blueprint(name, f"portal.{name}", **more)
    pages.before_request(guard)
    return pages


def who() -> Account | None:
    """Who is signed in on this browser, asked once a request."""
    if "who" not in g:
        g.who = signins.whose(reading(), request.cookies.get(COOKIE), now=clock.now())
    account: Account | None = g.who
    return account


def someone(session: Session) -> Account:
    """Give the signed-in account within `session`, for `by=`. Raises NotFound when nobody is: a guard is missing."""
    account = signins.whose(session, request.cookies.get(COOKIE), now=clock.now())
    if account is None:
        raise NotFound
    return account


def anyone(session: Session) -> Account | None:
    """Give the signed-in account within `session`, or None, for acts open to everybody."""
    return signins.whose(session, request.cookies.get(COOKIE), now=clock.now())


def enterprise(session: Session) -> Enterprise:
    """Give the enterprise of the signed-in account. Raises NotFound when it has none."""
    account = someone(session)
    if account.enterprise_id is None:
        raise NotFound
    return session.get_one(Enterprise, account.enterprise_id)


def school(session: Session) -> School | None:
    """Give the school whose classes this account may see; None for staff, who see all. Raises NotFound."""
    account = someone(session)
    if account.roles & STAFF:
        return None
    if account.school_id is None:
        raise NotFound
    return session.get_one(School, account.school_id)


def settings() -> Settings:
    """Give this deployment's settings."""
    read: Settings = current_app.config["SETTINGS"]
    return read


def keys() -> Keyring:
    """Give this deployment's keys."""
    ring: Keyring = current_app.config["KEYS"]
    return ring


def county() -> str:
    """Give the county this deployment serves."""
    return settings().county


def remember(answer: Response, token: str) -> Response:
    """Set the sign-in cookie."""
    answer.set_cookie(
        COOKIE,
        token,
        max_age=int(signins.STAYS.total_seconds()),
        httponly=True,
        secure=settings().secure,
        samesite="Lax",
        path=(settings().prefix or "") + "/",
    )
    return answer


def own(account: Account | None) -> str:
    """Name the door an account comes in by: the first that admits one of its roles, else the public one."""
    for name in ("desk", "gate", "school", "enterprise"):
        if account and ADMITS[name] & account.roles:
            return name
    return "public"


def local_next(fallback: Callable[[], str]) -> str:
    """Where to go after signing in: the page that was asked for, if it is one of ours."""
    wanted = request.values.get("next", "")
    ours = wanted.startswith("/") and wanted.isprintable() and wanted[1:2] not in {"/", "\\"} and "\\" not in wanted
    return wanted if ours else fallback()
