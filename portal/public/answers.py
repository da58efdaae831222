"""Answers given so far on a form of one question a page: a sealed draft, found by this browser's session."""

from __future__ import annotations

from typing import Any

from flask import session

from portal import clock, doors
from portal.database import reading
from scheduling import drafts


def read(noun: str) -> dict[str, Any]:
    """Give the answers this browser gave for `noun` so far; none is an empty dict."""
    return drafts.read(reading(), session.get(noun), noun, keys=doors.keys(), now=clock.now())


def keep(db: Any, noun: str, answers: dict[str, Any]) -> None:  # noqa: ANN401  the session of `writing`
    """Keep the answers, and in this browser the way to them."""
    session[noun] = drafts.keep(
        db, session.get(noun), noun, answers, county=doors.county(), keys=doors.keys(), now=clock.now()
    )


def typed(form: Any) -> dict[str, Any]:  # noqa: ANN401  one page of the form
    """Give what was typed on one page."""
    return {field.name: field.data for field in form if field.type != "CSRFTokenField"}
