"""Refusal → status, words, field: the one place where the rules' no becomes a sentence."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Any

from flask import Flask, g, jsonify, render_template, request
from flask_babel import format_date, get_locale
from flask_babel import lazy_gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from portal.clock import HERE
from portal.wording import word
from portal.wording.refused import REFUSED
from scheduling import refusals

# What a code or a list of keys among a refusal's facts is called
_SPOKEN = {
    "missing": "missing",
    "papers": "filing.paper",
    "figures": "figure",
    "least": "education",
    "rule": "lint.rule",
    "columns": "list.column",
}


def wording(refusal: refusals.Refusal) -> tuple[int, str, str]:
    """Give status, sentence in the reader's language, and the field it belongs beside."""
    status, words, field = REFUSED[type(refusal)]
    facts = {name: _spoken(name, fact) for name, fact in refusal.facts.items()}
    return status, str(words) % facts, field


def _spoken(name: str, fact: Any) -> Any:  # noqa: ANN401  facts are of many kinds
    if name in _SPOKEN and isinstance(fact, str):
        return "、".join(word(key, _SPOKEN[name]) for key in fact.split(","))
    if isinstance(fact, datetime):
        fact = fact.astimezone(HERE)
        return f"{_spoken(name, fact.date())} {fact.hour}:{fact.minute:02d}"
    if isinstance(fact, date):
        return format_date(fact, "M月d日 EEE" if str(get_locale()).startswith("zh") else "EEE d MMM", rebase=False)
    return fact


@contextmanager
def beside(form: Any) -> Iterator[None]:  # noqa: ANN401  any WTForms form
    """Catch a refusal and put its words beside the field it is about; the form is then shown again, as typed."""
    try:
        yield
    except refusals.Refusal as refusal:
        g.status, words, name = wording(refusal)
        g.refused = type(refusal).__name__
        name = refusal.facts.get("field", name)  # a refusal may know better which field it is about
        if name in form._fields:
            form[name].errors = [*form[name].errors, words]
        else:
            form.form_errors.append(words)


def page(template: str, **context: Any) -> tuple[str, int]:  # noqa: ANN401  whatever the template needs
    """Render a page with a form: 200, or the refusal's status, or 422 when what was typed did not pass."""
    form = context.get("form")
    status = g.get("status") or (422 if request.method == "POST" and form is not None and form.errors else 200)
    return render_template(template, **context), status


class _Hush(logging.Filter):
    """Keeps out of the log what opens a ticket or a private calendar: an address may be told, its secret part not."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Write the record without tokens; every record is written."""
        record.msg, record.args = _SECRET.sub(r"\1…", record.getMessage()), ()
        return True


_SECRET = re.compile(r"(/feeds/p/|/[tk]/)[^\s/?\]\"']+", re.IGNORECASE)


def install(app: Flask) -> None:
    """Answer refusals and errors in words, as a page or as JSON; what is logged about them holds no token."""
    app.logger.addFilter(_Hush())

    @app.errorhandler(refusals.Refusal)
    def refused(refusal: refusals.Refusal) -> Any:  # noqa: ANN401  page or JSON
        status, words, _field = wording(refusal)
        return _answer(status, words, type(refusal).__name__)

    @app.errorhandler(CSRFError)
    def stale(_error: CSRFError) -> Any:  # noqa: ANN401
        return _answer(400, str(_("这一页放得太久了，请返回上一页刷新后再提交，填过的内容还在。")), "stale")

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> Any:  # noqa: ANN401
        return plain(error)

    @app.errorhandler(DataError)
    def beyond_the_column(_error: DataError) -> Any:  # noqa: ANN401
        return _answer(404, str(_HTTP[404]), "beyond the column")

    @app.errorhandler(PoolTimeout)
    @app.errorhandler(OperationalError)
    def database_away(_error: Exception) -> Any:  # noqa: ANN401
        app.logger.error("the database did not answer")
        g.who = None  # the page asks who is signed in, and nobody is there to say so
        answer = app.make_response(_answer(503, str(_HTTP[503]), "unavailable"))
        answer.headers["Retry-After"] = "60"
        return answer


def plain(error: HTTPException) -> Any:  # noqa: ANN401  page or JSON
    """Answer what the web itself refuses, in words; a redirect is none."""
    if error.code is not None and error.code < 400:  # noqa: PLR2004  a redirect is no error
        return error
    return _answer(error.code or 500, str(_HTTP.get(error.code or 500, _HTTP[500])), error.name)


_HTTP = {
    400: _("请求不完整，请返回上一页再试一次。"),
    403: _("这里不对您开放。如需办理请先登录对应的账号，或打电话到窗口。"),
    404: _("没有找到这一页。链接可能抄错了，或者内容已经撤下。"),
    405: _("这一步不能这样办，请从页面上的按钮进入。"),
    413: _("提交的内容太大了。"),
    429: _("试的次数太多了，请过一会儿再试。"),
    500: _("系统出了点问题，您填的内容没有丢。请过一会儿再试，或打电话到窗口。"),
    503: _("系统正忙，请一分钟后再试。"),
}


def _answer(status: int, words: str, name: str) -> Any:  # noqa: ANN401  page or JSON
    if request.path.startswith("/api/") or request.accept_mimetypes.best == "application/json":
        return jsonify(error=name, words=words), status
    return render_template([f"errors/{status}.html", "errors/error.html"], code=status, message=words), status
