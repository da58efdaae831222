"""The first page: three big answers, today's markets, what comes next."""

from __future__ import annotations

from flask import render_template

from portal.public.door import pages


@pages.get("/")
def home() -> str:
    """Show the three answers."""
    return render_template("public/home.html", today=None, markets_today=[], fairs=[], classes=[])
