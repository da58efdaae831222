"""How notices leave the house. The demo keeps them in its outbox; a deployment names its own sender."""

from __future__ import annotations

import logging
from importlib import import_module

from scheduling.notices import Gateway

log = logging.getLogger(__name__)


def console(phone: str, text: str) -> None:
    """Say in the log that a message would leave, for machines without a sender. The text holds codes: not logged."""
    log.info("a message of %d characters for a phone ending %s", len(text), phone[-2:])


def named(name: str) -> Gateway:
    """Give the gateway called `name`: `console`, or `package.module:function` of the deployment's own."""
    if name in {"", "console"}:
        return console
    module, _, function = name.partition(":")
    gateway: Gateway = getattr(import_module(module), function)
    return gateway
