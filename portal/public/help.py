"""Public room: help in plain words."""

from __future__ import annotations

from flask import render_template

from portal.public.door import pages


@pages.get("/help", endpoint="help")
def help_() -> str:
    """Say whom to call, how to reserve, and how somebody signs up for another."""
    return render_template("public/help/index.html")
