"""Drafts: answers typed so far on a form of several pages, sealed, kept for a day."""

from __future__ import annotations

import hashlib
import json
import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from scheduling.models import Draft
from scheduling.seals import Keyring

KEPT = timedelta(days=1)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def read(session: Session, token: str | None, noun: str, *, keys: Keyring, now: datetime) -> dict[str, Any]:
    """Give the answers kept under `token` for `noun`; nothing kept, expired or of another noun: an empty dict."""
    row = session.scalar(
        select(Draft).where(Draft.token_hash == _digest(token or ""), Draft.noun == noun, Draft.expires_at > now)
    )
    answers: dict[str, Any] = json.loads(keys.unseal(row.sealed, "draft")) if row else {}
    return answers


def keep(
    session: Session,
    token: str | None,
    noun: str,
    answers: dict[str, Any],
    *,
    county: str,
    keys: Keyring,
    now: datetime,
) -> str:
    """Keep `answers` (JSON values) for a day; give the token that opens them, new when there was none."""
    row = session.scalar(select(Draft).where(Draft.token_hash == _digest(token or ""), Draft.noun == noun))
    sealed = keys.seal(json.dumps(answers), "draft")
    if row is not None and token:
        row.sealed, row.expires_at = sealed, now + KEPT
        return token
    token = secrets.token_urlsafe(16)
    session.add(Draft(county=county, token_hash=_digest(token), noun=noun, sealed=sealed, expires_at=now + KEPT))
    return token


def drop(session: Session, token: str | None, noun: str) -> None:
    """Forget the answers: the form was finished."""
    session.execute(delete(Draft).where(Draft.token_hash == _digest(token or ""), Draft.noun == noun))


def forget(session: Session, *, now: datetime) -> None:
    """Drop what expired; run by the worker."""
    session.execute(delete(Draft).where(Draft.expires_at <= now))
