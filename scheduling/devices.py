"""Devices: phones that scan at an event stay as long as it does. Joining and shutting out: `gate` (docs/gate.md)."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Text, cast, update
from sqlalchemy.orm import Session

from scheduling.models import GateDevice

STAYS = timedelta(hours=24)  # so long after its last event a device still gets lists


def invited_to(scope: str) -> ColumnElement[bool]:
    """Say which devices were invited to a scope: `fair/7`, `class/3`. Its JSON is read as text, on either database."""
    return cast(GateDevice.scope, Text).contains(f'"{scope}"', autoescape=True)


def stay(session: Session, county: str, scope: str, *, ends_at: datetime) -> None:
    """Let the phones of a scope, those shut out left as they are, get lists until STAYS after `ends_at`; never shorter.

    For whoever moves an event: its phones joined for the day it was on before.
    """
    until = ends_at + STAYS
    step = update(GateDevice).where(GateDevice.county == county, invited_to(scope), GateDevice.expires_at < until)
    step = step.where(~GateDevice.revocation.has()).values(expires_at=until)
    session.execute(step, execution_options={"synchronize_session": "fetch"})
