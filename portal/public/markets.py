"""Public room: markets."""

from __future__ import annotations

from flask import render_template

from portal.public.door import pages


@pages.get("/markets/", endpoint="markets")
def markets() -> str:
    """Show the page."""
    return render_template("public/home.html", today=None, markets_today=[], fairs=[], classes=[])
